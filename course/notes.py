"""Notes and bookmarks at a block of a lesson, found again when the lesson was edited or is read in another language."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from .block_words import words_digest, words_of
from .model import Footnote, Practice

if TYPE_CHECKING:
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
    """Numbers of the section and of the block where a note stands now, from 0; None if its section is gone."""
    return BlockIndex(lesson).find(anchor)


@dataclass(frozen=True, slots=True)
class _Place:
    section: int
    section_id: str
    block: int
    digest: str
    words: str


class BlockIndex:
    """The blocks of a lesson, made once to find many notes."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        """Whose blocks they are."""
        self._places = [
            _Place(position, section.id, at, *_told(block))
            for position, section in enumerate(lesson.sections)
            for at, block in enumerate(blocks_of(section))
        ]

    def find(self, anchor: Anchor) -> tuple[int, int] | None:
        """Where a note stands now, as `located` tells.

        First the same words, in their section or else in another one, the nearest first; then words that are
        alike; then the place where they stood.
        """
        same = [place for place in self._places if place.digest == anchor.digest]
        if same:
            found = min(
                same, key=lambda own: (own.section_id != anchor.section_id, abs(own.block - anchor.block))
            )
            return found.section, found.block
        near = [place for place in self._places if place.section_id == anchor.section_id]
        if not near:
            return None
        likeness = {place.block: _likeness(anchor.words, place.words) for place in near}
        best = max(near, key=lambda own: likeness[own.block])
        block = best.block if likeness[best.block] >= _ALIKE else min(anchor.block, near[-1].block)
        return best.section, block


def _told(block: Block) -> tuple[str, str]:
    words = words_of((block,))
    return words_digest(block.item.frame.id if isinstance(block, Practice) else words), words


def _likeness(before: str, now: str) -> float:
    """Share of the words in common, 0 to 1."""
    own = " ".join(now.split())[:_LONGEST_WORDS]
    return SequenceMatcher(None, before.split(), own.split(), autojunk=False).ratio()
