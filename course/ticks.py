"""Ticks that a learner sets in the checklists of a lesson, found again in an edited or translated text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .block_words import words_digest, words_of
from .model import ListBlock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .model import Section


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a checklist."""

    section_id: str
    place: str
    """Number of the checklist in its section and of the entry in it, from 0: `1.2`."""
    digest: str
    """Changes with the words of the entry, not when it moves."""
    language: str


@dataclass(frozen=True, slots=True)
class Tick:
    """An entry that was ticked, or whose tick was taken away."""

    entry: Entry
    ticked: bool
    at: datetime


def entries_of(section: Section, block: ListBlock, language: str) -> tuple[Entry, ...]:
    """The entries of a checklist of a section; those with the same words are told apart by their number."""
    lists = [other for other in section.blocks if isinstance(other, ListBlock) and other.is_checklist]
    number = next(at for at, other in enumerate(lists) if other is block)
    told: dict[str, int] = {}
    entries = []
    for place, item in enumerate(block.items):
        words = " ".join(words_of(item.blocks).split())
        count = told[words] = told.get(words, 0) + 1
        digest = words_digest(words if count == 1 else f"{words}\n{count}")
        entries.append(Entry(section.id, f"{number}.{place}", digest, language))
    return tuple(entries)


def is_ticked(entry: Entry, ticks: Iterable[Tick]) -> bool | None:
    """Whether an entry is ticked; None where nobody ever touched it.

    The same words count wherever they stand in the section. In another language the place counts.
    """
    newest = max((tick for tick in ticks if _same(entry, tick.entry)), key=lambda tick: tick.at, default=None)
    return None if newest is None else newest.ticked


def _same(one: Entry, other: Entry) -> bool:
    if one.section_id != other.section_id:
        return False
    if one.language == other.language:
        return one.digest == other.digest
    return one.place == other.place
