"""The contents of a lesson as lines to choose from: its sections, and the headings in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.model import Heading, plain

from .language import _
from .styled import said
from .widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Collection

    from course.model import Lesson


def contents_rows(lesson: Lesson, seen: Collection[str]) -> list[Row]:
    """A line a section, told whether it was read, and one a heading, with numbers of section and block as value."""
    rows: list[Row] = []
    for position, section in enumerate(lesson.sections):
        read = said(_("read"), "$muted") if section.id in seen else ""
        rows.append(Row(f"{position + 1}  {section.title}", (position, None), right=read))
        rows += [
            Row("   " + "  " * (block.level - 2) + plain(block.text), (position, place))
            for place, block in enumerate(section.blocks)
            if isinstance(block, Heading)
        ]
    return rows
