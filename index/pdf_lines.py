"""The lines of a PDF with where and how they are set; the only user of pypdfium2."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from .parsed import RefusedError
from .source import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_PAGES = 2000
_BROKEN = "\ufffe\x02\u00ad"
"""What stands for a hyphen at the end of a line."""
_LINE = re.compile(rf"[^\r\n{_BROKEN}]+[{_BROKEN}]?")
_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
_WIDE_GAP = 1.4
"""Letter heights between two words from which they are in different columns."""
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0fc": "•", "\uf02d": "-", "\uf0d8": "•"})
_SPACES = re.compile(r"\s+")
_PROTECTED = "is protected by a password; save it without one and add it again."
_DAMAGED = "is no PDF that can be opened, it seems to be damaged; save it anew and add it again."


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a line without a wide gap between them."""

    left: float
    right: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, as it is set."""

    segments: tuple[Segment, ...]
    page: int
    """From 1."""
    base: float
    """Height of its base line, in points from the foot of the page."""
    height: float
    """Height of the page."""
    size: float
    """Of its letters, in points."""
    bold: bool
    broken: bool
    """Whether a hyphen at its end was taken off, because a word goes on in the next."""

    text: str = field(init=False)
    """All its words."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(segment.text for segment in self.segments))

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.segments[-1].right


@dataclass(frozen=True, slots=True)
class Pages:
    """What a PDF says of itself and what stands on its pages."""

    title: str
    lines: tuple[tuple[Line, ...], ...]


def read_pages(data: bytes) -> Pages:
    """The lines of every page.

    Raises:
        RefusedError: The bytes are no PDF, are encrypted, or have too many pages.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        protected = error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        raise RefusedError(_PROTECTED if protected else _DAMAGED) from error
    try:
        if len(document) > MOST_PAGES:
            raise RefusedError(f"has more than {MOST_PAGES:,} pages; split it and add the parts.")
        title = clean(document.get_metadata_value("Title") or "")
        lines = tuple(tuple(_merged(_page_lines(document, number))) for number in range(len(document)))
    except pypdfium2.PdfiumError as error:
        raise RefusedError(_DAMAGED) from error
    finally:
        document.close()
    return Pages(_SPACES.sub(" ", title).strip(), lines)


def _page_lines(document: pypdfium2.PdfDocument, number: int) -> Iterator[Line]:
    page = document[number]
    letters = page.get_textpage()
    setting = _Setting(letters)
    try:
        text = _letters(letters)
        for match in _LINE.finditer(text):
            words = match.group().rstrip(_BROKEN)
            if words.strip():
                start = match.start() + len(words) - len(words.lstrip())
                stop = match.start() + len(words.rstrip())
                middle = (start + stop) // 2
                size = setting.size(middle)
                segments = tuple(_segments(text, start, stop, size, setting))
                if segments:
                    broken = match.group()[-1] in _BROKEN
                    first = next((place for place in range(start, stop) if text[place].isalnum()), start)
                    bold = all(map(setting.bold, {first, middle, stop - 1}))
                    yield Line(
                        segments, number + 1, setting.base(start), page.get_height(), size, bold, broken
                    )
    finally:
        letters.close()
        page.close()


def _merged(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines of a page, of which those that stand side by side are one."""
    held: Line | None = None
    for line in lines:
        beside = (
            held is not None
            and abs(held.base - line.base) < 0.3 * held.size
            and line.left > held.right
            and not held.broken
        )
        if held is not None and beside:
            held = replace(held, segments=held.segments + line.segments, broken=line.broken)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _letters(letters: pypdfium2.PdfTextPage) -> str:
    """The text of a page with one letter a place, so that places can be asked for."""
    count = letters.count_chars()
    text: str = letters.get_text_range(0, count) if count > 0 else ""
    if len(text) == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(letters, place) for place in range(count))
    return "".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else " " for code in codes)


def _segments(text: str, start: int, stop: int, size: float, setting: _Setting) -> Iterator[Segment]:
    first = start
    for gap in _SPACES.finditer(text, start, stop):
        if setting.box(gap.end())[0] - setting.box(gap.start() - 1)[1] > _WIDE_GAP * size:
            yield from _segment(text, first, gap.start(), setting)
            first = gap.end()
    yield from _segment(text, first, stop, setting)


def _segment(text: str, start: int, stop: int, setting: _Setting) -> Iterator[Segment]:
    words = _SPACES.sub(" ", clean(text[start:stop].translate(_BULLETS))).strip()
    if words:
        yield Segment(setting.box(start)[0], setting.box(stop - 1)[1], words)


class _Setting:
    """Asks how the letters of one page are set."""

    def __init__(self, letters: pypdfium2.PdfTextPage) -> None:
        self._letters = letters
        self._box = [ctypes.c_double() for _ in range(4)]
        self._box_places = [ctypes.byref(side) for side in self._box]
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(256)
        self._flags = ctypes.c_int()

    def box(self, place: int) -> tuple[float, float]:
        """Left and right edge of a letter."""
        pdfium.FPDFText_GetCharBox(self._letters, place, *self._box_places)
        return self._box[0].value, self._box[1].value

    def base(self, place: int) -> float:
        """Height of the base line of a letter."""
        pdfium.FPDFText_GetCharOrigin(self._letters, place, *self._box_places[:2])
        return float(self._box[1].value)

    def size(self, place: int) -> float:
        """Size of a letter as it is shown, to half a point."""
        pdfium.FPDFText_GetMatrix(self._letters, place, ctypes.byref(self._matrix))
        scale = math.hypot(self._matrix.c, self._matrix.d)
        size = pdfium.FPDFText_GetFontSize(self._letters, place) * scale
        return round(size * 2) / 2 if math.isfinite(size) and 0 < size < 10_000 else 1.0

    def bold(self, place: int) -> bool:
        """Whether a letter is of a bold face."""
        if pdfium.FPDFText_GetFontWeight(self._letters, place) >= _BOLD_WEIGHT:
            return True
        room = len(self._name)
        length = pdfium.FPDFText_GetFontInfo(
            self._letters, place, self._name, room, ctypes.byref(self._flags)
        )
        return 0 < length <= room and bool(_BOLD.search(self._name.value.decode("utf-8", "replace")))
