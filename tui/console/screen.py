"""`hansa`, `hansa learn` and `hansa quiz`: the full-screen application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.console.opening import open_services
from tui.start import Start

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.services import Services


def open_home_screen(options: Namespace) -> int:
    """Open the home screen, where one key goes on."""
    return _open(open_services(options), Start())


def open_learn_screen(options: Namespace) -> int:
    """Open a module, lesson or section; without one, where the learner stopped."""
    services = open_services(options)
    if options.ref is None:
        return _open(services, Start.resume())
    from course.references import find

    find(services.course, options.ref)
    return _open(services, Start.lesson(options.ref))


def open_quiz_screen(options: Namespace) -> int:
    """Open the quiz of a module."""
    from course.references import find

    services = open_services(options)
    module = find(services.course, options.ref.removesuffix("/quiz")).module
    return _open(services, Start.lesson(module.quiz_id))


def open_self_check_screen(options: Namespace) -> int:
    """Open a self-check, or its result."""
    from course.self_check import find_self_check

    services = open_services(options)
    return _open(services, Start.lesson(find_self_check(services.self_checks, options.ref).ref))


def open_ask_screen(options: Namespace) -> int:
    """Open the assistant."""
    return _open(open_services(options), Start.ask())


def open_review_screen(options: Namespace) -> int:
    """Open today's review."""
    return _open(open_services(options), Start.review(options.minutes))


def _open(services: Services, start: Start) -> int:
    from tui import leaving
    from tui.app import HansaApp

    try:
        status = leaving.run(HansaApp(services, start))
    finally:
        services.close()
    leaving.leave(status)
    return status
