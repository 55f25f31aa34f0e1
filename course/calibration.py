"""How well a learner's certainty fits: what was said to be certain against what was right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .history import Attempt

LEVELS = (1, 2, 3)
"""Unsure, fairly sure, certain."""
ENOUGH = 10
"""Answers of one level from which a share says something; of fewer, one answer moves it by more than ten per cent."""

_ALL = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Level:
    """The answers that were given with one certainty."""

    certainty: int
    """1 unsure, 2 fairly sure, 3 certain."""
    answers: int
    right: int
    """Those that earned all of the points."""

    @property
    def share(self) -> float | None:
        """Share that was right, 0 to 1; None while there are too few to tell."""
        return self.right / self.answers if self.answers >= ENOUGH else None


def calibration(attempts: Iterable[Attempt]) -> tuple[Level, ...]:
    """One entry for each level of certainty, from the marked answers for which it was asked."""
    asked = [attempt for attempt in attempts if attempt.certainty is not None]
    marked = [(attempt.certainty, attempt.share) for attempt in asked if attempt.share is not None]
    return tuple(
        Level(
            level,
            sum(certainty == level for certainty, _ in marked),
            sum(certainty == level and share >= _ALL for certainty, share in marked),
        )
        for level in LEVELS
    )
