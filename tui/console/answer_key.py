"""The right answers to a question, in a line each, by the letters and numbers of the print-out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.model import (
    Choice,
    Classify,
    Cloze,
    Gap,
    Matching,
    Numeric,
    Open,
    Ordering,
    ShortText,
    plain,
)
from tui.console.plain import letter, sentence
from tui.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course.model import Accepted, Item, NumberRange, Pair, Text

_PERCENT = 100


def answer_lines(item: Item, order: Sequence[int]) -> Iterator[str]:  # noqa: C901 - one case a type
    """What is right; `order` is the one that was printed, as `display_order` gives it."""
    match item:
        case Choice(options=options):
            for place, own in enumerate(order):
                if options[own].right:
                    yield f"{letter(place)}. {sentence(options[own].text)}"
        case Matching(pairs=pairs, choices=choices):
            yield from _paired(pairs, [choices[own] for own in order])
        case Classify(cards=cards, groups=groups):
            yield from _paired([cards[own] for own in order], groups)
        case Ordering(steps=steps):
            yield _("Right order: ") + ", ".join(str(order.index(own) + 1) for own in range(len(steps)))
        case ShortText(accepted=keys):
            yield from (_wording(key) for key in keys if key.weight > 0)
        case Numeric(accepted=ranges, unit=unit):
            yield from (_number(key, unit) for key in ranges if key.weight > 0)
        case Cloze(gaps=gaps):
            yield from (
                _("Gap {number}: {gap}").format(number=number, gap=_gap(gap))
                for number, gap in enumerate(gaps, 1)
            )
        case Open(checks=checks):
            yield from (_("Holds: {text}").format(text=sentence(check.text)) for check in checks)
        case _:
            yield _("No answer is right or wrong.")


def _paired(pairs: Sequence[Pair], rights: Sequence[Text]) -> Iterator[str]:
    names = [plain(right) for right in rights]
    for number, pair in enumerate(pairs, 1):
        place = names.index(plain(pair.right))
        yield f"{number}{letter(place)}. {sentence(pair.left)} – {sentence(pair.right)}"


def _wording(key: Accepted) -> str:
    words = _("any wording like {text}").format(text=key.text) if key.pattern else key.text
    return (
        _("{words} ({weight:g} % of the points)").format(words=words, weight=key.weight * _PERCENT)
        if key.weight < 1
        else words
    )


def _number(key: NumberRange, unit: str) -> str:
    words = f"{key.shown} {unit}".rstrip()
    return (
        _("{words} ({weight:g} % of the points)").format(words=words, weight=key.weight * _PERCENT)
        if key.weight < 1
        else words
    )


def _gap(gap: Gap) -> str:
    words = [_wording(key) for key in gap.accepted if key.weight > 0]
    return _(" or ").join([*words, *(_number(key, "") for key in gap.numbers if key.weight > 0)])
