"""`hansa`, `hansa learn` and `hansa quiz`: the full-screen application."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.console.opening import open_services
from tui.language import _, choose, load_anew
from tui.start import Start

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from tui.app import HansaApp
    from tui.services import Services


def home(options: Namespace) -> int:
    """Open the home screen, where one key goes on."""
    return _open(open_services(options), Start())


def learn(options: Namespace) -> int:
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


def open_review_screen(options: Namespace) -> int:
    """Open today's review."""
    return _open(open_services(options), Start.review(options.minutes))


def _open(services: Services, start: Start) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(
            _(
                "Hansa needs a terminal for its screens; here, use hansa ask, hansa course show or "
                "hansa quiz REF --plain."
            ),
            file=sys.stderr,
        )
        return 2

    def open_at(place: Start) -> HansaApp:
        from tui.app import HansaApp

        return HansaApp(services, place)

    try:
        run_in_chosen_language(services, open_at, start)
    finally:
        services.close()
    return 0


def run_in_chosen_language(services: Services, open_at: Callable[[Start], HansaApp], start: Start) -> None:
    """Run the application; once more, at the same place, whenever its texts are to be read anew."""
    place: Start | None = start
    while place is not None:
        place = open_at(place).run()
        if place is not None:
            services.language = services.preferences.language or services.language
            choose(services.language)
            load_anew()
            place = _erased(services, place)


def _erased(services: Services, place: Start) -> Start:
    """Erase what the place asks for, now that no page is open; what came of it is told there."""
    if not place.erases:
        return place
    from tui.stored import erase

    return replace(place, erases="", notice=erase(services, place.erases))
