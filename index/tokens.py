"""Text, cut into the pieces that the embedding model knows."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .weights import Vocabulary

    Piece: TypeAlias = tuple[int, float]

_SPACE = "\u2581"
_UNKNOWN_COST = 10.0
_CONTROL = re.compile(rb"</?[a-z]+>")
_UNREACHED = -1e30
_KEY = 6
"""Bytes at the start of a piece by which it is found."""
_NO_PIECES: tuple[int, dict[bytes, Piece]] = (0, {})


class Pieces:
    """The pieces by their bytes; those with one beginning are read together, when a text first has it.

    Reading all 250,000 would take 0.2 s and 100 MB, of which a question needs a hundredth.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._blob = vocabulary.blob
        self._offsets = vocabulary.offsets
        self._scores = vocabulary.scores
        lengths = np.diff(vocabulary.offsets)
        self._short = self._in_order(np.flatnonzero((lengths > 0) & (lengths < _KEY)))
        self._long = self._in_order(np.flatnonzero(lengths >= _KEY))
        self._groups: dict[bytes, tuple[int, dict[bytes, Piece]]] = {}

    def _in_order(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """The first `_KEY` bytes of some pieces as numbers, in order, and the pieces they belong to."""
        points = np.frombuffer(self._blob, np.uint8)
        keys = np.zeros(len(numbers), np.int64)
        for place in range(_KEY):
            places = self._offsets[numbers] + np.uint32(place)
            within = places < self._offsets[numbers + 1]
            keys <<= 8
            keys[within] |= points[places[within]]
        order = np.argsort(keys, kind="stable")
        return keys[order], numbers[order].astype(np.uint32)

    def _read(self, numbers: NDArray[np.uint32]) -> dict[bytes, Piece]:
        starts, ends = self._offsets[numbers].tolist(), self._offsets[numbers + 1].tolist()
        names = [self._blob[start:end] for start, end in zip(starts, ends, strict=True)]
        pieces = zip(names, numbers.tolist(), self._scores[numbers].tolist(), strict=True)
        return {name: (number, score) for name, number, score in pieces if not _CONTROL.fullmatch(name)}

    def beginning(self, key: bytes) -> tuple[int, dict[bytes, Piece]]:
        """The pieces that begin with a key, and the length of the longest.

        With a key of `_KEY` bytes these are pieces of at least as many, with a shorter one pieces of less.
        """
        group = self._groups.get(key)
        if group is None:
            keys, numbers = self._long if len(key) == _KEY else self._short
            least, most = (int.from_bytes(key.ljust(_KEY, filler), "big") for filler in (b"\0", b"\xff"))
            first, last = keys.searchsorted((least, most + 1)).tolist()
            pieces = self._read(numbers[first:last]) if first < last else None
            group = self._groups[key] = (max(map(len, pieces)), pieces) if pieces else _NO_PIECES
        return group


class Tokenizer:
    """Cuts a text into the most probable sequence of pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._pieces = Pieces(vocabulary)
        self._unknown = (vocabulary.unknown, float(vocabulary.scores.min()) - _UNKNOWN_COST)

    def encode(self, text: str, longest: int) -> list[int]:
        """Numbers of the pieces between the marks for start and end, cut to a length."""
        vocabulary = self._vocabulary
        return [vocabulary.start, *self._numbers(self._prepared(text))[: longest - 2], vocabulary.end]

    def words(self, numbers: Sequence[int]) -> list[tuple[str, list[int]]]:
        """The words that pieces spell between the marks for start and end, each with their places."""
        found: list[tuple[str, list[int]]] = []
        for place in range(1, len(numbers) - 1):
            spelled = self._spelled(numbers[place])
            if spelled.startswith(_SPACE) or not found:
                found.append((spelled.removeprefix(_SPACE), [place]))
            else:
                found[-1] = (found[-1][0] + spelled, [*found[-1][1], place])
        return found

    def _spelled(self, number: int) -> str:
        offsets = self._vocabulary.offsets
        return self._vocabulary.blob[offsets[number] : offsets[number + 1]].decode("utf-8", "replace")

    def _prepared(self, text: str) -> str:
        """The text in the form of the pieces; composed first, as the table is per code point."""
        text = unicodedata.normalize("NFC", text.replace("\0", ""))
        text = re.sub(" {2,}", " ", text.translate(self._vocabulary.replacements))
        return _SPACE + text.removeprefix(" ").replace(" ", _SPACE)

    def _numbers(self, words: str) -> list[int]:
        """Viterbi's algorithm over the pieces that stand at each character."""
        text = words.encode("utf-8", "replace")
        scores = [0.0] + [_UNREACHED] * len(text)
        arrivals = [(0, 0)] * (len(text) + 1)
        start = 0
        for character in words:
            width = len(character.encode("utf-8", "replace"))
            for end, (number, gain) in self._candidates(text, start, width):
                score = scores[start] + gain
                if score > scores[end]:
                    scores[end], arrivals[end] = score, (start, number)
            start += width
        return _walk_back(arrivals)

    def _candidates(self, text: bytes, start: int, width: int) -> list[tuple[int, Piece]]:
        """Every piece that stands at a place, by where it ends; the character itself if none is known."""
        found = self._standing(text, start, width)
        if start + _KEY <= len(text):
            found += self._standing(text, start, _KEY)
        return [*found, (start + width, self._unknown)]

    def _standing(self, text: bytes, start: int, width: int) -> list[tuple[int, Piece]]:
        """The pieces at a place that begin with its next bytes."""
        longest, pieces = self._pieces.beginning(text[start : start + width])
        ends = range(start + width, min(start + longest, len(text)) + 1)
        return [(end, pieces[text[start:end]]) for end in ends if text[start:end] in pieces]


def _walk_back(arrivals: list[tuple[int, int]]) -> list[int]:
    numbers, place = [], len(arrivals) - 1
    while place:
        place, number = arrivals[place]
        numbers.append(number)
    return numbers[::-1]
