"""Guides that contradict each other: both values are shown, with the guides and the dates they were checked on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.words import fold

from .agreement import agree, values_of
from .evidence import coverage, gives_value, words_of
from .extract import Extract
from .terms import TermKind
from .wants import Want
from .wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.search import GuideIndex

    from .candidates import Candidate
    from .compose import Reply
    from .model import Citation
    from .question import Question
    from .topics import Topic
    from .weighing import Weighed

COMPARED = frozenset({"amount", "date", "duration", "share"})
"""Kinds of value of which one thing has one."""
SAME_FIELD = 0.75
"""Share of what is asked for that a sentence must name to speak of the same field."""


def both_sides(
    question: Question, extracts: Sequence[Extract], weighed: Sequence[Weighed], topics: tuple[Topic, ...]
) -> list[Extract]:
    """The extracts, and after them the best sentence of another guide that gives another value for the same field."""
    cited = [candidate for each in extracts for candidate in each.candidates]
    if not _asks_one_value(question) or not cited:
        return list(extracts)
    about = [candidate for candidate in cited if gives_value(question, candidate.text)]
    rival = next((w.candidate for w in weighed if _is_rival(question, w.candidate, about, topics)), None)
    return [*extracts, Extract((rival,))] if rival and about else list(extracts)


def tell_apart(question: Question, reply: Reply, index: GuideIndex, topics: tuple[Topic, ...]) -> Reply:
    """The reply, with a line that says so where the guides it cites give different values."""
    if not _asks_one_value(question):
        return reply
    told = [each for each in reply.citations if _same_thing(question, each.guide, each.quote, topics)]
    given = [(each, values_of(each.quote, question.value)) for each in told]
    differing = _differing(question, [pair for pair in given if pair[1]])
    if not differing:
        return reply
    places = "; ".join(_place(each, question.language, index) for each in differing)
    line = say("differ", question.language, places=places)
    return type(reply)(
        reply.verdict, f"{reply.text}\n{line}", reply.sentences, reply.citations, reply.nearest, reply.cut
    )


def _asks_one_value(question: Question) -> bool:
    return question.value in COMPARED and question.want is not Want.COMPARE and len(question.topics) < 2


def _differing(question: Question, given: Sequence[tuple[Citation, frozenset[str]]]) -> list[Citation]:
    """The first citation, and those of other guides that give the same field and agree with none of its values."""
    if not given:
        return []
    first, values = given[0]
    others = [
        citation
        for citation, theirs in given[1:]
        if _family(citation.guide) != _family(first.guide)
        and _same_field(question, citation.quote)
        and not agree(values, theirs)
    ]
    return [first, *others] if others else []


def _place(citation: Citation, language: str, index: GuideIndex) -> str:
    checked = index.guide(citation.guide).checked_on
    phrase = "checked_guide" if checked else "unchecked_guide"
    return say(phrase, language, n=str(citation.n), guide=citation.title, date=checked)


def _is_rival(
    question: Question, candidate: Candidate, cited: Sequence[Candidate], topics: tuple[Topic, ...]
) -> bool:
    """Whether a sentence of another guide speaks of the same field of the same thing and gives another value."""
    if any(_family(candidate.guide) == _family(each.guide) for each in cited):
        return False
    if not gives_value(question, candidate.text) or not _same_field(question, candidate.text):
        return False
    if not _same_thing(question, candidate.guide, candidate.text, topics):
        return False
    theirs = values_of(candidate.text, question.value)
    ours = frozenset[str]().union(*(values_of(each.text, question.value) for each in cited))
    return bool(theirs) and not agree(ours, theirs)


def _same_field(question: Question, text: str) -> bool:
    """Whether a sentence names what is asked for, such as the budget."""
    words = [term for term in question.terms if term.kind is TermKind.WORD]
    asked = [term for term in words if term.concepts] or words
    return coverage(asked, words_of(text)) >= SAME_FIELD


def _same_thing(question: Question, guide: str, text: str, topics: tuple[Topic, ...]) -> bool:
    """Whether a sentence speaks of the guide or the names of the question, and of no other guide."""
    said = _squeezed(text)
    asked = {_family(slug) for slug in question.topics}
    named = {_family(topic.slug) for topic in topics if any(name in said for name in topic.names)}
    if asked:
        return named == asked or (not named and _family(guide) in asked)
    names = [term for term in question.terms if term.kind is TermKind.NAME]
    return bool(names) and coverage(names, words_of(text)) == 1 and len(named) <= 1


def _family(slug: str) -> str:
    """A guide, whatever its language."""
    return slug.split(".", maxsplit=1)[0]


def _squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))
