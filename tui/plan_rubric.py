"""The rubric of the twelve-month action plan: eight lines that a learner rates from 0 to 3."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course.forms import Form, FormField

from .language import _, in_sense

if TYPE_CHECKING:
    from course.workbook import Sheet

RUBRIC_ID = "R66-plan-rubric"
"""Name of the learner's file, beside those of the forms."""
GOOD_ENOUGH = 2
"""What every line needs."""

_RATING = re.compile(r"\s*([0-3])(?![0-9])")


@dataclass(frozen=True, slots=True)
class RubricLine:
    """One thing that makes a plan good."""

    id: str
    """By which its rating is kept, whatever language the interface speaks."""
    name: str
    usable: str
    """What 2 means."""
    strong: str
    """What 3 means."""


def rubric_lines() -> tuple[RubricLine, ...]:
    """Every line, in order."""
    return (
        RubricLine(
            "Goal",
            _("Goal"),
            _("A business goal with a number and a date"),
            _("It also rests on evidence from your forms"),
        ),
        RubricLine(
            "Priorities", _("Priorities"), _("Three at most"), _("With reasons, and what was left out")
        ),
        RubricLine(
            "Actions",
            _("Actions"),
            _("Each has an owner, a date, hours and money"),
            _("With if-then triggers, and the first step is done"),
        ),
        RubricLine(
            "Partners",
            _("Partners"),
            _("Named or specified, with a step to test them"),
            _("Scorecard and agreement path are attached"),
        ),
        RubricLine(
            "Protection and rules",
            _("Protection and rules"),
            _("Tasks for rights and rules have dates"),
            _("An adviser has been contacted"),
        ),
        RubricLine(
            "Measures", _("Measures"), _("Five, with targets"), _("Leading and lagging ones, and one pair")
        ),
        RubricLine(
            "Risks and stop rules",
            _("Risks and stop rules"),
            _("Three risks and one stop rule"),
            _("With triggers and a plan B"),
        ),
        RubricLine(
            "Review",
            in_sense("plan", "Review"),
            _("A date in each quarter, and a person"),
            _("A person from outside has agreed"),
        ),
    )


def rubric_form() -> Form:
    """The rubric as a form: a number for each line, and perhaps a word why."""
    words = _("0 to 3; 2 = {usable}; 3 = {strong}")
    fields = tuple(
        FormField(line.id, words.format(usable=line.usable, strong=line.strong), label=line.name)
        for line in rubric_lines()
    )
    return Form(RUBRIC_ID, _("How good is my plan?"), "", fields)


def labelled(sheet: Sheet) -> Sheet:
    """The learner's ratings under the names of the lines in the language of the interface."""
    names = {line.id: line.name for line in rubric_lines()}
    return replace(sheet, values={names.get(own, own): text for own, text in sheet.values.items()})


def rating_of(text: str) -> int | None:
    """The number with which a text begins, from 0 to 3; None when it begins with none."""
    match = _RATING.match(text)
    return int(match[1]) if match else None


def short_lines(sheet: Sheet) -> tuple[tuple[str, int | None], ...]:
    """The lines that do not have a 2 yet, with their rating; None for those that are not rated."""
    rated = [(line.name, rating_of(sheet.values.get(line.id, ""))) for line in rubric_lines()]
    return tuple((name, rating) for name, rating in rated if rating is None or rating < GOOD_ENOUGH)


def rubric_words() -> str:
    """What the numbers mean, and when the plan is done."""
    return _("0 missing, 1 vague, 2 usable, 3 strong. The plan is done when every line has at least 2.")


def verdict_words(sheet: Sheet) -> str:
    """Whether the plan is done by the learner's own rating, or what is missing."""
    short = short_lines(sheet)
    if not short:
        return _("Every line has at least 2: the plan is done.")
    unrated = _("not rated")
    names = ", ".join(f"{name} ({unrated if rating is None else rating})" for name, rating in short)
    return _("Not at 2 yet: {names}.").format(names=names)
