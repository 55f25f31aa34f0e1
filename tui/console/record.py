"""`hansa export`, `import` and `erase`: the learner's own data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.clean import clean
from tui.console.opening import open_services
from tui.language import _
from tui.stored import CONVERSATION, erase_record

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator


def export(options: Namespace) -> int:
    """Print everything that is known of the learner: lines of JSON, or Markdown to read."""
    services = open_services(options)
    if options.markdown:
        from assistant.export import as_markdown
        from course.moving import exported
        from tui.console.diary import diary

        for line in diary(exported(services.record, services.clock())):
            print(clean(line))
        print(clean(as_markdown(services.history.conversations())))
    else:
        from tui.stored import exported_lines

        for line in exported_lines(services):
            print(line)
    services.close()
    return 0


def take_in(options: Namespace) -> int:
    """Take in what `hansa export` printed on another machine; what is known already is left as it is."""
    from assistant.export import from_line
    from course.errors import RecordError
    from course.moving import LONGEST_LINE, merge

    services = open_services(options)
    talks: list[str] = []
    try:
        with options.file.open(encoding="utf-8", errors="replace") as file:
            lines = iter(lambda: file.readline(LONGEST_LINE + 1), "")
            merged = merge(services.record, _without_talks(lines, talks))
    except OSError as error:
        reason = _("{file} cannot be read: {strerror}; name a file that `hansa export` printed.").format(
            file=options.file, strerror=error.strerror
        )
        raise RecordError(reason) from error
    new = services.history.take_in(map(from_line, talks))
    services.close()
    for kind, name in _KINDS.items():
        print(
            _("{name}: {new} new, {known} known already").format(
                name=name, new=merged.new[kind], known=merged.known[kind]
            )
        )
    print(_("Conversations: {new} new, {count} known already").format(new=new, count=len(talks) - new))
    return 0


def _without_talks(lines: Iterator[str], talks: list[str]) -> Iterator[str]:
    """The lines of a learner's record; those of conversations are put aside."""
    for line in lines:
        if line.startswith(f'{{"kind": "{CONVERSATION}"'):
            talks.append(line)
        else:
            yield line


_KINDS = {
    "visit": _("Visits"),
    "run": _("Sittings"),
    "answer": _("Answers"),
    "flag": _("Flags"),
    "self-check": _("Self-checks"),
    "tick": _("Ticks in checklists"),
    "note": _("Notes and bookmarks"),
    "question": _("Questions as they were asked"),
    "name": _("Names for certificates"),
}


def erase(options: Namespace) -> int:
    """Delete everything that is known of the learner, after asking."""
    services = open_services(options)
    if not options.yes and not _agreed(str(services.paths.home)):
        print(_("Nothing was deleted."))
        return 0
    erase_record(services)
    print(_("Your data is deleted."))
    return 0


def _agreed(home: str) -> bool:
    print(
        _(
            "This deletes every visit, answer, result, self-check, tick, note and conversation in {home}."
            " It cannot be undone."
        ).format(home=home)
    )
    print(_("Type {word} to go on: ").format(word=_("yes")), end="", flush=True)
    return sys.stdin.readline().strip().casefold() in {"yes", _("yes").casefold()}
