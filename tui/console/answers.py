"""Answers in plain lines: read, told and judged."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum, auto
from string import ascii_lowercase
from typing import TYPE_CHECKING

from tui.language import _, language_in_use

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course.grade import Mark
    from course.model import Item
    from course.response import Response
    from tui.quiz_run import Sat

STOP, HINT = "q", "h"
"""What stops a quiz, and what asks for a hint."""

LEVELS = {"1": 1, "2": 2, "3": 3}


class Left(Enum):
    """A question that was left without an answer."""

    STOPPED = auto()
    """The learner stops, or the input ended."""
    PASSED = auto()
    """The learner goes on to what comes next."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that was typed."""

    response: Response
    hints: int
    """Hints read for the question so far."""
    seconds: float
    """How long the learner took."""
    certainty: int | None = None
    """How sure the learner is, 1 to 3."""


def ask(
    item: Item, order: Sequence[int], *, hints: int = 0, hinted: bool = True, passable: bool = False
) -> Reply | Left:
    """The answer that the learner types; where a question is `passable`, enter alone goes on without one."""
    from time import monotonic

    from course.errors import ResponseError
    from tui.console.plain import lines_of

    begun = monotonic()
    while True:
        left = len(item.frame.hints) - hints if hinted else 0
        more = _("{hint} for a hint, {left} left; ").format(hint=HINT, left=left) if left else ""
        more += _("enter to go on; ") if passable else ""
        line = read_line(_("Your answer ({more}{stop} to stop): ").format(more=more, stop=STOP))
        if line is None or line.lower() == STOP:
            return Left.STOPPED
        if passable and not line:
            return Left.PASSED
        if line.lower() == HINT and left:
            print("\n".join(lines_of(item.frame.hints[hints])).strip())
            hints += 1
            continue
        try:
            response = read_answer(item, line, order)
        except ResponseError as error:
            print(error)
            continue
        seconds = round(monotonic() - begun, 1)
        if response is None:
            return Left.STOPPED
        if not item.frame.certainty:
            return Reply(response, hints, seconds)
        level = ask_certainty()
        return Left.STOPPED if level is None else Reply(response, hints, seconds, level)


def read_answer(item: Item, line: str, order: Sequence[int]) -> Response | None:
    """The response in a line; an open answer is then compared with its model. None when the input ends."""
    from course.errors import ResponseError
    from course.model import Open
    from course.response import Written, read_response, read_ticks
    from tui.console.questions import model_lines

    response = read_response(item, line, order, language_in_use())
    if not isinstance(item, Open) or not isinstance(response, Written):
        return response
    print("\n".join(model_lines(item)))
    while True:
        ticks = read_line(_("Letters of the points, all, or - for none: "))
        if ticks is None or ticks.lower() == STOP:
            return None
        try:
            return read_ticks(item, response, ticks, language_in_use())
        except ResponseError as error:
            print(error)


def ask_certainty() -> int | None:
    """How sure the learner is, 1 to 3; None when the input ends."""
    while True:
        line = read_line(_("How sure are you? 1 unsure, 2 fairly sure, 3 certain: "))
        if line is None:
            return None
        if line in LEVELS:
            return LEVELS[line]
        print(_("Type 1, 2 or 3."))


def read_line(prompt: str) -> str | None:
    """A line that the learner types; None when the input ends."""
    print(prompt, end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        print()
        return None
    return line.strip()


def choose(enter: str, words: Mapping[str, str]) -> str | None:
    """One of the letters that `words` explain, or empty for enter, which does what `enter` says; None to stop."""
    told = ", ".join(filter(None, (enter, *words.values(), _("q stops"))))
    while True:
        line = read_line(f"{told[:1].upper()}{told[1:]}: ")
        if line is None or line.lower() == STOP:
            return None
        if line.lower() in words or (not line and enter):
            return line.lower()
        print(_("That is none of these."))


def given_words(response: Response, order: Sequence[int]) -> str:
    """What was answered, in the letters and numbers that were shown."""
    from course.response import Chosen, Filled, Grouped, Ordered, Paired, Rated
    from tui.clean import clean_line

    match response:
        case Chosen(options=options):
            return ", ".join(sorted(_letter(order, place) for place in options))
        case Paired(rights=places):
            return " ".join(f"{at}{_letter(order, place)}" for at, place in enumerate(places, 1))
        case Grouped(groups=places):
            shown = order or range(len(places))
            return " ".join(f"{at}{_letter((), places[card])}" for at, card in enumerate(shown, 1))
        case Ordered(order=steps):
            return " ".join(str(order.index(step) + 1 if order else step + 1) for step in steps)
        case Filled(gaps=gaps):
            return "; ".join(clean_line(gap) or "-" for gap in gaps)
        case Rated(values=values):
            return " ".join("-" if value is None else str(value) for value in values)
        case _:
            return clean_line(response.text)


def _letter(order: Sequence[int], place: int | None) -> str:
    """The letter under which something was shown."""
    if place is None:
        return "-"
    return ascii_lowercase[order.index(place) if order else place]


def tell_mark(item: Item, mark: Mark) -> None:
    """How an answer was judged, and what the author says to it."""
    from tui.console.plain import lines_of
    from tui.mark_words import mark_words

    print(mark_words(item, mark))
    if mark.near_miss:
        print(_("Nearly: {near_miss}").format(near_miss=mark.near_miss))
    print("\n".join(lines_of(mark.feedback)).strip())


def tell_result(sat: Sat) -> None:
    """How a sitting went, in all and by outcome."""
    from tui.quiz_words import percent_words, result_words

    result = sat.sitting.result()
    if sat.run.ends is not None and sat.run.finished == sat.run.ends:
        print(_("\nThe time was over. What you had answered was handed in."))
    print(f"\n{result_words(sat.sitting)}")
    if result.outcomes:
        print(
            _("By outcome; {pass_percent} % are needed in each:").format(
                pass_percent=sat.sitting.terms.pass_percent
            )
        )
        for outcome in result.outcomes:
            print(f"- {outcome.words}: {percent_words(outcome)}")
    if result.passed:
        module_id = sat.sitting.quiz_id.partition("/")[0]
        print(_("When every lesson is read as well: hansa certificate {module}").format(module=module_id))
