"""The check of every sentence that a chat model wrote: is it proved by what it cites?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from index.model import BlockKind
from index.words import fold

from .carried import content_words, holds, is_carried
from .evidence import support, words_of
from .facts import Facts, Value, facts_in, unit_of
from .names import named_in, names_in
from .negation import denies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.embed import Embedder, Floats, Reading

    from .candidates import Candidate
    from .evidence import Words
    from .question import Question

NEAR = 0.8
"""Inner product with the question from which a sentence that shares no word with it is still on its topic; of pairs
of a development question and a sentence about something else, 4,616 of 4,680 are below."""


class Fault(StrEnum):
    """Why a sentence is not proved."""

    SOURCE = "it cites no passage that was given"
    NUMBER = "a number in it does not stand in what it cites"
    DATE = "a date in it does not stand in what it cites"
    ADDRESS = "an address in it does not stand in what it cites"
    NAME = "a name in it does not stand in what it cites"
    NEGATION = "it denies something, and what it cites does not"
    CONTENT = "what it cites does not say this"
    TOPIC = "it has nothing to do with the question"


@dataclass(frozen=True, slots=True)
class Cited:
    """The fewest sentences of a passage, in a row, that hold most of what a sentence says."""

    source: int
    """Number under which the passage was handed to the model."""
    candidates: tuple[Candidate, ...]

    @property
    def text(self) -> str:
        """The words that are to prove the sentence."""
        return " ".join(each.text for each in self.candidates)

    @property
    def context(self) -> str:
        """The title and the headings they stand under."""
        first = self.candidates[0]
        return " — ".join((first.title, *first.headings))

    @property
    def language(self) -> str:
        """Language of the guide."""
        return self.candidates[0].language

    @property
    def entries(self) -> int:
        """Entries of a list among them."""
        return sum(each.kind is BlockKind.LIST_ITEM for each in self.candidates)


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence with its proof, or with what is wrong."""

    text: str
    proof: tuple[Cited, ...] = ()
    fault: Fault | None = None


class SentenceCheck:
    """Checks the sentences of one answer against the passages that the model was given."""

    def __init__(
        self, question: Question, sources: Sequence[Sequence[Candidate]], embedder: Embedder | None
    ) -> None:
        """Take the passages.

        Args:
            question: What was asked; the answer is in its language.
            sources: The sentences of each passage; the model cites them from 1.
            embedder: Compares in meaning; None for words alone.
        """
        self._sources = [tuple(source) for source in sources]
        self._question = question
        self._language = question.language
        self._embedder = embedder
        self._readings: dict[str, Reading] = {}
        self._asked: Floats | None = None

    def check(self, text: str, numbers: Sequence[int]) -> Checked:
        """The sentence with the words that prove it, or with its first fault."""
        known = [n for n in dict.fromkeys(numbers) if 1 <= n <= len(self._sources) and self._sources[n - 1]]
        if not known or len(known) < len(set(numbers)):
            return Checked(text, fault=Fault.SOURCE)
        asked = _wanted(text, self._language)
        proof = tuple(self._nearest(text, asked, number) for number in known)
        fault = self._fault(text, asked, proof)
        return Checked(text, fault=fault) if fault else Checked(text, proof)

    def _on_topic(self, text: str) -> bool:
        """Whether a sentence speaks of anything in the question, in its words or near it in meaning."""
        words = words_of(text)
        names = [part for slug in self._question.topics for part in re.split(r"[-.]", slug) if len(part) > 2]
        if (
            any(name in words.folded for name in names)
            or _ASKED_BY.get(self._question.value, {self._question.value}) & words.values
        ):
            return True
        if any(support(term, words) >= _WORTH for term in self._question.terms) or self._embedder is None:
            return True
        if self._asked is None:
            self._asked = self._embedder.question(self._question.text)
        return float(self._read(text).vector @ self._asked) >= NEAR

    def _fault(self, text: str, asked: _Wanted, proof: Sequence[Cited]) -> Fault | None:
        found = [_stated(each.text, each) for each in proof]
        if not all(any(_gives(value, each) for each in found) for value in asked.facts.values):
            return Fault.NUMBER
        days = [day for each in found for day in each.facts.days]
        if not all(any(day.covers(wanted) for day in days) for wanted in asked.facts.days):
            return Fault.DATE
        if not asked.facts.addresses <= frozenset().union(*(each.facts.addresses for each in found)):
            return Fault.ADDRESS
        if not all(any(_names(name, each) for each in found) for name in asked.names):
            return Fault.NAME
        if asked.denies and not any(denies(each.text, each.language) for each in proof):
            return Fault.NEGATION
        if not self._carries(text, proof):
            return Fault.CONTENT
        return None if self._on_topic(text) else Fault.TOPIC

    def _carries(self, text: str, proof: Sequence[Cited]) -> bool:
        own = any(each.language == self._language for each in proof)
        cited = [f"{each.context} — {each.text}" for each in proof]
        amounts = holds(text, self._language, cited, None, ())
        if self._embedder is not None and not is_carried(amounts, own_language=own):
            readings = [self._read(each) for each in cited]
            amounts = holds(text, self._language, cited, self._read(text), readings)
        if not amounts:
            return bool(_wanted(text, self._language).said)
        return is_carried(amounts, own_language=own)

    def _read(self, text: str) -> Reading:
        if self._embedder is None:
            raise LookupError(text)
        if text not in self._readings:
            self._readings[text] = self._embedder.read(text)
        return self._readings[text]

    def _nearest(self, text: str, asked: _Wanted, number: int) -> Cited:
        """The shortest run of sentences of a passage that holds the most; the earliest of several."""
        source = self._sources[number - 1]
        held = [self._held(text, asked, each) for each in source]
        best, most = (0, 1), (-1.0, 0)
        for start in range(len(source)):
            so_far: dict[object, float] = {}
            for end in range(start + 1, len(source) + 1):
                for item, amount in held[end - 1].items():
                    so_far[item] = max(amount, so_far.get(item, 0.0))
                counted = _counted(asked, source[start:end])
                score = (round(sum(so_far.values()) + counted, 3), start - end)
                if score > most:
                    best, most = (start, end), score
        return Cited(number, source[best[0] : best[1]])

    def _held(self, text: str, asked: _Wanted, candidate: Candidate) -> dict[object, float]:
        """What one sentence of a passage holds of what is to be proved, facts counting more than words."""
        cited = _stated(candidate.text, Cited(0, (candidate,)))
        held: dict[object, float] = {value: 3.0 for value in asked.facts.values if _gives(value, cited)}
        held |= {day: 3.0 for day in asked.facts.days if any(each.covers(day) for each in cited.facts.days)}
        held |= dict.fromkeys(asked.facts.addresses & cited.facts.addresses, 3.0)
        held |= {name: 2.0 for name in asked.names if named_in(name, cited.words)}
        if asked.denies and denies(candidate.text, candidate.language):
            held["denies"] = 2.0
        amounts = self._word_holds(text, candidate)
        terms = content_words(text, self._language)
        return held | {term: much for term, much in zip(terms, amounts, strict=True) if much >= _WORTH}

    def _word_holds(self, text: str, candidate: Candidate) -> tuple[float, ...]:
        if candidate.language == self._language or self._embedder is None:
            return holds(text, self._language, [candidate.text], None, ())
        return holds(text, self._language, [candidate.text], self._read(text), [self._read(candidate.text)])


