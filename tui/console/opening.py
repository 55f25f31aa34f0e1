"""Opens what a command works with, and tells how long work gets on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.clean import clean
from tui.language import _, language_in_use
from tui.paths import Paths
from tui.services import Services

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from assistant import Assistant
    from index.model import Progress
    from index.search import GuideIndex


def open_services(options: Namespace) -> Services:
    """The user's services, with the folders and guides named on the command line.

    Lessons are read in the language that is named there, else in the one chosen last in a lesson, else in that of
    the interface.
    """
    services = Services(
        Paths.find(),
        course_folders=tuple(options.course),
        guide_paths=tuple(getattr(options, "guides", ())),
        language=options.language or language_in_use(),
    )
    if not options.language and services.preferences.course_language:
        services.language = services.preferences.course_language
    return services


def open_index(services: Services) -> GuideIndex:
    """The index to answer from; files that could not be taken in, and what the index lacks, are told on stderr."""
    index = services.open_index(preparation())
    _tell(index)
    return index


def open_assistant(services: Services, *, plain: bool = False) -> Assistant:
    """The assistant over that index; `plain` tells how its preparation gets on without redrawing a line."""
    assistant = services.assistant(preparation(plain=plain))
    _tell(assistant.index)
    if services.settings_problem:
        print(services.settings_problem, file=sys.stderr)
    return assistant


def _tell(index: GuideIndex) -> None:
    for problem in index.problems:
        print(clean(problem.message), file=sys.stderr)
    if index.note:
        print(index.note, file=sys.stderr)


def preparation(*, plain: bool = False) -> Callable[[Progress], None] | None:
    """A counter on the terminal while guides are prepared, one line alone if `plain`; None when nobody watches."""
    if not sys.stderr.isatty():
        return None
    if plain:
        return _Once()

    def tell(progress: Progress) -> None:
        end = "\n" if progress.done >= progress.total else ""
        words = _("Preparing the guides: {done} of {total} passages")
        print("\r" + words.format(done=progress.done, total=progress.total), end=end, file=sys.stderr)

    return tell


class _Once:
    """Says once that the guides are being prepared."""

    def __init__(self) -> None:
        self._said = False

    def __call__(self, progress: Progress) -> None:
        if progress.words == "embedding passages" and not self._said:
            self._said = True
            print(_("Preparing the guides …"), file=sys.stderr)
