"""Markdown, read into plain text with its blocks."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from .marks import is_label, lead_in
from .model import Block, BlockKind
from .source import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^>]*>", re.DOTALL)
_ALERT = re.compile(r"\[!(\w+)\]\s*")
_SPACES = re.compile(r"\s+")
_CLOSE_TOGETHER = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)


def _inline(token: Token) -> str:
    """The words of an inline token: links and emphasis keep their text alone."""
    parts = []
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type in {"text", "code_inline", "text_special", "image"}:
            parts.append(child.content)
        elif child.type == "html_inline" and child.content.startswith("<br"):
            parts.append(" ")
    return _SPACES.sub(" ", clean("".join(parts))).strip()


class _Writer:
    """Writes the readable text piece by piece and remembers where each block stands."""

    def __init__(self, first_line: int) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._length = 0
        self._first_line = first_line
        self._headings: list[tuple[int, str]] = []
        self._leads: list[str] = []
        self._markers: list[int | None] = []
        self._fresh_item = False
        self._quotes = 0
        self._last = ""
        self._row: Token
        self._cells: list[str] = []
        self._header: tuple[str, ...] = ()
        self._in_body = False

    @property
    def _path(self) -> tuple[str, ...]:
        return (*(words for _, words in self._headings), *(lead for lead in self._leads if lead))

    def _add(self, kind: BlockKind, words: str, token: Token, *, level: int = 0, mark: str = "") -> None:
        if not words.strip():
            return
        if self.blocks:
            together = kind in _CLOSE_TOGETHER and self.blocks[-1].kind is kind
            self._put("\n" if together else "\n\n")
        indent = "  " * (level - 1) if kind is BlockKind.LIST_ITEM else ""
        self._put(indent)
        start = self._length
        self._put(mark + words)
        line = self._first_line + (token.map[0] if token.map else 0)
        self.blocks.append(Block(kind, start, self._length, self._path, line, level))
        self._last = words

    def _put(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)

    def write(self, tokens: Sequence[Token]) -> str:
        """Take in all tokens; the text that they make."""
        for place, token in enumerate(tokens):
            handler = self._handlers.get(token.type)
            if handler:
                handler(self, token)
            elif token.type == "inline":
                self._take_inline(token, tokens[place - 1])
        return "".join(self._parts)

    def _take_inline(self, token: Token, opening: Token) -> None:
        words = _inline(token)
        if opening.type == "heading_open":
            self._take_heading(words, token, int(opening.tag[1]))
        elif opening.type in {"th_open", "td_open"}:
            self._cells.append(words)
        elif self._markers and self._fresh_item:
            self._take_item(words, token)
        elif self._quotes:
            alert = _ALERT.match(words)
            words = f"{alert[1].capitalize()}: {words[alert.end() :]}" if alert else words
            self._add(BlockKind.QUOTE, words, token)
        else:
            kind = BlockKind.LABEL if is_label(words) else BlockKind.PARAGRAPH
            self._add(kind, words, token, level=len(self._markers))

    def _take_heading(self, words: str, token: Token, level: int) -> None:
        self._headings = [known for known in self._headings if known[0] < level]
        self._add(BlockKind.HEADING, words, token, level=level)
        if words:
            self._headings.append((level, words))

    def _take_item(self, words: str, token: Token) -> None:
        number = self._markers[-1]
        mark = "- " if number is None else f"{number}. "
        self._add(BlockKind.LIST_ITEM, words, token, level=len(self._markers), mark=mark)
        self._fresh_item = False

    def _open_list(self, token: Token) -> None:
        start = int(token.attrGet("start") or 1) - 1
        self._markers.append(start if token.type == "ordered_list_open" else None)
        self._leads.append(lead_in(self._last))

    def _close_list(self, _: Token) -> None:
        self._markers.pop()
        self._leads.pop()
        self._last = ""
        self._fresh_item = False

    def _open_item(self, _: Token) -> None:
        if self._markers[-1] is not None:
            self._markers[-1] += 1
        self._fresh_item = True

    def _open_quote(self, _: Token) -> None:
        self._quotes += 1

    def _close_quote(self, _: Token) -> None:
        self._quotes -= 1

    def _take_code(self, token: Token) -> None:
        self._add(BlockKind.CODE, token.content.strip("\n"), token)
        self._fresh_item = False

    def _take_html(self, token: Token) -> None:
        words = _SPACES.sub(" ", clean(unescape(_TAG.sub(" ", token.content)))).strip()
        self._add(BlockKind.PARAGRAPH, words, token)

    def _open_table(self, _: Token) -> None:
        self._header, self._in_body = (), False

    def _open_row(self, token: Token) -> None:
        self._cells, self._row = [], token

    def _close_header(self, _: Token) -> None:
        self._header, self._in_body = tuple(self._cells), True

    def _close_row(self, _: Token) -> None:
        if self._in_body:
            named = zip_longest(self._header, self._cells, fillvalue="")
            words = "; ".join(f"{name}: {cell}" if name else cell for name, cell in named if cell)
            self._add(BlockKind.TABLE_ROW, words, self._row)

    _handlers: ClassVar[dict[str, Callable[[_Writer, Token], None]]] = {
        "bullet_list_open": _open_list,
        "ordered_list_open": _open_list,
        "bullet_list_close": _close_list,
        "ordered_list_close": _close_list,
        "list_item_open": _open_item,
        "blockquote_open": _open_quote,
        "blockquote_close": _close_quote,
        "fence": _take_code,
        "code_block": _take_code,
        "html_block": _take_html,
        "table_open": _open_table,
        "tr_open": _open_row,
        "thead_close": _close_header,
        "tr_close": _close_row,
    }


def parse_markdown(source: str, title: str = "", first_line: int = 1) -> tuple[str, str, tuple[Block, ...]]:
    """Title, readable text and blocks of clean Markdown.

    The title is the one given, else the first heading; a first heading that repeats it stands in no path.
    """
    writer = _Writer(first_line)
    text = writer.write(_parser().parse(source))
    blocks = tuple(writer.blocks)
    first = next((block for block in blocks if block.kind is BlockKind.HEADING), None)
    if first is None:
        return title, text, blocks
    words = text[first.start : first.end]
    title = title or words
    if words.casefold() == title.casefold():
        blocks = tuple(_below(block, words) if block.start > first.start else block for block in blocks)
    return title, text, blocks


def _below(block: Block, title: str) -> Block:
    path = block.headings
    return replace(block, headings=path[1:]) if path and path[0] == title else block
