"""What was read of modules the last time, so that a list of many does not read every file again.

A module is known again by its folder and by the names, sizes and times of the files in it. The heads of its
lessons are decoded when somebody looks at them. A damaged or foreign file counts as nothing remembered.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, overload

from .contents import LessonHead, Module

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = 2
"""Raised when heads are read or written differently."""
SETTLED_NS = 2_000_000_000
"""Nanoseconds after which a file that is written again is sure to have another time."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a folder as the disk tells them, without opening any."""

    fingerprint: str
    """Changes with the names, sizes and times of the Markdown files."""
    newest: int
    """Time of the youngest of them, in nanoseconds since 1970."""
    has_files: bool
    has_links: bool
    """Whether a file is a symbolic link, which must be followed with care each time."""


def list_folder(folder: str) -> Listing:
    """The Markdown files of a folder; raises `OSError` when it cannot be read."""
    files: list[tuple[str, int, int]] = []
    links = False
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".md"):
                links = links or entry.is_symlink()
                status = entry.stat(follow_symlinks=False)
                files.append((entry.name, status.st_size, status.st_mtime_ns))
    files.sort()
    digest = blake2b(repr(files).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Listing(digest, max((file[2] for file in files), default=0), bool(files), links)


@dataclass(slots=True)
class Manifest:
    """The modules that are remembered, by folder."""

    path: Path | None
    """Where they are kept; None remembers nothing."""
    known: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Fingerprint, module and lessons of each folder, the latter two as JSON."""
    changed: bool = False

    @classmethod
    def read(cls, path: Path | None) -> Manifest:
        """What is remembered in a file."""
        try:
            lines = path.read_text(encoding="ascii").split("\n") if path else []
        except (OSError, ValueError):
            return cls(path)
        if not lines or lines[0] != _HEAD or len(lines) % 4 != 2:
            return cls(path)
        rest = iter(lines[1:-1])
        known = {
            key: (mark, module, lessons)
            for key, mark, module, lessons in zip(rest, rest, rest, rest, strict=True)
        }
        return cls(path, known)

    def module(self, key: str, folder: Path, listing: Listing) -> Module | None:
        """The module of a folder whose files have not changed since."""
        mark, module, lessons = self.known.get(json.dumps(key), ("", "", ""))
        if mark != listing.fingerprint or listing.has_links:
            return None
        try:
            values = json.loads(module)
            count = values.pop("lessons")
            has_quiz = values.pop("quiz_path")
            return Module(
                path=folder,
                lessons=Heads(lessons, count, folder),
                quiz_path=folder / "quiz.md" if has_quiz else None,
                **{name: _tupled(value) for name, value in values.items()},
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return None

    def keep(self, key: str, listing: Listing, module: Module) -> None:
        """Remember a module, unless it has faults, holds links or was written a moment ago."""
        if self.path is None or module.problems or listing.has_links:
            return
        if time.time_ns() - listing.newest < SETTLED_NS:
            return
        values = _values(module, "path", "problems", "introduction", "lessons")
        values |= {"lessons": len(module.lessons), "quiz_path": module.quiz_path is not None}
        heads = [_values(head, "path") | {"path": head.path.name} for head in module.lessons]
        self.known[json.dumps(key)] = (listing.fingerprint, json.dumps(values), json.dumps(heads))
        self.changed = True

    def write(self) -> None:
        """Keep what is remembered, folders that are gone left out. Where nothing can be written, it is read anew."""
        if self.path is None or not self.changed:
            return
        lines = [_HEAD]
        for key, entry in self.known.items():
            if Path(json.loads(key)).is_dir():
                lines += [key, *entry]
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile("w", dir=self.path.parent, encoding="ascii", delete=False) as file:
                file.write("\n".join([*lines, ""]))
            Path(file.name).replace(self.path)


_HEAD = f"hansa modules {FORMAT}"


class Heads(Sequence[LessonHead]):
    """The heads of the lessons of a module, decoded when they are first looked at."""

    def __init__(self, source: str, count: int, folder: Path) -> None:
        self._source = source
        self._count = count
        self._folder = folder
        self._heads: tuple[LessonHead, ...] | None = None

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> LessonHead: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[LessonHead, ...]: ...
    def __getitem__(self, place: int | slice) -> LessonHead | tuple[LessonHead, ...]:
        return self._decoded()[place]

    def __iter__(self) -> Iterator[LessonHead]:
        return iter(self._decoded())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self._decoded())

    def _decoded(self) -> tuple[LessonHead, ...]:
        if self._heads is None:
            self._heads = tuple(
                LessonHead(
                    path=self._folder / values.pop("path"),
                    **{name: _tupled(value) for name, value in values.items()},
                )
                for values in json.loads(self._source)
            )
        return self._heads


def _values(value: Module | LessonHead, *without: str) -> dict[str, Any]:
    return {part.name: getattr(value, part.name) for part in fields(value) if part.name not in without}


def _tupled(value: Any) -> Any:  # noqa: ANN401 - JSON holds anything
    return tuple(_tupled(part) for part in value) if isinstance(value, list) else value
