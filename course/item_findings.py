"""What the figures of a question tell its author: pure rules, the gravest finding first.

No question is judged on answers of fewer than 20 learners. What is claimed of learners at large must be more
than chance: it must differ from its bound by 1.645 standard errors (one side, 5 %; for a correlation by Fisher's
z). The bounds are those that Moodle's documentation of the report gives for facility and discrimination.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import atanh, sqrt, tanh
from typing import TYPE_CHECKING

from .distractors import GROUP
from .model import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .distractors import OptionCount
    from .model import Item
    from .statistics import ItemStatistics

ENOUGH = 20
"""Learners from which on a question is judged."""

_EASY, _HARD = 95.0, 5.0
_ADEQUATE = 0.3
_SURE = 1.645
_NEAR_ONE = 1 - 1e-12


class Flaw(StrEnum):
    """What may be the matter with a question; gravest first."""

    TOO_FEW = "too-few"
    TOO_FEW_LEARNERS = "too-few-learners"
    NEGATIVE = "negative-discrimination"
    STRONG_CHOOSE_WRONG = "strong-choose-wrong"
    TOO_HARD = "too-hard"
    WORSE_THAN_GUESSING = "worse-than-guessing"
    TOO_EASY = "too-easy"
    WEAK = "weak-discrimination"
    UNUSED_OPTION = "unused-option"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the figures tell."""

    flaw: Flaw
    option: str = ""
    """Letter of the option that it is about."""
    count: int = 0
    """Answers there are, or learners, where they are too few."""


def findings(
    item: Item,
    figures: ItemStatistics,
    guess: float | None,
    options: Sequence[OptionCount],
    learners: int,
) -> tuple[Finding, ...]:
    """Everything there is to say to a question, gravest first; `Flaw.NONE` alone when nothing is wrong.

    `learners` made the attempts that had the question. They decide how much may be chance, as several
    attempts of one learner are alike.
    """
    if figures.attempts < ENOUGH or figures.facility is None:
        return (Finding(Flaw.TOO_FEW, count=figures.attempts),)
    if learners < ENOUGH:
        return (Finding(Flaw.TOO_FEW_LEARNERS, count=learners),)
    found = [*_of_figures(figures, guess, learners), *_of_options(item, options, learners)]
    ranks = list(Flaw)
    return tuple(sorted(found, key=lambda one: ranks.index(one.flaw))) or (Finding(Flaw.NONE),)


def _of_figures(figures: ItemStatistics, guess: float | None, learners: int) -> Iterator[Finding]:
    facility, spread = figures.facility or 0.0, figures.standard_deviation or 0.0
    if facility >= _EASY:
        yield Finding(Flaw.TOO_EASY)
    elif facility <= _HARD:
        yield Finding(Flaw.TOO_HARD)
    elif guess and facility + _SURE * spread / sqrt(learners) < guess:
        yield Finding(Flaw.WORSE_THAN_GUESSING)
    if figures.discrimination_index is not None:
        most = _at_most(figures.discrimination_index / 100, learners)
        if most < 0:
            yield Finding(Flaw.NEGATIVE)
        elif most < _ADEQUATE and _HARD < facility < _EASY:
            yield Finding(Flaw.WEAK)


def _at_most(correlation: float, count: int) -> float:
    """The upper end of what the correlation may be once chance is allowed for."""
    inside = max(-_NEAR_ONE, min(_NEAR_ONE, correlation))
    return tanh(atanh(inside) + _SURE / sqrt(count - 3))


def _of_options(item: Item, options: Sequence[OptionCount], learners: int) -> Iterator[Finding]:
    if not isinstance(item, Choice):
        return
    size = GROUP * learners / 100
    best = max((size * (option.upper or 0.0) for option in options if option.right), default=0.0)
    for option in options:
        if option.right:
            continue
        strong = size * (option.upper or 0.0)
        if not option.chosen and not item.true_false:
            yield Finding(Flaw.UNUSED_OPTION, option.key)
        elif not item.multiple and strong - best > _SURE * sqrt(strong + best):
            yield Finding(Flaw.STRONG_CHOOSE_WRONG, option.key)
