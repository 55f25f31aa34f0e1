"""Questions that ask several things: one about each guide, or one for each thing asked in one breath."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .errors import QuestionError
from .lexicon import answer_of, is_required
from .question import Question, read_question
from .terms import TermKind
from .wants import Want

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .terms import Term
    from .topics import Topic

_AND = {
    "en": "and",
    "da": "og",
    "de": "und",
    "es": "y|e",
    "pl": "i|oraz",
    "fr": "et",
    "it": "e|ed",
    "nl": "en",
    "no": "og",
    "pt": "e",
    "sv": "och",
}
"""Words that join two things asked, by language."""
BARE = 3
"""Words of a clause that says only what is asked, such as "since when", at most."""
MOST_PARTS = 3
"""Things asked in one breath that are answered apart, at most."""


def parts_of(question: Question, topics: Sequence[Topic]) -> list[Question]:
    """A question about several guides as one about each, and one that asks several things as one for each.

    Of several guides, the others' names are left out; a thing asked keeps the names of the whole question.
    """
    if question.subjects < 2:
        return _things_asked(question, tuple(topics)) or [question]
    asked = " ".join(term.text for term in question.terms)
    names = {topic.slug: topic.title for topic in topics}
    return [
        replace(question, topics=(slug,), subjects=1, text=f"{names.get(slug, slug)}: {asked}")
        for slug in question.topics
    ]


def _things_asked(question: Question, topics: tuple[Topic, ...]) -> list[Question]:
    """The things asked, such as the budget and the end; empty for one thing alone."""
    joined = _AND.get(question.language)
    if joined is None or question.want is Want.COMPARE:
        return []
    clauses = re.split(rf"\s+(?:{joined})\s+|[,;?]\s+(?:(?:{joined})\s+)?", question.text.rstrip("?!. "))
    if not 2 <= len(clauses) <= MOST_PARTS:
        return []
    read = [_read(clause, topics, question.language) for clause in clauses]
    asking = [each for each in read if each is not None and _asks(each)]
    if len(asking) < len(clauses) or len({(each.want, each.concepts) for each in asking}) < len(asking):
        return []
    return [_whole(each, question, topics) for each in asking]


def _read(clause: str, topics: tuple[Topic, ...], language: str) -> Question | None:
    try:
        return read_question(clause, topics, language)
    except QuestionError:
        return None


def _asks(clause: Question) -> bool:
    """Whether a clause asks for a value, a person, a place or a yes or no by itself."""
    return bool(clause.value) or clause.want in {Want.WHO, Want.WHERE, Want.YES_NO}


def _asks_who(term: Term) -> bool:
    """Whether a term says what somebody did, as in "who led it", which says nothing of another thing asked."""
    return any(map(is_required, term.concepts))


def _whole(clause: Question, question: Question, topics: tuple[Topic, ...]) -> Question:
    """A clause as a question of its own, with the names of the whole and, where it says little, its other words."""
    own = {term.folded for term in clause.terms}
    others = [term for term in question.terms if term.folded not in own]
    lacking = [term for term in others if term.kind is not TermKind.WORD]
    if len(clause.text.split()) <= BARE and all(_asks_value(term) for term in clause.terms):
        words = [term for term in others if term.kind is TermKind.WORD and not _asks_who(term)]
        lacking += [term for term in words if not _asks_value(term)] or words
    titles = [topic.title for topic in topics if topic.slug in question.topics and not clause.topics][:1]
    said = dict.fromkeys((*titles, *(term.text for term in lacking)))
    text = f"{' '.join(said)}: {clause.text}" if said else clause.text
    terms = (*clause.terms, *lacking)
    return replace(
        clause,
        text=text,
        terms=terms,
        topics=question.topics,
        subjects=question.subjects,
        surely_named=question.surely_named,
    )


def _asks_value(term: Term) -> bool:
    """Whether a word only tells the kind of value asked for, such as money."""
    return any(answer_of(name) for name in term.concepts)
