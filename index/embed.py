"""Embedders: what turns questions and passages into vectors."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Protocol, TypeAlias

from .errors import GuideIndexError
from .memory import give_back
from .weights import DIGEST, find_weights, hansa_home, load_weights, verify_weights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from .layers import Layers

    Floats: TypeAlias = NDArray[np.float32]

_THREADS = 2
_PREFIX_WORDS = 1
_TINY = 1e-9
_QUESTIONS_KEPT = 16
"""Questions whose readings are kept: one is searched with, then compared word by word."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the model reads it."""

    vector: Floats
    """The whole text, of length one."""
    words: tuple[str, ...]
    """As written, signs included; the prefix is left out."""
    states: Floats
    """One row of length one for each word."""


class Embedder(Protocol):
    """Turns texts into vectors whose inner product tells how near they are in meaning."""

    @property
    def fingerprint(self) -> str:
        """Names the model and how texts are handed to it; vectors of different ones are never compared."""

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""

    def passages(self, texts: Sequence[str]) -> Floats:
        """One row for each text that is to be found."""

    def question(self, text: str) -> Floats:
        """The vector of a question."""

    def read(self, text: str) -> Reading:
        """The vector of a question together with one for each of its words, in their context."""

    def read_parts(self, parts: Sequence[str]) -> list[Reading]:
        """The parts of one passage, each as it reads in the whole, from one pass."""


def find_embedder(home: Path | None = None) -> tuple[Embedder | None, str]:
    """The embedder of this machine and nothing, or none and the reason in one sentence.

    The model itself is loaded with the first text.
    """
    place = home or hansa_home()
    try:
        path = find_weights(place)
        verify_weights(path, place / "models" / "verified.json")
    except GuideIndexError as error:
        return None, str(error)
    return E5Embedder(path), ""


class E5Embedder:
    """multilingual-e5-small with 4-bit weights; texts in any of a hundred languages."""

    fingerprint = f"multilingual-e5-small-q4:{DIGEST[:16]}:1"
    dimensions = 384

    def __init__(self, path: Path) -> None:
        self._path = path
        self._loading = Lock()
        self._model: _Model | None = None
        self._asked = lru_cache(maxsize=_QUESTIONS_KEPT)(self._read_question)

    def passages(self, texts: Sequence[str]) -> Floats:
        """One row for each text that is to be found; two texts at a time."""
        import numpy as np  # noqa: PLC0415 - 0.1 s, needed only to embed

        model = self._loaded()
        prefixed = [f"passage: {text}" for text in texts]
        if not prefixed:
            return np.empty((0, self.dimensions), np.float32)
        with ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1)) as pool:
            return np.stack(list(pool.map(model.embed, prefixed)))

    def question(self, text: str) -> Floats:
        """The vector of a question."""
        return self._asked(text).vector

    def read(self, text: str) -> Reading:
        """The vector of a question together with one for each of its words, in their context."""
        return self._asked(text)

    def _read_question(self, text: str) -> Reading:
        return self._loaded().read(f"query: {text}")

    def read_parts(self, parts: Sequence[str]) -> list[Reading]:
        """The parts of one passage, each as it reads in the whole, from one pass in whole numbers.

        What goes beyond the longest text of the model has no words and a vector of zeros.
        """
        return self._loaded().read_parts(parts)

    def _loaded(self) -> _Model:
        with self._loading:
            if self._model is None:
                self._model = _Model(self._path)
            return self._model


class _Model:
    """The loaded model: pieces, embedding table and the layers."""

    def __init__(self, path: Path) -> None:
        # 0.2 s together, needed only to embed.
        from .layers import EmbeddingTable, Layers  # noqa: PLC0415
        from .tokens import Tokenizer  # noqa: PLC0415

        weights = load_weights(path)
        self._weights = weights
        self._longest = weights.longest
        self._tokenizer = Tokenizer(weights.vocabulary)
        self._table = EmbeddingTable(weights)
        self._layers = Layers(weights)
        give_back()
        self._quick: Layers | None = None
        self._opening = Lock()

    def embed(self, text: str) -> Floats:
        """The vector of one text, prefix included."""
        return _mean(self._states(self._layers, self._tokenizer.encode(text, self._longest)))

    def read(self, text: str) -> Reading:
        """The vector of one text, prefix included, and those of its words."""
        numbers = self._tokenizer.encode(text, self._longest)
        states = self._states(self._layers, numbers)
        return self._reading(numbers, states, _mean(states), _PREFIX_WORDS)

    def read_parts(self, parts: Sequence[str]) -> list[Reading]:
        """The parts of a passage, read together."""
        pieces = [self._tokenizer.encode(part, self._longest)[1:-1] for part in ("passage:", *parts)]
        start, end = self._weights.vocabulary.start, self._weights.vocabulary.end
        numbers = [start, *[piece for part in pieces for piece in part][: self._longest - 2], end]
        states = self._states(self._quick_layers(), numbers)
        readings, place = [], 1 + len(pieces[0])
        for part in pieces[1:]:
            own = numbers[place : min(place + len(part), len(numbers) - 1)]
            inner = states[place : place + len(own)]
            place += len(part)
            readings.append(self._reading([start, *own, end], inner, _mean(inner), offset=1))
        return readings

    def _reading(
        self, numbers: Sequence[int], states: Floats, vector: Floats, skipped: int = 0, offset: int = 0
    ) -> Reading:
        """Words with the mean of the states of their pieces; `offset` is the place of the first state."""
        import numpy as np  # noqa: PLC0415 - loaded by now

        words = self._tokenizer.words(numbers)[skipped:]
        if not words:
            return Reading(vector, (), np.empty((0, states.shape[1]), np.float32))
        rows = np.stack([states[[place - offset for place in places]].mean(axis=0) for _, places in words])
        return Reading(vector, tuple(word for word, _ in words), _unit(rows))

    def _quick_layers(self) -> Layers:
        """The layers that compute in whole numbers."""
        from .layers import Layers  # noqa: PLC0415 - loaded by now

        with self._opening:
            if self._quick is None:
                self._quick = Layers(self._weights, whole=True)
                give_back()
            return self._quick

    def _states(self, layers: Layers, numbers: Sequence[int]) -> Floats:
        return layers.states(self._table.rows(numbers))


def _mean(states: Floats) -> Floats:
    """The mean over the pieces, of length one; its divisor cancels out."""
    return _unit(states.sum(axis=0))


def _unit(rows: Floats) -> Floats:
    """Vectors of length one; zeros stay zeros."""
    import numpy as np  # noqa: PLC0415 - loaded by now

    unit: Floats = rows / (np.linalg.norm(rows, axis=-1, keepdims=True) + _TINY)
    return unit
