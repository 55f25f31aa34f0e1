"""All passages of a generation as columns, for filters and scores."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from numpy.typing import ArrayLike, NDArray

    from .store import PassageRow

    Numbers: TypeAlias = NDArray[np.int64]
    Floats: TypeAlias = NDArray[np.float64]
    Marks: TypeAlias = NDArray[np.bool_]

_SPARSEST = 8
"""Numbers from the first id to the last, for each passage, up to which places are looked up."""


class PassageTable:
    """Columns over passages in the order of their ids."""

    def __init__(self, rows: Iterable[PassageRow]) -> None:
        self._languages = _Codes()
        self._guides = _Codes()
        columns = array("q")
        for number, language, guide in rows:
            columns.extend((number, self._languages[language], self._guides[guide]))
        ids, languages, guides = np.array(columns, np.int64).reshape(-1, 3).T
        order = np.argsort(ids)
        self.ids: Numbers = ids[order]
        self.languages: Numbers = languages[order]
        self.guides: Numbers = guides[order]
        self._by_id = _looked_up(self.ids)

    def places(self, language: str | None, guides: Collection[str] | None) -> Numbers:
        """Where the passages stand that are in a language and in one of some guides; None asks for all."""
        wanted = np.ones(len(self.ids), bool)
        if language is not None:
            wanted &= self.languages == self._languages.get(language, -1)
        if guides is not None:
            wanted &= np.isin(self.guides, [self._guides[guide] for guide in guides if guide in self._guides])
        return np.flatnonzero(wanted)

    def marks(self, language: str) -> Marks:
        """Whether each passage is in a language."""
        marks: Marks = self.languages == self._languages.get(language, -1)
        return marks

    def only_language(self, places: Numbers) -> str | None:
        """The language of the passages at places if they share one."""
        codes = np.flatnonzero(np.bincount(self.languages[places]))
        names = [name for name, code in self._languages.items() if code in codes]
        return names[0] if len(names) == 1 else None

    def column(self, ids: ArrayLike, values: ArrayLike, *, missing: float) -> Floats:
        """Values given by id, as a column; ids that are not in the table are left out."""
        column = np.full(len(self.ids), missing)
        wanted, found = np.asarray(ids, np.int64), np.asarray(values, np.float64)
        if len(self.ids) and len(wanted):
            places = self._places_of(wanted)
            known = self.ids[places] == wanted
            column[places[known]] = found[known]
        return column

    def _places_of(self, ids: Numbers) -> Numbers:
        """Where ids stand, or might if they were in the table."""
        if self._by_id is None:
            return np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        places: Numbers = self._by_id[np.clip(ids - self.ids[0], 0, len(self._by_id) - 1)]
        return places


def _looked_up(ids: Numbers) -> Numbers | None:
    """The place of every id from the first to the last, if few are missing: a twentieth of the time of a search."""
    if not len(ids) or ids[-1] - ids[0] >= _SPARSEST * len(ids):
        return None
    places = np.zeros(ids[-1] - ids[0] + 1, np.int64)
    places[ids - ids[0]] = np.arange(len(ids))
    return places


class _Codes(dict[str, int]):
    """Names as numbers, counted up as they come."""

    def __missing__(self, name: str) -> int:
        code = self[name] = len(self)
        return code
