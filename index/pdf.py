"""PDFs, read into running text with headings, lists, tables and pages."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from .marks import bullet_length
from .model import Block, BlockKind
from .parsed import RefusedError, titled
from .pdf_groups import GroupKind, groups
from .pdf_lines import read_pages
from .pdf_look import look_of
from .pdf_margins import without_running
from .pdf_words import Joiner
from .rows import table_lines
from .sentences import sentence_spans
from .writer import GuideWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .parsed import Parsed
    from .pdf_groups import Group
    from .pdf_lines import Line
    from .pdf_look import Look

_NO_TITLE = re.compile(
    r"(?:untitled|microsoft|document|dokument|slide|presentation|powerpoint)\b.*|.*\.\w{2,5}|\W*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]")
_DEEPEST = 4
_FIRST_PAGES = 2


def parse_pdf(data: bytes, name: str = "") -> Parsed:
    """Title, readable text and blocks of a PDF, each block with its page.

    Raises:
        RefusedError: It cannot be opened, or there is no text in it.
    """
    found = read_pages(data)
    pages = without_running(found.lines)
    lines = [line for page in pages for line in page]
    if not lines:
        raise RefusedError(
            "holds no text, it seems to be scanned; let OCR software read it and add it again."
        )
    look = look_of(pages)
    gathered = groups(lines, look)
    writer = _PdfWriter(look, Joiner(lines))
    for group in gathered:
        writer.take(group)
    title = _title(found.title, gathered, writer.joiner, look)
    return titled(title or name, writer.text.text, tuple(writer.text.blocks))


class _PdfWriter:
    """Writes groups of lines down as blocks."""

    def __init__(self, look: Look, joiner: Joiner) -> None:
        self.text = GuideWriter()
        self.joiner = joiner
        self._look = look
        self._edges: list[float] = []
        """Where the items of the lists that stand open begin."""

    def take(self, group: Group) -> None:
        """Write one group."""
        first = group.lines[0]
        self.text.page = first.page
        if group.kind is GroupKind.ITEM:
            self._item(first, self.joiner.join(group.lines))
            return
        self._edges.clear()
        self.text.close_lists()
        if group.kind is GroupKind.TABLE:
            self._table(group.lines)
        elif group.kind is GroupKind.HEADING:
            self.text.heading(self.joiner.join(group.lines), self._look.level(first))
        else:
            self._paragraph(group.lines)

    def _paragraph(self, lines: Sequence[Line]) -> None:
        """A paragraph; where it goes on over a page, its sentences stand apart by the page they begin on."""
        whole = self.joiner.join(lines)
        if lines[0].page == lines[-1].page:
            self.text.words(whole)
            return
        breaks = [
            (len(self.joiner.join(lines[:place])), lines[place].page)
            for place in range(1, len(lines))
            if lines[place].page != lines[place - 1].page
        ]
        spans = sentence_spans(whole, Block(BlockKind.PARAGRAPH, 0, len(whole), (), 1))
        for page, run in groupby(spans, lambda span: _page_at(span[0], lines[0].page, breaks)):
            found = list(run)
            self.text.page = page
            self.text.words(whole[found[0][0] : found[-1][1]])

    def _item(self, first: Line, words: str) -> None:
        while self._edges and first.left < self._edges[-1] - 0.5 * first.size:
            self._edges.pop()
        deeper = not self._edges or first.left > self._edges[-1] + 0.5 * first.size
        if deeper and len(self._edges) < _DEEPEST:
            self._edges.append(first.left)
        number = _NUMBER.match(words)
        lettered = number is None and (words[0].isalpha() or words.startswith("("))
        plain = words if lettered else words[bullet_length(words) :]
        self.text.item_at(len(self._edges), plain, int(number[1]) if number else None)

    def _table(self, lines: Sequence[Line]) -> None:
        rows = [tuple(segment.text for segment in line.segments) for line in lines]
        named = _has_header(lines, rows)
        for line, (names, cells) in zip(
            lines[named:], table_lines(rows[named:], rows[0] if named else None), strict=True
        ):
            self.text.page = line.page
            self.text.row(names, cells)


def _page_at(place: int, first: int, breaks: Sequence[tuple[int, int]]) -> int:
    return max([first, *(page for start, page in breaks if place >= start)])


def _has_header(lines: Sequence[Line], rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether the first row names the columns: it alone is bold, or it alone has no figures in a column."""
    if len(rows) < 2 or any(map(_has_digit, rows[0])):
        return False
    if lines[0].bold and not lines[1].bold:
        return True
    return len(rows) > 2 and any(all(map(_has_digit, column)) for column in zip(*rows[1:], strict=True))


def _has_digit(words: str) -> bool:
    return any(map(str.isdigit, words))


def _title(said: str, gathered: Sequence[Group], joiner: Joiner, look: Look) -> str:
    """What the document is called: as it says of itself if its first pages show it, else its largest heading."""
    said = "" if _NO_TITLE.fullmatch(said) else said
    early = [group for group in gathered if group.lines[0].page <= _FIRST_PAGES]
    shown = _squashed(" ".join(line.text for group in early for line in group.lines))
    if said and _squashed(said) in shown:
        return said
    heads = [group for group in early if group.kind is GroupKind.HEADING and group.lines[0].page == 1]
    largest = max(heads, key=lambda group: group.lines[0].size, default=None)
    if largest and (largest.lines[0].size > look.body or largest is gathered[0]):
        return joiner.join(largest.lines)
    return said


def _squashed(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))
