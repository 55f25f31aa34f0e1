"""Mends what has one right cure: missing ids and untidy spacing. What a file means stays as it is.

Every step takes a text and returns it mended; a mended text stays as it is when it is mended again. Spacing is
mended only where the file, read again, gives the very same pages and questions.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from difflib import unified_diff
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from .controls import neutralised
from .errors import CourseError, FileUnreadable
from .model import Lesson, Place
from .parse import parse_lesson, parse_quiz
from .source import read_source, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Item, Quiz

_MARKER = re.compile(r" {0,3}<!--\s*q\b(?![^<>]*\bid\s*=)", re.IGNORECASE)
_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})")
_BOX = re.compile(r"^(\s*[-*+] )\[X\](?=\s)")
_POSITIONS = frozenset({"line", "place"})


@dataclass(frozen=True, slots=True)
class Mended:
    """A file and how it would be mended."""

    path: Path
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether there was anything to mend."""
        return self.before != self.after

    def diff(self, name: str) -> str:
        """The change as a patch that `patch -R` takes back; `name` stands at its head."""
        before, after = self.before.splitlines(keepends=True), self.after.splitlines(keepends=True)
        lines = unified_diff(before, after, name, name)
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
        )


def mend(path: Path) -> Mended:
    """How a lesson or a quiz would be mended; nothing is written. A file that cannot be read is left alone."""
    before = _raw(path)
    try:
        read_source(path)
        after = _with_ids(before, path)
        spaced = _spaced(after)
        if _meaning(spaced, path) == _meaning(after, path):
            after = spaced
    except CourseError:
        return Mended(path, before, before)
    return Mended(path, before, after)


def write(mended: Mended) -> None:
    """Put the mended text in place of the file at once: a crash leaves the old or the new one."""
    path = mended.path.resolve()
    try:
        if _raw(path) != mended.before:
            message = "This file changed while it was mended; run the command again."
            raise FileUnreadable(message, Place(mended.path, 1))
        with NamedTemporaryFile("wb", dir=path.parent, prefix=".mend-", delete=False) as file:
            try:
                file.write(mended.after.encode())
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).chmod(path.stat().st_mode & 0o777)
            except OSError:
                with suppress(OSError):
                    Path(file.name).unlink()
                raise
        Path(file.name).replace(path)
    except OSError as error:
        message = f"This file cannot be written: {error.strerror or error}."
        raise FileUnreadable(message, Place(mended.path, 1)) from error


def _raw(path: Path) -> str:
    """The text byte for byte, line ends included."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable("This file cannot be read.", Place(path, 1)) from error


# Ids --------------------------------------------------------------------------------------------------


def _with_ids(text: str, path: Path) -> str:
    """The id that a question goes by for want of one written into its comment, so that no answer is lost."""
    items = {item.frame.place.line: item.frame.id.partition("#")[2] for item in _items(text, path)}
    lines = text.split("\n")
    for number, own in items.items():
        match = _MARKER.match(lines[number - 1])
        if match:
            lines[number - 1] = f"{match[0]} id={own}{lines[number - 1][match.end() :]}"
    return "\n".join(lines)


def _items(text: str, path: Path) -> tuple[Item, ...]:
    parsed = _parsed(text, path)
    items = parsed.all_items if isinstance(parsed, Lesson) else parsed.items
    return tuple(item for item in items if item.frame.place.file == path)


def _parsed(text: str, path: Path) -> Lesson | Quiz:
    name = path.name.partition(".")[0].lower()
    if name == "quiz":
        return parse_quiz(path, "m", text)
    return parse_lesson(path, "m", text)


# Spacing ----------------------------------------------------------------------------------------------


def _spaced(text: str) -> str:
    """One way of writing line ends, ticks and the ends of lines; no byte order mark; one line end at the end."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_tidied(lines)).rstrip("\n") + "\n"


def _tidied(lines: list[str]) -> Iterator[str]:
    """The lines outside code without spaces at their end; two spaces before a line end are a line break and stay."""
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if fence:
            yield line
            continue
        bare = line.rstrip(" \t")
        broken = bool(bare) and line.endswith("  ") and not line.endswith("\t")
        yield _BOX.sub(r"\1[x]", bare + ("  " if broken else ""))


def _meaning(text: str, path: Path) -> object:
    """All that a file says, without the places where it says it."""
    parsed = _parsed(text, path)
    head = tidy(text).partition("\n---")[0]
    return neutralised(head), _content(parsed)


def _content(value: Any) -> object:  # noqa: ANN401 - a lesson nests values of many kinds
    if is_dataclass(value):
        own = ((part.name, getattr(value, part.name)) for part in fields(value))
        return (
            type(value).__name__,
            *((name, _content(part)) for name, part in own if name not in _POSITIONS),
        )
    if isinstance(value, tuple):
        return tuple(_content(part) for part in value)
    return str(value)
