"""Messages that cross screens; those of one widget stand in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.message import Message

from .trail import Spot

if TYPE_CHECKING:
    from course.grade import Mark
    from course.learning_paths import Leaf
    from course.model import Lesson, Module, Quiz, Section
    from course.notes import Note
    from course.response import Response
    from course.review import Plan
    from course.ticks import Tick

    from .quiz_run import Sat
    from .self_check_run import Taken
    from .terms import GuideEntry


@dataclass
class LinkFollowed(Message):
    """A link in a text was chosen."""

    target: str
    """As written by the author."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer that was given before."""

    response: Response
    """What was given."""
    seed: int
    """Seed of the order that was shown."""
    mark: Mark
    """How it was judged."""
    tries: int = 0
    """How many answers were given before it."""


@dataclass
class LessonLoaded(Message):
    """A lesson was read from its file."""

    module: Module
    """Where it stands."""
    lesson: Lesson
    """Its text."""
    section: int
    """Page to open, from 0."""
    earlier: dict[str, Earlier] = field(default_factory=dict)
    """Answers to its questions that were given before, by question."""
    advice: str = ""
    """What is better read first, said when it is opened for the first time."""
    ticks: tuple[Tick, ...] = ()
    """Ticks of its checklists, oldest first."""
    notes: tuple[Note, ...] = ()
    """Its notes and bookmarks."""
    seen: frozenset[str] = frozenset()
    """Ids of the sections that were open once."""
    spot: Spot = field(default_factory=Spot)
    """Where in the section to land."""
    onward: Leaf | None = None
    """What the chosen path wants afterwards; None where it wants nothing."""


@dataclass
class QuizLoaded(Message):
    """A quiz was read from its file, and the sitting that is open from the record."""

    module: Module
    """Where it stands."""
    quiz: Quiz
    """Its questions."""
    sat: Sat | None = None
    """The open sitting, else the last one that was finished."""
    onward: Leaf | None = None
    """What the chosen path wants afterwards; None where it wants nothing."""


@dataclass
class ReviewLoaded(Message):
    """What is due was found, or a review that goes on."""

    plan: Plan
    """What is due; before a module, the questions to ask there."""
    sat: Sat | None = None
    """The review that is open."""
    module: Module | None = None
    """The module before which questions are asked."""
    onward: str = ""
    """Where to go afterwards."""


@dataclass
class SelfCheckLoaded(Message):
    """A self-check was read from its file, and how often it was taken from the record."""

    state: Taken
    """The self-check with what the record holds of it."""
    anew: bool = False
    """Whether it is to be taken again."""


class GuidesTaken(Message):
    """Adding guides is over."""


@dataclass
class TermFound(Message):
    """A term was looked up."""

    term: str
    """Its slug."""
    entry: Section | GuideEntry | None
    """Where it is explained; None where no glossary has it."""


@dataclass
class Failed(Message):
    """Something could not be done."""

    sentence: str
    """What happened and what to do next."""
