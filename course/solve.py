"""The right answers of a question, as a learner would give them."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from .model import Choice, Classify, Cloze, Likert, Matching, Numeric, Open, Ordering, plain
from .response import Chosen, Filled, Grouped, Ordered, Paired, Rated, Typed, Written
from .walk import texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Gap, Item, Pair, Text
    from .response import Response

_NUMBER = re.compile(r"[+-]?\d[\d.,' \u00a0\u2009\u202f]*")


def right_response(item: Item) -> Response | None:
    """A response that earns all points; None when the key holds patterns only."""
    return next(iter(right_responses(item)), None)


def right_responses(item: Item) -> tuple[Response, ...]:
    """Every response that the author wrote as fully right."""
    match item:
        case Choice(options=options):
            return (Chosen(options=tuple(at for at, option in enumerate(options) if option.right)),)
        case Matching(pairs=pairs, choices=choices):
            return (Paired(rights=_places(pairs, choices)),)
        case Classify(cards=cards, groups=groups):
            return (Grouped(groups=_places(cards, groups)),)
        case Ordering(steps=steps):
            return (Ordered(order=tuple(range(len(steps)))),)
        case Numeric(accepted=ranges, unit=unit):
            numbers = [number for key in ranges if key.weight >= 1 for number in _numbers(key.shown)]
            return tuple(Typed(text=f"{number}{end}") for number, end in product(numbers, _ends(unit)))
        case Cloze(gaps=gaps):
            return _fillings(gaps)
        case Open(model=model, checks=checks):
            words = "\n".join(plain(text) for text, _ in texts_of(model))
            return (Written(text=words or "…", ticked=tuple(range(len(checks)))),)
        case Likert(statements=statements, steps=steps):
            return (Rated(values=(steps[len(steps) // 2],) * len(statements)),)
        case _:
            return tuple(Typed(text=key.text) for key in item.accepted if key.weight >= 1 and not key.pattern)


def _places(pairs: Sequence[Pair], rights: Sequence[Text]) -> tuple[int, ...]:
    names = [plain(right) for right in rights]
    return tuple(names.index(plain(pair.right)) for pair in pairs)


def _numbers(shown: str) -> list[str]:
    """The numbers of a key: both ends of a range, else the middle."""
    found = [match[0].strip(" .,") for match in _NUMBER.finditer(shown)]
    return found if ".." in shown or "…" in shown else found[:1]


def _ends(unit: str) -> tuple[str, ...]:
    return ("", f" {unit}") if unit else ("",)


def _fillings(gaps: Sequence[Gap]) -> tuple[Filled, ...]:
    """Each right text of each gap at least once; gaps with fewer repeat their last."""
    ways = [_ways(gap) for gap in gaps]
    if not all(ways):
        return ()
    longest = max(len(way) for way in ways)
    return tuple(Filled(gaps=tuple(way[min(at, len(way) - 1)] for way in ways)) for at in range(longest))


def _ways(gap: Gap) -> list[str]:
    words = [key.text for key in gap.accepted if key.weight >= 1 and not key.pattern]
    return words + [number for key in gap.numbers if key.weight >= 1 for number in _numbers(key.shown)]
