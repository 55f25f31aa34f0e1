"""Writes the readable text of a guide piece by piece and remembers where each block stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .marks import is_label, lead_in
from .model import Block, BlockKind
from .parsed import RefusedError
from .rows import row_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_TEXT = 30_000_000
"""Characters; a table can make more text than its file holds."""
_LONGEST_HEADING = 200
"""Characters of a heading that go into the paths below it."""
_DEEPEST_LEAD = 8
_CLOSE_TOGETHER = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})


class GuideWriter:
    """Takes headings, lists, quotes and words in the order of reading."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.page: int | None = None
        self.quotes = 0
        """How many quotes stand open."""
        self._parts: list[str] = []
        self._length = 0
        self._line = 1
        self._headings: list[tuple[int, str]] = []
        self._leads: list[str] = []
        self._markers: list[int | None] = []
        self._fresh_item = False
        self._last = ""

    @property
    def text(self) -> str:
        """All that is written."""
        return "".join(self._parts)

    @property
    def depth(self) -> int:
        """How many lists stand open."""
        return len(self._markers)

    @property
    def in_fresh_item(self) -> bool:
        """Whether the next words open a list item."""
        return bool(self._markers) and self._fresh_item

    def heading(self, words: str, level: int, line: int | None = None) -> None:
        """A heading, which stands over what follows until one of its level or above."""
        self._headings = [known for known in self._headings if known[0] < level]
        self._add(BlockKind.HEADING, words, line, level=level)
        if words:
            short = words if len(words) <= _LONGEST_HEADING else f"{words[:_LONGEST_HEADING]}…"
            self._headings.append((level, short))

    def words(self, words: str, line: int | None = None) -> None:
        """A stretch of prose: a list item, part of a quote, a label or a paragraph, by where it stands."""
        if self.in_fresh_item:
            number = self._markers[-1]
            mark = "- " if number is None else f"{number}. "
            self._add(BlockKind.LIST_ITEM, words, line, level=self.depth, mark=mark)
            self._fresh_item = False
        elif self.quotes:
            self._add(BlockKind.QUOTE, words, line)
        else:
            kind = BlockKind.LABEL if is_label(words) else BlockKind.PARAGRAPH
            self._add(kind, words, line, level=self.depth)

    def paragraph(self, words: str, line: int | None = None) -> None:
        """Words that are a paragraph whatever they look like."""
        self._add(BlockKind.PARAGRAPH, words, line)

    def code(self, words: str, line: int | None = None) -> None:
        """Lines kept as they are."""
        self._add(BlockKind.CODE, words, line)
        self._fresh_item = False

    def row(self, header: Sequence[str], cells: Sequence[str], line: int | None = None) -> None:
        """A row of a table, cut into several lines where it is very wide."""
        for words in row_lines(header, cells):
            self._add(BlockKind.TABLE_ROW, words, line)

    def open_list(self, start: int | None = None) -> None:
        """A list below what was said last; with a number to start from, or with bullets."""
        self._markers.append(None if start is None else start - 1)
        self._leads.append(lead_in(self._last) if len(self._leads) < _DEEPEST_LEAD else "")

    def close_list(self) -> None:
        """Go back to what the list stands in."""
        self._markers.pop()
        self._leads.pop()
        self._last = ""
        self._fresh_item = False

    def open_item(self, number: int | None = None) -> None:
        """The next words are an item, with the next number or the one given."""
        if self._markers[-1] is not None or number is not None:
            self._markers[-1] = (self._markers[-1] or 0) + 1 if number is None else number
        self._fresh_item = True

    def item_at(self, depth: int, words: str, number: int | None = None) -> None:
        """An item that tells only how deep it stands; lists are opened and closed as that asks."""
        while self.depth > depth:
            self.close_list()
        while self.depth < depth:
            self.open_list(None if number is None else 1)
        self._markers[-1] = None
        self.open_item(number)
        self.words(words)

    def close_lists(self) -> None:
        """No list stands open."""
        while self._markers:
            self.close_list()

    def _path(self) -> tuple[str, ...]:
        return (*(words for _, words in self._headings), *(lead for lead in self._leads if lead))

    def _add(self, kind: BlockKind, words: str, line: int | None, *, level: int = 0, mark: str = "") -> None:
        if not words.strip():
            return
        if self.blocks:
            together = kind in _CLOSE_TOGETHER and self.blocks[-1].kind is kind
            self._put("\n" if together else "\n\n")
        self._put("  " * (level - 1) if kind is BlockKind.LIST_ITEM else "")
        start, line = self._length, self._line if line is None else line
        self._put(mark + words)
        self.blocks.append(Block(kind, start, self._length, self._path(), line, level, self.page))
        self._last = words

    def _put(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)
        self._line += words.count("\n")
        if self._length > LONGEST_TEXT:
            raise RefusedError(
                f"makes more than {LONGEST_TEXT // 1_000_000} million letters of text;"
                " split it and add the parts."
            )
