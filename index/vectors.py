"""Vectors of passages: centred by language, searched by FAISS, scored exactly from their blobs.

Of the files of a generation that hold them, none is loaded: they are read where they lie.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message=".*[Ss]wig.*", category=DeprecationWarning)
    import faiss

from .centroids import language_centroids
from .generation import BASE, RECENT, removed_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    FaissIndex: TypeAlias = Any
    """What the stubs of FAISS know least about."""
    Rows: TypeAlias = Sequence[tuple[int, str, bytes]]
    Floats: TypeAlias = NDArray[np.float32]
    Ids: TypeAlias = NDArray[np.int64]

LISTS_ABOVE = 300_000
"""Vectors from which a question is compared with some lists of them only."""
_LISTS_SEARCHED = 48
_TRAINED_ON = 40
"""Vectors a list that the lists are learnt from."""
_NEAREST = 4_000
"""Vectors that a search in lists gives a score to."""
_PIECE = 10_000
_ROWS = 512
"""Vectors decoded at a time: they fit into the fast memory of a core."""
_STEPS = 255
_HASHED = 2
"""FAISS's number for finding vectors in lists by their id."""

faiss.omp_set_num_threads(1)


def to_blob(vector: Floats) -> bytes:
    """A vector as it is stored."""
    return vector.astype("<f2").tobytes()


def centred(rows: Rows) -> tuple[Ids, Floats]:
    """Ids, and vectors less the mean vector of their language.

    Without this, a model prefers passages in the language of the question whatever they say.
    """
    ids = np.array([number for number, _, _ in rows], np.int64)
    blobs = b"".join([blob for _, _, blob in rows])
    matrix = np.frombuffer(blobs, "<f2").reshape(len(rows), -1).astype(np.float32)
    languages = np.array([language for _, language, _ in rows])
    for language, centroid in language_centroids().items():
        members = languages == language
        if members.any() and centroid.shape == matrix.shape[1:]:
            matrix[members] -= centroid
    return ids, matrix


def exact_scores(question: Floats, rows: Rows) -> tuple[Ids, Floats]:
    """Ids, and inner products of the question with the centred vectors."""
    ids, matrix = centred(rows)
    return ids, matrix @ question


