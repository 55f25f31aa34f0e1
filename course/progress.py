"""How far a learner is, worked out from the record, and where to go on.

A section is seen when it was open once, and a lesson is done when all its sections are seen:
reading counts, practice in the text is never held against anyone. In a quiz the last answer to
each question of a sitting counts; best and latest result look at finished sittings only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from .history import Planned
from .score import Score, score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .history import Attempt, Run, Visit
    from .model import Course, LessonHead, Module


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """How far one lesson is read."""

    lesson_id: str
    seen: frozenset[str]
    """Ids of the sections that were open."""
    sections: int
    minutes_left: int
    optional: bool = False

    @property
    def done(self) -> bool:
        """Whether every section was open."""
        return len(self.seen) == self.sections

    @property
    def begun(self) -> bool:
        """Whether any section was open."""
        return bool(self.seen)


@dataclass(frozen=True, slots=True)
class QuizProgress:
    """The finished sittings of a quiz, and the one that is open."""

    quiz_id: str
    scores: tuple[Score, ...] = ()
    """Of the finished sittings, oldest first."""
    open_run: Run | None = None
    answered: int = 0
    """Questions answered in the open sitting."""
    pass_percent: int = 70

    @property
    def best(self) -> int | None:
        """The best result in per cent."""
        return max((score.percent for score in self.scores), default=None)

    @property
    def latest(self) -> int | None:
        """The latest result in per cent."""
        return self.scores[-1].percent if self.scores else None

    @property
    def passed(self) -> bool:
        """Whether any sitting passed, in all and in each outcome."""
        return any(score.passes(self.pass_percent) for score in self.scores)

    @property
    def outcomes(self) -> Mapping[str, float]:
        """Share of the points for each outcome in the latest sitting."""
        return self.scores[-1].outcomes if self.scores else {}


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """How far one module is worked through."""

    module_id: str
    lessons: tuple[LessonProgress, ...]
    quiz: QuizProgress | None = None

    @property
    def lessons_done(self) -> int:
        """Number of lessons read, optional ones left out."""
        return sum(lesson.done for lesson in self.lessons if not lesson.optional)

    @property
    def lessons_total(self) -> int:
        """Number of lessons, optional ones left out."""
        return sum(not lesson.optional for lesson in self.lessons)

    @property
    def minutes_left(self) -> int:
        """Minutes of reading left, optional lessons left out."""
        return sum(lesson.minutes_left for lesson in self.lessons if not lesson.optional)

    @property
    def done(self) -> bool:
        """Whether the lessons are read and the quiz, if there is one, is passed."""
        return self.lessons_done == self.lessons_total and (self.quiz is None or self.quiz.passed)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the whole course is worked through."""

    modules: tuple[ModuleProgress, ...]
    answered: frozenset[str] = field(default_factory=frozenset)
    """Ids of the questions answered at least once."""

    def module(self, module_id: str) -> ModuleProgress:
        """The progress of one module."""
        return next(module for module in self.modules if module.module_id == module_id)

    def lesson(self, lesson_id: str) -> LessonProgress:
        """The progress of one lesson."""
        lessons = chain.from_iterable(module.lessons for module in self.modules)
        return next(lesson for lesson in lessons if lesson.lesson_id == lesson_id)

    @property
    def minutes_left(self) -> int:
        """Minutes of reading left."""
        return sum(module.minutes_left for module in self.modules)


def progress(
    course: Course, visits: Iterable[Visit], attempts: Sequence[Attempt] = (), runs: Sequence[Run] = ()
) -> Progress:
    """What the record says about a course; sections and questions that are gone do not count."""
    seen = frozenset(visit.section_id for visit in visits)
    modules = tuple(
        ModuleProgress(
            module.id,
            tuple(_lesson(head, seen) for head in module.lessons),
            _quiz(module, attempts, runs) if module.quiz_path else None,
        )
        for module in course
    )
    return Progress(modules, frozenset(attempt.item_id for attempt in attempts))


def run_score(run: Run, attempts: Iterable[Attempt]) -> Score:
    """The score of a sitting, from the last marked answer to each of its questions."""
    shares = {
        attempt.item_id: attempt.share
        for attempt in attempts
        if attempt.run_id == run.id and attempt.share is not None
    }
    return score(run.plan or [Planned(item_id) for item_id in shares], shares)


def _lesson(head: LessonHead, seen: frozenset[str]) -> LessonProgress:
    own = seen.intersection(head.section_ids)
    total = len(head.section_ids)
    left = math.ceil(head.minutes * (total - len(own)) / total) if total else 0
    return LessonProgress(head.id, own, total, left, head.optional)


def _quiz(module: Module, attempts: Sequence[Attempt], runs: Sequence[Run]) -> QuizProgress:
    own = [run for run in runs if run.quiz_id == module.quiz_id]
    scores = tuple(run_score(run, attempts) for run in own if run.finished is not None)
    open_run = own[-1] if own and own[-1].finished is None else None
    answered = {attempt.item_id for attempt in attempts if open_run and attempt.run_id == open_run.id}
    return QuizProgress(module.quiz_id, scores, open_run, len(answered), module.pass_percent)
