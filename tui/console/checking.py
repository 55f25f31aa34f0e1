"""`hansa course check`: prints the faults of modules, and mends those that have one cure."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.clean import clean
from tui.language import _, plural

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from course.check import Report
    from course.mend import Mended
    from course.model import Problem

WIDEST = 100
"""Characters of a line of source that are shown."""


def check(options: Namespace) -> int:
    """Print the faults of modules, of all that ships when no path is given; exit status 1 when some count."""
    from course.catalog import shipped_modules
    from course.model import Severity

    path: Path = options.path or shipped_modules()
    if options.diff or options.fix:
        mended = _mended(path)
        if options.diff:
            sys.stdout.writelines(own.diff(_shown(own.path)) for own in mended)
        if not options.fix:
            return 1 if mended else 0
        _write(mended)
    report = _report(path, with_rest=options.path is None)
    if options.json:
        print(json.dumps([_as_json(problem) for problem in report.problems], ensure_ascii=False))
    else:
        _print(report)
    counts = (options.strict or problem.severity is Severity.ERROR for problem in report.problems)
    return 1 if any(counts) else 0


def _report(path: Path, *, with_rest: bool) -> Report:
    """The faults of modules; `with_rest` also those of the self-checks and paths that ship beside them."""
    from course.check import check, check_beside

    guides = known_guides()
    report = check(path, guides)
    return report.joined(check_beside(guides)) if with_rest else report


def known_guides() -> set[str]:
    """Slugs of the guides that ship, alone and with each heading, for links from lessons."""
    from index.collection import shipped_guides
    from index.read import read_guide
    from index.section import heading_anchor

    known = set()
    for path in sorted(shipped_guides().glob("*.md")):
        guide = read_guide(path)
        known.add(guide.slug)
        known |= {f"{guide.slug}#{heading_anchor(part)}" for block in guide.blocks for part in block.headings}
    return known


# Mending ----------------------------------------------------------------------------------------------


def _mended(path: Path) -> list[Mended]:
    """The files that can be mended: lessons and quizzes, translations among them."""
    from course.check import pages_under
    from course.mend import mend

    found = (mend(own) for own in pages_under(path))
    return [own for own in found if own.changed]


def _write(mended: Sequence[Mended]) -> None:
    from course.mend import write

    for own in mended:
        write(own)
        print(_("Mended {path}.").format(path=_shown(own.path)), file=sys.stderr)


# Showing ----------------------------------------------------------------------------------------------


def _print(report: Report) -> None:
    lines: dict[Path, list[str]] = {}
    for problem in report.problems:
        place = problem.place
        print(clean(f"{_shown(place.file)}:{place.line}:{place.column}: {problem.code} {problem.message}"))
        if sys.stdout.isatty():
            for line in _excerpt(problem, lines):
                print(clean(line))
    print(summary(report))


def _excerpt(problem: Problem, lines: dict[Path, list[str]]) -> Iterator[str]:
    """The line of source, and a mark under the column."""
    place = problem.place
    if place.file not in lines:
        lines[place.file] = _source(place.file)
    if 0 < place.line <= len(lines[place.file]):
        number = f"{place.line:>5} | "
        start = max(0, place.column - WIDEST)
        yield number + lines[place.file][place.line - 1][start : start + WIDEST]
        yield " " * (len(number) - 2) + "| " + " " * (place.column - 1 - start) + "^"


def _source(path: Path) -> list[str]:
    from course.errors import CourseError
    from course.source import read_source

    try:
        return read_source(path).split("\n")
    except CourseError:
        return []


def summary(report: Report) -> str:
    """What was found, in one line."""
    from course.model import Severity

    errors = sum(problem.severity is Severity.ERROR for problem in report.problems)
    warnings = len(report.problems) - errors
    files = plural("{count} file", "{count} files", report.files)
    parts = [plural("{count} error", "{count} errors", errors)] if errors else []
    parts += [plural("{count} warning", "{count} warnings", warnings)] if warnings else []
    found = _(" and ").join(parts) or _("No problems")
    if not report.explained:
        return _("{found} in {files}.").format(found=found, files=files)
    explained = plural("{count} warning explained", "{count} warnings explained", len(report.explained))
    return _("{found} in {files}; {explained}.").format(found=found, files=files, explained=explained)


def _shown(path: Path) -> str:
    """A path as short as it can be written from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _as_json(problem: Problem) -> dict[str, object]:
    return {
        "file": _shown(problem.place.file),
        "line": problem.place.line,
        "column": problem.place.column,
        "code": problem.code,
        "message": problem.message,
        "severity": problem.severity.value,
    }
