"""Files that are written whole or not at all: a full disk leaves no part of one, and the old one stays."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write_new(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file that is not there yet.

    Raises:
        FileExistsError: if there is one of that name.
        OSError: if it cannot be written.
    """
    opened = path.open("xb")
    try:
        with opened as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def write_over(path: Path, data: bytes) -> None:
    """Write a file in the place of the one that may be there; whoever kills the program finds the old or the new one.

    Raises:
        OSError: if it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)  # left by a process of the same number that was killed
    write_new(partial, (data,))
    try:
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
