"""The table of contents of a course, as plain values: its modules, and of each lesson what a list shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from .blocks import Block
    from .problems import Problem


@dataclass(frozen=True, slots=True)
class LessonHead:
    """What a list of lessons shows; the text is parsed when the lesson is opened."""

    id: str
    title: str
    path: Path
    minutes: int
    optional: bool
    section_ids: tuple[str, ...]
    section_titles: tuple[str, ...]
    item_ids: tuple[tuple[str, ...], ...] = ()
    """Ids of the questions of each section."""


@dataclass(frozen=True, slots=True)
class Module:
    """A numbered folder: an introduction, lessons and a quiz."""

    id: str
    title: str
    number: int
    path: Path
    lessons: Sequence[LessonHead]
    introduction: tuple[Block, ...] = ()
    summary: str = ""
    level: str = ""
    minutes: int = 0
    requires: tuple[str, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    brings_back: tuple[str, ...] = ()
    """Outcomes of other modules that are asked again before it begins, such as `open-innovation/O2`."""
    version: str = ""
    pass_percent: int = 70
    quiz_path: Path | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def quiz_id(self) -> str:
        """Id of the module's quiz."""
        return f"{self.id}/quiz"


@dataclass(frozen=True, slots=True)
class Course:
    """Every module, in order."""

    modules: tuple[Module, ...]
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Module]:
        return iter(self.modules)

    def lesson_heads(self) -> Iterator[tuple[Module, LessonHead]]:
        """Every lesson with its module, in reading order."""
        for module in self.modules:
            for head in module.lessons:
                yield module, head
