"""A self-check and its result in words: what the pages show and the commands print.

Each line is told in words and numbers first, so that it can be read aloud; a bar only repeats it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.readiness import differences, dimension_shifts, profile_of, total_shift
from course.self_check import lessons_in

from .language import _, plural

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from course.model import Block
    from course.readiness import DimensionScore, Shift
    from course.self_check import RatedStatement, SelfCheck

    from .self_check_run import Result, Taken

UNKNOWN_KEY = "k"
"""Key of “I do not know”."""
BAR = 20
"""Cells of a bar."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a result."""

    words: str
    bar: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a result: its lines, then what the author says, then where that leads."""

    heading: str = ""
    lines: tuple[Line, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Words and reference of each lesson that is named."""
        return lessons_in(self.blocks)


def scale_words(check: SelfCheck) -> str:
    """What each key means: `1 not true for us · … · k I do not know`."""
    steps = [f"{number} {label}" for number, label in enumerate(check.labels, 1)]
    return " · ".join((*steps, f"{UNKNOWN_KEY} {unknown_words()}"))


def unknown_words() -> str:
    """What is said by the key k."""
    return _("I do not know")


def rating_words(check: SelfCheck, rating: int | None) -> str:
    """A rating with its word: `2, slightly true`."""
    return unknown_words() if rating is None else f"{rating}, {check.labels[rating - 1]}"


def short_id(statement: RatedStatement) -> str:
    """The letter and number of a statement."""
    return statement.id.rpartition("-")[2]


def day_words(at: datetime) -> str:
    """A day where the learner is, such as `2026-11-22`."""
    return f"{at.astimezone():%Y-%m-%d}"


def bar_of(score: int | None) -> str:
    """A score of 0 to 100 as a bar; empty when there is none."""
    if score is None:
        return ""
    full = round(score * BAR / 100)
    return "█" * full + "░" * (BAR - full)


def total_words(result: Result) -> str:
    """The total and its band in one sentence."""
    profile = result.profile
    if profile.total is None or profile.band is None:
        return _("There is not enough information for a total: all groups but one need a score.")
    return _("Total: {score} of 100, {band}.").format(score=profile.total, band=profile.band.title)


def state_words(state: Taken) -> str:
    """How often a self-check was taken, and the last result."""
    if state.open is not None:
        count = len(state.check.statements)
        return _("begun, {done} of {count}").format(done=len(state.open.ratings), count=count)
    if not state.finished:
        return _("not taken yet")
    last = state.finished[-1]
    profile = profile_of(state.check, last.ratings)
    if profile.total is None or profile.band is None:
        return _("no total, {day}").format(day=day_words(last.started))
    words = _("{score} of 100, {band}, {day}")
    return words.format(score=profile.total, band=profile.band.title, day=day_words(last.started))


def result_parts(result: Result) -> Iterator[Part]:
    """The whole result, in the order in which it helps most."""
    band = result.profile.band
    yield Part(lines=(Line(total_words(result), bar_of(result.profile.total)),))
    groups = (_group_line(score, result) for score in result.profile.lowest_first)
    yield Part(_("By group, the two lowest first"), tuple(groups))
    yield from _critical(result)
    if band is not None:
        yield Part(_("What it means, and what to do next"), blocks=band.blocks)
    yield from _lowest(result)
    if result.joint is not None and result.pair is not None:
        other, profile = result.pair
        words = _("{title}: {score} of 100").format(title=other.title, score=profile.total)
        yield Part(
            _("Read together: {title}").format(title=result.joint.title), (Line(words),), result.joint.blocks
        )
    if result.profile.unknown:
        lines = (Line(f"{short_id(own)} {own.text}") for own in result.profile.unknown)
        yield Part(_("You do not know this yet; find it out"), tuple(lines))
    yield from _before(result)
    yield from _talk(result)
    yield Part(lines=tuple(map(Line, caution_words())))


def caution_words() -> tuple[str, str]:
    """What the result can and cannot tell."""
    return (
        _("Take it again with the same people in three to six months."),
        _("This is a self-check and has not been validated: it helps to talk, and measures nothing exactly."),
    )


def _group_line(score: DimensionScore, result: Result) -> Line:
    words = _("{title}: {reason}")
    if score.score is None or score.band is None:
        said = words.format(title=score.dimension.title, reason=_("not enough information"))
    else:
        said = _("{title}: {score}, {band}").format(
            title=score.dimension.title, score=score.score, band=score.band.title
        )
    if score.unknown:
        said += ", " + plural("{count} not known", "{count} not known", len(score.unknown))
    noted = result.assessment.evidence.get(score.dimension.id, "")
    return Line(f"{said} ({noted})" if noted else said, bar_of(score.score))


def _critical(result: Result) -> Iterator[Part]:
    heading = _("Look at this first, whatever the total")
    for statement in result.profile.critical:
        rating = rating_words(result.check, result.assessment.ratings[statement.id])
        words = _("{number} {statement} You said: {rating}.")
        line = words.format(number=short_id(statement), statement=statement.text, rating=rating)
        yield Part(heading, (Line(line),), statement.advice)
        heading = ""


def _lowest(result: Result) -> Iterator[Part]:
    heading = _("For the two lowest groups")
    for score in result.profile.lowest:
        if score.dimension.more:
            yield Part(heading, (Line(score.dimension.title),), score.dimension.more)
            heading = ""


def _before(result: Result) -> Iterator[Part]:
    """What changed since the run before."""
    if result.before is None:
        return
    earlier, profile = result.before
    total = total_shift(profile, result.profile)
    lines = [Line(_("Total: {change}").format(change=shift_words(total)))]
    for dimension, shift in dimension_shifts(profile, result.profile):
        lines.append(Line(_("{title}: {change}").format(title=dimension.title, change=shift_words(shift))))
    lines.append(Line(_("A change of less than 10 points says nothing yet.")))
    yield Part(_("Since {day}").format(day=day_words(earlier.started)), tuple(lines))


def shift_words(shift: Shift | None) -> str:
    """A change of a score in words."""
    if shift is None:
        return _("cannot be compared")
    change = _("no change")
    if shift.by:
        by = abs(shift.by)
        more = plural("{count} more", "{count} more", by)
        change = more if shift.by > 0 else plural("{count} less", "{count} less", by)
    words = _("{before} before, {after} now, {change}")
    told = words.format(before=shift.before, after=shift.after, change=change)
    return told if shift.tells or not shift.by else told + " " + _("(may be chance)")


def _talk(result: Result) -> Iterator[Part]:
    """Where colleagues see it otherwise."""
    if not result.colleagues:
        return
    people = (result.assessment, *result.colleagues)
    found = differences(result.check, [own.ratings for own in people])
    names = [own.rater or _("you") for own in people]
    lines = []
    for own in found:
        said = ", ".join(
            f"{name} {unknown_words() if rating is None else rating}"
            for name, rating in zip(names, own.ratings, strict=True)
        )
        lines.append(Line(f"{short_id(own.statement)} {own.statement.text} {said}."))
    if not lines:
        lines.append(Line(_("Nobody differs by two steps or more.")))
    yield Part(_("Talk about this: {names}").format(names=", ".join(names)), tuple(lines))
