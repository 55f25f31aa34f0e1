"""The files of a course, read with care: inside their folder, of bearable size, in UTF-8."""

from __future__ import annotations

import os
from stat import S_ISREG
from typing import TYPE_CHECKING

from .controls import neutralised
from .errors import FileUnreadable
from .problems import Place

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 2_000_000


def read_source(path: Path) -> str:
    """The text of a file: newlines made one, control characters made harmless, no byte order mark."""
    place = Place(path, 1)
    try:
        if not S_ISREG(path.stat().st_mode):
            raise FileUnreadable("This file cannot be read: it is no ordinary file.", place)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileUnreadable(f"This file cannot be read: {error.strerror or error}.", place) from error
    if len(data) > MAX_BYTES:
        raise FileUnreadable("This file is larger than 2 MB; split it into several lessons.", place)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileUnreadable("This file is not in UTF-8; save it in UTF-8.", Place(path, line)) from error
    return tidy(text)


def tidy(text: str) -> str:
    """The text with newlines made one and control characters made harmless."""
    return neutralised(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def stays_inside(path: Path, folder: Path) -> bool:
    """Whether a path, its links followed, stays in the folder."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # no such path can be: names too long, a loop, a null byte
        return False


def is_there(path: Path) -> bool:
    """Whether there is something at a path; what may not be looked at, or no disk can hold, is not there."""
    return os.path.exists(path)  # noqa: PTH110 - the other one raises where it may not look


def is_file(path: Path) -> bool:
    """Whether there is a file at a path, as `is_there` has it."""
    return os.path.isfile(path)  # noqa: PTH113 - see above


def refuse_escape(path: Path, folder: Path) -> None:
    """Let no link lead out of a folder.

    Raises:
        FileUnreadable: if the path, its links followed, is not in the folder.
    """
    if not stays_inside(path, folder):
        message = f"{path.name} is a link that leaves its folder; put the file itself into the folder."
        raise FileUnreadable(message, Place(path, 1))
