"""A file of a course as the rules see it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from course.header import Header, read_header
from course.links import Surroundings, anchors_of
from course.model import Practice
from course.parse import parse_bank, parse_introduction, parse_lesson, parse_quiz
from course.self_check_file import parse_self_check
from course.source import read_source
from course.translations import source_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from course.model import Block, Item, Lesson, Module, Problem, Quiz

_FURTHEST = 60
"""Lines below its block in which words are looked for."""
_WIDEST = 20_000
"""Characters among which they are looked for."""
_WORDS = 6
"""Words by which a place is recognised."""
_BETWEEN = r"(?:\]\([^()\n]{0,300}\)|\[\^[^\]\s]{1,60}\]|[\s>*_`~\[\]])+"
"""What may stand between two words: space, line ends, signs of markup, targets of links, footnotes."""


class Kind(StrEnum):
    """What a file of a module is for."""

    MODULE = "module"
    LESSON = "lesson"
    QUIZ = "quiz"
    BANK = "bank"
    SELF_CHECK = "self-check"


@dataclass(frozen=True, slots=True)
class Page:
    """One file, read, with what stands around it."""

    path: Path
    kind: Kind
    module: Module
    around: Surroundings
    """Where its links may lead."""
    lines: tuple[str, ...]
    """The file line by line."""
    header: Header
    blocks: tuple[Block, ...]
    """All that may be shown; questions that stand in this very file are in it as `Practice`, those in reserve last."""
    anchors: frozenset[str]
    """What `#…` may name on this page."""
    language: str = "en"
    problems: tuple[Problem, ...] = ()
    """What was found while reading it."""
    lesson: Lesson | None = None
    quiz: Quiz | None = None
    source: Page | None = None
    """The page that this one translates."""
    siblings: tuple[Page, ...] = field(default=(), repr=False)
    """The lessons, the quiz and the banks of the module, translations left out."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions of the page, in order."""
        return tuple(block.item for block in self.blocks if isinstance(block, Practice))

    def locate(self, line: int, words: str, *, exactly: bool = False) -> tuple[int, int]:
        """Line and column of some words from a line on; of the line's first sign when they are not found.

        `exactly` as they stand; else spaces, line ends and signs of markup may stand between them.
        """
        if words and (found := self._found(line, words, exactly=exactly)):
            return found
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return line, len(text) - len(text.lstrip()) + 1

    def _found(self, line: int, words: str, *, exactly: bool) -> tuple[int, int] | None:
        lines = (text[:_WIDEST] for text in self.lines[line - 1 : line - 1 + _FURTHEST])
        stretch = "\n".join(lines)[:_WIDEST]
        at = stretch.find(words)
        if at < 0 and exactly:
            return None
        if at < 0:
            first = re.search(_BETWEEN.join(map(re.escape, words.split()[:_WORDS])), stretch)
            if first is None:
                return None
            at = first.start()
        return line + stretch.count("\n", 0, at), at - stretch.rfind("\n", 0, at)


def read_introduction(path: Path, module: Module, around: Surroundings, language: str = "en") -> Page:
    """The page of a `module.md`; raises `CourseError` when it cannot be read."""
    text = read_source(path)
    blocks, problems = parse_introduction(path)
    return Page(
        path,
        Kind.MODULE,
        module,
        around,
        tuple(text.split("\n")),
        read_header(text, path),
        blocks,
        frozenset(),
        language,
        problems,
    )


def read_lesson(path: Path, module: Module, around: Surroundings, language: str = "en") -> Page:
    """The page of a lesson; raises `CourseError` when it cannot be read."""
    text = read_source(path)
    lesson = parse_lesson(path, module.id, text)
    shown = (block for section in lesson.sections for block in section.blocks)
    return Page(
        path,
        Kind.LESSON,
        module,
        around,
        tuple(text.split("\n")),
        read_header(text, path),
        (*_own(shown, path), *_practices(lesson.reserve, path)),
        anchors_of(lesson),
        language,
        lesson.problems,
        lesson=lesson,
    )


def read_quiz(path: Path, module: Module, around: Surroundings, language: str = "en") -> Page:
    """The page of a quiz; raises `CourseError` when it cannot be read."""
    text = read_source(path)
    quiz = parse_quiz(path, module.id, text)
    return Page(
        path,
        Kind.QUIZ,
        module,
        around,
        tuple(text.split("\n")),
        read_header(text, path),
        (*quiz.introduction, *_practices(quiz.items, path)),
        frozenset(item.frame.id.partition("#")[2] for item in quiz.items),
        language,
        quiz.problems,
        quiz=quiz,
    )


def read_bank(path: Path, module: Module, around: Surroundings, language: str = "en") -> Page:
    """The page of a bank of questions; raises `CourseError` when it cannot be read."""
    text = read_source(path)
    name = path.with_name(path.name.partition(".")[0]).relative_to(module.path).as_posix()
    bank = parse_bank(path, module.id, name, text)
    return Page(
        path,
        Kind.BANK,
        module,
        around,
        tuple(text.split("\n")),
        read_header(text, path),
        _practices(bank.items, path),
        frozenset(item.frame.id.partition("#")[2] for item in bank.items),
        language,
        bank.problems,
    )


def read_self_check(path: Path, module: Module, around: Surroundings, language: str = "en") -> Page:
    """The page of a self-check; raises `CourseError` when it cannot be read."""
    text = read_source(path)
    check = parse_self_check(source_of(path) or path, language)
    return Page(
        path,
        Kind.SELF_CHECK,
        module,
        around,
        tuple(text.split("\n")),
        read_header(text, path),
        tuple(block for section in check.sections for block in section.blocks),
        frozenset(section.id.partition("#")[2] for section in check.sections),
        language,
        check.problems,
    )


def _practices(items: Iterable[Item], path: Path) -> tuple[Practice, ...]:
    """The questions that stand in a file, not those that it draws from a bank."""
    return tuple(Practice(item, item.frame.place.line) for item in items if item.frame.place.file == path)


def _own(blocks: Iterable[Block], path: Path) -> tuple[Block, ...]:
    return tuple(
        block for block in blocks if not isinstance(block, Practice) or block.item.frame.place.file == path
    )
