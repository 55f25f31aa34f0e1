"""The whole workbook as one document, in Markdown, DOCX or PDF: by module, with a note on what is still empty."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from course.workbook import State, signed, tasks_of

from .language import _, plural
from .paragraphs import Look, Paragraph
from .workbook_words import state_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from course.model import Course
    from course.workbook import Sheet, Workbook

_NOT_IN_XML = {0xFFFE: "\N{REPLACEMENT CHARACTER}", 0xFFFF: "\N{REPLACEMENT CHARACTER}"}
"""Characters beside the control characters that a DOCX cannot hold."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """The sheets of one module, in the order of its lessons."""

    title: str
    sheets: tuple[Sheet, ...]

    @property
    def begun(self) -> tuple[Sheet, ...]:
        """Those in which something stands."""
        return tuple(sheet for sheet in self.sheets if sheet.state is not State.EMPTY)

    @property
    def not_begun(self) -> tuple[str, ...]:
        """Titles of the others."""
        return tuple(sheet.title for sheet in self.sheets if sheet.state is State.EMPTY)


def chapters_of(course: Course, workbook: Workbook) -> tuple[Chapter, ...]:
    """The workbook by module; sheets whose form the course does not have stand last. Raises `CourseError`."""
    by_module: dict[str, list[Sheet]] = {}
    known: set[str] = set()
    for task in tasks_of(course):
        known.add(task.form.id)
        by_module.setdefault(task.module.title, []).append(workbook.sheet(task.form))
    others = [workbook.read(name) for name in workbook.names() if name not in known]
    chapters = [Chapter(title, tuple(sheets)) for title, sheets in by_module.items()]
    if others:
        chapters.append(Chapter(_("Sheets of other courses"), tuple(others)))
    return tuple(chapters)


def markdown_of(chapters: Sequence[Chapter], today: date) -> str:
    """The document in Markdown."""
    return "\n\n".join(_markdown(chapters, today)) + "\n"


def _markdown(chapters: Sequence[Chapter], today: date) -> Iterator[str]:
    yield f"# {_title()}"
    yield from _opening(chapters, today)
    for chapter in chapters:
        yield f"## {chapter.title}"
        for sheet in chapter.begun:
            yield f"### {sheet.title}"
            if sheet.note:
                yield _broken(sheet.note)
            for name, text in sheet.values.items():
                if text:
                    yield f"**{name}**"
                    yield _broken(text)
            if sheet.empty_fields:
                yield f"*{_still_empty(sheet)}*"
        if chapter.not_begun:
            yield f"*{_not_begun(chapter)}*"


def _broken(text: str) -> str:
    """The text with its own line ends kept."""
    return signed(text).replace("\n", "  \n")


def docx_of(chapters: Sequence[Chapter], today: date) -> bytes:
    """The document as a DOCX file with a title page."""
    from docx import Document  # noqa: PLC0415 - 0.2 s, needed only to export

    document = Document()
    document.core_properties.title = _title()
    document.add_heading(_title(), level=0)
    for line in _opening(chapters, today):
        document.add_paragraph(line)
    for chapter in chapters:
        document.add_heading(_sound(chapter.title), level=1).paragraph_format.page_break_before = True
        for sheet in chapter.begun:
            document.add_heading(_sound(sheet.title), level=2)
            if sheet.note:
                document.add_paragraph(_sound(sheet.note))
            for name, text in sheet.values.items():
                if text:
                    document.add_heading(_sound(name), level=3)
                    document.add_paragraph(_sound(text))
            if sheet.empty_fields:
                document.add_paragraph().add_run(_sound(_still_empty(sheet))).italic = True
        if chapter.not_begun:
            document.add_paragraph().add_run(_sound(_not_begun(chapter))).italic = True
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def pdf_of(chapters: Sequence[Chapter], today: date, language: str) -> bytes:
    """The document as a PDF; raises `UnshownLetters` for letters that it cannot show."""
    from .pdf import pdf_of as set_as_pdf  # noqa: PLC0415 - 0.1 s with PDFium, needed only to export

    return set_as_pdf(_paragraphs(chapters, today), language)


def _paragraphs(chapters: Sequence[Chapter], today: date) -> Iterator[Paragraph]:
    yield Paragraph(_title(), Look.TITLE)
    yield from map(Paragraph, _opening(chapters, today))
    for chapter in chapters:
        yield Paragraph(chapter.title, Look.HEADING, new_page=True)
        for sheet in chapter.begun:
            yield Paragraph(sheet.title, Look.SUBHEADING)
            if sheet.note:
                yield Paragraph(sheet.note)
            for name, text in sheet.values.items():
                if text:
                    yield Paragraph(name, Look.LABEL)
                    yield Paragraph(text)
            if sheet.empty_fields:
                yield Paragraph(_still_empty(sheet), Look.NOTE)
        if chapter.not_begun:
            yield Paragraph(_not_begun(chapter), Look.NOTE)


def _sound(text: str) -> str:
    return text.translate(_NOT_IN_XML)


def _title() -> str:
    return _("My workbook")


def _opening(chapters: Sequence[Chapter], today: date) -> Iterator[str]:
    """The lines of the title page: the date, how much is there, what is left."""
    sheets = [sheet for chapter in chapters for sheet in chapter.sheets]
    begun = sum(sheet.state is not State.EMPTY for sheet in sheets)
    filled = sum(sheet.state is State.FILLED for sheet in sheets)
    empty = sum(len(sheet.empty_fields) for sheet in sheets if sheet.state is State.BEGUN)
    yield today.isoformat()
    yield _("{begun} of {count} sheets are begun, {filled} of them are filled.").format(
        begun=begun, count=len(sheets), filled=filled
    )
    if empty:
        yield plural(
            "{count} field of them is still empty; it is named under its sheet.",
            "{count} fields of them are still empty; they are named under their sheets.",
            empty,
        )


def _still_empty(sheet: Sheet) -> str:
    names = ", ".join(sheet.empty_fields)
    return _("Still empty ({state}): {names}.").format(state=state_words(sheet), names=names)


def _not_begun(chapter: Chapter) -> str:
    return _("Not begun: {titles}.").format(titles=", ".join(chapter.not_begun))
