"""How far the learner is, gathered from the record for the first page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from course.history import EXAM
from course.journey import next_step
from course.learning_paths import unmet
from course.progress import progress

from .language import _
from .plan import left_words, place_words, planned, step_on
from .quiz_words import clock_words
from .review_run import again_words, plan_of, spread_words
from .settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from course.history import Attempt, Run, Visit
    from course.journey import Step
    from course.model import Course
    from course.progress import Progress, QuizProgress

    from .plan import Planned
    from .services import Services


@dataclass(frozen=True, slots=True)
class Standing:
    """Progress in the words of the first page."""

    begun: bool = False
    """Whether anything was read or answered yet."""
    next_ref: str | None = None
    """Where to go on; None when all is done."""
    next_title: str = ""
    """Module and lesson of that place."""
    next_words: str = ""
    """Section of that place."""
    minutes: int = 0
    """What is left of that lesson."""
    finished: frozenset[str] = frozenset()
    """Lessons that are done."""
    quizzes: Mapping[str, QuizProgress] = field(default_factory=dict)
    """Results of each quiz, by module."""
    places: Mapping[str, int] = field(default_factory=dict)
    """How far down each section was left."""
    review: str = ""
    """What there is to look at again today, in words; empty when there is nothing."""
    review_minutes: int = 0
    """How long that takes."""
    review_note: str = ""
    """How a backlog is spread, after a break."""
    plan: str = ""
    """Which step of the chosen path comes next; empty when none is chosen."""
    plan_left: str = ""
    """How much time is left of it."""
    advice: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is better read first, by module and lesson."""
    trouble: str = ""
    """Why the chosen path could not be read; empty if it could."""


def read_standing(services: Services) -> Standing:
    """Read the record and tell where the learner stands."""
    record, course = services.record, services.course
    visits, attempts, runs = record.visits(), record.attempts(), record.runs()
    so_far = progress(course, visits, attempts, runs)
    plan, trouble = _plan(services, so_far, visits, attempts, runs)
    step = step_on(plan, course, so_far, next_step(course, visits, attempts, runs, so_far))
    standing = _standing(course, so_far, step, visits)
    run = next((run for run in runs if run.id == step.run_id and run.mode == EXAM), None)
    if run is not None:
        standing = replace(standing, next_words=_exam_words(run, step, services.clock()))
    if plan is not None:
        standing = replace(standing, plan=place_words(plan), plan_left=left_words(plan))
        if step.kind == "self-check" and plan.next is not None:
            title, minutes = _("Self-check"), plan.next.minutes_left
            standing = replace(standing, next_title=title, next_words=plan.next.title, minutes=minutes)
    due = plan_of(services, attempts, runs)
    return replace(
        standing,
        review=again_words(due),
        review_minutes=due.minutes,
        review_note=spread_words(due),
        advice=_advice(services, so_far),
        trouble=trouble,
    )


def _plan(
    services: Services,
    so_far: Progress,
    visits: tuple[Visit, ...],
    attempts: tuple[Attempt, ...],
    runs: tuple[Run, ...],
) -> tuple[Planned | None, str]:
    """The chosen path; or why it cannot be read."""
    try:
        return planned(services, so_far, visits, attempts, runs), ""
    except SettingsError as error:
        return None, str(error)


def _advice(services: Services, so_far: Progress) -> dict[str, tuple[str, ...]]:
    """What is better read before which module or lesson, and is not read yet."""
    paths, course = services.learning_paths, services.course
    refs = {ref for rule in paths.prerequisites for ref in rule.before}
    told = {ref: unmet(paths, course, so_far, ref) for ref in refs}
    return {ref: titles for ref, titles in told.items() if titles}


def _exam_words(run: Run, step: Step, now: datetime) -> str:
    """How far an open exam is, and how much time is left."""
    count = len(run.plan)
    words = _("Exam: {done} of {count} answered").format(done=step.item_index or 0, count=count)
    clock = clock_words(run, now)
    return f"{words} · {clock}" if clock else words


def _standing(course: Course, so_far: Progress, step: Step, visits: tuple[Visit, ...]) -> Standing:
    title, words, minutes = _next_place(course, so_far, step)
    return Standing(
        begun=bool(visits) or bool(so_far.answered),
        next_ref=(step.section_id or step.id) if step.kind != "done" else None,
        next_title=title,
        next_words=words,
        minutes=minutes,
        finished=frozenset(
            lesson.lesson_id for module in so_far.modules for lesson in module.lessons if lesson.done
        ),
        quizzes={module.module_id: module.quiz for module in so_far.modules if module.quiz is not None},
        places={visit.section_id: visit.position for visit in visits},
    )


def _next_place(course: Course, so_far: Progress, step: Step) -> tuple[str, str, int]:
    """Title, words and minutes of the next step."""
    if step.kind == "quiz":
        return _quiz_place(course, step)
    for module, head in course.lesson_heads():
        if head.id == step.id:
            number = head.section_ids.index(step.section_id)
            words = _("Section {number} of {count}: {title}").format(
                number=number + 1, count=len(head.section_ids), title=head.section_titles[number]
            )
            title = _("Module {number} · {lesson}").format(number=module.number, lesson=head.title)
            return title, words, so_far.lesson(head.id).minutes_left
    return "", "", 0


def _quiz_place(course: Course, step: Step) -> tuple[str, str, int]:
    number = next((module.number for module in course if module.quiz_id == step.id), 0)
    words = _("Module {number} · Quiz").format(number=number)
    if step.run_id is None:
        return words, _("The lessons are read; the quiz is next."), 0
    return words, _("You stopped at question {number}.").format(number=(step.item_index or 0) + 1), 0
