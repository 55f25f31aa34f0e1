"""The path that a learner chose: kept with the settings, and told in a few words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.assessments import assessments_of, finished_own
from course.journey import Step, step_to
from course.learning_paths import route_of
from course.progress import progress
from course.self_check import FOLDER

from .language import _
from .settings import SettingsError, read_tables, write_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from course.assessments import Assessment
    from course.history import Attempt, Run, Visit
    from course.learning_paths import Leaf, LearningPath, Route
    from course.model import Course
    from course.progress import Progress

    from .services import Services

TABLE, KEY = "learning", "path"
"""Where the choice stands in the settings."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A chosen path, and what comes next on it."""

    route: Route
    next: Leaf | None
    """None when all is done."""


def read_plan(path: Path) -> str:
    """Short name of the chosen path; empty when none is chosen. Raises `SettingsError`."""
    table = read_tables(path).get(TABLE, {})
    chosen = table.get(KEY, "") if isinstance(table, dict) else ""
    if not isinstance(chosen, str):
        message = _("{path} has a setting that cannot be used ({name}): choose a plan anew.")
        raise SettingsError(message.format(path=path, name=f"{TABLE}.{KEY}"))
    return chosen


def write_plan(path: Path, path_id: str) -> None:
    """Keep the choice of a path; an empty name chooses none. Raises `SettingsError` or `OSError`."""
    table = read_tables(path).get(TABLE, {})
    write_tables(path, {TABLE: {**(table if isinstance(table, dict) else {}), KEY: path_id}})


def planned(
    services: Services,
    so_far: Progress,
    visits: Sequence[Visit],
    attempts: Sequence[Attempt],
    runs: Sequence[Run],
) -> Planned | None:
    """The chosen path as the record tells; None when none is chosen. Raises `SettingsError`."""
    path = services.learning_paths.path(read_plan(services.paths.settings))
    if path is None:
        return None
    taken = assessments_of(services.record)
    checked = {own.check_id for own in finished_own(taken)}
    route = route_of(path, services.course, so_far, services.self_checks, checked)
    return Planned(route, route.next_leaf(_latest(visits, attempts, runs, taken)))


def chosen_path(services: Services) -> LearningPath | None:
    """The chosen path; None when none is chosen, or the settings cannot be read, which the first page tells."""
    try:
        return services.learning_paths.path(read_plan(services.paths.settings))
    except SettingsError:
        return None


def onward(services: Services, own_id: str) -> Leaf | None:
    """What the chosen path wants after a lesson or quiz; None where no path is chosen, or nothing is left of it."""
    path = chosen_path(services)
    if path is None:
        return None
    (route,) = _routes(services, (path,))
    return route.next_leaf(own_id, leaving=True)


def onward_words(leaf: Leaf) -> str:
    """How the next part of a path is offered."""
    if leaf.minutes_left:
        words = _("Go on with your path: {title}, about {minutes} min")
        return words.format(title=leaf.title, minutes=leaf.minutes_left)
    return _("Go on with your path: {title}").format(title=leaf.title)


def step_on(plan: Planned | None, course: Course, so_far: Progress, step: Step) -> Step:
    """Where a chosen path leads; the step that would come without one, where the path leads there or nowhere."""
    if plan is None or plan.next is None or plan.next.id == step.id:
        return step
    return step_to(course, so_far, plan.next.id) or Step("self-check", plan.next.id)


def step_words(plan: Planned | None, course: Course, step: Step) -> str:
    """Where to go on, in one line: `Partners · First call · section 2 of 9: Before you call`."""
    if step.kind == "lesson":
        return _lesson_words(course, step)
    if step.kind == "quiz":
        return _quiz_words(course, step)
    if plan is not None and plan.next is not None:
        return _("{title} · self-check").format(title=plan.next.title)
    return _("You have finished every module. Read or practise anything again.")


def _lesson_words(course: Course, step: Step) -> str:
    module, head = next((module, head) for module, head in course.lesson_heads() if head.id == step.id)
    place = head.section_ids.index(step.section_id)
    words = _("section {number} of {count}").format(number=place + 1, count=len(head.section_ids))
    return f"{module.title} · {head.title} · {words}: {head.section_titles[place]}"


def _quiz_words(course: Course, step: Step) -> str:
    module = next(module for module in course if module.quiz_id == step.id)
    words = _("{module} · Quiz").format(module=module.title)
    if step.run_id is None:
        return words
    question = _("Question {number}").format(number=(step.item_index or 0) + 1)
    return f"{words} · {question}"


def all_routes(services: Services) -> tuple[Route, ...]:
    """Every path of which the course has a step, as far as the record tells that the learner has come."""
    routes = _routes(services, services.learning_paths.paths)
    return tuple(route for route in routes if route.steps)


def _routes(services: Services, paths: Iterable[LearningPath]) -> Iterator[Route]:
    record = services.record
    so_far = progress(services.course, record.visits(), record.attempts(), record.runs())
    checked = {own.check_id for own in finished_own(assessments_of(record))}
    for path in paths:
        yield route_of(path, services.course, so_far, services.self_checks, checked)


def _latest(
    visits: Sequence[Visit],
    attempts: Sequence[Attempt],
    runs: Sequence[Run],
    taken: Sequence[Assessment],
) -> str:
    """The lesson, quiz or self-check in which something was done last."""
    quizzes = {run.id: run.quiz_id for run in runs}
    done = [
        *((visit.at, visit.section_id.partition("#")[0]) for visit in visits[-1:]),
        *((run.started, run.quiz_id) for run in runs),
        *((attempt.at, quizzes[attempt.run_id]) for attempt in attempts if attempt.run_id in quizzes),
        *((own.finished or own.started, f"{FOLDER}/{own.check_id}") for own in taken if own.mine),
    ]
    return max(done)[1] if done else ""


def time_words(minutes: int) -> str:
    """How much is left: in minutes up to an hour, then in whole hours."""
    if minutes < 60:
        return _("{count} min to go").format(count=minutes)
    return _("{count} h to go").format(count=(minutes + 30) // 60)


def place_words(plan: Planned) -> str:
    """Which step of which path comes next: `P1 Open innovation, module 2 of 7`."""
    path = plan.route.path
    if plan.next is None:
        return _("{id} {title}, done").format(id=path.id, title=path.title)
    words = _("{id} {title}, step {number} of {count}")
    if plan.route.only_modules:
        words = _("{id} {title}, module {number} of {count}")
    place = plan.route.place_of(plan.next)
    return words.format(id=path.id, title=path.title, number=place, count=len(plan.route.steps))


def left_words(plan: Planned) -> str:
    """How much time is left of a path; empty when it is done."""
    return time_words(plan.route.minutes_left) if plan.next is not None else ""
