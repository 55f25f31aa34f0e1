"""The section of a guide around a passage, for showing a hit with what stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Passage


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below one heading of a guide: `guide.text[start:end]`."""

    guide: str
    """Slug of the guide."""
    headings: tuple[str, ...]
    """Path of the heading; empty for what stands below none."""
    start: int
    end: int
    passages: tuple[Passage, ...]
    """In order, those below deeper headings included."""


def section_around(passage: Passage, every: Sequence[Passage]) -> Section:
    """The section of a passage, found among all passages of its guide in order."""
    at = next((place for place, other in enumerate(every) if other.position == passage.position), None)
    if at is None:
        return Section(passage.guide, passage.headings, passage.start, passage.end, (passage,))
    first, last = at, at + 1
    while first > 0 and _within(every[first - 1], passage.headings):
        first -= 1
    while last < len(every) and _within(every[last], passage.headings):
        last += 1
    found = tuple(every[first:last])
    return Section(passage.guide, passage.headings, found[0].start, found[-1].end, found)


def _within(other: Passage, headings: tuple[str, ...]) -> bool:
    """Whether a passage stands below a heading; only what stands below none is beside what does so too."""
    return other.headings[: len(headings)] == headings if headings else not other.headings


def heading_anchor(heading: str) -> str:
    """The name by which a heading is linked, such as `dates-and-money`."""
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", heading.casefold()).strip())
