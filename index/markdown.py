"""Markdown, read into plain text with its blocks."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, ClassVar

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from .parsed import titled
from .source import clean
from .writer import GuideWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from .parsed import Parsed

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)
_ALERT = re.compile(r"\[!(\w+)\]\s*")
_MARKUP = re.compile(r"[\\`*_~!\[\]<>&^]")
"""What may begin an inline construct; text without it is its own words."""

_SIGNS = r"\n\\`*_~\[\]<>&^"
_BARE = rf"[^{_SIGNS}]*+(?:\n|\Z)"
_MARGIN = r"""(?:[^\W\d_]|["'(“„«]|\d++(?![.)]))"""
"""How a line begins that no construct begins with."""
_EMPTY = r"[ \t]*+(?:\n|\Z)"
_HEADING = rf"\#{{1,6}} [^#{_SIGNS}]*+(?:\n|\Z)(?={_EMPTY}|{_MARGIN})"
_PARAGRAPH = rf"(?:{_MARGIN}{_BARE})++(?={_EMPTY})"
_PLAIN = re.compile(rf"{_HEADING}|{_PARAGRAPH}")
_PLAIN_RUN = re.compile(rf"(?:(?:{_HEADING}|{_PARAGRAPH})(?:[ \t]*+\n)*+)++")
"""Headings and paragraphs at the margin without any markup, with the empty lines after them."""


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.core.ruler.at("inline", _parse_inline)
    parser.block.ruler.before("table", "plain", _take_plain_run)
    parser.core.ruler.disable("normalize")  # The source is clean.
    return parser


def _take_plain_run(state: StateBlock, start: int, _: int, silent: bool) -> bool:  # noqa: FBT001 - a rule
    """Hand plain text on as it is: rule after rule would look at each line of it, a quarter of all work."""
    if silent or state.level or state.sCount[start]:
        return False
    match = _PLAIN_RUN.match(state.src, state.bMarks[start])
    if not match:
        return False
    token = state.push("plain", "", 0)
    token.content = match.group()
    state.line = start + token.content.count("\n") + (not token.content.endswith("\n"))
    token.map = [start, state.line]
    return True


def _parse_inline(state: StateCore) -> None:
    """Work out the children of inline tokens that hold markup, half the time of a usual guide saved."""
    for token in state.tokens:
        if token.type == "inline" and token.children is not None and _MARKUP.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _inline(token: Token) -> str:
    """The words of an inline token: links and emphasis keep their text alone."""
    if not token.children:
        return " ".join(token.content.split())
    parts = []
    for child in token.children:
        if child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type in {"text", "code_inline", "text_special", "image"}:
            parts.append(child.content)
        elif child.type == "html_inline" and child.content.startswith("<br"):
            parts.append(" ")
    words = "".join(parts)
    # Only what was written as an entity can be unclean.
    return " ".join((clean(words) if "&" in token.content else words).split())


class _Reader:
    """Hands tokens to the writer, each with the line it stands on."""

    def __init__(self, first_line: int) -> None:
        self.writer = GuideWriter()
        self._first_line = first_line
        self._row: Token
        self._cells: list[str] = []
        self._header: tuple[str, ...] = ()
        self._in_body = False

    def _line(self, token: Token) -> int:
        return self._first_line + (token.map[0] if token.map else 0)

    def read(self, tokens: Sequence[Token]) -> None:
        """Take in all tokens."""
        for place, token in enumerate(tokens):
            handler = self._handlers.get(token.type)
            if handler:
                handler(self, token)
            elif token.type == "inline":
                self._take_inline(token, tokens[place - 1])

    def _take_inline(self, token: Token, opening: Token) -> None:
        words, writer = _inline(token), self.writer
        if opening.type == "heading_open":
            writer.heading(words, int(opening.tag[1]), self._line(token))
        elif opening.type in {"th_open", "td_open"}:
            self._cells.append(words)
        else:
            alert = _ALERT.match(words) if writer.quotes and not writer.in_fresh_item else None
            words = f"{alert[1].capitalize()}: {words[alert.end() :]}" if alert else words
            writer.words(words, self._line(token))

    def _take_plain(self, token: Token) -> None:
        line, counted = self._line(token), 0
        for match in _PLAIN.finditer(token.content):
            line, counted = line + token.content.count("\n", counted, match.start()), match.start()
            written = match.group()
            words = " ".join(written.lstrip("#").split())
            if written.startswith("#"):
                self.writer.heading(words, len(written) - len(written.lstrip("#")), line)
            else:
                self.writer.words(words, line)

    def _open_list(self, token: Token) -> None:
        ordered = token.type == "ordered_list_open"
        start = token.attrGet("start")
        self.writer.open_list(int(1 if start is None else start) if ordered else None)

    def _close_list(self, _: Token) -> None:
        self.writer.close_list()

    def _open_item(self, _: Token) -> None:
        self.writer.open_item()

    def _open_quote(self, _: Token) -> None:
        self.writer.quotes += 1

    def _close_quote(self, _: Token) -> None:
        self.writer.quotes -= 1

    def _take_code(self, token: Token) -> None:
        self.writer.code(token.content.strip("\n"), self._line(token))

    def _take_html(self, token: Token) -> None:
        words = " ".join(clean(unescape(_TAG.sub(" ", token.content))).split())
        self.writer.paragraph(words, self._line(token))

    def _open_table(self, _: Token) -> None:
        self._header, self._in_body = (), False

    def _open_row(self, token: Token) -> None:
        self._cells, self._row = [], token

    def _close_header(self, _: Token) -> None:
        self._header, self._in_body = tuple(self._cells), True

    def _close_row(self, _: Token) -> None:
        if self._in_body:
            self.writer.row(self._header, self._cells, self._line(self._row))

    _handlers: ClassVar[dict[str, Callable[[_Reader, Token], None]]] = {
        "plain": _take_plain,
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


def parse_markdown(source: str, title: str = "", first_line: int = 1) -> Parsed:
    """Title, readable text and blocks of clean Markdown.

    The title is the one given, else the first heading; a first heading that repeats it stands in no path.
    """
    reader = _Reader(first_line)
    reader.read(_parser().parse(source))
    return titled(title, reader.writer.text, tuple(reader.writer.blocks))


def links(source: str) -> Iterator[tuple[int, str]]:
    """Line, from 0, of the block it stands in, and target of every link of clean Markdown."""
    for token in _parser().parse(source):
        for child in token.children or ():
            if child.type == "link_open":
                yield token.map[0] if token.map else 0, str(child.attrGet("href"))