_ASKED_BY = {"duration": {"duration", "range", "date"}}
"""Kinds of value that answer a question for another kind, too."""
_WORTH = 0.5
"""Hold of a word from which a sentence of a passage is worth citing for it."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What must stand in the words cited."""

    facts: Facts
    names: tuple[str, ...]
    denies: bool

    @property
    def said(self) -> bool:
        """Whether it states anything that was compared letter by letter."""
        return bool(self.facts.values or self.facts.days or self.facts.addresses or self.names)


@dataclass(frozen=True, slots=True)
class _Stated:
    """What the words cited state, and what their headings add."""

    facts: Facts
    words: Words
    context_facts: Facts
    context_words: Words
    units: frozenset[str]
    entries: int


@lru_cache(maxsize=1024)
def _wanted(text: str, language: str) -> _Wanted:
    return _Wanted(facts_in(text, language), names_in(text, language), denies(text, language))


def _stated(text: str, cited: Cited) -> _Stated:
    context = cited.context
    units = frozenset(unit_of(fold(word)) for word in re.findall(r"[^\W\d_]+|[€$£%]", f"{context} {text}"))
    return _Stated(
        facts_in(text, cited.language),
        words_of(text),
        facts_in(context, cited.language),
        words_of(context),
        units,
        cited.entries,
    )


def _gives(value: Value, cited: _Stated) -> bool:
    """Whether what is cited states a value; a year may stand in a date, a bare count may be the length of a list."""
    for other in (*cited.facts.values, *cited.context_facts.values):
        if value.agrees(other) and _same_unit(value.unit, other.unit, cited.units):
            return True
    if value.unit:
        return False
    years = {day.year for day in (*cited.facts.days, *cited.context_facts.days)}
    return any(reading in years for reading in value.readings) or (
        cited.entries > 1 and cited.entries in value.readings
    )


def _same_unit(said: str, cited: str, mentioned: frozenset[str]) -> bool:
    if said == cited:
        return True
    if not said:
        return cited != "%"
    return not cited and said in mentioned


def _counted(asked: _Wanted, source: Sequence[Candidate]) -> float:
    """Worth of a list that is as long as a count in the sentence."""
    entries = sum(each.kind is BlockKind.LIST_ITEM for each in source)
    bare = (value for value in asked.facts.values if not value.unit)
    return 3.0 if entries > 1 and any(entries in value.readings for value in bare) else 0.0


def _names(name: str, cited: _Stated) -> bool:
    return named_in(name, cited.words) or named_in(name, cited.context_words)
