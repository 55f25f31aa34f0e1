"""How far a stretch of text speaks of what a question asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from index.words import fold

from .lexicon import concepts_of, country_codes, country_of, free_words
from .terms import Term, TermKind
from .values import values_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .question import Question

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_CODE = re.compile(r"\b[A-Z]{2}\b")
_HELD = 0.6
"""Support from which a term counts as held."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, ready for comparison."""

    folded: frozenset[str]
    concepts: frozenset[str]
    countries: frozenset[str]
    values: frozenset[str]
    initials: str
    """First letters of the words in capitals; a space for any other word."""


@lru_cache(maxsize=4096)
def words_of(text: str) -> Words:
    """Folded words, concepts, countries and kinds of value of a text."""
    folded = frozenset(fold(word) for word in _WORD.findall(text))
    concepts: set[str] = set()
    countries = {code for code in _CODE.findall(text) if code in country_codes()}
    for word in folded:
        concepts |= concepts_of(word)
        if country := country_of(word):
            countries.add(country)
    return Words(folded, frozenset(concepts), frozenset(countries), values_in(text), _initials(text))


def _initials(text: str) -> str:
    return "".join(word[0] if word[0].isupper() else " " for word in _WORD.findall(text))


def spells_out(term: Term, words: Words) -> bool:
    """Whether words that follow each other begin with the letters of an abbreviation."""
    letters = term.text.upper()
    return (term.text.isupper() or term.is_short) and len(letters) > 2 and letters in words.initials


def support(term: Term, words: Words) -> float:
    """How surely a text holds a term, 0 to 1: the word itself, a form of it, or another word for the same thing."""
    if term.kind is TermKind.COUNTRY:
        return 1.0 if term.country in words.countries else 0.0
    if term.folded in words.folded or all(part in words.folded for part in _WORD.findall(term.folded)):
        return 1.0
    if term.kind is TermKind.NUMBER:
        return 0.0
    if spells_out(term, words):
        return 1.0
    if any(same_stem(term.folded, word) for word in words.folded):
        return 0.9
    if _by_concept(term, words):
        return 0.8
    return 0.7 if any(_alike(term.folded, word) for word in words.folded) else 0.0


def _by_concept(term: Term, words: Words) -> bool:
    said = (kinds for concept, kinds in _SAID_BY_VALUES.items() if concept in term.concepts)
    return bool(term.concepts & words.concepts) or any(kinds & words.values for kinds in said)


_SAID_BY_VALUES: dict[str, frozenset[str]] = {
    "start": frozenset({"range"}),
    "end": frozenset({"range"}),
    "duration": frozenset({"range", "duration"}),
    "money": frozenset({"amount"}),
    "share": frozenset({"share"}),
}
"""Concepts that a value expresses without a word for them."""


@lru_cache(maxsize=65_536)
def same_stem(one: str, other: str) -> bool:
    """Whether two words share their beginning up to an ending of at most three letters each."""
    shorter = min(len(one), len(other))
    if shorter < 4 or one[:4] != other[:4]:
        return False
    common = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    return common >= max(4, max(len(one), len(other)) - 3)


@lru_cache(maxsize=65_536)
def _alike(one: str, other: str) -> bool:
    """Whether two words share most of their three-letter runs: cognates, compounds and slips of the keyboard."""
    if min(len(one), len(other)) < 5:
        return False
    if len(one) >= 6 and one in other:
        return True
    mine, theirs = _runs(one), _runs(other)
    return len(mine & theirs) / len(mine | theirs) >= 0.45


@lru_cache(maxsize=65_536)
def _runs(word: str) -> frozenset[str]:
    padded = f"_{word}_"
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def coverage(terms: Iterable[Term], *texts: Words) -> float:
    """Share of the terms that the texts hold together, names and numbers counting more; 1 when there are no terms."""
    total = held = 0.0
    for term in terms:
        weight = 1.0 if term.kind is TermKind.WORD else 1.5
        total += weight
        held += weight * max((support(term, words) for words in texts), default=0.0)
    return held / total if total else 1.0


def missing(terms: Iterable[Term], *texts: Words) -> tuple[Term, ...]:
    """The terms that none of the texts hold."""
    return tuple(term for term in terms if max((support(term, w) for w in texts), default=0.0) < _HELD)


_KINDS = {"duration": frozenset({"duration", "range"}), "share": frozenset({"share", "amount"})}
_NEAR = 4
"""Words between a number and what it counts, at most."""


def gives_value(question: Question, text: str) -> bool:
    """Whether a text holds a value of the kind that the question wants; a number must count what is asked about."""
    if question.value == "number":
        return counts(text, question.terms)
    return holds_kind(question, text)


def holds_kind(question: Question, text: str) -> bool:
    """Whether a text holds a value of the kind that the question wants, whatever it belongs to."""
    words = words_of(text)
    if question.value == "amount" and any(map(free_words().holds, words.folded)):
        return True  # what costs nothing
    return bool(_KINDS.get(question.value, frozenset({question.value})) & words.values)


def _goes_on(word: str) -> bool:
    """Whether a word still belongs to what a number before it counts."""
    return fold(word) not in {"and", "or", "og", "eller", "und", "oder", "y", "o", "i", "lub", "oraz"}


def counts(text: str, terms: Iterable[Term]) -> bool:
    """Whether a number in a text stands close before what the first of the terms names."""
    words = [word for word in _WORD.findall(text) if word]
    counted = [term for term in terms if term.kind is not TermKind.NUMBER][:1]
    for place, word in enumerate(words):
        if "number" not in values_in(word):
            continue
        after = words_of(" ".join(takewhile(_goes_on, words[place + 1 : place + 1 + _NEAR])))
        if any(support(term, after) >= _HELD for term in counted):
            return True
    return False
