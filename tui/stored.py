"""What is kept on this machine: where it stands, how large it is, taking it away and erasing it."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .language import _
from .whole_files import write_new

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .paths import Paths
    from .services import Services

CONVERSATION = "conversation"
"""Kind of the lines of an export that hold a conversation with the guides."""

RECORD, WORKBOOK = "record", "workbook"
"""What can be erased."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One kind of thing that is kept."""

    what: str
    """In words."""
    size: int
    """Bytes on the disk."""
    own: bool
    """Whether it tells of the learner; what does not can be made again."""


def stored(paths: Paths) -> tuple[Stored, ...]:
    """Everything in the home, each file counted once; the last entry is what no other names."""
    own = (
        (_("Your progress: pages read, answers, results"), [*_database(paths.record), paths.drafts]),
        (_("Your workbook"), [paths.workbook]),
        (_("Your conversations with the guides"), _database(paths.history)),
        (_("Your settings"), [paths.settings]),
        (_("Certificates, and talks that you saved"), [paths.certificates, paths.exports, paths.copied]),
    )
    made = ((_("Guides, and the index to search them"), [paths.collection]),)
    found = [Stored(what, _size(places), own=True) for what, places in own]
    found += [Stored(what, _size(places), own=False) for what, places in made]
    rest = _size([paths.home]) - sum(each.size for each in found)
    return (*found, Stored(_("What can be made again at any time"), max(0, rest), own=False))


def _database(path: Path) -> list[Path]:
    return [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]


def _size(places: Iterable[Path]) -> int:
    """Bytes of files, and of those within folders; what goes meanwhile or may not be looked at counts nothing."""
    total = 0
    for place in places:
        total += _file_size(place)
        for folder, _folders, names in os.walk(place):
            total += sum(_file_size(Path(folder, name)) for name in names)
    return total


def _file_size(path: Path) -> int:
    try:
        found = path.lstat()
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


def size_words(size: int) -> str:
    """A size in kB or MB, rounded up, so that nothing that is there counts as nothing."""
    if size < 1_000_000:
        return _("{count} kB").format(count=-(-size // 1000))
    return _("{count} MB").format(count=-(-size // 1_000_000))


def exported_lines(services: Services) -> Iterator[str]:
    """Everything that is known of the learner, a line of JSON each."""
    from assistant.export import plain  # noqa: PLC0415 - needed only to export
    from course.moving import exported  # noqa: PLC0415 - 0.2 s, the same

    for row in exported(services.record, services.clock()):
        yield json.dumps(row, ensure_ascii=False)
    for talk in services.history.conversations():
        yield json.dumps({"kind": CONVERSATION, **plain(talk)}, ensure_ascii=False)


def export_to(services: Services, path: Path) -> None:
    """Write the export to a new file.

    Raises:
        FileExistsError: if there is one of that name.
        OSError: if it cannot be written, or the user may not name files there; no part of it stays.
    """
    services.refuse_path(path)
    write_new(path, (f"{line}\n".encode() for line in exported_lines(services)))


def erase(services: Services, what: str) -> str:
    """Erase one kind of what the learner did, and tell what came of it in a sentence.

    `RECORD` is progress and conversations, `WORKBOOK` what stands in the forms.
    """
    from assistant.errors import AssistantError  # noqa: PLC0415 - not before the first paint
    from course.errors import CourseError  # noqa: PLC0415 - the same

    try:
        if what == WORKBOOK:
            services.workbook.erase()
            return _("Your workbook is erased.")
        erase_record(services)
    except (CourseError, AssistantError, OSError) as error:
        return str(error)
    return _("Your progress and conversations are erased.")


def erase_record(services: Services) -> None:
    """Erase progress and conversations, which are closed first.

    Raises:
        RecordError: if the record cannot be removed.
        HistoryError: if the conversations cannot be changed.
    """
    from course.record import erase_file  # noqa: PLC0415 - 0.2 s, needed only here

    services.close()
    erase_file(services.paths.record)
    services.paths.copied.unlink(missing_ok=True)
    services.paths.drafts.unlink(missing_ok=True)
    services.history.erase_all()
    services.history.close()