def build_vectors(path: Path, ids: Sequence[int], fetch: Callable[[Sequence[int]], Rows]) -> None:
    """Write the index of the vectors of some passages to a file; they are fetched piece by piece."""
    lists = round(2 * len(ids) ** 0.5) if len(ids) > LISTS_ABOVE else 0
    sample = ids[:: max(1, len(ids) // (lists * _TRAINED_ON or _PIECE))]
    _, learnt = centred(fetch(sample))
    index = _empty(learnt.shape[1], lists)
    index.train(learnt)
    for start in range(0, len(ids), _PIECE):
        numbers, matrix = centred(fetch(ids[start : start + _PIECE]))
        index.add_with_ids(matrix, numbers)
    faiss.write_index(index, str(path))


def _empty(dimensions: int, lists: int) -> FaissIndex:
    kind, metric = faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    if not lists:
        return faiss.IndexIDMap2(faiss.IndexScalarQuantizer(dimensions, kind, metric))
    coarse: FaissIndex = faiss.IndexFlatIP(dimensions)
    index: FaissIndex = faiss.IndexIVFScalarQuantizer(coarse, dimensions, lists, kind, metric, False)  # noqa: FBT003
    coarse.this.disown()
    index.own_fields = True
    index.cp.niter = 8
    return index


def _mapped(path: Path) -> FaissIndex:
    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)


class VectorFile:
    """One index file, mapped into memory."""

    def __init__(self, path: Path) -> None:
        self._index = _mapped(path)
        self._lists = isinstance(self._index, faiss.IndexIVF)
        self.ids: Ids = self._listed_ids() if self._lists else faiss.vector_to_array(self._index.id_map)
        if self._lists:
            self._index.nprobe = min(_LISTS_SEARCHED, self._index.nlist)
            return
        inner: FaissIndex = faiss.downcast_index(self._index.index)
        count, dimensions = len(self.ids), self._index.d
        self._codes = faiss.rev_swig_ptr(inner.codes.data(), count * dimensions).reshape(count, dimensions)
        self._least, self._width = faiss.vector_to_array(inner.sq.trained).reshape(2, dimensions)

    def _listed_ids(self) -> Ids:
        lists = self._index.invlists
        sizes = [lists.list_size(number) for number in range(lists.nlist)]
        return np.concatenate(
            [faiss.rev_swig_ptr(lists.get_ids(number), size) for number, size in enumerate(sizes) if size]
        )

    def scores(self, question: Floats) -> tuple[Ids, Floats]:
        """Ids and 8-bit scores of all vectors, or of the nearest if they lie in lists."""
        if self._lists:
            scores, ids = self._index.search(question[None, :], min(_NEAREST, len(self.ids)))
            found = ids[0] >= 0
            return ids[0][found], scores[0][found]
        return self.ids, self._all_scores(question)

    def _all_scores(self, question: Floats) -> Floats:
        """What FAISS's own search gives, without the sorting: a sixth of the time at 100,000."""
        weights = question * self._width / _STEPS
        scores = np.empty(len(self.ids), np.float32)
        decoded = np.empty((_ROWS, len(question)), np.float32)
        for start in range(0, len(scores), _ROWS):
            codes = self._codes[start : start + _ROWS]
            np.copyto(decoded[: len(codes)], codes)
            np.dot(decoded[: len(codes)], weights, out=scores[start : start + _ROWS])
        scores += question @ (self._least + self._width / (2 * _STEPS))
        return scores

    def vectors(self) -> tuple[Ids, Floats]:
        """Ids and vectors as they are kept, decoded."""
        if self._lists:
            self._index.set_direct_map_type(_HASHED)
            return self.ids, np.stack([self._index.reconstruct(int(number)) for number in self.ids])
        steps: Floats = (self._codes.astype(np.float32) + np.float32(0.5)) / np.float32(_STEPS)
        return self.ids, self._least + self._width * steps


class VectorIndex:
    """The centred vectors of a generation, open for search."""

    def __init__(self, folder: Path) -> None:
        self._parts = [VectorFile(folder / name) for name in (BASE, RECENT) if (folder / name).exists()]
        self._removed = np.array(removed_ids(folder), np.int64)

    def __len__(self) -> int:
        return len(self.ids())

    def ids(self) -> Ids:
        """Of the passages whose vectors can be found, in order."""
        every = [np.empty(0, np.int64), *(self._alive(part.ids) for part in self._parts)]
        return np.sort(np.concatenate(every))

    def _alive(self, ids: Ids) -> Ids:
        return ids[np.isin(ids, self._removed, invert=True)]

    def scores(self, question: Floats, allowed: Ids | None = None) -> tuple[Ids, Floats]:
        """Ids and 8-bit scores of all vectors, or of the allowed ones, in no order."""
        found = [(np.empty(0, np.int64), np.empty(0, np.float32))]
        for part in self._parts:
            ids, scores = part.scores(question)
            if len(self._removed) or allowed is not None:
                wanted = np.isin(ids, self._removed, invert=True)
                wanted &= True if allowed is None else np.isin(ids, allowed)
                ids, scores = ids[wanted], scores[wanted]
            found.append((ids, scores))
        return np.concatenate([ids for ids, _ in found]), np.concatenate([scores for _, scores in found])

    def vectors(self) -> tuple[Ids, Floats]:
        """Ids and vectors as they are kept, decoded; for proving them."""
        parts = [part.vectors() for part in self._parts]
        if not parts:
            return np.empty(0, np.int64), np.empty((0, 0), np.float32)
        ids = np.concatenate([ids for ids, _ in parts])
        wanted = np.isin(ids, self._removed, invert=True)
        return ids[wanted], np.concatenate([vectors for _, vectors in parts])[wanted]
