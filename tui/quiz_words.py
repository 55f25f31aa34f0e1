"""Quizzes, results and time in words, for the screens and for plain lines."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from course.model import QuizMode

from .language import _, plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from course.history import Run
    from course.model import Quiz
    from course.result import OutcomeResult
    from course.score import Score
    from course.sitting import Entry, Sitting


def terms_words(quiz: Quiz, count: int) -> list[str]:
    """What a quiz asks of the learner, in sentences."""
    words = [plural("{count} question.", "{count} questions.", count), _mode_words(quiz)]
    needed = _("You pass with {percent} % of the points, in all and in each outcome.")
    words.append(needed.format(percent=quiz.pass_percent))
    if quiz.minutes and quiz.mode is QuizMode.EXAM:
        words.append(plural("You have {count} minute.", "You have {count} minutes.", quiz.minutes))
    elif quiz.minutes:
        words.append(_("It takes about {minutes} minutes.").format(minutes=quiz.minutes))
    return words


def _mode_words(quiz: Quiz) -> str:
    if quiz.mode is QuizMode.PRACTICE:
        heard = _("You hear after each answer how it was.")
        tries = plural("You have {count} try for each.", "You have {count} tries for each.", quiz.tries)
        return f"{heard} {tries}" if quiz.tries else heard
    if quiz.mode is QuizMode.EXAM:
        return _("Answer in any order and change your answers until you hand in; then you hear how it went.")
    return _("You have one try for each, and hear at the end how your answers were.")


def result_words(sitting: Sitting) -> str:
    """How a sitting went, in one sentence."""
    result, wanted = sitting.result(), sitting.terms.pass_percent
    if result.passed:
        return "✓ " + _("Passed with {percent} %.").format(percent=result.percent)
    missed = [outcome for outcome in result.outcomes if not outcome.reached]
    if result.percent >= wanted and missed:
        words = _("Not passed yet: {percent} % in all, but not {wanted} % in {outcomes}.")
        named = "; ".join(outcome.words for outcome in missed)
        return words.format(percent=result.percent, wanted=wanted, outcomes=named)
    words = _("Not passed yet: you reached {percent} %, and {needed} % are needed.")
    return words.format(percent=result.percent, needed=wanted)


def percent_words(outcome: OutcomeResult) -> str:
    """How an outcome went: the share, and whether that is enough."""
    words = _("{percent} %, reached") if outcome.reached else _("{percent} %, not reached yet")
    return words.format(percent=outcome.percent)


def time_words(minutes: int) -> str:
    """A length of time in hours and minutes."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    words = _("{hours} h {minutes} min") if rest else _("{hours} h")
    return words.format(hours=hours, minutes=rest)


def clock_words(run: Run, now: datetime) -> str:
    """How much time is left of an exam; empty without a limit."""
    if run.ends is None:
        return ""
    left = run.ends - now
    if left < timedelta(0):
        return _("the time is over")
    if left < timedelta(minutes=1):
        return _("less than a minute left")
    minutes = round(left / timedelta(minutes=1))
    return plural("{count} minute left", "{count} minutes left", minutes)


def entry_words(entry: Entry) -> str:
    """Whether a question of the answer sheet is answered and flagged."""
    words = _("answered") if entry.answered else _("open")
    return words + ", " + _("flagged") if entry.flagged else words


def unanswered_words(sheet: Sequence[Entry]) -> str:
    """Which questions have no answer yet, before an exam is handed in."""
    numbers = [entry.number for entry in sheet if not entry.answered]
    if not numbers:
        return _("Every question is answered.")
    if len(numbers) == 1:
        return _("Question {number} has no answer yet.").format(number=numbers[0])
    return _("Questions {numbers} have no answer yet.").format(numbers=joined(numbers))


def flagged_words(sheet: Sequence[Entry]) -> str:
    """Which questions are flagged; empty when none is."""
    numbers = [entry.number for entry in sheet if entry.flagged]
    return _("Flagged: {numbers}.").format(numbers=joined(numbers)) if numbers else ""


def joined(numbers: Sequence[int]) -> str:
    """Numbers in a row: `3, 5 and 7`."""
    *first, last = map(str, numbers)
    return _("{first} and {last}").format(first=", ".join(first), last=last) if first else last


def attempt_words(run: Run, score: Score) -> str:
    """When an attempt was made, and how it went."""
    when = f"{run.started.astimezone():%Y-%m-%d %H:%M}"
    passed = score.passes(run.terms.pass_percent)
    words = _("{when} · {percent} % · passed") if passed else _("{when} · {percent} % · not passed")
    return words.format(when=when, percent=score.percent)


def tries_words(left: int) -> str:
    """That a try was not right, and how many are left."""
    words = plural(
        "Not right yet. You have {count} more try.", "Not right yet. You have {count} more tries.", left
    )
    return f"✗ {words}"
