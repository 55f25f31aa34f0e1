"""Vectors of passages: centred by language, searched by FAISS, scored exactly from their blobs."""

from __future__ import annotations

import warnings
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message=".*[Ss]wig.*", category=DeprecationWarning)
    import faiss

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Rows: TypeAlias = Sequence[tuple[int, str, bytes]]
    Floats: TypeAlias = NDArray[np.float32]
    Ids: TypeAlias = NDArray[np.int64]

faiss.omp_set_num_threads(1)


@cache
def _centroids() -> dict[str, Floats]:
    file = files("index") / "weights" / "language-centroids.npz"
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        centroids = arrays["centroids"].astype(np.float32)
        return dict(zip(map(str, arrays["languages"]), centroids, strict=True))


def to_blob(vector: Floats) -> bytes:
    """A vector as it is stored."""
    return vector.astype("<f2").tobytes()


def centred(rows: Rows) -> tuple[Ids, Floats]:
    """Ids, and vectors less the mean vector of their language.

    Without this, a model prefers passages in the language of the question whatever they say.
    """
    ids = np.array([number for number, _, _ in rows], np.int64)
    matrix = np.stack([np.frombuffer(blob, "<f2") for _, _, blob in rows]).astype(np.float32)
    known = _centroids()
    nothing = np.zeros(matrix.shape[1], np.float32)
    for place, (_, language, _) in enumerate(rows):
        centroid = known.get(language, nothing)
        if centroid.shape == nothing.shape:
            matrix[place] -= centroid
    return ids, matrix


def exact_scores(question: Floats, rows: Rows) -> tuple[Ids, Floats]:
    """Ids, and inner products of the question with the centred vectors."""
    ids, matrix = centred(rows)
    return ids, matrix @ question


def build_vectors(path: Path, rows: Rows) -> None:
    """Write the index of some vectors to a file."""
    ids, matrix = centred(rows)
    quantiser = faiss.IndexScalarQuantizer(
        matrix.shape[1], faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    index = faiss.IndexIDMap2(quantiser)
    index.train(matrix)
    index.add_with_ids(matrix, ids)
    faiss.write_index(index, str(path))


class VectorIndex:
    """An index of centred vectors in memory."""

    def __init__(self, path: Path) -> None:
        self._index = faiss.read_index(str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def scores(self, question: Floats, allowed: Ids | None = None) -> tuple[Ids, Floats]:
        """Ids and 8-bit scores of all vectors, or of the allowed ones, best first."""
        parameters, count = None, len(self)
        if allowed is not None:
            count = min(count, len(allowed))
            selector = faiss.IDSelectorBatch(allowed)
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        if not count:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        scores, ids = self._index.search(question[None, :], count, params=parameters)
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]
