"""How a question leans on the talk before it: by its opening, a pronoun, or by what it leaves out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from index.words import fold

from .lexicon import read_list
from .question import Question, read_question
from .terms import Term, TermKind
from .wants import Want

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .topics import Topic

Phrase = tuple[str, ...]
"""Folded words that follow each other."""
WORD = re.compile(r"[^\W_]+")
"""A word of a question."""


@dataclass(frozen=True, slots=True)
class LeaningWords:
    """Word lists of one language; `lexicon/follow-ups.toml` says what each is for."""

    openings: tuple[Phrase, ...] = ()
    asks: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    leans: frozenset[str] = frozenset()
    at_end: frozenset[str] = frozenset()
    stands_for: tuple[Phrase, ...] = ()
    things: tuple[Phrase, ...] = ()
    empty: tuple[Phrase, ...] = ()
    places: frozenset[str] = frozenset()
    possessives: frozenset[str] = frozenset()
    instead: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a question: `text[start:end]`."""

    start: int
    end: int


class Asked:
    """A question as it was typed, with what tells whether it leans."""

    def __init__(self, text: str, language: str, topics: tuple[Topic, ...]) -> None:
        self.text = " ".join(text.split())
        """What was typed."""
        self.words = _words(language)
        """The word lists of its language; empty for one that has none."""
        places = [Place(*match.span()) for match in WORD.finditer(self.text)]
        opening = _opening([self._folded(place) for place in places], self.words)
        self.goes_on = opening > 0
        """Whether it begins with words such as "and what about"."""
        self.places = places[opening:]
        """Where its words stand, the opening left out."""
        self.folded = [self._folded(place) for place in self.places]
        """Those words, folded."""
        self.read: Question = read_question(self.rest or self.text, topics, language)
        """What it asks for, the opening left out."""

    def _folded(self, place: Place) -> str:
        return fold(self.text[place.start : place.end])

    @property
    def rest(self) -> str:
        """The question without its opening and its mark."""
        return self.text[self.places[0].start :].rstrip(" ?!.") if self.places else ""

    @property
    def is_whole(self) -> bool:
        """Whether it is a clause, not a few words alone."""
        begins = not self.words.verbs.isdisjoint(self.folded[:1])
        return begins or not self.words.asks.isdisjoint(self.folded)

    @property
    def leans(self) -> bool:
        """Whether it cannot be understood alone."""
        explains = self.read.want is Want.DEFINITION
        return self.refers_back or (not explains and self.names_nothing)

    @property
    def refers_back(self) -> bool:
        """Whether a word of it points to what was said before."""
        explains = self.read.want is Want.DEFINITION
        return self._has_pronoun or (self.goes_on and not explains)

    @property
    def names_nothing(self) -> bool:
        """Whether every word stands for something that any project or programme has, such as its budget."""
        terms = self.read.terms
        if any(_is_name(term) or (term.kind is TermKind.WORD and not term.concepts) for term in terms):
            return False
        return any(term.concepts for term in terms) or bool(self.read.value) or self.read.want is Want.WHO

    @property
    def names_another(self) -> bool:
        """Whether it holds names, countries or numbers, and nothing that is asked about them."""
        if self.is_whole or not (self.read.topics or self.read.terms):
            return False
        return all(term.kind is not TermKind.WORD for term in self.read.terms)

    @property
    def is_detail(self) -> bool:
        """Whether it only adds to the last question: "and in total?", "and for small firms?"."""
        if self.is_whole or self.read.topics:
            return False
        return self.goes_on and not self.words.places.isdisjoint(self.folded[:1])

    @property
    def speaks_of_things(self) -> bool:
        """Whether a word stands for what was asked for, such as the partners, not for whose they are."""
        return any(find(phrase, self.folded) is not None for phrase in self.words.things)

    @property
    def _has_pronoun(self) -> bool:
        """Whether a word stands for something that was named before the question, not within it."""
        if self.speaks_of_things or not self.words.at_end.isdisjoint(self.folded[-1:]):
            return True
        first = next((i for i, word in enumerate(self.telling) if word in self.words.leans), None)
        if first is None:
            return any(find(phrase, self.telling) is not None for phrase in self.words.stands_for)
        return not self._named_before(first)

    @property
    def telling(self) -> list[str]:
        """The words, those left out that stand for nothing, as in "is it true"."""
        words = list(self.folded)
        for phrase in self.words.empty:
            start = find(phrase, words)
            if start is not None:
                words[start : start + len(phrase)] = [""] * len(phrase)
        return words

    def _named_before(self, place: int) -> bool:
        """Whether the words before a place are likely to hold what a pronoun there stands for."""
        words = set(self.folded[:place])
        before = [term for term in self.read.terms if words & set(term.folded.split())]
        if self.read.want is Want.DEFINITION and before:
            return True
        unknown = [term for term in before if not term.concepts]
        return len(unknown) > 1 or any(term.kind is TermKind.NAME for term in before)


def find(phrase: Phrase, words: Sequence[str]) -> int | None:
    """Where a phrase begins among folded words; None if it is not there."""
    starts = range(len(words) - len(phrase) + 1)
    return next((i for i in starts if tuple(words[i : i + len(phrase)]) == phrase), None)


def _is_name(term: Term) -> bool:
    """Whether a word names one thing, such as `ERDF`, be it known or not."""
    return term.kind is TermKind.NAME or sum(letter.isupper() for letter in term.text) > 1


def _opening(folded: Sequence[str], words: LeaningWords) -> int:
    """How many words at the beginning only go on from the last question."""
    return next((len(phrase) for phrase in words.openings if tuple(folded[: len(phrase)]) == phrase), 0)


@cache
def _words(language: str) -> LeaningWords:
    entry = read_list("follow-ups.toml").get(language)
    if not isinstance(entry, dict):
        return LeaningWords()
    return LeaningWords(
        openings=_phrases(entry["openings"]),
        asks=frozenset(entry["asks"].split()),
        verbs=frozenset(entry["verbs"].split()),
        leans=frozenset(entry["leans"].split()),
        at_end=frozenset(entry["at_end"].split()),
        stands_for=_phrases(entry["stands_for"]),
        things=_phrases(entry.get("things", ())),
        empty=_phrases(entry.get("empty", ())),
        places=frozenset(entry["places"].split()),
        possessives=frozenset(entry["possessives"].split()),
        instead=entry.get("instead", ""),
        of=entry["of"],
    )


def _phrases(written: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(tuple(WORD.findall(phrase)) for phrase in written)
