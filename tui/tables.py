"""Tables fitted into a width: cells are wrapped, or rows become lists when there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from course.model import Table, Text, plain

from .styled import hang, said, styled, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 3
_LEAST = 4


def table_lines(table: Table, width: int) -> list[Content]:
    """The table in columns, or as `header: cell` lists when its words do not fit the width."""
    widths = column_widths(table, width)
    if widths is None:
        return _as_list(table, width)
    lines = _row_lines(table.header, widths, table.align, "bold")
    lines.append(said("─" * (sum(widths) + _GAP * (len(widths) - 1)), "$faint"))
    multiline = any(
        len(wrap(styled(cell), room)) > 1
        for row in table.rows
        for cell, room in zip(row, widths, strict=False)
    )
    for position, row in enumerate(table.rows):
        if multiline and position:
            lines.append(Content(""))
        lines.extend(_row_lines(row, widths, table.align, ""))
    return lines


def column_widths(table: Table, width: int) -> list[int] | None:
    """A width for each column, or None when the longest words do not fit side by side."""
    columns = len(table.header)
    rows = [table.header, *table.rows]
    natural = [
        max((styled(row[n]).cell_length for row in rows if n < len(row)), default=0) for n in range(columns)
    ]
    least = [
        min(natural[n], max(_LEAST, *(_longest_word(row[n]) for row in rows if n < len(row))))
        for n in range(columns)
    ]
    room = width - _GAP * (columns - 1)
    if sum(least) > room:
        return None
    widths = list(natural)
    while sum(widths) > room:
        shrinkable = [n for n in range(columns) if widths[n] > least[n]]
        widest = max(shrinkable, key=lambda n: widths[n])
        widths[widest] -= 1
    return widths


def _longest_word(text: Text) -> int:
    return max((len(word) for word in plain(text).split()), default=0)


def _row_lines(row: Sequence[Text], widths: Sequence[int], align: Sequence[str], style: str) -> list[Content]:
    cells = [wrap(styled(cell, style), room) for cell, room in zip(row, widths, strict=False)]
    height = max((len(cell) for cell in cells), default=1)
    lines: list[Content] = []
    for level in range(height):
        parts = [
            _aligned(cell[level] if level < len(cell) else Content(""), room, side)
            for cell, room, side in zip(cells, widths, align, strict=False)
        ]
        lines.append(Content(" " * _GAP).join(parts).rstrip())
    return lines


def _aligned(content: Content, width: int, side: str) -> Content:
    gap = max(0, width - content.cell_length)
    left = {"right": gap, "center": gap // 2}.get(side, 0)
    return content.pad(left, gap - left)


def _as_list(table: Table, width: int) -> list[Content]:
    lines: list[Content] = []
    for row in table.rows:
        if lines:
            lines.append(Content(""))
        for header, cell in zip(table.header, row, strict=False):
            label = styled(header, "bold") + Content(": ") if plain(header).strip() else Content("")
            lines.extend(hang("", "  ", wrap(label + styled(cell), width - 2)))
    return lines
