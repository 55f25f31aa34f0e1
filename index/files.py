"""The files that can become guides: found one after the other, and told apart by the digest of their bytes."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import UnreadableGuideError
from .model import Problem
from .source import LARGEST_FILE, MEGABYTE, check_size, read_bytes, told_plainly

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARKDOWN_ENDINGS = frozenset({".md", ".markdown"})
HTML_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
PAGED_ENDINGS = frozenset({".pdf", ".docx"})
ENDINGS = MARKDOWN_ENDINGS | HTML_ENDINGS | PAGED_ENDINGS | {".txt"}
"""Of the files that can become guides."""

READER_VERSION = 2
"""Counts up when the same file would be read differently; older guides are then read again."""

_LARGEST_PAGED = 50 * MEGABYTE
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class GuideFile:
    """A file that may become a guide, with the digest of its bytes."""

    path: Path
    digest: str

    @property
    def data(self) -> bytes:
        """The bytes, read anew, so that thousands of files do not fill the memory.

        Raises:
            UnreadableGuideError: The file cannot be read any more.
        """
        return read_bytes(self.path, limit_of(self.path))


def limit_of(path: Path) -> int:
    """The bytes that a file of its kind may have."""
    return _LARGEST_PAGED if path.suffix.lower() in PAGED_ENDINGS else LARGEST_FILE


def load_file(path: Path) -> GuideFile:
    """One file with the digest of its bytes.

    Raises:
        UnreadableGuideError: The file cannot become a guide.
    """
    if path.suffix.lower() not in ENDINGS:
        raise UnreadableGuideError(
            f"{path} is none of Markdown, text, HTML, PDF and DOCX; save it as one of these and add it again."
        )
    digest, blank = hashlib.sha256(), True
    with told_plainly(path):
        check_size(path, limit_of(path))
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                blank = blank and not piece.strip()
    if blank:
        raise UnreadableGuideError(f"{path} is empty; write something into it or leave it out.")
    return GuideFile(path, digest.hexdigest())


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files at paths, each once, folders walked in order; nothing is opened."""
    seen: set[str] = set()
    for path in paths:
        whole = path.absolute()
        is_folder = os.path.isdir(whole)  # noqa: PTH112 - the other one raises where it may not look
        for found, real in _walk(whole) if is_folder else ((whole, os.path.realpath(whole)),):
            if real not in seen:
                seen.add(real)
                yield found


def load_files(paths: Iterable[Path]) -> Iterator[GuideFile | Problem]:
    """The files at paths, folders walked in order; what cannot be read comes as a problem."""
    for found in find_files(paths):
        try:
            yield load_file(found)
        except UnreadableGuideError as error:
            yield Problem(str(found), str(error))


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """Files with a known ending below a folder, each with where it really is.

    Hidden ones and links that lead out are passed over.
    """
    root = folder.resolve()
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        real_parent = root / Path(parent).relative_to(folder)
        for name in sorted(names):
            if name.startswith(".") or os.path.splitext(name)[1].lower() not in ENDINGS:  # noqa: PTH122 - fast
                continue
            path = Path(parent, name)
            if not path.is_symlink():
                yield path, f"{real_parent}{os.sep}{name}"
            elif path.resolve().is_relative_to(root):
                yield path, str(path.resolve())
