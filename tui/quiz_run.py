"""Sittings of a quiz and the record: begin, go on, hand in, show again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course.digest import item_digest
from course.errors import ResponseError
from course.model import QuizMode
from course.progress import run_score
from course.sitting import Sitting
from course.snapshot import item_from, item_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from course.history import Attempt, Run
    from course.model import Item, Module, Quiz
    from course.score import Score

    from .services import Services


@dataclass(frozen=True, slots=True)
class Sat:
    """A sitting and the run under which the record keeps it."""

    run: Run
    sitting: Sitting
    changed: bool = False
    """Whether a question was asked in another wording than the module has now."""

    @property
    def is_open(self) -> bool:
        """Whether answers are still taken."""
        if self.run.finished is not None:
            return False
        return self.sitting.mode is QuizMode.EXAM or not self.sitting.finished

    def is_over(self, now: datetime) -> bool:
        """Whether the time of an exam is over."""
        return self.run.ends is not None and now > self.run.ends


def latest_sitting(services: Services, quiz: Quiz) -> Sat | None:
    """The newest sitting of a quiz with its answers, handed in if its time is over."""
    runs = services.record.runs(quiz.id)
    if not runs:
        return None
    sat = sat_of(services, runs[-1], quiz.items)
    if sat.run.finished is None and (sat.is_over(services.clock()) or not sat.is_open):
        return hand_in(services, sat)
    return sat


def sat_of(services: Services, run: Run, current: Iterable[Item] = ()) -> Sat:
    """A sitting as the record holds it; `current` are the questions as the module has them now."""
    now = {item.frame.id: item for item in current}
    asked = _as_asked(services, run)
    sitting = Sitting.of_run(run, {**now, **asked})
    attempts = services.record.attempts(run_id=run.id)
    sitting = sitting.resumed(attempts)
    _mark_what_was_not(services, sitting, attempts)
    changed = any(name not in now or item_digest(now[name]) != item_digest(asked[name]) for name in asked)
    return Sat(run, replace(sitting, flagged=services.record.flagged(run.id)), changed and bool(now))


def _as_asked(services: Services, run: Run) -> Mapping[str, Item]:
    """The questions of a run in the wording that was asked."""
    sources = services.record.asked(planned.digest for planned in run.plan)
    found: dict[str, Item] = {}
    for planned in run.plan:
        try:
            found[planned.item_id] = item_from(sources[planned.digest])
        except (KeyError, ResponseError):
            continue
    return found


def _mark_what_was_not(services: Services, sitting: Sitting, attempts: Sequence[Attempt]) -> None:
    """Note the marks of answers that were given just before a crash."""
    marks = sitting.marks
    for attempt in attempts:
        if attempt.share is None and attempt.item_id in marks:
            services.record.mark(attempt.answer_id, marks[attempt.item_id], services.clock())


def begin(services: Services, quiz: Quiz, module: Module, before: Sat | None) -> Sat:
    """A new sitting; after an earlier one with other variants and in another order."""
    seed = before.run.seed + 1 if before else int(services.clock().timestamp())
    return started(services, Sitting.begun(quiz, seed, module.outcomes))


def started(services: Services, sitting: Sitting, mode: str = "") -> Sat:
    """A sitting with a run in the record, which keeps every question as it is asked."""
    asked = {item_digest(item): item_source(item) for item in sitting.items}
    run = services.record.start_run(
        sitting.quiz_id,
        seed=sitting.seed,
        mode=mode or sitting.mode,
        at=services.clock(),
        plan=sitting.plan,
        terms=sitting.terms,
        asked=asked,
    )
    return Sat(run, sitting)


def hand_in(services: Services, sat: Sat) -> Sat:
    """Close a sitting in the record with what was answered."""
    if sat.run.finished is not None:
        return sat
    finished = services.record.finish_run(sat.run.id, services.clock())
    return replace(sat, run=replace(sat.run, finished=finished))


def attempts_of(services: Services, quiz_id: str) -> list[tuple[Run, Score]]:
    """Every finished sitting of a quiz with its score, newest first."""
    attempts = services.record.attempts()
    runs = [run for run in services.record.runs(quiz_id) if run.finished is not None]
    return [(run, run_score(run, attempts)) for run in reversed(runs)]
