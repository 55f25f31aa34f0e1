"""Orders drawn from a seed: the same in every process and on every machine."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar

from .model import Choice, Classify, Matching, Ordering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Item

_T = TypeVar("_T")


def display_order(item: Item, seed: int) -> tuple[int, ...]:
    """The order to show options, right sides, cards or steps in, as indexes in the author's order.

    An order to find is never shown solved. Questions to type into have nothing to order.
    """
    count = _count(item)
    kept = not item.frame.shuffle or (isinstance(item, Choice) and item.true_false)
    given = tuple(range(count))
    if isinstance(item, Ordering):
        drawn = drawn_order(given, seed, item.frame.id)
        return (*drawn[1:], drawn[0]) if drawn == given else drawn
    return given if kept else _around(item.frame.pinned, given, seed, item.frame.id)


def _around(pinned: Sequence[int], given: Sequence[int], seed: int, purpose: str) -> tuple[int, ...]:
    """The places drawn anew, but for the pinned ones."""
    fixed = {place % len(given) for place in pinned if -len(given) <= place < len(given)}
    drawn = iter(drawn_order([place for place in given if place not in fixed], seed, purpose))
    return tuple(place if place in fixed else next(drawn) for place in given)


def drawn_order(values: Sequence[_T], seed: int, purpose: str) -> tuple[_T, ...]:
    """The values in an order that depends on the seed and the purpose alone."""
    places = sorted(range(len(values)), key=lambda place: _lot(seed, purpose, place))
    return tuple(values[place] for place in places)


def _count(item: Item) -> int:
    match item:
        case Choice(options=parts) | Ordering(steps=parts):
            return len(parts)
        case Matching(choices=choices):
            return len(choices)
        case Classify(cards=cards):
            return len(cards)
        case _:
            return 0


def _lot(seed: int, purpose: str, place: int) -> bytes:
    return hashlib.sha256(f"{seed}\n{purpose}\n{place}".encode()).digest()
