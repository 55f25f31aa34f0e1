"""`hansa learn`: the course line by line, from a lesson to the quiz of its module and the certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.console.linear import is_linear
from tui.language import _

if TYPE_CHECKING:
    from argparse import Namespace

    from course.model import Module
    from tui.messages import ReviewLoaded
    from tui.services import Services

SKIP, BACK, PASS = "s", "b", "n"
"""What skips the questions before a module, reads its lessons again, and leaves the certificate for later."""


def run(options: Namespace) -> int:
    """Open a module, lesson or section, else where the learner stopped; in plain lines or on its screen."""
    if not is_linear(options):
        from tui.console.screen import open_learn_screen

        return open_learn_screen(options)
    from tui.console.opening import open_services

    services = open_services(options)
    learn(services, options.ref)
    services.close()
    return 0


def learn(services: Services, ref: str | None = None) -> None:
    """Go from place to place until the learner stops or nothing is left."""
    ref = ref or next_ref(services)
    if ref is None:
        print(_("You have finished every module. Read or practise anything again."))
        return
    while ref is not None:
        ref = _go(services, ref)
    print(_("Your place and your answers are saved; `hansa learn` goes on here."))


def next_ref(services: Services) -> str | None:
    """Where the learner stopped; None when all is done."""
    from tui.standing import read_standing

    return read_standing(services).next_ref


def _go(services: Services, ref: str) -> str | None:
    """Work through one place; where to go then, None to stop."""
    from tui.console.lesson import LessonReader
    from tui.messages import LessonLoaded, QuizLoaded, ReviewLoaded
    from tui.places import load_place

    place = load_place(services, ref)
    print()
    match place:
        case LessonLoaded():
            return LessonReader(services, place).read()
        case QuizLoaded(module=module):
            return _take_quiz(services, module)
        case ReviewLoaded():
            return _look_back(services, place)
        case _:
            return _check(services, ref)


def _look_back(services: Services, loaded: ReviewLoaded) -> str | None:
    """Ask the questions that come before a module; then its lesson, also when they are skipped."""
    from tui.console.answers import choose
    from tui.console.quiz import ask_every
    from tui.quiz_run import hand_in
    from tui.review_run import begin_review, known_words, skip, start_id, today_words

    module = loaded.module
    if module is None:
        return None
    words = _("A look back first: {words} from earlier modules.")
    print(words.format(words=today_words(loaded.plan)))
    reply = choose(_("enter begins"), {SKIP: _("s skips them")})
    if reply is None:
        return None
    if reply == SKIP:
        skip(services, module)
        return loaded.onward
    done = ask_every(services, begin_review(services, loaded.plan.today, start_id(module)), practice=True)
    if done is None:
        return None
    print(f"\n{known_words(hand_in(services, done))}")
    return loaded.onward


def _check(services: Services, ref: str) -> str | None:
    """Take a self-check; then what the path or the course has next."""
    from tui.console.answers import choose
    from tui.console.self_check import take

    if not take(services, ref):
        return None
    onward = next_ref(services)
    return onward if onward and choose(_("enter goes on with the course"), {}) is not None else None


# After the lessons of a module --------------------------------------------------------------------


def _take_quiz(services: Services, module: Module) -> str | None:
    from tui.certificates import read_earned
    from tui.clean import clean_line
    from tui.console.answers import choose
    from tui.console.quiz import take_quiz

    sat = take_quiz(services, module)
    if sat is None:
        return None
    print()
    earned = read_earned(services, [module])
    if earned.completed:
        return _certify(services, module)
    print(clean_line(earned.missing[0][1]))
    if not sat.sitting.result().passed:
        lessons = {BACK: _("b reads the lessons again")} if module.lessons else {}
        reply = choose(_("enter takes the quiz again"), lessons)
        return None if reply is None else module.lessons[0].id if reply == BACK else module.quiz_id
    unread = _unread(services, module)
    return unread if choose(_("enter goes on with the first lesson that is left"), {}) is not None else None


def _unread(services: Services, module: Module) -> str | None:
    """The first section of the module that nobody opened; None when all of its lessons are read."""
    from course.progress import progress

    so_far = progress(services.course, services.record.visits())
    for lesson in so_far.module(module.id).lessons:
        head = next(head for head in module.lessons if head.id == lesson.lesson_id)
        if not lesson.done and not lesson.optional:
            return next(name for name in head.section_ids if name not in lesson.seen)
    return None


def _certify(services: Services, module: Module) -> str | None:
    """Offer the certificate, then the next module."""
    from tui.clean import clean_line
    from tui.console.answers import choose
    from tui.places import after_module

    print(_("You have completed this module."))
    reply = choose(_("enter prints your certificate"), {PASS: _("n goes on without it")})
    if reply is None or (reply != PASS and not _print_certificate(services, module)):
        return None
    follows = after_module(services.course, module)
    if follows is None:
        print(_("This was the last module."))
        return None
    onward, head = follows
    words = _("Next is module {number}: {title}.").format(number=onward.number, title=onward.title)
    print(clean_line(words))
    return head.id if choose(_("enter goes on"), {}) is not None else None


def _print_certificate(services: Services, module: Module) -> bool:
    """Ask for the name, if none is kept, and print the certificate; False when the input ends."""
    from dataclasses import replace

    from course.errors import CourseError
    from course.learner_name import keep_name
    from tui.certificates import document_of, read_earned
    from tui.clean import clean
    from tui.console.answers import read_line
    from tui.paragraphs import markdown_of

    earned = read_earned(services, [module])
    while not earned.name:
        name = read_line(_("Your name, as it is to stand on the certificate:") + " ")
        if name is None:
            return False
        try:
            earned = replace(earned, name=keep_name(services.record, name, services.clock()))
        except CourseError as error:
            print(error)
    print()
    print(clean(markdown_of(document_of(services, earned))))
    words = _("`hansa certificate {module} -o FILE` writes it to a file, also as PDF.")
    print(words.format(module=module.id))
    return True
