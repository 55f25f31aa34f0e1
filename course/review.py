"""Which questions are looked at again, and when: the most likely forgotten first, never more than a day bears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from .errors import ResponseError
from .history import REVIEW
from .memory import memories
from .snapshot import item_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from .history import Attempt, Run
    from .model import Course, Module

USUAL_SECONDS = 40.0
"""How long an answer takes when nobody knows."""
LEAST_SECONDS, MOST_SECONDS = 10.0, 120.0
"""Bounds for that, so that a learner who went for coffee does not change the plan."""
BREAK_DAYS = 7
"""Days without an answer after which somebody was away."""
AT_START = 2
"""Questions from earlier modules that are asked before a new one begins."""


@dataclass(frozen=True, slots=True)
class Due:
    """A question that is due."""

    item_id: str
    digest: str
    """The wording that was answered last."""
    retrievability: float
    """How likely the learner still knows it, 0 to 1."""
    seconds: float
    """How long it will take, as far as one can tell."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The questions that are due, spread over days."""

    days: tuple[tuple[Due, ...], ...] = ()
    """Today first, then tomorrow and so on; only today may be empty."""
    away: int = 0
    """Whole days since the last answer."""

    @property
    def today(self) -> tuple[Due, ...]:
        """What is asked today, the most likely forgotten first."""
        return self.days[0] if self.days else ()

    @property
    def waiting(self) -> int:
        """How many questions are due in all."""
        return sum(map(len, self.days))

    @property
    def minutes(self) -> int:
        """About how long today takes, in whole minutes."""
        return round_up(sum(due.seconds for due in self.today))

    @property
    def after_break(self) -> bool:
        """Whether the learner was away so long that it is worth a word."""
        return self.away >= BREAK_DAYS


def plan_reviews(
    attempts: Sequence[Attempt],
    runs: Iterable[Run],
    *,
    now: datetime,
    day: datetime,
    minutes: int,
    admitted: Callable[[str, str], bool] = lambda _item_id, _digest: True,
) -> Plan:
    """The plan that follows from the answers.

    `day` is when the learner's day began. What was spent on reviews since then is taken off the `minutes` of
    today. `admitted` tells by id and digest which questions may come back. A question that alone takes longer
    than a whole day bears has a day for itself.
    """
    runs = tuple(runs)
    ends = day + timedelta(days=1)
    found = [
        Due(name, memory.digest, memory.retrievability(now), _bounded(memory.seconds))
        for name, memory in memories(attempts, runs).items()
        if memory.due < ends and admitted(name, memory.digest)
    ]
    found.sort(key=lambda due: (due.retrievability, due.item_id))
    left = max(0.0, 60 * minutes - _spent(attempts, runs, day))
    last = max((attempt.at for attempt in attempts), default=now)
    return Plan(_spread(found, left, 60.0 * minutes), max(0, (now - last).days))


def from_earlier_modules(plan: Plan, course: Course, module: Module) -> tuple[Due, ...]:
    """Up to two questions that are due, from modules that stand before this one."""
    earlier = {other.id for other in course.modules[: course.modules.index(module)]}
    due = (due for day in plan.days for due in day if due.item_id.partition("/")[0] in earlier)
    return tuple(due for due, _ in zip(due, range(AT_START), strict=False))


def may_return(sources: Mapping[str, str]) -> Callable[[str, str], bool]:
    """Tells whether a question as asked, by its digest among the sources kept, may come back in a review.

    One whose text was not kept may; one that cannot be read any more may not.
    """

    def admitted(_item_id: str, digest: str) -> bool:
        if digest not in sources:
            return True
        try:
            return item_from(sources[digest]).frame.review
        except ResponseError:
            return False

    return admitted


def round_up(seconds: float) -> int:
    """Whole minutes, at least one for anything at all."""
    return -int(-seconds // 60)


def _bounded(seconds: float | None) -> float:
    return min(MOST_SECONDS, max(LEAST_SECONDS, USUAL_SECONDS if seconds is None else seconds))


def _spent(attempts: Iterable[Attempt], runs: Iterable[Run], day: datetime) -> float:
    reviews = {run.id for run in runs if run.mode == REVIEW}
    return sum(
        _bounded(attempt.seconds) for attempt in attempts if attempt.run_id in reviews and attempt.at >= day
    )


def _spread(due: Sequence[Due], today: float, daily: float) -> tuple[tuple[Due, ...], ...]:
    """The questions in their order, day by day, none fuller than it may be."""
    days: list[list[Due]] = [[]]
    left = today
    for one in due:
        if one.seconds > left and (days[-1] or left < daily):
            days.append([])
            left = daily
        days[-1].append(one)
        left -= one.seconds
    return tuple(map(tuple, days)) if due else ()
