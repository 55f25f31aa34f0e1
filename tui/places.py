"""Finding and reading the places of a course, and what comes after each."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote

from course.catalog import open_lesson, open_quiz
from course.digest import item_digest
from course.errors import NotFound, ResponseError
from course.grade import grade
from course.landing import landing
from course.learning_paths import unmet
from course.notes import located
from course.progress import progress
from course.references import find
from course.review import Plan
from course.self_check import FOLDER

from .language import _
from .messages import Earlier, LessonLoaded, QuizLoaded, ReviewLoaded, SelfCheckLoaded
from .plan import onward
from .quiz_run import latest_sitting
from .review_run import due_before, open_review, todays_plan
from .self_check_run import taken
from .trail import Spot

if TYPE_CHECKING:
    from course.model import Course, Lesson, LessonHead, Module
    from course.references import Found

    from .services import Services

TOUR = "hansa-tour"
"""Id of the module that shows new learners around; it belongs to no course."""


def load_place(
    services: Services, ref: str, spot: Spot | None = None
) -> LessonLoaded | QuizLoaded | ReviewLoaded | SelfCheckLoaded:
    """Read the lesson, quiz or self-check that a reference names; a module alone means its first lesson.

    A name after `#` may be that of a section, a heading or a question. Before the first lesson of a module,
    questions that are due from earlier modules come first.
    """
    if ref.startswith(f"{FOLDER}/"):
        return SelfCheckLoaded(taken(services, ref))
    is_tour = ref.partition("/")[0] == TOUR
    course = services.tour if is_tour else services.course
    found, anchor = _found(course, ref)
    if found.is_quiz:
        quiz = open_quiz(found.module, services.language)
        return QuizLoaded(found.module, quiz, latest_sitting(services, quiz), onward(services, quiz.id))
    head = found.lesson or next(iter(found.module.lessons), None)
    if head is None:
        raise NotFound(_("The module “{module}” has no lessons yet.").format(module=found.module.title))
    due = () if is_tour else due_before(services, found.module)
    if due:
        return ReviewLoaded(Plan((due,)), module=found.module, onward=ref)
    lesson = open_lesson(found.module, head, services.language)
    section, block = head.section_ids.index(found.section_id) if found.section_id else 0, None
    place = landing(lesson, anchor) if anchor else None
    if spot is not None and spot.anchor is not None:
        place = located(spot.anchor, lesson)
    if place is not None:
        section, block = place
    elif anchor and found.section_id is None:
        find(course, ref)
    spot = spot or Spot()
    if block is not None:
        spot = replace(spot, block=block)
    return replace(
        _loaded(services, found.module, lesson, section, spot),
        advice=_better_first(services, head),
        onward=None if is_tour else onward(services, lesson.id),
    )


def _better_first(services: Services, head: LessonHead) -> str:
    """What is better read before a lesson that nobody opened yet; empty when nothing is."""
    visits = services.record.visits()
    if any(visit.section_id in head.section_ids for visit in visits):
        return ""
    so_far = progress(services.course, visits)
    titles = unmet(services.learning_paths, services.course, so_far, head.id)
    return _("Better read first: {titles}.").format(titles=", ".join(titles)) if titles else ""


def _found(course: Course, ref: str) -> tuple[Found, str]:
    """What a reference names, and the name after `#`, which may be that of a heading within a section."""
    path, _hash, anchor = ref.partition("#")
    try:
        return find(course, ref), unquote(anchor)
    except NotFound:
        found = find(course, path) if anchor else None
        if found is None or found.lesson is None:
            raise
        return found, unquote(anchor)


def _loaded(services: Services, module: Module, lesson: Lesson, section: int, spot: Spot) -> LessonLoaded:
    record = services.record
    own = {part.id for part in lesson.sections}
    return LessonLoaded(
        module,
        lesson,
        section,
        _earlier_answers(services, lesson),
        ticks=record.ticks(lesson.id),
        notes=tuple(note for note in record.noted() if note.anchor.lesson_id == lesson.id),
        seen=frozenset(visit.section_id for visit in record.visits() if visit.section_id in own),
        spot=spot,
    )


def load_review(services: Services, minutes: int | None) -> ReviewLoaded:
    """Read what is due today, and the review that is open."""
    return ReviewLoaded(todays_plan(services, minutes), open_review(services))


def _earlier_answers(services: Services, lesson: Lesson) -> dict[str, Earlier]:
    """The last answer to each question, unless the question has changed since."""
    items = {item.frame.id: item for item in lesson.items}
    earlier: dict[str, Earlier] = {}
    for attempt in services.record.attempts() if items else ():
        item = items.get(attempt.item_id)
        if item is None or attempt.item_digest != item_digest(item):
            continue
        try:
            response = attempt.response
            before = earlier.get(attempt.item_id)
            tries = before.tries + 1 if before else 0
            mark = grade(item, response, hints=attempt.hints, earlier=tries)
            earlier[attempt.item_id] = Earlier(response, attempt.seed, mark, tries)
        except ResponseError:
            continue
    return earlier


def lesson_titles(services: Services) -> dict[str, str]:
    """The title of every lesson, that of the tour among them, by its id."""
    heads = chain(services.course.lesson_heads(), services.tour.lesson_heads())
    return {head.id: head.title for _module, head in heads}


def what_follows(course: Course, lesson: Lesson) -> tuple[Module, LessonHead | None] | None:
    """The next lesson, the quiz of the module (no head), or the next module's first lesson."""
    for module in course:
        ids = [head.id for head in module.lessons]
        if lesson.id in ids:
            rest = module.lessons[ids.index(lesson.id) + 1 :]
            if rest:
                return module, rest[0]
            return (module, None) if module.quiz_path else after_module(course, module)
    return None


def after_module(course: Course, module: Module) -> tuple[Module, LessonHead] | None:
    """The first lesson of the next module that has one."""
    numbers = [other.id for other in course]
    for other in course.modules[numbers.index(module.id) + 1 :]:
        if other.lessons:
            return other, other.lessons[0]
    return None


def followed_by(follows: tuple[Module, LessonHead | None]) -> tuple[str, str]:
    """The words and the reference of what comes after a lesson."""
    module, head = follows
    if head is None:
        return _("Go on to the quiz of this module"), module.quiz_id
    if head.minutes:
        words = _("Go on to {title}, about {minutes} min")
        return words.format(title=head.title, minutes=head.minutes), head.id
    return _("Go on to {title}").format(title=head.title), head.id


def short_title(module: Module) -> str:
    """The title of a module up to its first colon, for a header line."""
    return module.title.partition(":")[0].strip()
