"""Item statistics of a quiz, by the definitions of Moodle's quiz statistics report.

Definitions: "Quiz statistics calculations" in Moodle's developer documentation
(docs.moodle.org/dev/Quiz_statistics_calculations) and the classes
`core_question.statistics.questions.calculator` and `quiz_statistics.calculator` of its source.

A row is one sitting s, a column one position p of the quiz. x_p(s) is the mark that the sitting earned
there, T(s) the sum of its marks, and X_p(s) = T(s) - x_p(s) what it earned everywhere else. V and C are
the unbiased variance and covariance over the sittings (sums divided by their number less one). All
figures are per cent; None says that a figure is not defined: there are too few sittings, or nothing varies.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROUNDING = 1e-12
"""What differs by less than this share of its size differs by rounding alone."""


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """How one question, or one position of a quiz, did."""

    attempts: int
    """Sittings counted."""
    facility: float | None = None
    """Facility index: mean of x over the most that can be earned; 0 to 100."""
    standard_deviation: float | None = None
    """Square root of V(x), over the most that can be earned; 0 and up."""
    discrimination_index: float | None = None
    """C(x, X) over the square root of V(x) V(X): does who earns here also earn elsewhere? -100 to 100."""
    discriminative_efficiency: float | None = None
    """C(x, X) over the most it could be, given the marks x and the marks X, each sorted; at most 100."""


@dataclass(frozen=True, slots=True)
class PositionStatistics:
    """How one position of a quiz did, and how much it decides the whole mark."""

    item: ItemStatistics
    intended_weight: float | None = None
    """Share of the quiz's points that stand here; 0 to 100."""
    effective_weight: float | None = None
    """Square root of C(x, T), over the sum of these roots at all positions where C is not negative.

    0 to 100. Where C is negative it is not defined.
    """


@dataclass(frozen=True, slots=True)
class QuizStatistics:
    """How a quiz did as a whole."""

    attempts: int
    mean: float | None = None
    """Mean of T over the points of the quiz; 0 to 100."""
    median: float | None = None
    standard_deviation: float | None = None
    internal_consistency: float | None = None
    """Coefficient of internal consistency (Cronbach's alpha): P / (P - 1) (1 - sum of V(x_p) / V(T)).

    At most 100, and negative where the positions contradict each other. It wants two positions and three sittings.
    """
    error_ratio: float | None = None
    """Square root of 1 - alpha: how much of the spread of the whole marks is chance; 0 and up."""
    standard_error: float | None = None
    """The error ratio of the standard deviation: how far a whole mark may be off by chance."""
    positions: tuple[PositionStatistics, ...] = ()


def quiz_statistics(marks: Sequence[Sequence[float]], maxima: Sequence[float]) -> QuizStatistics:
    """The statistics of a quiz from its marks, a row a sitting and a column a position.

    Args:
        marks: x_p(s), as many in each row as there are positions.
        maxima: points that can be earned at each position, each above 0.

    """
    columns = [[row[place] for row in marks] for place in range(len(maxima))]
    totals = [fsum(row) for row in marks]
    possible = fsum(maxima)
    shared = [covariance(column, totals) for column in columns]
    roots = fsum(sqrt(one) for one in shared if one is not None and one > 0)
    positions = tuple(
        PositionStatistics(
            item_statistics(column, others(marks, place), maximum),
            100 * maximum / possible if possible else None,
            100 * sqrt(one) / roots if one is not None and one >= 0 and roots else None,
        )
        for place, (column, maximum, one) in enumerate(zip(columns, maxima, shared, strict=True))
    )
    whole = item_statistics(totals, totals, possible)
    consistency = _internal_consistency(columns, totals)
    ratio = None if consistency is None else 100 * sqrt(max(0.0, 1 - consistency / 100))
    spread = whole.standard_deviation
    return QuizStatistics(
        attempts=len(marks),
        mean=whole.facility,
        median=_median(totals, possible),
        standard_deviation=spread,
        internal_consistency=consistency,
        error_ratio=ratio,
        standard_error=None if ratio is None or spread is None else ratio * spread / 100,
        positions=positions,
    )


def item_statistics(marks: Sequence[float], rest: Sequence[float], maximum: float) -> ItemStatistics:
    """The statistics of one column: `marks` are x, `rest` are X of the same sittings."""
    variance = covariance(marks, marks)
    spread = covariance(rest, rest)
    shared = covariance(marks, rest)
    most = covariance(sorted(marks), sorted(rest))
    index = efficiency = None
    if variance and spread and shared is not None and most:
        index = max(-100.0, min(100.0, 100 * shared / sqrt(variance * spread)))
        efficiency = min(100.0, 100 * shared / most)
    return ItemStatistics(
        attempts=len(marks),
        facility=100 * _mean(marks) / maximum if marks and maximum else None,
        standard_deviation=None if variance is None or not maximum else 100 * sqrt(variance) / maximum,
        discrimination_index=index,
        discriminative_efficiency=efficiency,
    )


def others(marks: Sequence[Sequence[float]], place: int) -> list[float]:
    """X_p: what each sitting earned at every position but this one."""
    return [fsum((*row[:place], *row[place + 1 :])) for row in marks]


def covariance(one: Sequence[float], other: Sequence[float]) -> float | None:
    """The unbiased covariance, exactly 0 where it is rounding alone; None for fewer than two values."""
    if len(one) < 2:
        return None
    reach = _reach(one) * _reach(other)
    middle, centre = _mean(one), _mean(other)
    shared = fsum((x - middle) * (y - centre) for x, y in zip(one, other, strict=True)) / (len(one) - 1)
    return shared if abs(shared) > _ROUNDING * reach else 0.0


def _internal_consistency(columns: Sequence[Sequence[float]], totals: Sequence[float]) -> float | None:
    count = len(columns)
    variance = covariance(totals, totals)
    if count < 2 or len(totals) < 3 or not variance:
        return None
    single = fsum(covariance(column, column) or 0.0 for column in columns)
    return min(100.0, 100 * count / (count - 1) * (1 - single / variance))


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values)


def _median(values: Sequence[float], possible: float) -> float | None:
    if not values or not possible:
        return None
    ranked = sorted(values)
    half = len(ranked) // 2
    middle = ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2
    return 100 * middle / possible


def _reach(values: Sequence[float]) -> float:
    """From the least to the greatest value; 0 where they differ by rounding alone."""
    low, high = min(values), max(values)
    return high - low if high - low > _ROUNDING * max(abs(low), abs(high)) else 0.0
