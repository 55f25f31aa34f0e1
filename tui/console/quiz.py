"""`hansa quiz`: a quiz line by line, or on its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.clean import clean
from tui.console.answers import Left, ask, tell_mark, tell_result
from tui.console.linear import is_linear
from tui.console.plain import lines_of
from tui.language import _

if TYPE_CHECKING:
    from argparse import Namespace

    from course.model import Item, Module
    from tui.quiz_run import Sat
    from tui.services import Services


def run(options: Namespace) -> int:
    """Take the quiz of a module, or look at an earlier attempt; in plain lines or on its screen."""
    if options.attempt is not None:
        return _show_attempt(options)
    if not is_linear(options):
        from tui.console.screen import open_quiz_screen

        return open_quiz_screen(options)
    from course.references import find
    from tui.console.opening import open_services

    services = open_services(options)
    take_quiz(services, find(services.course, options.ref.removesuffix("/quiz")).module)
    services.close()
    return 0


def take_quiz(services: Services, module: Module) -> Sat | None:
    """The quiz of a module, begun or gone on with, and handed in; None when the learner stops before."""
    from course.catalog import open_quiz
    from course.model import QuizMode
    from tui.quiz_run import begin, latest_sitting
    from tui.quiz_words import terms_words

    quiz = open_quiz(module, services.language)
    latest = latest_sitting(services, quiz)
    sat = latest if latest and latest.is_open else begin(services, quiz, module, latest)
    print(quiz.title)
    print("\n".join(map(clean, lines_of(quiz.introduction))))
    print(" ".join(terms_words(quiz, len(sat.sitting.items))))
    if sat.sitting.mode is QuizMode.EXAM:
        from tui.console.exam import take_exam

        return take_exam(services, sat)
    if sat.sitting.given:
        print(_("You go on at question {position}.").format(position=sat.sitting.position))
    return take_in_order(services, sat)


def take_in_order(services: Services, sat: Sat) -> Sat | None:
    """Ask every question that is left, then tell how it went; None when the learner stops before."""
    from course.model import QuizMode
    from tui.quiz_run import hand_in

    practice = sat.sitting.mode is QuizMode.PRACTICE
    done = ask_every(services, sat, practice=practice)
    if done is None:
        return None
    done = hand_in(services, done)
    if not practice:
        tell_answers(done)
    tell_result(done)
    return done


def ask_every(services: Services, sat: Sat, *, practice: bool) -> Sat | None:
    """The sitting with every question answered; None when the learner stops or the input ends."""
    while (item := sat.sitting.current) is not None:
        print(
            _("\nQuestion {position} of {count}.").format(
                position=sat.sitting.position, count=len(sat.sitting.items)
            ),
            end=" ",
        )
        answered = _take(services, sat, item, practice=practice)
        if answered is None:
            print(_("Stopped. Your answers are saved; the same command goes on here."))
            return None
        sat = answered
    return sat


def _take(services: Services, sat: Sat, item: Item, *, practice: bool) -> Sat | None:
    """The sitting with an answer to a question, asked again while tries are left; None to stop."""
    from dataclasses import replace

    from course.shuffle import display_order
    from course.sitting import Given
    from tui.console.questions import question_lines
    from tui.giving import give
    from tui.quiz_words import tries_words

    order = display_order(item, sat.sitting.seed)
    print("\n".join(question_lines(item, order)))
    hints, tries = 0, 0
    while True:
        reply = ask(item, order, hints=hints, hinted=practice)
        if isinstance(reply, Left):
            return sat if tries else None
        hints, earlier, tries = reply.hints, tries, tries + 1
        mark = give(
            services,
            item,
            reply.response,
            seed=sat.sitting.seed,
            hints=hints,
            run_id=sat.run.id,
            earlier=earlier,
            seconds=reply.seconds,
            certainty=reply.certainty,
        )
        given = Given(item.frame.id, reply.response, mark, tries, hints, reply.certainty)
        sat = replace(sat, sitting=sat.sitting.noted(given))
        left = sat.sitting.tries_left(item)
        if practice and not mark.right and left:
            print(tries_words(left))
            continue
        if practice:
            tell_mark(item, mark)
        else:
            print(_("Saved. You hear at the end how it went."))
        return sat


def tell_answers(sat: Sat) -> None:
    """Every question of a sitting as it was asked, with what was answered and how that was judged."""
    from course.blank import blank_response
    from course.grade import grade
    from course.shuffle import display_order
    from tui.console.answers import given_words
    from tui.console.questions import question_lines

    for count, item in enumerate(sat.sitting.items, 1):
        order = display_order(item, sat.sitting.seed)
        print(
            _("\nQuestion {position} of {count}.").format(position=count, count=len(sat.sitting.items)),
            end=" ",
        )
        print("\n".join(question_lines(item, order)))
        given = sat.sitting.last(item)
        if given is None:
            print(_("You gave no answer."))
            tell_mark(item, grade(item, blank_response(item, sat.sitting.seed)))
        else:
            print(_("You answered: {response}").format(response=given_words(given.response, order)))
            tell_mark(item, given.mark)


def _show_attempt(options: Namespace) -> int:
    """Print an attempt again, exactly as it was; 1 is the first."""
    from course.errors import NotFound
    from course.finding import find_items
    from course.references import find
    from tui.console.opening import open_services
    from tui.quiz_run import attempts_of, sat_of

    services = open_services(options)
    quiz_id = find(services.course, options.ref.removesuffix("/quiz")).module.quiz_id
    runs = [run for run, _score in reversed(attempts_of(services, quiz_id))]
    if not 1 <= options.attempt <= len(runs):
        told = _("there are {count}").format(count=len(runs)) if len(runs) != 1 else _("there is one")
        raise NotFound(
            _("There is no attempt {attempt} at this quiz; {told}.").format(
                attempt=options.attempt, told=told
            )
        )
    run = runs[options.attempt - 1]
    names = [one.item_id for one in run.plan]
    sat = sat_of(services, run, find_items(services.course, names, services.language).values())
    print(f"{run.terms.title}, {run.started.astimezone():%Y-%m-%d %H:%M}")
    if sat.changed:
        print(_("The module has changed since. You see the questions as they were asked."))
    tell_answers(sat)
    tell_result(sat)
    return 0
