"""Faults in the files of a course, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .errors import ModuleUnreadable

if TYPE_CHECKING:
    from pathlib import Path

    from .errors import CourseError


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; lines and columns count from 1."""

    file: Path
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a file, told to its author."""

    place: Place
    code: str
    message: str
    """One sentence that names the thing and the remedy."""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.message}"


def told(error: CourseError, path: Path) -> Problem:
    """What went wrong with a file or folder, told to its author."""
    code = "C103" if isinstance(error, ModuleUnreadable) else "C104"
    return Problem(error.place or Place(path, 1), code, error.message)
