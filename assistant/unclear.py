"""Which guides a question may mean that says nothing of which one it means, so that it is asked back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .candidates import candidates_of
from .evidence import coverage, gives_value
from .leaning import Asked
from .lexicon import broad_words
from .terms import TermKind
from .topics import one_version
from .values import stated
from .wants import Want

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.model import Guide
    from index.search import GuideIndex

    from .candidates import Candidate
    from .question import Question
    from .terms import Term
    from .topics import Topic

WELL_COVERED = 0.75
"""Share of a question's terms that a sentence must hold to answer it alone."""
FITTING, PER_GUIDE = 8, 6
"""Guides that a question may mean, at most, and passages of each that are looked at."""


def fitting_guides(question: Question, topics: tuple[Topic, ...], index: GuideIndex) -> list[Guide]:
    """The guides that answer equally well a question that names none; empty where it is clear enough.

    Such a question wants a value or a name, such as the budget or the Polish partner, or speaks of "the project" where
    none was spoken of before. An answer from one guide would be right for that guide alone.
    """
    terms = [term for term in question.terms if term.concepts or not broad_words().holds(term.folded)]
    if question.topics or not all(term.concepts or term.kind is TermKind.COUNTRY for term in terms):
        return []
    wants_one = bool(terms) and (bool(question.value) or question.want is Want.WHO)
    if not wants_one and not Asked(question.text, question.language, topics).refers_back:
        return []
    hits = index.search(question.text, k=FITTING * PER_GUIDE, per_guide=PER_GUIDE)
    fitting = [each for each in candidates_of(hits, index) if _fits(question, terms, each)]
    kept = one_version(tuple(sorted({each.guide for each in fitting})), topics, question.language)
    unclear = len(kept) > 1 and not _say_the_same(question, [each for each in fitting if each.guide in kept])
    return [index.guide(slug) for slug in kept] if unclear else []


def _say_the_same(question: Question, fitting: Sequence[Candidate]) -> bool:
    """Whether every sentence that could answer gives the same value."""
    values = {stated(each.text, question.value) for each in fitting} if question.value else set()
    return len(values) == 1


def _fits(question: Question, terms: Sequence[Term], candidate: Candidate) -> bool:
    """Whether a sentence alone could answer; one of a list of partners by country with the heading above it."""
    own, context = candidate.own_words, candidate.context_words
    if question.value:
        return coverage(terms, own, context) >= WELL_COVERED and gives_value(question, candidate.text)
    if any(term.kind is TermKind.COUNTRY for term in terms):
        return coverage(terms, own, context) >= WELL_COVERED and _holds_country(terms, candidate)
    return coverage(terms, own) >= WELL_COVERED


def _holds_country(terms: Sequence[Term], candidate: Candidate) -> bool:
    """Whether the sentence itself tells of the countries asked about."""
    return all(term.country in candidate.own_words.countries for term in terms if term.country)
