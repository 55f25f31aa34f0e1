"""How often each option of a question was chosen, each step of a scale or line of a check list too, and by whom.

The upper and the lower group are the 27 % of sittings with the best and the worst marks on all other
questions (T. L. Kelley, "The selection of upper and lower groups for the validation of test items", Journal
of Educational Psychology 30, 1939); sittings that tie with the last one of a group belong to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from string import ascii_lowercase
from typing import TYPE_CHECKING

from .errors import ResponseError
from .model import Choice, Classify, Cloze, Likert, Matching, Open, plain
from .normalise import folded
from .response import Chosen, Filled, Grouped, Paired, Rated, Written, response_from_json
from .verdict import judge_gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Item, Text
    from .response import Response

GROUP = 0.27
"""Share of the sittings in the upper and in the lower group."""


@dataclass(frozen=True, slots=True)
class OptionCount:
    """How often one option was chosen."""

    key: str
    """Letter in the author's order; for a part of a question its number and the letter: `2b`."""
    part: str
    """What the option was chosen for: a left side, a card, `gap 1`; empty for a choice."""
    text: str
    right: bool
    chosen: int
    """Sittings that chose it."""
    share: float | None
    """Those, in per cent of all."""
    upper: float | None
    """Per cent of the upper group that chose it; None where the groups cannot be told apart."""
    lower: float | None
    """Per cent of the lower group that chose it."""


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    texts: tuple[str, ...]
    right: frozenset[int]


def option_counts(
    item: Item, responses: Sequence[str], rest: Sequence[float] = ()
) -> tuple[OptionCount, ...]:
    """The options of a question, in the author's order; empty for questions without any.

    Args:
        item: the question.
        responses: stored answers, one a sitting, empty where there is none.
        rest: marks of the same sittings on all other questions; none where groups make no sense.

    """
    parts = _parts(item)
    if not parts:
        return ()
    readings = {response: _picked(item, response) for response in set(responses)}
    picked = [readings[response] for response in responses]
    upper, lower = groups(rest)
    return tuple(
        OptionCount(
            key=f"{number if len(parts) > 1 else ''}{_letter(place)}",
            part=part.name,
            text=text,
            right=place in part.right,
            chosen=sum((number, place) in places for places in picked),
            share=_share(range(len(picked)), picked, (number, place)),
            upper=_share(upper, picked, (number, place)),
            lower=_share(lower, picked, (number, place)),
        )
        for number, part in enumerate(parts, 1)
        for place, text in enumerate(part.texts)
    )


def groups(rest: Sequence[float]) -> tuple[list[int], list[int]]:
    """The sittings of the upper and of the lower group; both empty where they would overlap."""
    if not rest:
        return [], []
    rounded = [round(mark, 9) for mark in rest]
    ranked = sorted(rounded)
    size = ceil(GROUP * len(ranked))
    low, high = ranked[size - 1], ranked[-size]
    if not low < high:
        return [], []
    upper = [place for place, mark in enumerate(rounded) if mark >= high]
    return upper, [place for place, mark in enumerate(rounded) if mark <= low]


def _share(
    rows: Sequence[int], picked: Sequence[set[tuple[int, int]]], option: tuple[int, int]
) -> float | None:
    return 100 * sum(option in picked[row] for row in rows) / len(rows) if rows else None


def _letter(place: int) -> str:
    return ascii_lowercase[place] if place < len(ascii_lowercase) else str(place + 1)


def _parts(item: Item) -> tuple[_Part, ...]:
    match item:
        case Choice(options=options):
            right = frozenset(place for place, option in enumerate(options) if option.right)
            return (_Part("", tuple(plain(option.text) for option in options), right),)
        case Matching(pairs=pairs, choices=choices) | Classify(cards=pairs, groups=choices):
            texts = tuple(plain(choice) for choice in choices)
            return tuple(_Part(plain(pair.left), texts, _places(texts, pair.right)) for pair in pairs)
        case Cloze(gaps=gaps):
            strict = item.frame.accents_strict
            return tuple(
                _Part(
                    str(number),
                    gap.menu,
                    frozenset(
                        place
                        for place, entry in enumerate(gap.menu)
                        if judge_gap(entry, gap, strict=strict).share > 0
                    ),
                )
                for number, gap in enumerate(gaps, 1)
            )
        case Likert(statements=statements):
            return tuple(_Part(plain(one.text), _steps(item), frozenset()) for one in statements)
        case Open(checks=checks):
            return (_Part("", tuple(plain(check.text) for check in checks), frozenset()),)
        case _:
            return ()


def _steps(item: Likert) -> tuple[str, ...]:
    """The values of a scale, with the author's words for them."""
    last = len(item.steps) - 1
    words = (
        dict(zip((0, last), item.labels, strict=False))
        if len(item.labels) == 2
        else dict(enumerate(item.labels))
    )
    return tuple(f"{step} {words.get(place, '')}".rstrip() for place, step in enumerate(item.steps))


def _places(texts: Sequence[str], right: Text) -> frozenset[int]:
    return frozenset(place for place, text in enumerate(texts) if text == plain(right))


def _picked(item: Item, source: str) -> set[tuple[int, int]]:
    """The options chosen, as number of the part (from 1) and place; none for an answer that cannot be read."""
    try:
        response = response_from_json(source) if source else None
    except ResponseError:
        response = None
    return set() if response is None else _named(item, response)


def _named(item: Item, response: Response) -> set[tuple[int, int]]:
    match item, response:
        case Choice(), Chosen(options=places):
            return {(1, place) for place in places}
        case (Matching(), Paired(rights=chosen)) | (Classify(), Grouped(groups=chosen)):
            return {(number, place) for number, place in enumerate(chosen, 1) if place is not None}
        case Cloze(gaps=gaps), Filled(gaps=texts):
            return {
                (number, place)
                for number, (gap, text) in enumerate(zip(gaps, texts, strict=False), 1)
                for place, entry in enumerate(gap.menu)
                if folded(entry) == folded(text)
            }
        case Likert(), Rated(values=values):
            steps = enumerate(values, 1)
            return {(number, value - item.low) for number, value in steps if value is not None}
        case Open(), Written(ticked=ticked):
            return {(1, place) for place in ticked}
    return set()
