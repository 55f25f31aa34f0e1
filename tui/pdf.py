"""Paragraphs set as a PDF on A4 pages; the only user of pypdfium2 here.

The letters are those of DejaVu Sans for Latin, Greek and Cyrillic scripts. They are embedded and can be read out, so
that the text can be searched, copied and read aloud.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import normalize

import pypdfium2
import pypdfium2.raw as pdfium

from .clean import clean
from .paragraphs import Look, UnshownLetters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .paragraphs import Paragraph

WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 72.0
"""A4 in points, and the white space around the text."""
_BULLET = "• "


@dataclass(frozen=True, slots=True)
class _Setting:
    size: float
    """In points, as all that follows."""
    above: float
    bold: bool = False
    indent: float = 0.0


_SETTINGS = {
    Look.TITLE: _Setting(24, 0, bold=True),
    Look.HEADING: _Setting(16, 22, bold=True),
    Look.SUBHEADING: _Setting(13, 16, bold=True),
    Look.LABEL: _Setting(11, 10, bold=True),
    Look.TEXT: _Setting(11, 8),
    Look.ITEM: _Setting(11, 4, indent=12),
    Look.NOTE: _Setting(9, 14),
}
_LEADING = 1.4
"""Height of a line over the size of its letters."""


def pdf_of(paragraphs: Iterable[Paragraph], language: str = "en") -> bytes:
    """The paragraphs one under another, on as many pages as they take.

    Raises:
        UnshownLetters: A letter is of another script; no document is made that lacks it.

    """
    texts = [(paragraph, normalize("NFC", clean(paragraph.text))) for paragraph in paragraphs]
    document = pypdfium2.PdfDocument.new()
    try:
        setter = _Setter(document)
        for paragraph, text in texts:
            setter.set(paragraph, text)
        setter.finish()
        pdfium.FPDFCatalog_SetLanguage(document.raw, _utf16(language))
        file = BytesIO()
        document.save(file)
    finally:
        document.close()
    _refuse_gaps("".join(text for _, text in texts), file.getvalue())
    return file.getvalue()


def _refuse_gaps(text: str, data: bytes) -> None:
    """Read the document back: what cannot be read out of it is not shown in it."""
    wanted = {letter for letter in text if not letter.isascii() and letter.isprintable() and letter.strip()}
    document = pypdfium2.PdfDocument(data)
    try:
        shown = normalize("NFC", "".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()
    missing = wanted.difference(shown)
    if missing:
        raise UnshownLetters("".join(sorted(missing)))


class _Setter:
    """Puts lines onto pages, from the top down."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._fonts = {bold: _Font(document, bold=bold) for bold in (False, True)}
        self._page: pypdfium2.PdfPage | None = None
        self._y = 0.0

    def set(self, paragraph: Paragraph, text: str) -> None:
        """Set a paragraph below the last one."""
        setting = _SETTINGS[paragraph.look]
        font = self._fonts[setting.bold]
        if paragraph.new_page:
            self._end_page()
        self._y -= setting.above if self._page is not None else 0.0
        lines = [
            line
            for part in text.split("\n")
            for line in font.lines(part, setting.size, WIDTH - 2 * MARGIN - setting.indent)
        ]
        for place, line in enumerate(lines):
            page = self._next_line(setting.size * _LEADING)
            if paragraph.look is Look.ITEM and place == 0:
                self._put(page, font, _BULLET, setting.size, MARGIN)
            self._put(page, font, line, setting.size, MARGIN + setting.indent)

    def finish(self) -> None:
        """End the last page and let go of the fonts."""
        self._end_page()
        for font in self._fonts.values():
            pdfium.FPDFFont_Close(font.raw)

    def _end_page(self) -> None:
        if self._page is not None:
            self._page.gen_content()
            self._page.close()
        self._page = None

    def _next_line(self, height: float) -> pypdfium2.PdfPage:
        """Go down by a line, to a further page where this one is full."""
        if self._page is not None and self._y - height < MARGIN:
            self._end_page()
        if self._page is None:
            self._page, self._y = self._document.new_page(WIDTH, HEIGHT), HEIGHT - MARGIN
        self._y -= height
        return self._page

    def _put(self, page: pypdfium2.PdfPage, font: _Font, line: str, size: float, x: float) -> None:
        if not line.strip():
            return
        written = pdfium.FPDFPageObj_CreateTextObj(self._document.raw, font.raw, size)
        pdfium.FPDFText_SetText(written, _utf16(line))
        pdfium.FPDFPageObj_Transform(written, 1, 0, 0, 1, x, self._y)
        pdfium.FPDFPage_InsertObject(page.raw, written)


class _Font:
    """A font within a document, which knows how wide its letters are."""

    def __init__(self, document: pypdfium2.PdfDocument, *, bold: bool) -> None:
        data = _font_file("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
        letters = (ctypes.c_ubyte * len(data)).from_buffer_copy(data)
        kind, several_bytes = pdfium.FPDF_FONT_TRUETYPE, True
        self.raw = pdfium.FPDFText_LoadFont(document.raw, letters, len(data), kind, several_bytes)
        self._widths: dict[str, float] = {}

    def lines(self, text: str, size: float, room: float) -> Iterator[str]:
        """The text in lines no wider than the room; at least one, which may be empty."""
        line = ""
        for word in text.split():
            longer = f"{line} {word}" if line else word
            if self._width(longer, size) <= room:
                line = longer
                continue
            if line:
                yield line
            *full, line = self._cut(word, size, room)
            yield from full
        yield line

    def _cut(self, word: str, size: float, room: float) -> Iterator[str]:
        """A word in pieces no wider than the room; most words are one."""
        piece = ""
        for letter in word:
            if piece and self._width(piece + letter, size) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece

    def _width(self, text: str, size: float) -> float:
        return size * sum(self._letter_width(letter) for letter in text)

    def _letter_width(self, letter: str) -> float:
        """Width of a letter of the size 1."""
        if letter not in self._widths:
            width = ctypes.c_float()
            pdfium.FPDFFont_GetGlyphWidth(self.raw, ord(letter), 1.0, width)
            self._widths[letter] = width.value
        return self._widths[letter]


def _utf16(text: str) -> ctypes.Array[ctypes.c_ushort]:
    """A text as PDFium takes it, ended by a zero."""
    encoded = text.encode("utf-16-le") + b"\0\0"
    return (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded)


@cache
def _font_file(name: str) -> bytes:
    return resources.files("tui").joinpath("fonts", name).read_bytes()
