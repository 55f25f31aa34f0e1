"""A document made of headings, filled-in fields, remarks and tables, written as Markdown, as DOCX or for a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from course.workbook import signed

from .paragraphs import Look, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document as Docx

LONGEST_TITLE = 255
"""Characters of the title among the properties of a DOCX; the one on the page may be longer."""

_NOT_IN_XML = {0xFFFE: "\N{REPLACEMENT CHARACTER}", 0xFFFF: "\N{REPLACEMENT CHARACTER}"}
"""Characters beside the control characters that a DOCX cannot hold."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part; `level` 1 begins a new page, 2 a part of it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    """A text, line by line as it was written."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """What was written under a name."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What Hansa has to say."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row names the columns."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Words | Field | Remark | Table


def as_markdown(title: str, blocks: Sequence[Block]) -> str:
    """The document in Markdown."""
    parts = [f"# {title}", *(part for block in blocks for part in _markdown(block))]
    return "\n\n".join(parts) + "\n"


def _markdown(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * (level + 1)} {text}"
        case Words(text):
            yield _broken(text)
        case Field(name, text):
            yield f"**{name}**"
            yield _broken(text)
        case Remark(text):
            yield f"*{text}*"
        case Table(rows):
            lines = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
            yield "\n".join((lines[0], "|" + "---|" * len(rows[0]), *lines[1:]))


def _broken(text: str) -> str:
    """The text with its own line ends kept."""
    return signed(text).replace("\n", "  \n")


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " / ")


def as_docx(title: str, blocks: Sequence[Block]) -> bytes:
    """The document as a DOCX file with a title page."""
    from docx import Document  # noqa: PLC0415 - 0.2 s, needed only to export

    document = Document()
    document.core_properties.title = _sound(title)[:LONGEST_TITLE]
    document.add_heading(_sound(title), level=0)
    for block in blocks:
        _add(document, block)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add(document: Docx, block: Block) -> None:
    match block:
        case Heading(text, level):
            heading = document.add_heading(_sound(text), level=level)
            heading.paragraph_format.page_break_before = level == 1
        case Words(text):
            document.add_paragraph(_sound(text))
        case Field(name, text):
            document.add_heading(_sound(name), level=3)
            document.add_paragraph(_sound(text))
        case Remark(text):
            document.add_paragraph().add_run(_sound(text)).italic = True
        case Table(rows):
            table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
            for line, row in zip(table.rows, rows, strict=True):
                for cell, text in zip(line.cells, row, strict=True):
                    cell.text = _sound(text)


def as_paragraphs(title: str, blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The document as paragraphs for a PDF."""
    yield Paragraph(title, Look.TITLE)
    for block in blocks:
        yield from _paragraphs(block)


def _paragraphs(block: Block) -> Iterator[Paragraph]:
    match block:
        case Heading(text, level):
            yield Paragraph(text, Look.HEADING if level == 1 else Look.SUBHEADING, new_page=level == 1)
        case Words(text):
            yield Paragraph(text)
        case Field(name, text):
            yield Paragraph(name, Look.LABEL)
            yield Paragraph(text)
        case Remark(text):
            yield Paragraph(text, Look.NOTE)
        case Table(rows):
            names = rows[0]
            for row in rows[1:]:
                cells = (f"{name}: {text}" for name, text in zip(names, row, strict=True))
                yield Paragraph("; ".join(cells), Look.ITEM)


def _sound(text: str) -> str:
    return text.translate(_NOT_IN_XML)
