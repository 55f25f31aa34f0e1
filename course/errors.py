"""What can go wrong with a course or a learner's record.

CourseError
├── ModuleUnreadable   a folder of a course cannot be used
├── FileUnreadable     a file cannot be read or is not what it should be
├── NotFound           a reference leads nowhere
├── NotCompleted       a certificate is wanted of something that is not completed
├── ResponseError      what was typed is no answer to the question
├── RecordError        the learner's record cannot be opened or written
│   └── RunClosed      a sitting takes no more answers
└── WorkbookError      a file of the learner's workbook cannot be read or written
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .problems import Place


class CourseError(Exception):
    """Base of the package: one sentence that a person can act on, and where it applies."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class ModuleUnreadable(CourseError):  # noqa: N818 - says what is the matter
    """A module's folder is not usable."""


class FileUnreadable(CourseError):  # noqa: N818
    """A file of the course is missing, too large, not text or wrong at its head."""


class NotFound(CourseError):  # noqa: N818
    """A reference names nothing in the course."""


class NotCompleted(CourseError):  # noqa: N818
    """What a certificate is wanted of still has something to do."""


class ResponseError(CourseError):
    """What was typed cannot be read as an answer."""


class RecordError(CourseError):
    """The learner's record cannot be used."""


class RunClosed(RecordError):  # noqa: N818
    """A sitting is handed in, or its time is over."""


class WorkbookError(CourseError):
    """A file of the workbook cannot be used."""
