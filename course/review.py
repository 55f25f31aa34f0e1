"""Which questions are looked at again, and when: the most likely forgotten first, never more than a day bears.

Before a module begins, questions for the outcomes that it brings back are asked, due or not, as far as they were ever
answered; what is due from earlier modules fills up what is missing.
"""

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
    from .memory import Memory
    from .model import Course, Item, Module

USUAL_SECONDS = 40.0
"""How long an answer takes when nobody knows."""
LEAST_SECONDS, MOST_SECONDS = 10.0, 120.0
"""Bounds for that, so that a learner who went for coffee does not change the plan."""
BREAK_DAYS = 7
"""Days without an answer after which somebody was away."""
AT_START = 2
"""Questions from other modules that are asked before a new one begins, unless it brings back more outcomes."""
SPACED = "spaced"
"""Tag of questions that are written to be asked again before a later module."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A question with its variants that the learner answered, and that may come back."""

    family: str
    """The question that they are variants of."""
    memory: Memory
    outcome: str = ""
    """The outcome that it tests, such as `open-innovation/O2`; empty when it names none."""
    spaced: bool = False
    """Whether it is tagged to come back before a later module."""


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
    found = [
        due_of(one.memory, now)
        for one in recalled(attempts, runs, admitted=admitted, asked=asked)
        if one.memory.due < ends
    ]
    found.sort(key=_likely_forgotten)
    left = max(0.0, 60 * minutes - _spent(attempts, runs, day))
    last = max((attempt.at for attempt in attempts), default=now)
    return Plan(_spread(found, left, 60.0 * minutes), max(0, (now - last).days))


def recalled(
    attempts: Iterable[Attempt],
    runs: Iterable[Run],
    *,
    admitted: Callable[[str], bool] = lambda _item_id: True,
    asked: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Recalled, ...]:
    """Every question that was answered and may come back, with what is likely remembered of it.

    `admitted` and `asked` are as `plan_reviews` has them.
    """
    frames = _frames(asked)
    remembered = memories(attempts, runs, lambda attempt: _family(frames.get(attempt.item_digest), attempt))
    return tuple(
        _recalled(family, memory, frames.get(memory.digest))
        for family, memory in remembered.items()
        if _returns(frames.get(memory.digest)) and admitted(memory.item_id)
    )


def before_module(
    course: Course, module: Module, known: Sequence[Recalled], plan: Plan, *, now: datetime, day: datetime
) -> tuple[Due, ...]:
    """The questions to ask before a module begins, in this order.

    For each outcome that the module brings back one question, those tagged `spaced` before others and the most
    likely forgotten first. While these are fewer than `AT_START`, what is due from earlier modules. What was
    answered since `day`, when the learner's day began, is not brought back: that would space nothing.
    """
    chosen: dict[str, Due] = {}
    for outcome in module.brings_back:
        fitting = [one for one in known if one.outcome == outcome and one.memory.last < day]
        fitting.sort(key=lambda one: (not one.spaced, *_likely_forgotten(due_of(one.memory, now))))
        chosen.update((one.memory.item_id, due_of(one.memory, now)) for one in fitting[:1])
    earlier = {other.id for other in course.modules[: course.modules.index(module)]}
    for due in (due for of_day in plan.days for due in of_day):
        if len(chosen) < AT_START and due.item_id.partition("/")[0] in earlier:
            chosen.setdefault(due.item_id, due)
    return tuple(chosen.values())


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


def families(asked: Mapping[str, str]) -> Callable[[Attempt], str]:
    """Tells of an answer which question it is counted with: variants count as one."""
    frames = _frames(asked)
    return lambda attempt: _family(frames.get(attempt.item_digest), attempt)


def _frames(asked: Mapping[str, str]) -> Mapping[str, Mapping[str, Any]]:
    return {digest: _frame(source) for digest, source in asked.items()}


def _recalled(family: str, memory: Memory, frame: Mapping[str, Any] | None) -> Recalled:
    said = frame or {}
    outcome = f"{memory.item_id.partition('/')[0]}/{said['outcome']}" if said.get("outcome") else ""
    return Recalled(family, memory, outcome, SPACED in said.get("tags", ()))


def due_of(memory: Memory, now: datetime) -> Due:
    """A question as a review counts it: how likely it is still known, and how long it takes."""
    return Due(memory.item_id, memory.digest, memory.retrievability(now), _bounded(memory.seconds))


def _likely_forgotten(due: Due) -> tuple[float, str]:
    """The order in which questions come back."""
    return due.retrievability, due.item_id


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
