"""`hansa course report`: what learners' attempts tell about the questions, as a table, JSON or CSV."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.language import _
from tui.paths import Paths

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from course.observations import Learner


def run(options: Namespace) -> int:
    """Print the report; exit status 1 when a database could not be read."""
    from course.positions import Tries
    from course.references import find
    from course.report import item_report
    from tui.console.opening import open_services

    course = open_services(options).course
    found = find(course, options.ref) if options.ref else None
    learners, read, broken = _read(_databases(options.database))
    tries = Tries(options.tries)
    reports = item_report(course, learners, tries, found)
    if options.json:
        from tui.console.report_data import as_json

        print(as_json(reports, tries, learners=len(learners), read=read, skipped=broken))
    elif options.csv:
        from tui.console.report_data import as_csv

        print(as_csv(reports), end="")
    elif not reports:
        if read or not broken:
            print(_("Nobody has answered a question yet."))
    else:
        from tui.console.report_table import lines_of

        print("\n".join(lines_of(reports, tries)))
    return 1 if broken else 0


def _databases(named: Iterable[str]) -> list[str]:
    """What was named, each once; the learner's own record, if there is one, when nothing was."""
    own = Paths.find().record
    chosen = list(named) or ([str(own)] if own.exists() else [])
    once: dict[str, str] = {}
    for name in chosen:
        key = name if "://" in name else str(Path(name).expanduser().resolve())
        if key in once:
            print(_("{name} is named twice and counted once.").format(name=name), file=sys.stderr)
        once.setdefault(key, name)
    return list(once.values())


def _read(databases: Iterable[str]) -> tuple[list[Learner], int, int]:
    """The learners of every database that can be read; the others are told on stderr.

    Returns:
        The learners, each apart; the number of databases read; the number that could not be.

    """
    from course.errors import RecordError
    from course.observations import read_learners

    learners: list[Learner] = []
    read = broken = 0
    for name in databases:
        try:
            learners.extend(read_learners(name))
            read += 1
        except RecordError as error:
            print(error, file=sys.stderr)
            broken += 1
    return learners, read, broken
