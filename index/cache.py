"""Indexes over files that are in no collection, kept by the content of the files."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

from .collection import Collection
from .errors import UnreadableGuideError
from .files import load_files
from .model import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from .embed import Embedder
    from .model import Progress
    from .search import GuideIndex

_KEPT = 12
"""Cached indexes; the ones not used for longest are removed beyond that."""


def index_of(
    paths: Iterable[Path],
    cache: Path,
    embedder: Embedder | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> GuideIndex:
    """An index over files and folders alone; the same content is never indexed twice.

    Raises:
        UnreadableGuideError: None of the files can be read.
    """
    given = list(paths)
    folder = cache / _key(given)
    collection = Collection(folder, embedder)
    report = collection.update(given, progress=progress, replace=True)
    if not report.guides:
        raise UnreadableGuideError(_nothing(given, report.problems))
    (folder / "current").touch()
    _forget_oldest(cache)
    index = collection.open()
    index.problems = report.problems
    return index


def _key(paths: Iterable[Path]) -> str:
    """Names a set of files by what stands in them, and by what they are called."""
    found = load_files(paths)
    lines = sorted(f"{item.path.name}\t{item.digest}" for item in found if not isinstance(item, Problem))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:24]


def _nothing(paths: Iterable[Path], problems: tuple[Problem, ...]) -> str:
    if problems:
        return problems[0].message
    names = ", ".join(map(str, paths))
    return (
        f"There is no Markdown, text, HTML, PDF or DOCX file in {names}; name a folder or file that has one."
    )


def _forget_oldest(cache: Path) -> None:
    pointers = sorted(cache.glob("*/current"), key=_last_used, reverse=True)
    for pointer in pointers[_KEPT:]:
        shutil.rmtree(pointer.parent, ignore_errors=True)


def _last_used(pointer: Path) -> int:
    """When an index was used, in nanoseconds since 1970; 0 for one that another process removes just now."""
    try:
        return pointer.stat().st_mtime_ns
    except OSError:
        return 0
