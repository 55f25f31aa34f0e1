"""What blind guessing earns at a question: the random guess score of Moodle's quiz statistics report."""

from __future__ import annotations

from math import factorial, prod
from typing import TYPE_CHECKING

from .model import Choice, Classify, Cloze, Matching, Ordering
from .verdict import judge_gap

if TYPE_CHECKING:
    from .model import Gap, Item


def random_guess_score(item: Item) -> float | None:
    """Mean of the marks over all blind guesses, in per cent of the points; None when it is not defined.

    As the methods `get_random_guess_score` of Moodle's question types: one choice earns the mean mark of its
    options, matching one over the number of right sides, gaps the mean over the gaps, typed answers 0.
    Where several options may be chosen it is not defined, as it depends on how many a guesser ticks.
    Moodle has no figure for an order; in a random one half of the neighbours are right. Where part of the
    points cannot be earned, all parts must be guessed at once.
    """
    match item:
        case Choice(multiple=True):
            return None
        case Choice(options=options):
            usual = [float(option.right) if option.weight is None else option.weight for option in options]
            chances = [sum(min(1.0, max(0.0, share)) for share in usual) / len(options)]
        case Matching(pairs=pairs, choices=choices):
            chances = [1 / len(choices)] * len(pairs)
        case Classify(cards=cards, groups=groups):
            chances = [1 / len(groups)] * len(cards)
        case Cloze(gaps=gaps):
            chances = [_gap(gap, strict=item.frame.accents_strict) for gap in gaps]
        case Ordering(steps=steps):
            return 50.0 if item.frame.partial else 100 / factorial(len(steps))
        case _:
            return 0.0
    return 100 * (sum(chances) / len(chances) if item.frame.partial else prod(chances))


def _gap(gap: Gap, *, strict: bool) -> float:
    """A menu is guessed like a choice; a gap to type into is not guessed."""
    shares = [judge_gap(entry, gap, strict=strict).share for entry in gap.menu]
    return sum(shares) / len(shares) if shares else 0.0
