"""The report on questions: what learners' attempts tell about each quiz and each lesson's questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .catalog import open_lesson, open_quiz
from .distractors import option_counts
from .guessing import random_guess_score
from .item_findings import findings
from .positions import Tries, is_marked, lesson_layout, quiz_layout
from .statistics import item_statistics, others, quiz_statistics

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .distractors import OptionCount
    from .item_findings import Finding
    from .model import Course, Item, LessonHead, Module
    from .observations import Learner
    from .positions import Cell, Layout
    from .references import Found
    from .statistics import ItemStatistics, PositionStatistics, QuizStatistics


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """What the attempts tell about one question in the words it has today."""

    item: Item
    figures: ItemStatistics
    """Over the sittings that had the question; X is the mark on all other positions."""
    random_guess_score: float | None
    options: tuple[OptionCount, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PositionReport:
    """One position of a quiz, and the questions that stood there."""

    number: int
    points: float
    """What can be earned here; the mean where questions of different worth were drawn."""
    figures: PositionStatistics
    random_guess_score: float | None
    """Mean over the questions as they were drawn; None where one of them has none."""
    questions: tuple[QuestionReport, ...]

    @property
    def is_drawn(self) -> bool:
        """Whether the position is more than its one question: several were drawn, or the words changed."""
        return [one.figures.attempts for one in self.questions] != [self.figures.item.attempts]


@dataclass(frozen=True, slots=True)
class ApartReport:
    """What was answered to a question that has no right answer: an open one, or a scale."""

    item: Item
    answers: int
    options: tuple[OptionCount, ...]
    """Steps of the scale for each statement, or lines that learners ticked in the check list."""


@dataclass(frozen=True, slots=True)
class SetReport:
    """A quiz, or the questions of a lesson."""

    id: str
    title: str
    is_quiz: bool
    layout: Layout
    statistics: QuizStatistics
    positions: tuple[PositionReport, ...]
    unseen: tuple[Item, ...]
    """Questions that no attempt had."""
    apart: tuple[ApartReport, ...]
    """Questions without a right answer; they are not judged."""


def item_report(
    course: Course, learners: Sequence[Learner], tries: Tries = Tries.FIRST, found: Found | None = None
) -> tuple[SetReport, ...]:
    """A report on every quiz and lesson that somebody answered, or on what a reference names.

    Files are opened only where there are answers, or where the reference names one quiz or lesson.
    """
    touched = _touched(learners)
    return tuple(
        report
        for module in ([found.module] if found else course)
        for report in _module_reports(module, learners, tries, touched, found)
    )


def _module_reports(
    module: Module, learners: Sequence[Learner], tries: Tries, touched: set[str], found: Found | None
) -> Iterator[SetReport]:
    for head in module.lessons:
        if found.lesson == head if found and (found.lesson or found.is_quiz) else head.id in touched:
            yield _lesson_report(module, head, learners, tries)
    wanted = found.is_quiz if found and (found.lesson or found.is_quiz) else module.quiz_id in touched
    if wanted and module.quiz_path:
        quiz = open_quiz(module)
        layout = quiz_layout(quiz, learners, tries)
        yield set_report(quiz.id, quiz.title, quiz.items, layout, is_quiz=True)


def _lesson_report(module: Module, head: LessonHead, learners: Sequence[Learner], tries: Tries) -> SetReport:
    items = open_lesson(module, head).items
    return set_report(head.id, head.title, items, lesson_layout(items, learners, tries), is_quiz=False)


def _touched(learners: Sequence[Learner]) -> set[str]:
    """Ids of the quizzes and lessons that somebody answered."""
    quizzes = {sat.quiz_id for learner in learners for sat in learner.sittings}
    begun = {quiz_id for learner in learners for quiz_id in learner.unfinished}
    lessons = {one.item_id.partition("#")[0] for learner in learners for one in learner.practised}
    return quizzes | begun | lessons


def set_report(own_id: str, title: str, items: Sequence[Item], layout: Layout, *, is_quiz: bool) -> SetReport:
    """The report on one quiz or lesson from its attempts."""
    columns = list(zip(*layout.rows, strict=True))
    maxima = [sum(cell.item.frame.points for cell in column) / len(column) for column in columns]
    marks = [[cell.mark for cell in row] for row in layout.rows]
    statistics = quiz_statistics(marks, maxima)
    guesses = {item.frame.id: random_guess_score(item) for item in items if is_marked(item)}
    positions = tuple(
        PositionReport(
            number=place + 1,
            points=maximum,
            figures=figures,
            random_guess_score=_mean([guesses[cell.item.frame.id] for cell in column]),
            questions=tuple(_questions(column, layout.owners, others(marks, place), guesses)),
        )
        for place, (column, maximum, figures) in enumerate(
            zip(columns, maxima, statistics.positions, strict=True)
        )
    )
    seen = {one.item.frame.id for position in positions for one in position.questions}
    return SetReport(
        id=own_id,
        title=title,
        is_quiz=is_quiz,
        layout=layout,
        statistics=statistics,
        positions=positions,
        unseen=tuple(item for item in items if is_marked(item) and item.frame.id not in seen),
        apart=tuple(
            _apart(item, layout.apart.get(item.frame.id, ())) for item in items if not is_marked(item)
        ),
    )


def _apart(item: Item, responses: Sequence[str]) -> ApartReport:
    return ApartReport(item, len(responses), option_counts(item, responses))


def _questions(
    column: Sequence[Cell],
    owners: Sequence[int],
    rest: Sequence[float],
    guesses: Mapping[str, float | None],
) -> Iterator[QuestionReport]:
    """The questions that stood at a position, in the order of their file."""
    stood = {cell.item.frame.id: cell.item for cell in column}
    for name, item in sorted(stood.items(), key=lambda entry: entry[1].frame.place.line):
        had = zip(column, owners, rest, strict=True)
        own = [row for row in had if row[0].present and row[0].item.frame.id == name]
        elsewhere = [mark for *_, mark in own]
        figures = item_statistics([cell.mark for cell, *_ in own], elsewhere, item.frame.points)
        options = option_counts(item, [cell.response_json for cell, *_ in own], elsewhere)
        people = len({owner for _, owner, _ in own})
        told = findings(item, figures, guesses[name], options, people)
        yield QuestionReport(item, figures, guesses[name], options, told)


def _mean(guesses: Sequence[float | None]) -> float | None:
    told = [guess for guess in guesses if guess is not None]
    return sum(told) / len(told) if told and len(told) == len(guesses) else None
