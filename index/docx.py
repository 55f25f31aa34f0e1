"""DOCX files, read into text with headings, lists, tables and footnotes; the only user of python-docx."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn

from .archive import checked_archive
from .docx_style import Styles, bold
from .docx_words import footnotes, paragraph_words
from .marks import is_label
from .parsed import RefusedError, titled
from .rows import table_lines
from .writer import GuideWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from lxml.etree import _Element

    from .parsed import Parsed

_SPACES = re.compile(r"\s+")
_NO_TITLE = re.compile(
    r"(?:word document|document|dokument|untitled|microsoft word.*|.*\.\w{2,5}|\W*)\d*", re.IGNORECASE
)
_MOST_SPANNED = 100
_CONTAINERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")))
_PARAGRAPH, _TABLE, _ROW, _CELL = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc"))
_DAMAGED = "is no DOCX that can be opened, it seems to be damaged; save it anew and add it again."


def parse_docx(data: bytes) -> Parsed:
    """Title, readable text and blocks of a DOCX.

    Raises:
        RefusedError: It cannot be opened, or is made to fill the memory.
    """
    stream = checked_archive(data)
    try:
        document = docx.Document(stream)
        writer = _DocxWriter(document)
        writer.take(document.element.body)
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # python-docx raises whatever a bad part leads it to
        raise RefusedError(_DAMAGED) from error
    text = writer.text.text
    said = _SPACES.sub(" ", document.core_properties.title or "").strip()
    title = writer.title if not said or _NO_TITLE.fullmatch(said) else said
    return titled(title, text, tuple(writer.text.blocks))


class _DocxWriter:
    """Writes paragraphs and tables down as blocks."""

    def __init__(self, document: Document) -> None:
        self.text = GuideWriter()
        self.title = ""
        self._styles = Styles(document)
        self._notes = footnotes(document)
        self._counts: dict[tuple[str, int], int] = {}

    def take(self, parent: _Element) -> None:
        """Everything that a part of the document holds, in order."""
        for element in _content(parent):
            if element.tag == _TABLE:
                self._table(element)
            else:
                self._paragraph(element)

    def _paragraph(self, element: _Element) -> None:
        words, noted = paragraph_words(element)
        lines = [line for line in map(_tidy, words.split("\n")) if line]
        if lines:
            self._words(element, lines)
        for number in noted:
            self._note(number)

    def _words(self, element: _Element, lines: list[str]) -> None:
        look = self._styles.look(element)
        joined = " ".join(lines)
        if look.list_id and not look.level:
            number = self._count(look.list_id, look.depth) if look.numbered else None
            self.text.item_at(look.depth + 1, joined, number)
            return
        self.text.close_lists()
        if look.level:
            self._counts.clear()
            self.title = self.title or (joined if look.is_title else "")
            self.text.heading(joined, look.level)
        elif look.is_quote:
            self.text.quotes += 1
            self.text.words(joined)
            self.text.quotes -= 1
        else:
            for line in lines if len(lines) > 1 and all(map(is_label, lines)) else [joined]:
                self.text.words(line)

    def _count(self, list_id: str, depth: int) -> int:
        for known in [key for key in self._counts if key[0] == list_id and key[1] > depth]:
            del self._counts[known]
        self._counts[list_id, depth] = self._counts.get((list_id, depth), 0) + 1
        return self._counts[list_id, depth]

    def _note(self, number: str) -> None:
        words = _tidy(self._notes.pop(number, ""))
        if words:
            self.text.close_lists()
            self.text.paragraph(words)

    def _table(self, table: _Element) -> None:
        rows = list(table.iterchildren(_ROW))
        if all(len(list(row.iterchildren(_CELL))) <= 1 for row in rows):
            for cell in table.iterdescendants(_CELL):
                if cell.getparent().getparent() is table:
                    self.take(cell)
            return
        self.text.close_lists()
        noted: list[str] = []
        carried: dict[int, str] = {}
        cells = [tuple(_cells(row, carried, noted)) for row in rows]
        filled = [(row, words) for row, words in zip(rows, cells, strict=True) if any(words)]
        header = filled[0][1] if len(filled) > 1 and _is_header(filled[0][0]) else None
        for names, words in table_lines([words for _, words in filled[1 if header else 0 :]], header):
            self.text.row(names, words)
        for number in noted:
            self._note(number)


def _content(parent: _Element) -> Iterator[_Element]:
    """Paragraphs and tables in order, content controls and the like opened."""
    waiting = list(parent)[::-1]
    while waiting:
        element = waiting.pop()
        if element.tag in {_PARAGRAPH, _TABLE}:
            yield element
        elif element.tag in _CONTAINERS:
            waiting += list(element)[::-1]


def _cells(row: _Element, carried: dict[int, str], noted: list[str]) -> Iterator[str]:
    """The words of each cell; what spans rows is said again, what spans columns once."""
    column = 0
    for cell in row.iterchildren(_CELL):
        words: list[str] = []
        for element in cell.iterdescendants(_PARAGRAPH):
            said, found = paragraph_words(element)
            words.append(_tidy(said))
            noted += found
        said = " ".join(filter(None, words))
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merge is not None and merge.get(qn("w:val")) != "restart":
            said = carried.get(column, "")
        carried[column] = said
        yield said
        for _ in range(_span(cell) - 1):
            column += 1
            yield ""
        column += 1


def _span(cell: _Element) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    said = "" if span is None else span.get(qn("w:val"), "")
    return min(int(said), _MOST_SPANNED) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def _is_header(row: _Element) -> bool:
    """Whether a row is marked as the header of its table, or set in bold throughout."""
    if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
        return True
    runs = [run for run in row.iterdescendants(qn("w:r")) if "".join(run.itertext()).strip()]
    return bool(runs) and all(map(bold, runs))


def _tidy(words: str) -> str:
    return _SPACES.sub(" ", words).strip()
