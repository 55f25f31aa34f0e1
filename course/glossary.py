"""The glossary of a course: `glossary.md` beside its modules, one `##` heading a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import CourseError
from .header import read_header, without_header
from .outline import START, outline
from .source import read_source

if TYPE_CHECKING:
    from pathlib import Path

    from .model import Section

FILE = "glossary.md"


def terms_of(root: Path) -> frozenset[str]:
    """The slugs that `term:SLUG` may name; none when there is no glossary that can be read."""
    path = root / FILE
    if not path.is_file():
        return frozenset()
    try:
        text = read_source(path)
        sections = outline(without_header(text, read_header(text, path)), "")
    except CourseError:
        return frozenset()
    return frozenset(section.slug for section in sections if section.slug != START)


def entry_of(root: Path, term: str) -> Section | None:
    """The entry of a term, with its slug; None when there is no glossary that can be read, or no such term."""
    from .parse import parse_lesson  # noqa: PLC0415 - 0.3 s with its Markdown parser, needed only to read

    if term not in terms_of(root):
        return None
    sections = parse_lesson(root / FILE, "glossary").sections
    return next((section for section in sections if section.id.partition("#")[2] == term), None)
