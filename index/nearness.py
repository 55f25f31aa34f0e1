"""How near passages are to a question in meaning."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from .centroids import LEANING, language_centroids, less_leaning
from .vectors import exact_scores

if TYPE_CHECKING:
    from .embed import Embedder
    from .store import Store
    from .table import Floats, Numbers, PassageTable
    from .vectors import VectorIndex

RESCORED = 200
"""Passages whose score is computed exactly."""


class Nearness:
    """Scores of all passages of a generation by their vectors."""

    def __init__(self, vectors: VectorIndex, store: Store, embedder: Embedder, table: PassageTable) -> None:
        self._vectors = vectors
        self._store = store
        self._embedder = embedder
        self._table = table
        self._leanings: dict[str, Floats] = {}
        self._filling = Lock()

    def scores(self, text: str, language: str, searched: Numbers) -> Floats:
        """Of the passages at some places, the best of them exact; NaN where there is no vector.

        A question leans to its own language. For passages in others a part of that is taken off; for those in
        its own it stays, as they are found better with it.
        """
        table, own = self._table, self._table.marks(language)
        question = self._embedder.question(text)
        allowed = None if len(searched) == len(table.ids) else table.ids[searched]
        column = table.column(*self._vectors.scores(question, allowed), missing=np.nan)
        if not own[searched].all():
            column -= np.where(own, 0.0, LEANING * self._leaning(language, len(question)))
        nearest = _best(column, RESCORED)
        for places, vector in (
            (nearest[own[nearest]], question),
            (nearest[~own[nearest]], less_leaning(question, language)),
        ):
            rows = self._store.vectors_by_id(self._embedder.fingerprint, table.ids[places].tolist())
            if rows:
                ids, exact = exact_scores(vector, rows)
                column[table.ids.searchsorted(ids)] = exact
        return column[searched]

    def _leaning(self, language: str, dimensions: int) -> Floats:
        """How much each passage leans to a language; worked out once, as it does not depend on the question."""
        with self._filling:
            if language not in self._leanings:
                centroid = language_centroids().get(language, np.empty(0, np.float32))
                known = len(centroid) == dimensions
                found = self._vectors.scores(centroid) if known else ((), ())
                self._leanings[language] = self._table.column(*found, missing=0.0)
            return self._leanings[language]


def _best(column: Floats, count: int) -> Numbers:
    """Places of the best scores, in no order."""
    known = np.flatnonzero(~np.isnan(column))
    if len(known) <= count:
        return known
    return known[np.argpartition(-column[known], count)[:count]]
