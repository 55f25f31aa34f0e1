"""How far the content of a sentence is carried by the words it cites, in any language the embedding model knows."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from index.words import fold

from .evidence import support, words_of
from .lexicon import concepts_of, country_of, function_words
from .terms import Term, TermKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.embed import Reading

    from .evidence import Words

_WORD = re.compile(r"[^\W\d_]{3,}")
ENOUGH, ENOUGH_IN_OWN = 0.6, 0.75
"""Mean hold of the content words of a sentence from which it counts as carried by a text in another language, and in
its own, where the same words are to be expected (`tests/benchmarks/sentence_check.py`)."""
LEAST = 0.35
"""Hold below which a word counts as absent."""
MOST_ABSENT = 0.3
"""Share of the content words that may be absent."""
UNRELATED, SAME = 0.70, 0.90
"""Cosines between words in context that speak of different things, and of the same (measured on development data)."""


@lru_cache(maxsize=4096)
def content_words(text: str, language: str) -> tuple[Term, ...]:
    """The words of a sentence that say something, each once."""
    skipped = function_words(language)
    found = dict.fromkeys(fold(word) for word in _WORD.findall(text))
    return tuple(_term(word) for word in found if word not in skipped)


def _term(word: str) -> Term:
    country = country_of(word)
    kind = TermKind.COUNTRY if country else TermKind.WORD
    return Term(word, word, kind, concepts_of(word), country)


def holds(
    sentence: str, language: str, cited: Sequence[str], said: Reading | None, readings: Sequence[Reading]
) -> tuple[float, ...]:
    """How surely the cited texts say each content word of a sentence, 0 to 1.

    Args:
        sentence: What is to be proved.
        language: Its language.
        cited: The texts that are to prove it, with what they stand under.
        said: The sentence as the embedding model reads it; None without a model.
        readings: The cited texts, read likewise.
    """
    texts = [words_of(text) for text in cited]
    return tuple(_hold(term, texts, said, readings) for term in content_words(sentence, language))


def _hold(term: Term, texts: Sequence[Words], said: Reading | None, readings: Sequence[Reading]) -> float:
    surely = max((support(term, words) for words in texts), default=0.0)
    if said is None or not readings or surely >= 1:
        return surely
    return max(surely, _aligned(term, said, readings))


def _aligned(term: Term, said: Reading, cited: Sequence[Reading]) -> float:
    """How surely the texts say a word in any words, 0 to 1; greedy matching as in BERTScore (Zhang et al., 2020)."""
    places = [
        place
        for place, word in enumerate(said.words)
        if fold(word).strip(".,;:?!¿¡'\"()“”„«»").startswith(term.folded)
    ]
    if not places:
        return 1.0
    nearest = max(
        (
            float((text.states @ said.states[place]).max())
            for place in places
            for text in cited
            if len(text.words)
        ),
        default=0.0,
    )
    return min(1.0, max(0.0, (nearest - UNRELATED) / (SAME - UNRELATED)))


def is_carried(amounts: Sequence[float], *, own_language: bool) -> bool:
    """Whether the holds of the words of a sentence suffice; a sentence without content words says nothing."""
    if not amounts:
        return False
    absent = sum(amount < LEAST for amount in amounts) / len(amounts)
    enough = ENOUGH_IN_OWN if own_language else ENOUGH
    return sum(amounts) / len(amounts) >= enough and absent <= MOST_ABSENT
