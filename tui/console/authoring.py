"""`hansa course new` and `hansa course preview`: begin a module, and watch it grow."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.console.screen import run_in_chosen_language
from tui.language import _
from tui.paths import Paths
from tui.start import Start

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from tui.app import HansaApp


def new(options: Namespace) -> int:
    """Make the folder of a module that can be taught as it is."""
    from course.template import new_module

    folder = new_module(options.name, options.folder)
    print(_("Made {folder}. Next: hansa course preview {folder}").format(folder=folder))
    return 0


def preview(options: Namespace) -> int:
    """Show a module or one of its files, again whenever it changes."""
    from course.errors import ModuleUnreadable
    from course.model import Place
    from tui.console.checking import known_guides
    from tui.previewing import PreviewServices, first_file, read_file

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(
            _("The preview needs a terminal; here, use hansa course check or hansa course show."),
            file=sys.stderr,
        )
        return 2
    paths, guides = Paths.find(), known_guides()
    path: Path = first_file(options.path)
    reading = read_file(path, guides, paths.modules)
    if reading.module is None:
        problem = next(iter(reading.report.problems), None)
        message = problem.message if problem else _("This file belongs to no module that can be read.")
        raise ModuleUnreadable(message, problem.place if problem else Place(path, 1))
    services, module = PreviewServices(paths), reading.module

    def open_at(_place: Start) -> HansaApp:
        from tui.preview_app import PreviewApp

        return PreviewApp(services, reading, module, guides)

    try:
        run_in_chosen_language(services, open_at, Start())
    finally:
        services.close()
    return 0
