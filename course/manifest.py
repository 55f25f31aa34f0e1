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

FORMAT = 4
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
    files: list[str] = []
    newest, links = 0, False
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.endswith(".md"):
                links = links or entry.is_symlink()
                status = entry.stat(follow_symlinks=False)
                time_ns = status.st_mtime_ns
                newest = max(newest, time_ns)
                files.append(f"{name}/{status.st_size}/{time_ns}")
    files.sort()
    digest = blake2b("/".join(files).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Listing(digest, newest, bool(files), links)


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
            head, _, rows = (path.read_bytes() if path else b"").partition(b"\n")
        except OSError:
            return cls(path)
        if head != _head(rows):
            return cls(path)
        rest = iter(rows.decode("ascii").split("\n")[:-1])
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
            rest: dict[str, Any] = {
                name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
            }
            return Module(
                path=folder,
                lessons=Heads(lessons, count, folder),
                quiz_path=folder / "quiz.md" if has_quiz else None,
                **rest,
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
        rows = [_row_of(head) for head in module.lessons]
        self.known[json.dumps(key)] = (listing.fingerprint, json.dumps(values), json.dumps(rows))
        self.changed = True

    def write(self) -> None:
        """Keep what is remembered, folders that are gone left out. Where nothing can be written, it is read anew."""
        if self.path is None or not self.changed:
            return
        lines: list[str] = []
        for key, entry in self.known.items():
            if Path(json.loads(key)).is_dir():
                lines += [key, *entry]
        rows = "\n".join([*lines, ""]).encode("ascii")
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _replace(self.path, _head(rows) + b"\n" + rows)


def _head(rows: bytes) -> bytes:
    """The first line: the format, and a digest of all that follows."""
    return f"hansa modules {FORMAT} {blake2b(rows, digest_size=16).hexdigest()}".encode("ascii")


def _replace(path: Path, data: bytes) -> None:
    """Write beside a file and rename; where the disk is full nothing is left behind."""
    with NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
        part = Path(file.name)
        try:
            file.write(data)
            file.close()
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise


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
            self._heads = tuple(_head_of(row, self._folder) for row in json.loads(self._source))
        return self._heads


def _row_of(head: LessonHead) -> list[Any]:
    """A lesson in few letters: of the ids in it, only what comes behind its own."""
    behind = len(head.id) + len("#")
    items = [" ".join(item[behind:] for item in own) for own in head.item_ids]
    slugs = " ".join(section[behind:] for section in head.section_ids)
    return [
        head.id,
        head.title,
        head.path.name,
        head.minutes,
        head.optional,
        slugs,
        head.section_titles,
        items,
    ]


def _head_of(row: list[Any], folder: Path) -> LessonHead:
    own_id, title, name, minutes, optional, slugs, titles, items = row
    ids = tuple([f"{own_id}#{slug}" for slug in slugs.split()])
    item_ids = tuple([tuple([f"{own_id}#{item}" for item in own.split()]) for own in items])
    return LessonHead(own_id, title, folder / name, minutes, optional, ids, tuple(titles), item_ids)


def _values(value: Module, *without: str) -> dict[str, Any]:
    return {part.name: getattr(value, part.name) for part in fields(value) if part.name not in without}
