"""What ratings of a self-check come to: scores, bands, gaps, advice, and how two runs or two people differ.

Pure functions over ratings by the id of the statement (`SA1-A1`): 1 to 5, or None for “I do not know”. Scores go from
0 to 100. They are exact fractions until they are shown, and are then rounded half up.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .self_check import Band, Dimension, RatedStatement, SelfCheck

    Ratings = Mapping[str, int | None]

LOWEST_SHOWN = 2
"""Dimensions shown first, whatever the total."""
LOW = 2
"""A critical statement rated so or lower has its own advice."""
APART = 2
"""Steps between two people from which a statement is worth a talk."""
NOISE = 10
"""A change by less than this says nothing, as long as the reliability is not known."""


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """How one dimension came out."""

    dimension: Dimension
    exact: Fraction | None
    """From 0 to 100; None when too little is known."""
    band: Band | None
    unknown: tuple[RatedStatement, ...]
    """Statements to which nobody knew the answer."""

    @property
    def score(self) -> int | None:
        """The score as it is shown."""
        return None if self.exact is None else half_up(self.exact)


@dataclass(frozen=True, slots=True)
class Profile:
    """How a self-check came out."""

    check: SelfCheck
    scores: tuple[DimensionScore, ...]
    """One for each dimension, in their order."""
    total: int | None
    """None when too few dimensions have a score."""
    band: Band | None
    lowest: tuple[DimensionScore, ...]
    """The two lowest that have a score, lowest first."""
    critical: tuple[RatedStatement, ...]
    """Critical statements that were rated 1 or 2."""
    unknown: tuple[RatedStatement, ...]
    """Statements answered by “I do not know”."""

    @property
    def lowest_first(self) -> tuple[DimensionScore, ...]:
        """Every dimension, the two lowest before the others."""
        return (*self.lowest, *(score for score in self.scores if score not in self.lowest))


@dataclass(frozen=True, slots=True)
class Shift:
    """How a score changed between two runs."""

    before: int
    after: int

    @property
    def by(self) -> int:
        """What was gained or lost."""
        return self.after - self.before

    @property
    def tells(self) -> bool:
        """Whether the change is large enough to mean something."""
        return abs(self.by) >= NOISE


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement that people see differently."""

    statement: RatedStatement
    ratings: tuple[int | None, ...]
    """Of each person, in the order given."""


def half_up(value: Fraction) -> int:
    """Rounded to a whole number, halves upwards: 62.5 becomes 63."""
    return floor(value + Fraction(1, 2))


def exact_score(ratings: Sequence[int | None]) -> Fraction | None:
    """The score of one dimension; None when more than half of its statements are unknown."""
    known = [rating for rating in ratings if rating is not None]
    if not known or 2 * (len(ratings) - len(known)) > len(ratings):
        return None
    return (Fraction(sum(known), len(known)) - 1) / 4 * 100


def exact_total(scores: Sequence[Fraction | None]) -> Fraction | None:
    """The mean of the scores that there are; None when more than one is missing."""
    known = [score for score in scores if score is not None]
    if not known or len(scores) - len(known) > 1:
        return None
    return sum(known, Fraction(0)) / len(known)


def band_of(bands: Sequence[Band], score: int) -> Band:
    """The band in which a rounded score lies."""
    return next(band for band in reversed(bands) if score >= band.low)


def profile_of(check: SelfCheck, ratings: Ratings) -> Profile:
    """How a self-check came out; a statement without a rating counts as not known."""
    scores = tuple(_score(check, dimension, ratings) for dimension in check.dimensions)
    exact = exact_total([score.exact for score in scores])
    total = None if exact is None else half_up(exact)
    scored = [score for score in scores if score.exact is not None]
    lowest = sorted(scored, key=lambda score: score.exact or 0)[:LOWEST_SHOWN]
    return Profile(
        check,
        scores,
        total,
        None if total is None else band_of(check.bands, total),
        tuple(lowest),
        tuple(own for own in check.statements if own.critical and _is_low(ratings.get(own.id))),
        tuple(own for own in check.statements if ratings.get(own.id) is None),
    )


def _score(check: SelfCheck, dimension: Dimension, ratings: Ratings) -> DimensionScore:
    exact = exact_score([ratings.get(own.id) for own in dimension.statements])
    band = None if exact is None else band_of(check.bands, half_up(exact))
    unknown = tuple(own for own in dimension.statements if ratings.get(own.id) is None)
    return DimensionScore(dimension, exact, band, unknown)


def _is_low(rating: int | None) -> bool:
    return rating is not None and rating <= LOW


def total_shift(before: Profile, after: Profile) -> Shift | None:
    """How the total changed; None when one of them is missing."""
    return _shift(before.total, after.total)


def dimension_shifts(before: Profile, after: Profile) -> tuple[tuple[Dimension, Shift | None], ...]:
    """How each dimension changed; None where one of the scores is missing."""
    earlier = {score.dimension.id: score.score for score in before.scores}
    return tuple(
        (score.dimension, _shift(earlier.get(score.dimension.id), score.score)) for score in after.scores
    )


def _shift(before: int | None, after: int | None) -> Shift | None:
    return None if before is None or after is None else Shift(before, after)


def differences(check: SelfCheck, people: Sequence[Ratings]) -> tuple[Difference, ...]:
    """The statements that two of the people rate at least two steps apart."""
    found = []
    for statement in check.statements:
        ratings = tuple(own.get(statement.id) for own in people)
        known = [rating for rating in ratings if rating is not None]
        if known and max(known) - min(known) >= APART:
            found.append(Difference(statement, ratings))
    return tuple(found)
