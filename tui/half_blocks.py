"""Pictures as rows of half blocks: a cell of the terminal is two pixels, one above the other."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from textual.color import Color
from textual.content import Content, Span
from textual.style import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

HALF = "▀"
"""Its own colour is that of the upper pixel, its ground that of the lower."""
_DRAWN = re.compile(rf"\W*{HALF}")
"""A line with a piece of a picture, behind whatever bars or marks."""


class Size(NamedTuple):
    """Extent of a picture in pixels."""

    width: int
    height: int


def fitted(size: Size, columns: int, rows: int) -> Size:
    """The size at which a picture fits some columns and rows of cells: never enlarged, at least one pixel each way."""
    scale = min(1.0, columns / size.width, 2 * rows / size.height)
    return Size(max(1, round(size.width * scale)), max(1, round(size.height * scale)))


def rows_of(size: Size) -> int:
    """Rows of cells that a picture of some pixels takes."""
    return (size.height + 1) // 2


def half_blocks(pixels: bytes, width: int, ground: Color) -> list[Content]:
    """The rows of a picture whose pixels are given as red, green and blue from 0 to 255, row after row."""
    colours = [Color(*pixels[at : at + 3]) for at in range(0, len(pixels), 3)]
    rows = [colours[at : at + width] for at in range(0, len(colours), width)]
    if len(rows) % 2:
        rows.append([ground] * width)
    return [_row(upper, lower) for upper, lower in zip(rows[::2], rows[1::2], strict=True)]


def _row(upper: Sequence[Color], lower: Sequence[Color]) -> Content:
    spans: list[Span] = []
    end = 0
    for (over, under), cells in groupby(zip(upper, lower, strict=True)):
        start, end = end, end + sum(1 for _cell in cells)
        spans.append(Span(start, end, Style(background=under, foreground=over)))
    return Content(HALF * end, spans)


def without_pictures(text: str) -> str:
    """A text of several lines without those that are pieces of pictures."""
    return "\n".join(line for line in text.split("\n") if not _DRAWN.fullmatch(line.rstrip()))
