"""Which questions are looked at again, and when: the most likely forgotten first, never more than a day bears."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from .history import REVIEW
from .memory import memories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from .history import Attempt, Run
    from .model import Course, Item, Module

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
    """A question that is due, in one of its variants."""

    item_id: str
    """The variant that was answered last."""
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
    admitted: Callable[[str], bool] = lambda _item_id: True,
    asked: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """The plan that follows from the answers.

    `asked` holds the texts of questions by digest, as far as they are kept: they tell which are variants of
    another and which never come back. `admitted` tells by id which the course still has.

    `day` is when the learner's day began. What was spent on reviews since then is taken off the `minutes` of
    today. A question that alone takes longer than a whole day bears has a day for itself.
    """
    runs = tuple(runs)
    ends = day + timedelta(days=1)
    frames = {digest: _frame(source) for digest, source in asked.items()}
    remembered = memories(attempts, runs, lambda attempt: _family(frames.get(attempt.item_digest), attempt))
    found = [
        Due(memory.item_id, memory.digest, memory.retrievability(now), _bounded(memory.seconds))
        for memory in remembered.values()
        if memory.due < ends and _returns(frames.get(memory.digest)) and admitted(memory.item_id)
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


def next_variant(item_id: str, items: Iterable[Item]) -> Item | None:
    """The question that asks for the same as one answered before, in the variant that follows it in its file."""
    there = {item.frame.id: item for item in items}
    known = there.get(item_id)
    if known is None:
        return None
    family = known.frame.variant_of or item_id
    members = [item for item in there.values() if family in {item.frame.id, item.frame.variant_of}]
    return members[(members.index(known) + 1) % len(members)]


def round_up(seconds: float) -> int:
    """Whole minutes, at least one for anything at all."""
    return -int(-seconds // 60)


def _frame(source: str) -> Mapping[str, Any]:
    """What a kept question says of itself; nothing where another version wrote it."""
    try:
        frame = json.loads(source)["frame"]
    except (ValueError, KeyError, TypeError):
        return {"review": False}
    return frame if isinstance(frame, dict) else {"review": False}


def _family(frame: Mapping[str, Any] | None, attempt: Attempt) -> str:
    return str(frame.get("variant_of") or attempt.item_id) if frame else attempt.item_id


def _returns(frame: Mapping[str, Any] | None) -> bool:
    """Whether a question may come back; one whose text was not kept may."""
    return frame is None or frame.get("review", True) is not False


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
