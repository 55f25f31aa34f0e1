"""What the marks of a quiz add up to, in all and for each outcome."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .history import Planned

_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Score:
    """Points of a sitting; a question without an answer earns none."""

    earned: float = 0.0
    possible: float = 0.0
    outcomes: Mapping[str, float] = field(default_factory=dict)
    """Share of the points, 0 to 1, for each outcome tested."""

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down, so that nobody reads a pass that is none."""
        return whole_percent(self.earned / self.possible) if self.possible else 0

    def passes(self, percent: int) -> bool:
        """Whether the pass mark is reached, in all and in each outcome."""
        reached = bool(self.possible) and reaches(self.earned / self.possible, percent)
        return reached and all(reaches(share, percent) for share in self.outcomes.values())


def whole_percent(share: float) -> int:
    """A share in whole per cent, rounded down."""
    return math.floor(100 * share + _SLACK)


def reaches(share: float, percent: int) -> bool:
    """Whether a share reaches a pass mark."""
    return 100 * share >= percent - _SLACK


def score(plan: Iterable[Planned], shares: Mapping[str, float]) -> Score:
    """The score of the questions planned, from the share of each that was answered right."""
    possible: dict[str, float] = {}
    earned: dict[str, float] = {}
    for planned in plan:
        got = planned.points * shares.get(planned.item_id, 0.0)
        possible[planned.outcome] = possible.get(planned.outcome, 0.0) + planned.points
        earned[planned.outcome] = earned.get(planned.outcome, 0.0) + got
    outcomes = {name: earned[name] / possible[name] for name in possible if name and possible[name]}
    return Score(sum(earned.values()), sum(possible.values()), outcomes)
