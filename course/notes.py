"""Notes and bookmarks at a block of a lesson, found again when the lesson was edited or is read in another language."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from .block_words import words_digest, words_of
from .model import Footnote, Practice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from .model import Block, Lesson, Section

LONGEST_NOTE = 10_000
"""Characters of a note."""
_LONGEST_WORDS = 200
_ALIKE = 0.6
"""Share of the words that a block must still have to be taken for the one that was noted."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A block of a section, by all that may help to find it again."""

    section_id: str
    block: int
    """Place of the block in its section, from 0."""
    digest: str
    """Of its words; of a question of its id."""
    words: str
    """How it began, on one line."""

    @property
    def lesson_id(self) -> str:
        """The lesson that it stands in."""
        return self.section_id.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Note:
    """What a learner wrote at a block; without text it is a bookmark."""

    id: str
    """Sixteen hexadecimal digits that nothing else has."""
    anchor: Anchor
    text: str
    at: datetime
    """When it was written last."""


def blocks_of(section: Section) -> tuple[Block, ...]:
    """The blocks at which notes can stand: all but footnotes, which come last."""
    return tuple(block for block in section.blocks if not isinstance(block, Footnote))


def anchor_of(section: Section, block: int) -> Anchor:
    """The anchor of a block by its place in `blocks_of`."""
    digest, words = _told(blocks_of(section)[block])
    return Anchor(section.id, block, digest, " ".join(words.split())[:_LONGEST_WORDS])


def located(anchor: Anchor, lesson: Lesson) -> tuple[int, int] | None:
    """Numbers of the section and of the block where a note stands now, from 0; None if its section is gone.

    First the same words, in their section or else in another one, the nearest first; then words that are alike;
    then the place where they stood.
    """
    same = [
        (number != anchor.section_id, abs(at - anchor.block), position, at)
        for position, number, at, digest, _ in _places(lesson)
        if digest == anchor.digest
    ]
    if same:
        return min(same)[2:]
    position = next((n for n, own in enumerate(lesson.sections) if own.id == anchor.section_id), None)
    if position is None:
        return None
    count = len(blocks_of(lesson.sections[position]))
    if not count:
        return None
    alike = [
        (_likeness(anchor.words, words), -at)
        for place, _, at, _, words in _places(lesson)
        if place == position
    ]
    best, at = max(alike)
    return position, -at if best >= _ALIKE else min(anchor.block, count - 1)


def _places(lesson: Lesson) -> Iterator[tuple[int, str, int, str, str]]:
    for position, section in enumerate(lesson.sections):
        for at, block in enumerate(blocks_of(section)):
            yield position, section.id, at, *_told(block)


def _told(block: Block) -> tuple[str, str]:
    words = words_of((block,))
    return words_digest(block.item.frame.id if isinstance(block, Practice) else words), words


def _likeness(before: str, now: str) -> float:
    """Share of the words in common, 0 to 1."""
    own = " ".join(now.split())[:_LONGEST_WORDS]
    return SequenceMatcher(None, before.split(), own.split(), autojunk=False).ratio()
