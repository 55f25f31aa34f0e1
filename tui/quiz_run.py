"""Sittings of a quiz and the record: begin, go on, finish."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course.sitting import Sitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course.history import Attempt, Run
    from course.model import Quiz

    from .services import Services


@dataclass(frozen=True, slots=True)
class Sat:
    """A sitting and the run under which the record keeps it."""

    run: Run
    sitting: Sitting

    @property
    def is_open(self) -> bool:
        """Whether questions are still to be answered."""
        return self.run.finished is None and not self.sitting.finished


def latest_sitting(services: Services, quiz: Quiz) -> Sat | None:
    """The newest sitting of a quiz with its answers, as the record holds them."""
    runs = services.record.runs(quiz.id)
    if not runs:
        return None
    run = runs[-1]
    attempts = services.record.attempts(run_id=run.id)
    sitting = Sitting(quiz, run.seed).resumed(attempts)
    _mark_what_was_not(services, sitting, attempts)
    return finish(services, Sat(run, sitting))


def _mark_what_was_not(services: Services, sitting: Sitting, attempts: Sequence[Attempt]) -> None:
    """Note the marks of answers that were given just before a crash."""
    for attempt in attempts:
        mark = sitting.marks.get(attempt.item_id)
        if attempt.share is None and mark is not None:
            services.record.mark(attempt.answer_id, mark, services.clock())


def begin(services: Services, quiz: Quiz, before: Sat | None) -> Sat:
    """A new sitting; after an earlier one in another order."""
    now = services.clock()
    sitting = before.sitting.retake() if before else Sitting(quiz, int(now.timestamp()))
    run = services.record.start_run(quiz.id, seed=sitting.seed, mode=quiz.mode, at=now, plan=sitting.plan)
    return Sat(run, sitting)


def finish(services: Services, sat: Sat) -> Sat:
    """Close the sitting in the record once every question is answered."""
    if not sat.sitting.finished or sat.run.finished is not None:
        return sat
    now = services.clock()
    services.record.finish_run(sat.run.id, now)
    return replace(sat, run=replace(sat.run, finished=now))
