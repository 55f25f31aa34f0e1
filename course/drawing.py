"""Which questions a seed draws: pools, variants, and a number from the whole, the same on every machine."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from .shuffle import drawn_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .model import Item, Pool, Quiz

Group = tuple["Item", ...]
"""A question with its variants, of which one is asked."""


def drawn(quiz: Quiz, seed: int) -> tuple[Item, ...]:
    """The questions that a quiz asks for a seed, in the order shown.

    One is taken from each group of variants, `pick` from each pool, and then `draw` of all, so that
    every outcome keeps a question as far as there is room. Questions that share a case stay together.
    The seed that follows another one draws other variants and other questions of a pool first.
    """
    items = picked(quiz.items, quiz.pools, seed)
    if 0 < quiz.draw < len(items):
        items = _spread(items, quiz.draw, seed, quiz.id)
    if not quiz.shuffle:
        return items
    return tuple(item for unit in drawn_order(_units(items), seed, quiz.id) for item in unit)


def picked(items: Iterable[Item], pools: Sequence[Pool], seed: int | None) -> tuple[Item, ...]:
    """One of each group of variants, and of each pool as many as it picks, in the order of the file.

    Without a seed these are the first ones, as a lesson shows them.
    """
    groups = _groups(items)
    left = dict(groups)
    chosen: set[str] = set()
    for pool in pools:
        own = [name for name in pool.item_ids if name in left]
        turned = _turned(own, pool, seed)
        chosen.update(turned)
        for name in turned:
            left.pop(name)
    pooled = {name for pool in pools for name in pool.item_ids}
    wanted = [name for name in groups if name in chosen or name not in pooled]
    return tuple(groups[name][0 if seed is None else turn(name, seed, len(groups[name]))] for name in wanted)


def _groups(items: Iterable[Item]) -> dict[str, Group]:
    """Questions with their variants, by the id of the first one."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.frame.variant_of or item.frame.id, []).append(item)
    return {name: tuple(group) for name, group in groups.items()}


def _turned(names: Sequence[str], pool: Pool, seed: int | None) -> Sequence[str]:
    """`pick` of the names: the first, or a window over a fixed order that moves on with the seed."""
    if not 0 < pool.pick < len(names):
        return names
    if seed is None:
        return names[: pool.pick]
    fixed = drawn_order(names, 0, pool.id)
    start = seed * pool.pick % len(fixed)
    return (fixed + fixed)[start : start + pool.pick]


def turn(name: str, seed: int, count: int) -> int:
    """Which of several variants a seed draws."""
    start = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
    return (start + seed) % count


def _spread(items: Sequence[Item], count: int, seed: int, purpose: str) -> tuple[Item, ...]:
    """A number of questions, taken in turn from each outcome, in the order of the file."""
    queues: dict[str, list[Item]] = {}
    for item in drawn_order(items, seed, f"{purpose} draw"):
        queues.setdefault(item.frame.outcome, []).append(item)
    taken = [item for round_ in _rounds(list(queues.values())) for item in round_][:count]
    kept = {item.frame.id for item in taken}
    return tuple(item for item in items if item.frame.id in kept)


def _rounds(queues: Sequence[Sequence[Item]]) -> Iterator[list[Item]]:
    for number in range(max(map(len, queues), default=0)):
        yield [queue[number] for queue in queues if number < len(queue)]


def _units(items: Iterable[Item]) -> tuple[Group, ...]:
    """Questions that stay together: those of one case, else each by itself."""
    units: dict[str, list[Item]] = {}
    for item in items:
        case = item.frame.case
        units.setdefault(case.id if case else item.frame.id, []).append(item)
    return tuple(map(tuple, units.values()))
