"""Titles in another language: what a list shows of modules, lessons and sections that are translated."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from .errors import FileUnreadable
from .file_names import translation_of
from .header import read_header, without_header
from .outline import outline
from .source import read_source

if TYPE_CHECKING:
    from pathlib import Path

    from .header import Header
    from .model import Course, LessonHead, Module


def title_in(header: Header) -> str:
    """The title that a front matter gives, on one line; empty when it gives none."""
    return " ".join(str(header.values.get("title") or "").split())


def in_language(course: Course, language: str) -> Course:
    """The course with the titles of its translations; what is not translated keeps its own, and so do all ids."""
    if language == "en":
        return course
    return replace(course, modules=tuple(_module(module, language) for module in course))


def _module(module: Module, language: str) -> Module:
    lessons = tuple(_lesson(head, language) for head in module.lessons)
    path = translation_of(module.path / "module.md", language)
    title, _sections = _titles(path) if path else ("", ())
    return replace(module, title=title or module.title, lessons=lessons)


def _lesson(head: LessonHead, language: str) -> LessonHead:
    path = translation_of(head.path, language)
    if path is None:
        return head
    title, sections = _titles(path)
    if len(sections) != len(head.section_titles):
        sections = head.section_titles
    return replace(head, title=title or head.title, section_titles=sections)


def _titles(path: Path) -> tuple[str, tuple[str, ...]]:
    """The title of a file and those of its sections; nothing when it cannot be read, which is told on opening it."""
    with suppress(FileUnreadable):
        text = read_source(path)
        header = read_header(text, path)
        title = title_in(header)
        return title, tuple(section.title for section in outline(without_header(text, header), title))
    return "", ()
