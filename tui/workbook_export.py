"""The whole workbook as one document, in Markdown, DOCX or PDF: by module, with a note on what is still empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.workbook import State, tasks_of

from .document import Field, Heading, Remark, Words, as_docx, as_markdown, as_paragraphs
from .language import _, plural
from .plan_rubric import labelled, rubric_form
from .workbook_words import state_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from course.model import Course
    from course.workbook import Sheet, Workbook

    from .document import Block


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
    rubric = workbook.sheet(rubric_form())
    known.add(rubric.form_id)
    others = [workbook.read(name) for name in workbook.names() if name not in known]
    chapters = [Chapter(title, tuple(sheets)) for title, sheets in by_module.items()]
    if rubric.state is not State.EMPTY:
        chapters.append(Chapter(_("My action plan"), (labelled(rubric),)))
    if others:
        chapters.append(Chapter(_("Sheets of other courses"), tuple(others)))
    return tuple(chapters)


def markdown_of(chapters: Sequence[Chapter], today: date) -> str:
    """The document in Markdown."""
    return as_markdown(_title(), tuple(_blocks(chapters, today)))


def docx_of(chapters: Sequence[Chapter], today: date) -> bytes:
    """The document as a DOCX file with a title page."""
    return as_docx(_title(), tuple(_blocks(chapters, today)))


def _blocks(chapters: Sequence[Chapter], today: date) -> Iterator[Block]:
    yield from map(Words, _opening(chapters, today))
    for chapter in chapters:
        yield Heading(chapter.title)
        for sheet in chapter.begun:
            yield Heading(sheet.title, 2)
            yield from written(sheet)
            if sheet.empty_fields:
                yield Remark(_still_empty(sheet))
        if chapter.not_begun:
            yield Remark(_not_begun(chapter))


def written(sheet: Sheet) -> Iterator[Block]:
    """What stands in a sheet: its note, then each field that is filled in."""
    if sheet.note:
        yield Words(sheet.note)
    yield from (Field(name, text) for name, text in sheet.values.items() if text)


def pdf_of(chapters: Sequence[Chapter], today: date, language: str) -> bytes:
    """The document as a PDF; raises `UnshownLetters` for letters that it cannot show."""
    from .pdf import pdf_of as set_as_pdf  # noqa: PLC0415 - 0.1 s with PDFium, needed only to export

    return set_as_pdf(as_paragraphs(_title(), tuple(_blocks(chapters, today))), language)


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
