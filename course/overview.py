"""All that a learner's record says about progress, worked out at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .calibration import calibration
from .certificate import Completion, completion_of
from .forecast import forecast
from .memory import counts
from .progress import progress
from .question_history import question_histories
from .review import plan_reviews, recalled
from .score import reaches
from .time_spent import seconds_spent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from .calibration import Level
    from .forecast import ReviewDay
    from .history import Attempt, Run, Visit
    from .model import Course, Module
    from .progress import ModuleProgress
    from .question_history import QuestionHistory


@dataclass(frozen=True, slots=True)
class OutcomeStanding:
    """How far one outcome of a module is reached."""

    name: str
    words: str
    best: float | None
    """Best share of its points in a finished quiz, 0 to 1; None while no quiz asked for it."""
    reached: bool
    """Whether that is the pass mark."""


@dataclass(frozen=True, slots=True)
class ModuleStanding:
    """How far a module is worked through, and how it went."""

    module: Module
    progress: ModuleProgress
    outcomes: tuple[OutcomeStanding, ...]
    seconds: float
    """Time spent, at least."""
    completion: Completion | None
    """How it was completed; None while something is missing."""
    levels: tuple[Level, ...]
    questions: tuple[QuestionHistory, ...]

    @property
    def reached(self) -> int:
        """How many outcomes are reached."""
        return sum(outcome.reached for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Overview:
    """The standing in the whole course."""

    modules: tuple[ModuleStanding, ...]
    levels: tuple[Level, ...]
    """What was said to be certain, in all modules."""
    days: tuple[ReviewDay, ...]
    """The reviews of the next two weeks."""

    @property
    def seconds(self) -> float:
        """Time spent in all modules, at least."""
        return sum(module.seconds for module in self.modules)

    @property
    def completed(self) -> int:
        """How many modules are completed."""
        return sum(module.completion is not None for module in self.modules)


def overview(
    course: Course,
    visits: Sequence[Visit],
    attempts: Sequence[Attempt],
    runs: Sequence[Run],
    *,
    now: datetime,
    day: datetime,
    minutes: int,
    admitted: Callable[[str], bool],
    asked: Mapping[str, str],
) -> Overview:
    """The overview that follows from the record; `day`, `minutes`, `admitted`, `asked` as `plan_reviews` has them."""
    so_far = progress(course, visits, attempts, runs)
    spent = seconds_spent(visits, attempts, runs)
    known = recalled(attempts, runs, admitted=admitted, asked=asked)
    plan = plan_reviews(attempts, runs, now=now, day=day, minutes=minutes, admitted=admitted, asked=asked)
    questions = question_histories(attempts, runs, known, asked)
    by_id = {run.id: run for run in runs}
    heard = [attempt for attempt in attempts if counts(attempt, by_id)]

    def standing(module: Module) -> ModuleStanding:
        own = so_far.module(module.id)
        completion = completion_of(module, visits, attempts, runs)
        return ModuleStanding(
            module=module,
            progress=own,
            outcomes=_outcomes(module, own),
            seconds=spent.get(module.id, 0.0),
            completion=completion if isinstance(completion, Completion) else None,
            levels=calibration(one for one in heard if one.item_id.startswith(f"{module.id}/")),
            questions=tuple(one for one in questions if one.module_id == module.id),
        )

    days = forecast(plan, known, day=day, now=now)
    return Overview(tuple(map(standing, course)), calibration(heard), days)


def _outcomes(module: Module, own: ModuleProgress) -> tuple[OutcomeStanding, ...]:
    scores = own.quiz.scores if own.quiz else ()
    best = {
        name: max((score.outcomes[name] for score in scores if name in score.outcomes), default=None)
        for name in module.outcomes
    }
    return tuple(
        OutcomeStanding(name, words, share, share is not None and reaches(share, module.pass_percent))
        for (name, words), share in zip(module.outcomes.items(), best.values(), strict=True)
    )
