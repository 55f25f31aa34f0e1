"""`hansa`, `hansa learn` and `hansa quiz`: the full-screen application."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui import garbage
from tui.console.opening import open_services
from tui.language import choose, load_anew
from tui.start import Start

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from tui.app import HansaApp
    from tui.services import Services


def open_home_screen(options: Namespace) -> int:
    """Open the home screen, where one key goes on."""
    return open_app(open_services(options), Start())


def open_learn_screen(options: Namespace) -> int:
    """Open a module, lesson or section; without one, where the learner stopped."""
    services = open_services(options)
    if options.ref is None:
        return open_app(services, Start.resume())
    from course.references import find

    find(services.course, options.ref)
    return open_app(services, Start.lesson(options.ref))


def open_quiz_screen(options: Namespace) -> int:
    """Open the quiz of a module."""
    from course.references import find

    services = open_services(options)
    module = find(services.course, options.ref.removesuffix("/quiz")).module
    return open_app(services, Start.lesson(module.quiz_id))


def open_self_check_screen(options: Namespace) -> int:
    """Open a self-check, or its result."""
    from course.self_check import find_self_check

    services = open_services(options)
    return open_app(services, Start.lesson(find_self_check(services.self_checks, options.ref).ref))


def open_ask_screen(options: Namespace) -> int:
    """Open the assistant."""
    return open_app(open_services(options), Start.ask())


def open_review_screen(options: Namespace) -> int:
    """Open today's review."""
    return open_app(open_services(options), Start.review(options.minutes))


def open_app(services: Services, start: Start) -> int:
    """Run the application, and end the process with it."""
    garbage.pause()

    def open_at(place: Start) -> HansaApp:
        from tui.app import HansaApp

        return HansaApp(services, place)

    try:
        status = run_in_chosen_language(services, open_at, start)
    finally:
        services.close()
    from tui import leaving

    leaving.leave(status)
    return status


def run_in_chosen_language(services: Services, open_at: Callable[[Start], HansaApp], start: Start) -> int:
    """Run the application; once more, at the same place, whenever its texts are to be read anew. Its exit status."""
    place = start
    while True:
        from tui import leaving

        app = open_at(place)
        left = leaving.run(app)
        if left is None:
            return app.return_code or 0
        services.language = services.preferences.language or services.language
        choose(services.language)
        load_anew()
        place = _erased(services, left)


def _erased(services: Services, place: Start) -> Start:
    """Erase what the place asks for, now that no page is open; what came of it is told there."""
    if not place.erases:
        return place
    from tui.stored import erase

    return replace(place, erases="", notice=erase(services, place.erases))
