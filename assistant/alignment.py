"""Whether a word of the question is said in other words: compares words in their context.

The embedding model gives every word of a text a vector in its context. A word of the question that finds no near
vector among the words of a sentence is not spoken of there (greedy matching as in BERTScore: Zhang et al., 2020).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.embed import Reading

    from .question import Term

UNRELATED, SAME = 0.70, 0.90
"""Cosines between words in context that speak of different things, and of the same (measured on development data)."""


def aligned(term: Term, asked: Reading, cited: Sequence[Reading]) -> float:
    """How surely the texts say a term in any words: 0 for unrelated, 1 for the same."""
    places = [
        place
        for place, word in enumerate(asked.words)
        if fold(word).strip(".,;:?!¿¡'\"()“”„«»").startswith(term.folded)
    ]
    if not places:
        return 1.0
    nearest = max(
        (
            float((text.states @ asked.states[place]).max())
            for place in places
            for text in cited
            if len(text.words)
        ),
        default=0.0,
    )
    return min(1.0, max(0.0, (nearest - UNRELATED) / (SAME - UNRELATED)))
