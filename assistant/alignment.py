"""How far a text says each word of a question, in whatever words: compares words in their context.

The embedding model gives every word a vector in its context. What a text has for a word of the question is its
nearest word (late interaction as in ColBERT: Khattab and Zaharia, 2020). All words of a text lean in one direction
that tells nothing; it is taken off both sides first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.embed import Reading

    Floats: TypeAlias = NDArray[np.float32]

_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage read in one pass."""

    context: Reading
    """The title of its guide and the headings above it."""
    sentences: dict[int, Reading]
    """Each sentence by its place in the guide's text, in order."""
    answers: Asked | None = None
    """The heading right above, where it is a question of its own."""

    def around(self, start: int) -> list[Reading]:
        """What stands above the passage, the sentence that begins at a place and its neighbours."""
        starts = list(self.sentences)
        place = starts.index(start)
        return [self.context, *(self.sentences[each] for each in starts[max(0, place - 1) : place + 2])]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the model reads it, reduced to the words that carry content."""

    vector: Floats
    words: tuple[str, ...]
    """Folded."""
    states: Floats
    """A row for each word."""
    rarity: tuple[float, ...]
    """How much each word tells passages apart, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A question laid against what was read for it."""

    asked: Asked
    states: Floats
    """A row for each content word of the question, without the common direction."""
    common: Floats
    """The mean of the words read."""

    def words_held(self, texts: Iterable[Reading]) -> Floats:
        """For each content word, the cosine of the nearest word in some texts; 0 where they hold no word."""
        import numpy as np  # noqa: PLC0415 - loaded with the index

        best = np.zeros(len(self.states), np.float32)
        for text in texts:
            if len(text.words):
                best = np.maximum(best, (self.states @ centred(text.states, self.common).T).max(axis=1))
        return best

    def held(self, texts: Iterable[Reading]) -> float:
        """The mean of `words_held`, rare words counting more."""
        return self.weighted(self.words_held(texts))

    def weighted(self, cosines: Floats) -> float:
        """The mean of a value for each content word, rare words counting more."""
        import numpy as np  # noqa: PLC0415 - loaded with the index

        return float(np.average(cosines, weights=np.maximum(self.asked.rarity, _LEAST_RARITY)))

    def same(self, other: Asked, name: str) -> float:
        """How far another question asks the same, 0 to 1: the words of each, laid against those of the other.

        Both may hold the `name` of what they are about, folded and without spaces: it counts for nothing.
        """
        import numpy as np  # noqa: PLC0415 - loaded with the index

        own = [place for place, word in enumerate(self.asked.words) if word not in name]
        theirs = [place for place, word in enumerate(other.words) if word not in name]
        if not own or not theirs:
            return 0.0
        near = self.states[own] @ centred(other.states, self.common)[theirs].T
        there = np.average(near.max(axis=1), weights=_weights(self.asked.rarity, own))
        back = np.average(near.max(axis=0), weights=_weights(other.rarity, theirs))
        return max(0.0, float(min(there, back)))


def _weights(rarity: Sequence[float], places: Sequence[int]) -> list[float]:
    return [max(rarity[place], _LEAST_RARITY) for place in places]


_LEAST_RARITY = 0.05


def align(asked: Asked, passages: Iterable[ReadPassage]) -> Alignment | None:
    """A question laid against passages; None if they tell nothing of their words."""
    import numpy as np  # noqa: PLC0415 - loaded with the index

    rows = [
        reading.states
        for passage in passages
        for reading in (passage.context, *passage.sentences.values())
        if len(reading.words)
    ]
    if not rows or not len(asked.states):
        return None
    common = np.concatenate(rows).mean(axis=0)
    return Alignment(asked, centred(asked.states, common), common)


def centred(states: Floats, common: Floats) -> Floats:
    """Rows without the common direction, of length one."""
    import numpy as np  # noqa: PLC0415 - loaded with the index

    rest = states - common
    unit: Floats = rest / (np.linalg.norm(rest, axis=1, keepdims=True) + _TINY)
    return unit
