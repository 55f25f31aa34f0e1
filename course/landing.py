"""Where a link lands inside a lesson: at a section, a heading or a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Heading, Practice
from .walk import blocks_in

if TYPE_CHECKING:
    from .model import Lesson


def landing(lesson: Lesson, anchor: str) -> tuple[int, int | None] | None:
    """Numbers of the section and of the block that an anchor names, from 0; None where nothing has that name.

    The block is None for a whole section.
    """
    whole = f"{lesson.id}#{anchor}"
    for position, section in enumerate(lesson.sections):
        if section.id == whole:
            return position, None
    for position, section in enumerate(lesson.sections):
        for place, block in enumerate(section.blocks):
            if isinstance(block, Practice) and block.item.frame.id == whole:
                return position, place
            if any(isinstance(part, Heading) and part.slug == anchor for part in blocks_in((block,))):
                return position, place
    return None
