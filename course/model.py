"""What a course is made of, as plain values: lessons, quizzes and sections, with the blocks and questions in them.

Its modules and the heads of its lessons stand in `contents`: lists need no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .blocks import (
    Block,
    Callout,
    CalloutKind,
    Code,
    Footnote,
    FormBlock,
    Heading,
    Image,
    ListBlock,
    ListItem,
    Paragraph,
    Practice,
    Quote,
    Raw,
    Rule,
    Span,
    Table,
    Text,
    plain,
)
from .contents import Course, LessonHead, Module
from .forms import Form, FormField
from .items import (
    Accepted,
    Case,
    Check,
    Choice,
    Classify,
    Cloze,
    Frame,
    Gap,
    Item,
    Likert,
    Matching,
    Moment,
    NumberRange,
    Numeric,
    Open,
    Option,
    Ordering,
    Pair,
    ShortText,
    Statement,
    Step,
)
from .problems import (
    Place,
    Problem,
    Severity,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "Accepted",
    "Bank",
    "Block",
    "Callout",
    "CalloutKind",
    "Case",
    "Check",
    "Choice",
    "Classify",
    "Cloze",
    "Code",
    "Course",
    "Footnote",
    "Form",
    "FormBlock",
    "FormField",
    "Frame",
    "Gap",
    "Heading",
    "Image",
    "Item",
    "Lesson",
    "LessonHead",
    "Likert",
    "ListBlock",
    "ListItem",
    "Matching",
    "Module",
    "Moment",
    "NumberRange",
    "Numeric",
    "Open",
    "Option",
    "Ordering",
    "Pair",
    "Paragraph",
    "Place",
    "Pool",
    "Practice",
    "Problem",
    "Quiz",
    "QuizMode",
    "Quote",
    "Raw",
    "Rule",
    "Section",
    "Severity",
    "ShortText",
    "Span",
    "Statement",
    "Step",
    "Table",
    "Text",
    "plain",
]


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a lesson: from one `##` to the next; the unit of reading and of progress."""

    id: str
    """Whole id: `open-innovation/what-it-is#three-directions`; what stands before it has the slug `start`."""
    title: str
    blocks: tuple[Block, ...]
    line: int

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions of the page, in order."""
        return tuple(block.item for block in self.blocks if isinstance(block, Practice))


@dataclass(frozen=True, slots=True)
class Lesson:
    """One Markdown file to read."""

    id: str
    title: str
    sections: tuple[Section, ...]
    path: Path
    minutes: int = 0
    outcomes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    optional: bool = False
    language: str = "en"
    problems: tuple[Problem, ...] = ()
    """What could not be read; a broken question is left out and a notice stands in its place."""
    reserve: tuple[Item, ...] = ()
    """Questions that no page shows: further variants, and what a pool or a draw did not pick."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions that the pages show, in order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def all_items(self) -> tuple[Item, ...]:
        """Every question of the lesson, those in reserve last."""
        return (*self.items, *self.reserve)


class QuizMode(StrEnum):
    """When a learner hears how an answer was judged."""

    PRACTICE = "practice"
    CHECK = "check"
    EXAM = "exam"


@dataclass(frozen=True, slots=True)
class Pool:
    """Questions of which only some are asked; they stand in the file itself or in a bank."""

    id: str
    pick: int
    """How many are asked; all when 0."""
    item_ids: tuple[str, ...]
    """Of a question with variants, that of the first."""
    line: int
    source: str = ""
    """The bank that they are drawn from, such as `bank/partners`; empty for those of the file."""


@dataclass(frozen=True, slots=True)
class Bank:
    """A file of questions that quizzes and lessons of the module draw from."""

    id: str
    """`open-innovation/bank/partners`."""
    title: str
    items: tuple[Item, ...]
    path: Path
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Quiz:
    """The questions that close a module."""

    id: str
    title: str
    items: tuple[Item, ...]
    """Every question that it can ask, those of its pools and draws too, in the order of the file."""
    path: Path
    mode: QuizMode = QuizMode.CHECK
    pass_percent: int = 70
    minutes: int = 0
    """About how long it takes; in an exam the time allowed, where 0 sets no limit."""
    shuffle: bool = True
    introduction: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()
    tries: int = 0
    """How often a question may be answered where feedback comes at once; 0 for as often as wanted."""
    draw: int = 0
    """How many questions are asked in all; 0 for all that the pools leave."""
    pools: tuple[Pool, ...] = ()
    language: str = "en"
