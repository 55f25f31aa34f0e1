"""What a talk was about: the guides and things that its questions name, and where they stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.words import fold

from .leaning import WORD, Place
from .lexicon import country_of
from .question import Question, read_question
from .terms import TermKind
from .wants import Want

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .model import Answer
    from .topics import Topic

LONGEST_NAME = 8
"""Words of the name of a guide, at most."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Finds what answers were about, by the names of the guides."""

    topics: tuple[Topic, ...]
    """Every guide as people may name it."""
    names: Mapping[str, str]
    """What each guide is called, by slug."""

    def subject(self, earlier: Sequence[Answer]) -> str:
        """What was spoken of last: guides or things named, what was explained, or the one guide cited."""
        for answer in reversed(earlier):
            question = self._read(answer)
            subject = [self.spoken(slug) for slug in question.topics] or things_named(question)
            if not subject and question.want is Want.DEFINITION:
                subject = [" ".join(term.text for term in question.terms)]
            subject = subject or [self.spoken(slug) for slug in self._cited(answer)]
            if any(subject):
                return ", ".join(dict.fromkeys(subject))
        return ""

    def guide(self, last: Answer) -> str:
        """The guides that a question named, or the one cited where it explained nothing; empty for none."""
        question = self._read(last)
        cited = () if question.want is Want.DEFINITION else self._cited(last)
        return ", ".join(dict.fromkeys(self.spoken(slug) for slug in question.topics or cited))

    def asked_for(self, last: Answer) -> str:
        """What a question asked for, in its own words: `partners`."""
        return " ".join(term.text for term in self._read(last).terms if term.kind is TermKind.WORD)

    def asks_for_the_same(self, last: Answer, question: Question) -> bool:
        """Whether a question says again what the last one asked for, such as money, and more than that."""
        again = [term for term in question.terms if term.concepts & self._read(last).concepts]
        return bool(again) and len(again) < len(question.terms)

    def spoken(self, slug: str) -> str:
        """A name of a guide by which a question is known to name it."""
        known = next((topic.names for topic in self.topics if topic.slug == slug), ())
        if _squeezed(self.names[slug]) in known:
            return self.names[slug]
        return slug.split(".", maxsplit=1)[0].replace("-", " ")

    def last_guide(self, text: str) -> Place | None:
        """Where the last guide stands that a text names."""
        words = [Place(*match.span()) for match in WORD.finditer(text)]
        known = {name for topic in self.topics for name in topic.names}
        for last in range(len(words), 0, -1):
            for first in range(max(0, last - LONGEST_NAME), last):
                place = Place(words[first].start, words[last - 1].end)
                if _squeezed(text[place.start : place.end]) in known:
                    return place
        return None

    def last_of_kind(self, text: str, kind: TermKind, language: str) -> Place | None:
        """Where the last country, number or name stands that is no guide."""
        question = read_question(text, self.topics, language)
        if kind is TermKind.NAME:
            things = things_named(question)
            start = text.rfind(things[-1]) if things else -1
            return Place(start, start + len(things[-1])) if start >= 0 else None
        folded = {term.folded for term in question.terms if term.kind is kind}
        found = [
            Place(*match.span())
            for match in WORD.finditer(text)
            if (country_of(match.group()) if kind is TermKind.COUNTRY else fold(match.group()) in folded)
        ]
        return found[-1] if found else None

    def _read(self, answer: Answer) -> Question:
        return read_question(answer.meant, self.topics, answer.language)

    def _cited(self, answer: Answer) -> tuple[str, ...]:
        """The guide that all of an answer comes from; none when there are several, or when it is gone."""
        guides = tuple(dict.fromkeys(citation.guide for citation in answer.citations))
        return guides if len(guides) == 1 and guides[0] in self.names else ()


def things_named(question: Question) -> list[str]:
    """Names in a question that are no guides, words that follow each other joined: `B Light 2`."""
    named = {term.folded for term in question.terms if term.kind is TermKind.NAME}
    numbers = {term.folded for term in question.terms if term.kind is TermKind.NUMBER}
    things: list[list[str]] = [[]]
    for word in WORD.findall(question.text):
        joins = fold(word) in named | numbers or (len(word) == 1 and word.isupper())
        if joins:
            things[-1].append(word)
        elif things[-1]:
            things.append([])
    return [" ".join(thing) for thing in things if any(fold(word) in named for word in thing)]


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name))
