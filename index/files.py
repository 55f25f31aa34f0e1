"""The files that can become guides: found, and loaded with the digest of their bytes."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import UnreadableGuideError
from .model import Problem
from .source import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARKDOWN_ENDINGS = frozenset({".md", ".markdown"})
ENDINGS = MARKDOWN_ENDINGS | {".txt"}
"""Of the files that can become guides."""

READER_VERSION = 1
"""Counts up when the same file would be read differently; older guides are then read again."""


@dataclass(frozen=True, slots=True)
class GuideFile:
    """A file that may become a guide, with the digest of its bytes."""

    path: Path
    data: bytes
    digest: str


def load_file(path: Path) -> GuideFile:
    """The bytes of one file.

    Raises:
        UnreadableGuideError: The file cannot become a guide.
    """
    if path.suffix.lower() not in ENDINGS:
        raise UnreadableGuideError(
            f"{path} is neither Markdown nor text; save it as .md or .txt and add it again."
        )
    data = read_bytes(path)
    return GuideFile(path, data, hashlib.sha256(data).hexdigest())


def load_files(paths: Iterable[Path]) -> Iterator[GuideFile | Problem]:
    """The files at paths, folders walked in order; what cannot be read comes as a problem."""
    seen: set[Path] = set()
    for path in paths:
        whole = path.absolute()
        for found in _walk(whole) if path.is_dir() else (whole,):
            real = found.resolve()
            if real in seen:
                continue
            seen.add(real)
            try:
                yield load_file(found)
            except UnreadableGuideError as error:
                yield Problem(str(found), str(error))


def _walk(folder: Path) -> Iterator[Path]:
    """Files with a known ending below a folder; hidden ones and links that lead out are passed over."""
    root = folder.resolve()
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            wanted = not name.startswith(".") and path.suffix.lower() in ENDINGS
            if wanted and path.resolve().is_relative_to(root):
                yield path
