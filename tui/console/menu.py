"""`hansa` alone: home, drawn or as a numbered menu in plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.clean import clean_line
from tui.console.linear import is_linear
from tui.language import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from course.model import Module
    from tui.services import Services
    from tui.standing import Standing

Entry = tuple[str, "Callable[[], object] | None"]
"""What a line of a menu says, and what it does; None leaves the menu."""


def run(options: Namespace) -> int:
    """Open home."""
    if not is_linear(options):
        from tui.console.screen import open_home_screen

        return open_home_screen(options)
    from tui.console.opening import open_services

    services = open_services(options)
    print("Hansa")
    while _choose(_home(services)):
        pass
    services.close()
    return 0


def _home(services: Services) -> list[Entry]:
    """What can be done, with where the learner stands."""
    from tui.console.learn import learn
    from tui.console.progress import tell
    from tui.console.review import look_again
    from tui.console.talk import converse
    from tui.standing import read_standing

    standing = read_standing(services)
    return [
        (_continue_words(standing), lambda: learn(services)),
        (_review_words(standing), lambda: look_again(services)),
        (_("Modules"), lambda: _choose(_modules(services, standing))),
        (_("Ask the guides"), lambda: converse(services)),
        (_("Progress"), lambda: tell(services)),
        (_("Quit"), None),
    ]


def _continue_words(standing: Standing) -> str:
    if standing.next_ref is None:
        return _("You have finished every module.")
    words = _("Continue: {place}") if standing.begun else _("Begin: {place}")
    place = ". ".join(filter(None, (standing.next_title, standing.next_words)))
    minutes = _("about {minutes} min").format(minutes=standing.minutes) if standing.minutes else ""
    return ", ".join(filter(None, (words.format(place=place), minutes)))


def _review_words(standing: Standing) -> str:
    if not standing.review:
        return _("Review: nothing is due today")
    return _("Review: {words}, about {minutes} min").format(
        words=standing.review, minutes=standing.review_minutes
    )


def _modules(services: Services, standing: Standing) -> list[Entry]:
    return [
        (_module_words(module, standing), lambda module=module: _choose(_places(services, module, standing)))
        for module in services.course
    ] + [(_("Back"), None)]


def _module_words(module: Module, standing: Standing) -> str:
    done = sum(head.id in standing.finished for head in module.lessons)
    words = _("{title}: {done} of {count} lessons").format(
        title=module.title, done=done, count=len(module.lessons)
    )
    quiz = standing.quizzes.get(module.id)
    if quiz is None or quiz.best is None:
        return words
    told = _("quiz passed {percent} %") if quiz.passed else _("quiz best {percent} %")
    return f"{words}, {told.format(percent=quiz.best)}"


def _places(services: Services, module: Module, standing: Standing) -> list[Entry]:
    """The lessons of a module, and its quiz."""
    from tui.console.learn import learn

    def entry(words: str, ref: str) -> Entry:
        return words, lambda: learn(services, ref)

    read = _("{title}, read")
    entries = [
        entry(read.format(title=head.title) if head.id in standing.finished else head.title, head.id)
        for head in module.lessons
    ]
    if module.quiz_path is not None:
        entries.append(entry(_("Quiz"), module.quiz_id))
    return [*entries, (_("Back"), None)]


def _choose(entries: Sequence[Entry]) -> bool:
    """Print a menu and do what is chosen; False when the learner leaves it or the input ends."""
    from tui.console.answers import STOP, read_line
    from tui.console.plain import wrapped

    print()
    for number, (words, _deed) in enumerate(entries, 1):
        print("\n".join(wrapped(f"{number}. {clean_line(words)}", hang="   ")))
    while True:
        line = read_line(_("Number, or q: "))
        if line is None or line.lower() == STOP:
            return False
        if line.isdecimal() and 1 <= int(line[:6]) <= len(entries):
            break
        print(_("Type one of the numbers above."))
    deed = entries[int(line) - 1][1]
    if deed is None:
        return False
    print()
    deed()
    return True
