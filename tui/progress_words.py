"""Progress in words and numbers, with a bar of signs after them where that helps the eye."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.forecast import DAYS
from course.score import whole_percent

from .language import _, plural
from .paragraphs import Look, Paragraph
from .quiz_words import time_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from course.calibration import Level
    from course.forecast import ReviewDay
    from course.overview import ModuleStanding, OutcomeStanding, Overview
    from course.question_history import QuestionHistory

_LONGEST_BAR = 20


def overview_words(overview: Overview) -> str:
    """How far all of it is, in one or two sentences."""
    completed = _("{done} of {count} modules are completed.").format(
        done=overview.completed, count=len(overview.modules)
    )
    left = sum(standing.progress.minutes_left for standing in overview.modules)
    return f"{completed} {_time(overview.seconds, left)}"


def standing_words(standing: ModuleStanding) -> str:
    """How far a module is: lessons, quiz, time."""
    progress = standing.progress
    words = [_("{done} of {count} lessons").format(done=progress.lessons_done, count=progress.lessons_total)]
    quiz = progress.quiz
    if quiz is not None and quiz.best is not None:
        told = _("quiz passed with {percent} %") if quiz.passed else _("quiz not passed, best {percent} %")
        words.append(told.format(percent=quiz.best))
    elif quiz is not None:
        words.append(_("quiz not taken"))
    return f"{', '.join(words)}. {_time(standing.seconds, progress.minutes_left)}"


def _time(seconds: float, left: int) -> str:
    """Time spent, from a minute on, and left."""
    told = []
    if seconds >= 60:
        told.append(_("At least {time} spent.").format(time=time_words(int(seconds) // 60)))
    to_read = _("About {time} left to read.").format(time=time_words(left))
    return " ".join([*told, to_read if left else _("Nothing left to read.")])


def reached_words(standing: ModuleStanding) -> str:
    """How many outcomes are reached, and a sign for each."""
    count = len(standing.outcomes)
    if not count:
        return ""
    words = _("{reached} of {count} outcomes").format(reached=standing.reached, count=count)
    return f"{words}  {'■' * standing.reached}{'·' * (count - standing.reached)}"


def outcome_paragraphs(standing: ModuleStanding) -> Iterator[Paragraph]:
    """Each outcome of a module with how far it is reached."""
    if standing.outcomes:
        yield Paragraph(_("Outcomes"), Look.SUBHEADING)
    for outcome in standing.outcomes:
        yield Paragraph(_outcome_words(outcome), Look.ITEM)


def _outcome_words(outcome: OutcomeStanding) -> str:
    if outcome.best is None:
        return _("{outcome}: not tested yet").format(outcome=outcome.words)
    told = (
        _("{outcome}: reached, {percent} %")
        if outcome.reached
        else _("{outcome}: not reached yet, {percent} %")
    )
    words = told.format(outcome=outcome.words, percent=whole_percent(outcome.best))
    return f"{words}  {share_bar(outcome.best)}"


def certainty_paragraphs(levels: Sequence[Level]) -> Iterator[Paragraph]:
    """What was said to be certain against what was right, with counts."""
    yield Paragraph(_("How sure you were, and how often you were right"), Look.SUBHEADING)
    if not any(level.answers for level in levels):
        yield Paragraph(_("No question has asked you yet how sure you are."))
        return
    for level in levels:
        yield Paragraph(_level_words(level), Look.ITEM)


def _level_words(level: Level) -> str:
    name = {1: _("unsure"), 2: _("fairly sure"), 3: _("certain")}[level.certainty]
    if not level.answers:
        return _("{name}: no answer").format(name=name)
    counted = _("{name}: {right} of {answers} right")
    words = counted.format(name=name, right=level.right, answers=level.answers)
    if level.share is None:
        return _("{words}; too few to tell a share").format(words=words)
    return f"{words}, {whole_percent(level.share)} %  {share_bar(level.share)}"


def review_paragraphs(days: Sequence[ReviewDay]) -> Iterator[Paragraph]:
    """The reviews of the next two weeks, day by day; a sign for each question."""
    yield Paragraph(_("Reviews in the next two weeks"), Look.SUBHEADING)
    busy = [(place, day) for place, day in enumerate(days) if day.due]
    if not busy:
        yield Paragraph(_("Nothing comes back in the next {count} days.").format(count=DAYS))
        return
    for place, day in busy:
        yield Paragraph(_day_words(place, day), Look.ITEM)
    if len(busy) < len(days):
        yield Paragraph(_("Nothing on the other days."))


def _day_words(place: int, day: ReviewDay) -> str:
    name = {0: _("today"), 1: _("tomorrow")}.get(place, day.day.isoformat())
    questions = plural("{count} question", "{count} questions", len(day.due))
    minutes = plural("about {count} minute", "about {count} minutes", day.minutes)
    bar = "■" * min(len(day.due), _LONGEST_BAR) + ("…" if len(day.due) > _LONGEST_BAR else "")
    return f"{name}: {questions}, {minutes}  {bar}"


def question_paragraphs(questions: Sequence[QuestionHistory], today: date) -> Iterator[Paragraph]:
    """Each question that was answered: how often, how last, when it comes back."""
    yield Paragraph(_("Questions you answered, the last ones first"), Look.SUBHEADING)
    if not questions:
        yield Paragraph(_("None yet."))
    for question in questions:
        yield Paragraph(_question_words(question, today), Look.ITEM)


def _question_words(question: QuestionHistory, today: date) -> str:
    words = _("{prompt} – {times}, last {result} on {date}; {back}")
    return words.format(
        prompt=question.prompt,
        times=plural("answered once", "answered {count} times", question.answers),
        result=_result_words(question.last_share),
        date=_day(question.last_at).isoformat(),
        back=_back_words(question.due, today),
    )


def _back_words(due: datetime | None, today: date) -> str:
    if due is None:
        return _("does not come back")
    if _day(due) <= today:
        return _("waits for a review")
    return _("back on {date}").format(date=_day(due).isoformat())


def _result_words(share: float) -> str:
    percent = whole_percent(share)
    if percent in {0, 100}:
        return _("right") if percent else _("wrong")
    return _("{percent} % right").format(percent=percent)


def share_bar(share: float) -> str:
    """A share as ten signs, filled only by whole tenths."""
    filled = whole_percent(share) // 10
    return "■" * filled + "·" * (10 - filled)


def _day(at: datetime) -> date:
    """The day where the learner is."""
    return at.astimezone().date()
