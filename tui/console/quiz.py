"""`hansa quiz`: a quiz line by line, or on its screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.console.opening import open_services

if TYPE_CHECKING:
    from argparse import Namespace

    from course.grade import Mark
    from course.model import Item, Module, Open
    from course.response import Response, Written
    from tui.quiz_run import Sat
    from tui.services import Services

STOP, HINT = "q", "h"
"""What stops a quiz, and what asks for a hint."""


def run(options: Namespace) -> int:
    """Take the quiz of a module; with `--plain` in plain lines."""
    if not options.plain:
        from tui.console.screen import open_quiz_screen

        return open_quiz_screen(options)
    from course.catalog import open_quiz
    from course.references import find
    from tui.quiz_run import begin, latest_sitting

    services = open_services(options)
    module = find(services.course, options.ref.removesuffix("/quiz")).module
    quiz = open_quiz(module, services.language)
    latest = latest_sitting(services, quiz)
    sat = latest if latest and latest.is_open else begin(services, quiz, latest)
    print(quiz.title)
    if sat.sitting.given:
        print(f"You go on at question {sat.sitting.position}.")
    return _ask_all(services, module, sat)


def _ask_all(services: Services, module: Module, sat: Sat) -> int:
    """Ask every question that is left; stop when the learner stops or the input ends."""
    from dataclasses import replace

    from course.model import QuizMode
    from course.shuffle import display_order
    from tui.console.questions import question_lines
    from tui.giving import give
    from tui.quiz_run import finish

    while (item := sat.sitting.current) is not None:
        order = display_order(item, sat.sitting.seed)
        print(f"\nQuestion {sat.sitting.position} of {len(sat.sitting.items)}.", end=" ")
        print("\n".join(question_lines(item, order)))
        answer, hints = _read(item, order)
        if answer is None:
            print("Stopped. Your answers are saved; the same command goes on here.")
            return 0
        mark = give(services, item, answer, seed=sat.sitting.seed, hints=hints, run_id=sat.run.id)
        if sat.sitting.quiz.mode is QuizMode.PRACTICE:
            _tell(mark)
        else:
            print("Saved. You hear at the end how it went.")
        sat = replace(sat, sitting=sat.sitting.answer(answer))
    finish(services, sat)
    if sat.sitting.quiz.mode is not QuizMode.PRACTICE:
        _tell_all(sat)
    _tell_result(module, sat)
    return 0


def _read(item: Item, order: tuple[int, ...]) -> tuple[Response | None, int]:
    """The answer typed, and how many hints were read; no answer when the learner stops."""
    from course.errors import ResponseError
    from course.model import Open
    from course.response import Written, read_response
    from tui.console.plain import lines_of

    hints = 0
    while True:
        left = len(item.frame.hints) - hints
        more = f"{HINT} for a hint, {left} left; " if left else ""
        print(f"Your answer ({more}{STOP} to stop): ", end="", flush=True)
        line = sys.stdin.readline()
        if not line or line.strip().lower() == STOP:
            print()
            return None, hints
        if line.strip().lower() == HINT and left:
            print("\n".join(lines_of(item.frame.hints[hints])).strip())
            hints += 1
            continue
        try:
            answer = read_response(item, line, order)
        except ResponseError as error:
            print(error)
            continue
        if isinstance(answer, Written) and isinstance(item, Open):
            return _compared(item, answer), hints
        return answer, hints


def _compared(item: Open, written: Written) -> Written | None:
    """An open answer with the points that the learner found in it; none when the learner stops."""
    from course.errors import ResponseError
    from course.response import read_ticks
    from tui.console.questions import model_lines

    print("\n".join(model_lines(item)))
    while True:
        print("Letters of the points, all, or - for none: ", end="", flush=True)
        line = sys.stdin.readline()
        if not line or line.strip().lower() == STOP:
            print()
            return None
        try:
            return read_ticks(item, written, line)
        except ResponseError as error:
            print(error)


def _tell(mark: Mark) -> None:
    from tui.console.plain import lines_of

    print(mark.words)
    if mark.near_miss:
        print(f"Nearly: {mark.near_miss}")
    print("\n".join(lines_of(mark.feedback)).strip())


def _tell_all(sat: Sat) -> None:
    """Every question with how it was answered, once all are."""
    from tui.console.plain import sentence, wrapped

    for count, item in enumerate(sat.sitting.items, 1):
        print(f"\nQuestion {count} of {len(sat.sitting.items)}.")
        print("\n".join(wrapped(sentence(item.frame.prompt))))
        _tell(sat.sitting.marks[item.frame.id])


def _tell_result(module: Module, sat: Sat) -> None:
    result = sat.sitting.result(module.outcomes)
    print(f"\n{result.words}")
    for title, outcomes in (("Went well:", result.strengths), ("Look at again:", result.next_steps)):
        if outcomes:
            print(title)
            print("\n".join(f"- {outcome}" for outcome in outcomes))
