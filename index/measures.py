"""How good rankings are: the usual measures with their uncertainty."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from statistics import fmean, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Grades = Mapping[str, int]
    Measure = Callable[[Sequence[str], Grades], float]

_RESAMPLES = 1000
_TWENTIETHS = 40


def hit_at_1(found: Sequence[str], grades: Grades) -> float:
    """Whether the first document is relevant."""
    return float(bool(found) and grades.get(found[0], 0) > 0)


def recall_at_5(found: Sequence[str], grades: Grades) -> float:
    """Share of the relevant documents that are among the first five."""
    return sum(grades.get(name, 0) > 0 for name in found[:5]) / sum(grade > 0 for grade in grades.values())


def mrr_at_10(found: Sequence[str], grades: Grades) -> float:
    """One by the rank of the first relevant document among ten."""
    ranks = (rank for rank, name in enumerate(found[:10], 1) if grades.get(name, 0) > 0)
    return 1 / next(ranks, math.inf)


def ndcg_at_10(found: Sequence[str], grades: Grades) -> float:
    """Gain of the first ten, less the later it comes, by that of the best order."""
    best = sorted((max(0, grade) for grade in grades.values()), reverse=True)
    return _gain([max(0, grades.get(name, 0)) for name in found]) / _gain(best)


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades[:10], 1))


MEASURES: dict[str, Measure] = {
    "hit@1": hit_at_1,
    "recall@5": recall_at_5,
    "mrr@10": mrr_at_10,
    "ndcg@10": ndcg_at_10,
}
"""By the names under which they are printed."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over questions, with the interval in which it lies for 95 of 100 such sets of questions."""

    mean: float
    low: float
    high: float


def figure(values: Sequence[float]) -> Figure:
    """The mean of values: Wilson's interval for yes and no, else that of a bootstrap which always draws alike."""
    mean = fmean(values)
    if set(values) <= {0.0, 1.0}:
        return Figure(mean, *_wilson(mean, len(values)))
    draw = Random(0)  # noqa: S311 - for statistics
    means = [fmean(draw.choices(values, k=len(values))) for _ in range(_RESAMPLES)]
    cuts = quantiles(means, n=_TWENTIETHS)
    return Figure(mean, cuts[0], cuts[-1])


def _wilson(share: float, count: int, z: float = 1.96) -> tuple[float, float]:
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)
