"""What reviews the next days bring, as things stand: each answer changes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .review import due_of, round_up

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .review import Due, Plan, Recalled

DAYS = 14


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """The questions of one day."""

    day: date
    due: tuple[Due, ...] = ()

    @property
    def minutes(self) -> int:
        """About how long they take, in whole minutes."""
        return round_up(sum(due.seconds for due in self.due))


def forecast(
    plan: Plan, known: Iterable[Recalled], *, day: datetime, now: datetime, days: int = DAYS
) -> tuple[ReviewDay, ...]:
    """Each of the next days, today first.

    What is due now stands on the days over which `plan` spreads it, everything else on the day on which it
    becomes due. `day` is when the learner's day began.
    """
    found: list[list[Due]] = [list(due) for due in plan.days[:days]]
    found += [[] for _ in range(days - len(found))]
    for one in known:
        place = (one.memory.due - day) // timedelta(days=1)
        if 0 < place < days:
            found[place].append(due_of(one.memory, now))
    return tuple(
        ReviewDay((day + timedelta(days=place)).date(), tuple(due)) for place, due in enumerate(found)
    )
