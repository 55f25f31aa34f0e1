"""A guide as lines of styled text, with the quoted words marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from index.model import Block, BlockKind, Guide

from .clean import neutral
from .styled import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARK = "bold reverse"
"""Look of the quoted words; visible without colour."""

FOUND = "bold underline"
"""Look of words that were looked for; visible without colour."""

_GUTTER = 2
_BULLET = re.compile(r"[-*•] |\d+[.)] ")


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A guide laid out for a width."""

    lines: tuple[Content, ...]
    marked: int | None
    """Number of the first line that holds quoted words."""
    headings: tuple[tuple[int, int, str], ...]
    """Line, level and words of each heading."""
    found: tuple[int, ...] = ()
    """Number of each line that holds words that were looked for."""


def lay_out_guide(
    guide: Guide,
    width: int,
    quote: tuple[int, int] | None = None,
    found: Sequence[tuple[int, int]] = (),
) -> GuidePage:
    """Lay out a guide; `quote` gives the offsets of the words to mark, `found` those of words that were looked for."""
    lines: list[Content] = []
    headings: list[tuple[int, int, str]] = []
    marked: int | None = None
    holding: list[int] = []
    before: Block | None = None
    for block in guide.blocks:
        if lines and not _joined(before, block):
            lines.append(Content(""))
        if block.kind is BlockKind.HEADING:
            headings.append((len(lines), block.level, neutral(guide.text[block.start : block.end])))
        for line, holds in _block_lines(guide, block, width - _GUTTER, quote, _within(block, found)):
            if any(span.style == FOUND for span in line.spans):
                holding.append(len(lines))
            if holds and marked is None:
                marked = len(lines)
            lines.append(Content("▌ ").stylize("$accent bold") + line if holds else Content("  ") + line)
        before = block
    return GuidePage(tuple(lines), marked, tuple(headings), tuple(holding))


def _within(block: Block, found: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Those of the offsets, in order, that lie within a block."""
    first = bisect_left(found, (block.start, 0))
    return found[first : bisect_left(found, (block.end, 0))]


def _joined(before: Block | None, block: Block) -> bool:
    """Whether two blocks stand without an empty line between them."""
    rows = {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}
    return before is not None and block.kind in rows and before.kind is block.kind


def _block_lines(
    guide: Guide,
    block: Block,
    width: int,
    quote: tuple[int, int] | None,
    found: Sequence[tuple[int, int]],
) -> Iterator[tuple[Content, bool]]:
    content = _look(Content(neutral(guide.text[block.start : block.end])), block)
    start, end = quote or (0, 0)
    first, last = max(start, block.start) - block.start, min(end, block.end) - block.start
    if first < last:
        content = content.stylize(MARK, first, last)
    for start, end in found:
        content = content.stylize(FOUND, start - block.start, end - block.start)
    mark, rest = _marks(block, content.plain)
    for line in wrap(content, width - len(rest)):
        holds = any(span.style == MARK and span.end > span.start for span in line.spans)
        yield Content(mark).stylize("$muted") + line, holds
        mark = rest


def _look(content: Content, block: Block) -> Content:
    looks = {BlockKind.HEADING: "bold", BlockKind.CODE: "on $panel", BlockKind.QUOTE: "italic"}
    look = looks.get(block.kind)
    return content.stylize(look) if look else content


def _marks(block: Block, words: str) -> tuple[str, str]:
    """What stands before the first line of a block and before the others."""
    if block.kind is BlockKind.LIST_ITEM:
        indent = "  " * max(0, block.level - 1)
        return (indent if _BULLET.match(words) else f"{indent}• "), f"{indent}  "
    if block.kind is BlockKind.QUOTE:
        return "│ ", "│ "
    return ("    ", "    ") if block.kind is BlockKind.CODE else ("", "")


def heading_line(page: GuidePage, heading: str) -> int | None:
    """Line of the heading with that slug or those words."""
    return next((line for line, _level, words in page.headings if is_named(words, heading)), None)


def is_named(heading: str, name: str) -> bool:
    """Whether a heading has that name or slug, or tells it in brackets among other names."""
    other = heading.partition("(")[2].replace(")", "").split(",")
    return _bare(name) in {_bare(words) for words in (heading, *other, heading.partition("(")[0])}


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
