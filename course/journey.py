"""Where Continue leads: the section and the question, or the sitting, where the learner left off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from .history import Attempt, Run, Visit
    from .model import Course, LessonHead, Module
    from .progress import Progress


@dataclass(frozen=True, slots=True)
class Step:
    """The next thing to do."""

    kind: Literal["lesson", "quiz", "self-check", "done"]
    id: str = ""
    """Id of the lesson or of the quiz; reference of the self-check."""
    section_id: str = ""
    item_index: int | None = None
    """Place, from 0, of the first question without an answer: in the section, or in the open sitting."""
    item_id: str = ""
    """Id of that question in a section."""
    position: int = 0
    """How far down the section the learner was."""
    run_id: int | None = None
    """The sitting to go on with; None for a new one."""


def next_step(
    course: Course,
    visits: Sequence[Visit],
    attempts: Sequence[Attempt] = (),
    runs: Sequence[Run] = (),
    so_far: Progress | None = None,
) -> Step:
    """Where to go on; `so_far` is the progress of these logs where it is worked out already.

    What was done last goes first: an open sitting when the last answer or start in it is newer than
    the last visit, else the section last open. A lesson read to its end leads to the next section
    nobody opened, then to the quiz of the module, then to the next module.
    """
    so_far = so_far or progress(course, visits, attempts, runs)
    latest = _latest_sitting(course, attempts, runs)
    last = next((visit for visit in reversed(visits) if _head_of(course, visit.section_id)), None)
    if latest and (last is None or latest[1] >= last.at):
        return _sitting(latest[0], so_far)
    if last is None:
        return next(_steps(course, so_far, None), Step("done"))
    found = _head_of(course, last.section_id)
    if found and not _leaves(found[1], last.section_id, so_far):
        return _section(found[1], last.section_id, so_far, last.position)
    return next(_steps(course, so_far, found[0] if found else None), Step("done"))


def step_to(course: Course, so_far: Progress, own_id: str) -> Step | None:
    """Where a lesson or quiz goes on: its first section that nobody opened; None when the course has it not."""
    for module in course:
        if own_id == module.quiz_id and module.quiz_path:
            return _sitting(module, so_far)
        for head in module.lessons:
            if head.id == own_id:
                seen = so_far.lesson(own_id).seen
                section = next((name for name in head.section_ids if name not in seen), head.section_ids[0])
                return _section(head, section, so_far)
    return None


def _latest_sitting(
    course: Course, attempts: Sequence[Attempt], runs: Sequence[Run]
) -> tuple[Module, datetime] | None:
    """The module whose open sitting saw the newest answer, and when that was."""
    found: list[tuple[Module, datetime]] = []
    for module in course:
        own = [run for run in runs if run.quiz_id == module.quiz_id]
        if module.quiz_path and own and own[-1].finished is None:
            times = [attempt.at for attempt in attempts if attempt.run_id == own[-1].id]
            found.append((module, max((own[-1].started, *times))))
    return max(found, key=lambda pair: pair[1], default=None)


def _sitting(module: Module, so_far: Progress) -> Step:
    quiz = so_far.module(module.id).quiz
    run = quiz.open_run if quiz else None
    answered = quiz.answered if quiz else 0
    return Step("quiz", module.quiz_id, item_index=answered, run_id=run.id if run else None)


def _section(head: LessonHead, section_id: str, so_far: Progress, position: int = 0) -> Step:
    place = head.section_ids.index(section_id)
    open_item = _unanswered(head, place, so_far)
    item_id = "" if open_item is None else head.item_ids[place][open_item]
    return Step("lesson", head.id, section_id, open_item, item_id, position)


def _unanswered(head: LessonHead, place: int, so_far: Progress) -> int | None:
    items = head.item_ids[place] if place < len(head.item_ids) else ()
    return next((at for at, item_id in enumerate(items) if item_id not in so_far.answered), None)


def _leaves(head: LessonHead, section_id: str, so_far: Progress) -> bool:
    """Whether nothing is left to do at the end of a lesson."""
    place = head.section_ids.index(section_id)
    return place == len(head.section_ids) - 1 and _unanswered(head, place, so_far) is None


def _steps(course: Course, so_far: Progress, current: Module | None) -> Iterator[Step]:
    """What is left, from the current module on, then what was left out before it."""
    modules = list(course)
    at = modules.index(current) if current else 0
    for module in (*modules[at:], *modules[:at]):
        own = so_far.module(module.id)
        for head, read in zip(module.lessons, own.lessons, strict=True):
            unseen = next((name for name in head.section_ids if name not in read.seen), None)
            if unseen and (read.begun or not head.optional):
                yield _section(head, unseen, so_far)
        if own.quiz and not own.quiz.scores:
            yield _sitting(module, so_far)
    yield from (_sitting(module, so_far) for module in modules if _failed(so_far, module))


def _failed(so_far: Progress, module: Module) -> bool:
    quiz = so_far.module(module.id).quiz
    return quiz is not None and not quiz.passed


def _head_of(course: Course, section_id: str) -> tuple[Module, LessonHead] | None:
    return next(
        ((module, head) for module, head in course.lesson_heads() if section_id in head.section_ids), None
    )
