"""How a sitting went: in all and by outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .score import reaches, score, whole_percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .history import Planned, Terms
    from .score import Score

_FEW = 2


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """How one outcome went."""

    name: str
    words: str
    share: float
    reached: bool
    """Whether the pass mark is reached."""

    @property
    def percent(self) -> int:
        """The share in whole per cent, rounded down."""
        return whole_percent(self.share)


@dataclass(frozen=True, slots=True)
class Result:
    """How a sitting went."""

    score: Score
    passed: bool
    outcomes: tuple[OutcomeResult, ...]
    """Each outcome tested, in the order of their names."""
    strengths: tuple[str, ...]
    """Up to two outcomes that went best."""
    next_steps: tuple[str, ...]
    """Up to two outcomes to work on, weakest first."""

    @property
    def percent(self) -> int:
        """The score in whole per cent."""
        return self.score.percent


def result_of(plan: Sequence[Planned], shares: Mapping[str, float], terms: Terms) -> Result:
    """The result of the questions planned, from the share of each that was answered right."""
    total = score(plan, shares)
    wanted, named = terms.pass_percent, terms.outcomes
    passed = total.passes(wanted)
    strengths, weak = _extremes(total.outcomes)
    outcomes = tuple(
        OutcomeResult(name, named.get(name, name), share, reaches(share, wanted))
        for name, share in sorted(total.outcomes.items())
    )
    return Result(
        score=total,
        passed=passed,
        outcomes=outcomes,
        strengths=tuple(named.get(name, name) for name in strengths),
        next_steps=tuple(named.get(name, name) for name in weak),
    )


def _extremes(outcomes: Mapping[str, float]) -> tuple[Sequence[str], Sequence[str]]:
    ranked = sorted(outcomes, key=lambda name: (-outcomes[name], name))
    weak = [name for name in reversed(ranked) if outcomes[name] < 1][:_FEW]
    strong = [name for name in ranked if outcomes[name] > 0 and name not in weak][:_FEW]
    return strong, weak
