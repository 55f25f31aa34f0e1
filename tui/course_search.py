"""The text of the course, made ready for looking words up: its sections and the prompts of its questions.

Answers, hints and feedback are left out, and so are quizzes: looking for a word gives nothing away.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING

from course.catalog import open_lesson
from course.errors import CourseError
from course.model import (
    Callout,
    Code,
    Footnote,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    plain,
)
from index.words import folded_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from course.model import Block, Course, Lesson, Module

MOST_LESSONS = 1000
"""Lessons read, the first of the course; more would take a minute and much memory."""

IN_TITLE = 3
"""What a word in a title counts against one in the text."""


class Kind(StrEnum):
    """What a place of the course is."""

    LESSON = "lesson"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class CoursePlace:
    """A section, or a question in one."""

    kind: Kind
    ref: str
    """As `hansa learn` takes it."""
    title: str
    """Lesson and section, or the prompt of the question."""
    module: int
    """Number of its module."""
    text: str
    """The text of the section; of a question the title of its lesson."""
    folded_title: str
    """The words of the title, folded, a blank before each."""
    folded_text: str

    def score(self, words: Sequence[str]) -> int:
        """How well it fits; 0 unless each of the folded words begins a word there."""
        total = 0
        for word in words:
            told, said = f" {word}" in self.folded_title, f" {word}" in self.folded_text
            if not (told or said):
                return 0
            total += IN_TITLE * told + said
        return total


class CourseSearch:
    """Reads the lessons one by one, once; what was read so far can be searched meanwhile."""

    def __init__(self, course: Course, language: str) -> None:
        heads = list(course.lesson_heads())
        self._left = heads[:MOST_LESSONS]
        self._language = language
        self._places: list[CoursePlace] = []
        self._reading = Lock()
        self.count = len(self._left)
        """Lessons that are read."""
        self.left_out = len(heads) - self.count
        """Further lessons of the course."""
        self.done = 0
        """Lessons read so far."""

    def read(self, go_on: Callable[[], bool]) -> Iterator[int]:
        """Read what is left, telling after each lesson how many were read; a broken lesson is passed over."""
        with self._reading:
            while self._left and go_on():
                module, head = self._left[0]
                with suppress(CourseError):  # told when the course is checked or the lesson is opened
                    self._places += places_in(module, open_lesson(module, head, self._language))
                del self._left[0]
                self.done += 1
                yield self.done

    def find(self, words: Sequence[str], kind: Kind) -> list[CoursePlace]:
        """The places of a kind that hold every folded word, the best first, else in the order of the course."""
        scored = [(place.score(words), place) for place in self._places if words and place.kind is kind]
        return [place for score, place in sorted(scored, key=lambda pair: -pair[0]) if score]


def places_in(module: Module, lesson: Lesson) -> Iterator[CoursePlace]:
    """Every section and question of a lesson."""
    for section in lesson.sections:
        own = "" if section.title == lesson.title else f" › {section.title}"
        text = " ".join(words for block in section.blocks for words in _texts(block))
        yield _place(Kind.LESSON, section.id, lesson.title + own, module, text)
        for item in section.items:
            yield _place(Kind.QUESTION, item.frame.id, plain(item.frame.prompt), module, lesson.title)


def _place(kind: Kind, ref: str, title: str, module: Module, text: str) -> CoursePlace:
    return CoursePlace(kind, ref, title, module.number, text, _folded(title), _folded(text))


def _folded(text: str) -> str:
    return "".join(f" {word}" for word in folded_words(text))


def _texts(block: Block) -> Iterator[str]:
    """What a reader reads in a block; questions and forms speak for themselves."""
    if isinstance(block, Paragraph | Heading):
        yield plain(block.text)
    elif isinstance(block, Code):
        yield block.text
    elif isinstance(block, Table):
        yield from (plain(cell) for row in (block.header, *block.rows) for cell in row)
    elif isinstance(block, ListBlock):
        yield from (words for item in block.items for inner in item.blocks for words in _texts(inner))
    elif isinstance(block, Quote | Callout | Footnote):
        yield from (words for inner in block.blocks for words in _texts(inner))
