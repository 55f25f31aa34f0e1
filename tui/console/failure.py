"""Errors told to the user: one sentence that names the thing and the remedy."""

from __future__ import annotations

import errno
import sqlite3

from assistant.errors import AssistantError, QuestionError, UnknownConversationError
from course.errors import CourseError
from index.errors import GuideIndexError

_DISK = {
    errno.ENOSPC: "The disk is full: free some space and run the command again.",
    errno.EDQUOT: "Your disk quota is used up: free some space and run the command again.",
    errno.EROFS: "{name} is on a read-only disk: set HANSA_HOME to a folder that can be written.",
    errno.EACCES: "{name} may not be read or written: change its permissions, or set HANSA_HOME to another folder.",
    errno.EPERM: "{name} may not be changed: change its permissions, or set HANSA_HOME to another folder.",
    errno.EEXIST: "{name} exists already: choose another name, or remove it first.",
    errno.ENOENT: "{name} does not exist: check the spelling.",
    errno.ENOTDIR: "{name} is not a folder: check the path, or set HANSA_HOME to another folder.",
}


def describe(error: Exception) -> str:
    """The sentence for an error; never a traceback."""
    if isinstance(error, (CourseError, GuideIndexError, AssistantError)):
        return str(error)
    if isinstance(error, OSError) and error.errno in _DISK:
        return _DISK[error.errno].format(name=error.filename or "A file")
    if isinstance(error, sqlite3.Error):
        return f"A database could not be used ({error}): run hansa doctor to see which."
    return (
        f"Hansa met a fault of its own ({type(error).__name__}: {error}). "
        "Nothing was lost; run the command again with HANSA_DEBUG=1 and report what it prints."
    )


def status(error: Exception) -> int:
    """Exit status: 2 for a question or reference that cannot be used, 3 for data that cannot."""
    if isinstance(error, (QuestionError, UnknownConversationError)):
        return 2
    return 3
