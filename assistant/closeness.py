"""How closely together the words of a question stand: in one sentence of a passage, or in two that follow each other.

A passage on the subject says most words of a question somewhere. One that answers it says them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from index.words import fold

from .evidence import same_stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .alignment import Alignment, Floats, ReadPassage
    from .reading import Look

_EDGES = ".,;:?!¿¡'\"()“”„«»[]–-"
_AS_WRITTEN = 0.9
"""What a word counts that stands in a text as it is, whatever its cosine."""
_LEAST, _LEAST_RARITY = 0.05, 0.05
"""The least that a word which is not said counts, and that any word weighs."""
_NEAR = 3
"""Words from one word of a pair to the other, at most."""
SIGNS = ("pairs", "said_in_one", "lacks_in_one", "said_in_two", "lacks_in_two")
"""The signs by name."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with how far it says each content word of the question, 0 to 1."""

    words: tuple[str, ...]
    held: Floats


def closeness(look: Look | None) -> dict[str, float]:
    """The signs of the best sentence and of the best two that follow each other.

    `said_in_…` is the geometric mean of how far they say the words, rare words counting more, 0 to 1; `lacks_in_…` the
    rarity of what they say least; `pairs` the share of neighbours in the question that are near in the sentence.
    """
    if look is None or look.alignment is None:
        return dict.fromkeys(SIGNS, 0.0)
    import numpy as np  # noqa: PLC0415 - loaded with the index

    asked = [_bare(word) for word in look.asked.words]
    rarity = np.maximum(look.asked.rarity, _LEAST_RARITY)
    passages = [_sentences(asked, passage, look.alignment) for passage in look.passages.values()]
    alone = [each for passage in passages for each in passage]
    two = [np.maximum(one.held, other.held) for passage in passages for one, other in pairwise(passage)]
    best = max(alone, key=lambda each: float(rarity @ each.held))
    best_two = max([best.held, *two], key=lambda held: float(rarity @ held))
    return {
        "pairs": _pairs(asked, best.words),
        "said_in_one": _together(best.held, rarity),
        "lacks_in_one": float((rarity * (1 - best.held)).max()),
        "said_in_two": _together(best_two, rarity),
        "lacks_in_two": float((rarity * (1 - best_two)).max()),
    }


def _sentences(asked: Sequence[str], passage: ReadPassage, alignment: Alignment) -> list[_Said]:
    import numpy as np  # noqa: PLC0415 - loaded with the index

    found = []
    for reading in passage.sentences.values():
        words = tuple(map(_bare, reading.words))
        own = set(words)
        written = [float(word in own or any(same_stem(word, other) for other in own)) for word in asked]
        held = np.maximum(
            alignment.words_held([reading]), np.float32(_AS_WRITTEN) * np.array(written, np.float32)
        )
        found.append(_Said(words, held))
    return found


def _bare(word: str) -> str:
    return fold(word).strip(_EDGES).removesuffix("'s")


def _together(held: Floats, rarity: Floats) -> float:
    """The geometric mean, so that one word that is not said counts for much."""
    import numpy as np  # noqa: PLC0415 - loaded with the index

    return float(np.exp(np.average(np.log(np.clip(held, _LEAST, 1.0)), weights=rarity)))


def _pairs(asked: Sequence[str], words: Sequence[str]) -> float:
    """The share of neighbours among the words asked that stand near each other in a sentence, in the same order."""
    places = [
        [place for place, said in enumerate(words) if said == word or same_stem(word, said)] for word in asked
    ]
    near = [
        any(0 < second - first <= _NEAR for first in one for second in other)
        for one, other in pairwise(places)
    ]
    return sum(near) / max(1, len(near))
