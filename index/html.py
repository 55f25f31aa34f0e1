"""Pages of HTML, read for their main content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from selectolax.lexbor import LexborHTMLParser

from .charset import decode_page
from .html_table import is_layout, table_rows
from .html_tree import Walk, attribute, dropped, words_of
from .marks import is_label
from .model import BlockKind
from .parsed import RefusedError, titled
from .rows import table_lines
from .source import clean
from .writer import GuideWriter

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode

    from .parsed import Parsed

_SPACES = re.compile(r"\s+")
_LEAST_MAIN = 0.4
"""Share of the words of a page that its main part must hold to stand for it."""
_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q ruby s samp "
    "small span strike strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_NAMES.split())
_MAIN = ("main", "[role=main]", "article")


class _Page:
    """The state of reading one page."""

    def __init__(self) -> None:
        self.writer = GuideWriter()
        self._words: list[str] = []
        self._term = ""

    def text(self, words: str) -> None:
        self._words.append(words)

    def flush(self, _: LexborNode | None = None) -> None:
        """What was said since the last block becomes one; lines that each give a value, one each."""
        lines = [_tidy(line) for line in "".join(self._words).split("\0")]
        self._words = []
        lines = [line for line in lines if line]
        if len(lines) > 1 and all(map(is_label, lines)):
            for line in lines:
                self.writer.words(line)
        elif lines:
            self.writer.words(" ".join(lines))

    def open_list(self, node: LexborNode) -> None:
        self.flush()
        start = attribute(node, "start")
        number = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1
        self.writer.open_list(number if node.tag == "ol" else None)

    def close_list(self, _: LexborNode) -> None:
        self.flush()
        self.writer.close_list()

    def open_item(self, _: LexborNode) -> None:
        self.flush()
        if self.writer.depth:
            self.writer.open_item()

    def open_quote(self, _: LexborNode) -> None:
        self.flush()
        self.writer.quotes += 1

    def close_quote(self, _: LexborNode) -> None:
        self.flush()
        self.writer.quotes -= 1

    def close_term(self, _: LexborNode) -> None:
        self._term = _tidy("".join(self._words)).rstrip(": ")
        self._words = []

    def close_meaning(self, _: LexborNode) -> None:
        words = _tidy("".join(self._words))
        self._words = [f"{self._term}: {words}" if self._term else words]
        self.flush()

    def new_line(self, _: LexborNode) -> None:
        self._words.append("\0")

    def whole(self, node: LexborNode) -> bool:
        """Take in a node that is read as one; whether it was such a node."""
        if node.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.flush()
            self.writer.heading(_tidy(words_of(node)), int(str(node.tag)[1]))
        elif node.tag == "pre":
            self.flush()
            lines = clean(words_of(node)).split("\n")
            self.writer.code("\n".join(line.rstrip() for line in lines).strip("\n"))
        elif node.tag == "table" and not is_layout(node):
            self.flush()
            self._table(node)
        else:
            return False
        return True

    def _table(self, table: LexborNode) -> None:
        caption = table.css_first("caption")
        if caption is not None:
            self.writer.words(_tidy(words_of(caption)))
        header, rows = table_rows(table, lambda node: _tidy(words_of(node)))
        for names, cells in table_lines(rows, header):
            self.writer.row(names, cells)

    opened: ClassVar[dict[str, Callable[[_Page, LexborNode], None]]] = {
        "ul": open_list,
        "ol": open_list,
        "menu": open_list,
        "li": open_item,
        "blockquote": open_quote,
        "br": new_line,
    }
    closed: ClassVar[dict[str, Callable[[_Page, LexborNode], None]]] = {
        "ul": close_list,
        "ol": close_list,
        "menu": close_list,
        "blockquote": close_quote,
        "dt": close_term,
        "dd": close_meaning,
        "br": lambda *_: None,
    }


def parse_html(data: bytes) -> Parsed:
    """Title, readable text and blocks of the main part of a page.

    Raises:
        RefusedError: The bytes are in an encoding that the page does not tell.
    """
    tree = LexborHTMLParser(decode_page(data))
    body = tree.body
    if body is None:
        raise RefusedError("holds no text; write something into it or leave it out.")
    page = _Page()
    _read(page, _main_part(body))
    page.flush()
    blocks = tuple(page.writer.blocks)
    named = tree.css_first("head > title")
    text = page.writer.text
    heads = (text[block.start : block.end] for block in blocks if block.kind is BlockKind.HEADING)
    title = _title(_tidy(words_of(named)) if named is not None else "", next(heads, ""))
    html = tree.css_first("html")
    language = attribute(html, "lang")[:2].lower() if html is not None else ""
    return titled(title, text, blocks, language)


def _read(page: _Page, root: LexborNode) -> None:
    """Take in everything below a node, one block after the other."""
    steps = Walk(root)
    for node, entering in steps:
        tag = str(node.tag)
        if node.is_text_node:
            page.text(node.text_content or "")
        elif entering and (dropped(node) or page.whole(node)):
            steps.pass_over()
        elif tag not in _INLINE:
            handlers = page.opened if entering else page.closed
            handlers.get(tag, _Page.flush)(page, node)


def _main_part(body: LexborNode) -> LexborNode:
    """The one element that holds the content, if the page says which; else all of it."""
    length = len(words_of(body))
    for selector in _MAIN:
        found = body.css(selector)
        if len(found) == 1 and len(words_of(found[0])) >= _LEAST_MAIN * length:
            return found[0]
    return body


def _title(named: str, heading: str) -> str:
    """The name of the page without that of the site, where its first heading tells them apart."""
    return heading if heading and heading.casefold() in named.casefold() else named or heading


def _tidy(words: str) -> str:
    return _SPACES.sub(" ", clean(words.replace("\0", " "))).strip()
