"""Titles and outcomes in another language, as lists show them of what is translated."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from .errors import FileUnreadable
from .file_names import translation_of
from .header import Header, read_header, without_header
from .outline import outline
from .source import read_source

if TYPE_CHECKING:
    from pathlib import Path

    from .model import Course, LessonHead, Module


def title_in(header: Header) -> str:
    """The title that a front matter gives, on one line; empty when it gives none."""
    return " ".join(str(header.values.get("title") or "").split())


def in_language(course: Course, language: str) -> Course:
    """The course with the titles and outcomes of its translations; the rest keeps its own, and so do all ids."""
    if language == "en":
        return course
    return replace(course, modules=tuple(_module(module, language) for module in course))


def _module(module: Module, language: str) -> Module:
    lessons = tuple(_lesson(head, language) for head in module.lessons)
    path = translation_of(module.path / "module.md", language)
    header = _header(path) if path else Header()
    named = header.values.get("outcomes")
    words = {str(name): str(text) for name, text in named.items()} if isinstance(named, dict) else {}
    outcomes = {name: words.get(name, own) for name, own in module.outcomes.items()}
    return replace(module, title=title_in(header) or module.title, outcomes=outcomes, lessons=lessons)


def _lesson(head: LessonHead, language: str) -> LessonHead:
    path = translation_of(head.path, language)
    header = _header(path) if path else Header()
    title = title_in(header)
    if path is None or not title:
        return head
    sections = outline(without_header(read_source(path), header), title)
    if len(sections) != len(head.section_titles):
        return replace(head, title=title)
    return replace(head, title=title, section_titles=tuple(section.title for section in sections))


def _header(path: Path) -> Header:
    """The front matter of a file; an empty one when it cannot be read, which is told on opening it."""
    with suppress(FileUnreadable):
        return read_header(read_source(path), path)
    return Header()
