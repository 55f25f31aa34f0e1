"""Lessons that teach what was asked: the one place where questions to the guides meet the course."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.evidence import support, words_of
from assistant.question import read_question
from assistant.terms import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.model import Answer
    from assistant.terms import Term
    from course.model import Course

MOST = 2
"""Lessons shown, at most."""
SURE = 0.9
"""Support from which a title holds a word: itself or a form of it."""
FITS = 0.75
"""Share of the question that a title must hold, rare words counting more."""


@dataclass(frozen=True, slots=True)
class LessonLink:
    """A place of the course that teaches something."""

    ref: str
    """As `hansa learn` takes it."""
    module: str
    """Title of its module."""
    title: str
    """Title of the lesson or of its section."""


@dataclass(frozen=True, slots=True)
class _Place:
    link: LessonLink
    title: str
    """Its own words, one of which at least must be asked for."""
    around: str
    """What stands above it."""


def lessons_on(answer: Answer, course: Course) -> tuple[LessonLink, ...]:
    """Where the course teaches what a question asks about, the best first; none where no title fits."""
    question = read_question(answer.meant, (), answer.language)
    terms = [term for term in question.terms if term.kind in {TermKind.WORD, TermKind.NAME}]
    places = list(_places(course))
    weights = {term: _rarity(term, places) for term in terms}
    total = sum(weights.values())
    if not total:
        return ()
    fitting: list[tuple[float, LessonLink]] = []
    for place in places:
        own, all_words = words_of(place.title), words_of(f"{place.title} — {place.around}")
        held = sum(weight for term, weight in weights.items() if support(term, all_words) >= SURE)
        told = sum(weight for term, weight in weights.items() if support(term, own) >= SURE)
        if held >= FITS * total and told >= total / 2:
            fitting.append((told / total, place.link))
    fitting.sort(key=lambda pair: -pair[0])
    return _one_a_lesson([link for _, link in fitting])[:MOST]


def _rarity(term: Term, places: Sequence[_Place]) -> float:
    """How much a word tells: little if it stands in many titles."""
    holding = sum(support(term, words_of(place.title)) >= SURE for place in places)
    return math.log(1 + len(places) / (1 + holding))


def _places(course: Course) -> Iterator[_Place]:
    """Every lesson, section and module, with the outcomes as words of the module."""
    for module, head in course.lesson_heads():
        yield _Place(LessonLink(head.id, module.title, head.title), head.title, module.title)
        for ref, title in zip(head.section_ids, head.section_titles, strict=True):
            yield _Place(LessonLink(ref, module.title, title), title, f"{head.title} — {module.title}")
    for module in course:
        link = LessonLink(module.id, module.title, module.title)
        for outcome in module.outcomes.values():
            yield _Place(link, outcome, module.title)


def _one_a_lesson(links: Sequence[LessonLink]) -> tuple[LessonLink, ...]:
    """The best place of each lesson; a module only where none of its lessons fits."""
    kept: dict[str, LessonLink] = {}
    for link in links:
        kept.setdefault(link.ref.split("#")[0], link)
    lessons = {ref.split("/")[0] for ref in kept if "/" in ref}
    return tuple(link for ref, link in kept.items() if "/" in ref or ref not in lessons)
