"""Tells how adding guides gets on: on one line of the terminal, as JSON for scripts, or at its end alone."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from time import monotonic
from typing import TYPE_CHECKING

from tui.clean import clean
from tui.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.model import Problem
    from tui.console.adding import Added

_EVERY = 0.2
"""Seconds between two messages of progress."""
_NAME_WIDTH = 30


def teller(*, as_json: bool) -> Teller:
    """Who tells, by what is wanted and who watches."""
    if as_json:
        return JsonTeller()
    return TerminalTeller() if sys.stderr.isatty() else Teller()


def progress_line(added: Added) -> str:
    """`12 of 40 files, 310 of 900 passages, 18 a second`."""
    parts = [_("{files:,} of {total:,} files").format(files=added.files, total=added.total)]
    if added.passages:
        parts.append(
            _("{embedded:,} of {passages:,} passages").format(
                embedded=added.embedded, passages=added.passages
            )
        )
    if added.embedded:
        parts.append(_("{rate:.0f} a second").format(rate=added.rate))
    return ", ".join(parts)


def summary(added: Added) -> str:
    """What was done, in a sentence."""
    if added.stopped:
        return _("Stopped after {added}; the same command goes on from there.").format(
            added=progress_line(added)
        )
    taken = added.files - added.unchanged - len(added.problems)
    told = _(", {unchanged:,} unchanged").format(unchanged=added.unchanged) if added.unchanged else ""
    return _(
        "{files:,} files looked at: {taken:,} taken in{told}; {guides:,} guides now, "
        "{embedded:,} passages new or changed."
    ).format(files=added.files, taken=taken, told=told, guides=added.guides, embedded=added.embedded)


def problem_table(problems: Sequence[Problem], width: int) -> list[str]:
    """The files that could not be taken in with the reason; one alone is told in its sentence."""
    if len(problems) == 1:
        return [problems[0].message]
    lines = [_("{count:,} files could not be taken in:").format(count=len(problems))]
    names = min(_NAME_WIDTH, max((len(_name(problem)) for problem in problems), default=0))
    for problem in problems:
        reason = problem.message.removeprefix(problem.path).strip()
        wrapped = textwrap.wrap(reason, max(20, width - names - 4)) or [""]
        lines.append(f"  {_short(_name(problem), names):<{names}}  {wrapped[0]}")
        lines += [" " * (names + 4) + rest for rest in wrapped[1:]]
    return lines


def _name(problem: Problem) -> str:
    return problem.path.replace("\\", "/").rsplit("/", 1)[-1]


def _short(name: str, width: int) -> str:
    return name if len(name) <= width else f"{name[: width - 1]}…"


class Teller:
    """Tells the end alone, for pipes and logs."""

    def files(self, paths: Sequence[Path], problems: Sequence[Problem]) -> None:
        """Files have been looked at, some of them with problems."""

    def progress(self, added: Added) -> None:
        """Something has been done."""

    def done(self, added: Added) -> None:
        """All is done, or stopped."""
        for line in (
            problem_table(added.problems, shutil.get_terminal_size().columns) if added.problems else ()
        ):
            print(clean(line), file=sys.stderr)
        print(summary(added))


class TerminalTeller(Teller):
    """Rewrites one line while work goes on."""

    def __init__(self) -> None:
        self._last = 0.0

    def progress(self, added: Added) -> None:
        """Write the line anew, if the last time is long enough ago."""
        if monotonic() - self._last >= _EVERY:
            self._last = monotonic()
            width = shutil.get_terminal_size().columns - 1
            print("\r" + progress_line(added)[:width].ljust(width), end="", file=sys.stderr, flush=True)

    def done(self, added: Added) -> None:
        """Clear the line and tell the end."""
        if self._last:
            blank = " " * (shutil.get_terminal_size().columns - 1)
            print(f"\r{blank}\r", end="", file=sys.stderr, flush=True)
        super().done(added)


class JsonTeller(Teller):
    """Prints one JSON object a line."""

    def __init__(self) -> None:
        self._last = 0.0

    def files(self, paths: Sequence[Path], problems: Sequence[Problem]) -> None:
        """One `file` for each that stands in the collection, one `problem` for each that does not."""
        bad = {problem.path for problem in problems}
        for path in paths:
            if str(path) not in bad:
                self._say("file", path=str(path))
        for problem in problems:
            self._say("problem", path=problem.path, message=problem.message)

    def progress(self, added: Added) -> None:
        """One `progress`, if the last is long enough ago."""
        if monotonic() - self._last >= _EVERY:
            self._last = monotonic()
            self._say("progress", **_counts(added))

    def done(self, added: Added) -> None:
        """The last line."""
        self._say(
            "done",
            **_counts(added),
            unchanged=added.unchanged,
            guides=added.guides,
            problems=len(added.problems),
            stopped=added.stopped,
        )

    @staticmethod
    def _say(event: str, **values: object) -> None:
        print(json.dumps({"event": event, **values}, ensure_ascii=False), flush=True)


def _counts(added: Added) -> dict[str, object]:
    return {
        "files_done": added.files,
        "files": added.total,
        "passages_done": added.embedded,
        "passages": added.passages,
        "a_second": round(added.rate, 1),
    }
