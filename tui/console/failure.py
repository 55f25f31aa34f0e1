"""Errors told to the user: one sentence that names the thing and the remedy."""

from __future__ import annotations

import errno
import sqlite3

from assistant.errors import AssistantError, QuestionError, UnknownConversationError
from course.errors import CourseError
from index.errors import GuideIndexError
from tui.language import _

_DISK = {
    errno.ENOSPC: _("The disk is full: free some space and run the command again."),
    errno.EDQUOT: _("Your disk quota is used up: free some space and run the command again."),
    errno.EROFS: _("{name} is on a read-only disk: set HANSA_HOME to a folder that can be written."),
    errno.EACCES: _(
        "{name} may not be read or written: change its permissions, or set HANSA_HOME to another folder."
    ),
    errno.EPERM: _("{name} may not be changed: change its permissions, or set HANSA_HOME to another folder."),
    errno.EEXIST: _("{name} exists already: choose another name, or remove it first."),
    errno.ENOENT: _("{name} does not exist: check the spelling."),
    errno.ENOTDIR: _("{name} is not a folder: check the path, or set HANSA_HOME to another folder."),
}


def describe(error: Exception) -> str:
    """The sentence for an error; never a traceback."""
    if isinstance(error, (CourseError, GuideIndexError, AssistantError)):
        return str(error)
    if isinstance(error, OSError) and error.errno in _DISK:
        return _DISK[error.errno].format(name=error.filename or _("A file"))
    if isinstance(error, sqlite3.Error):
        return _("A database could not be used ({error}): run hansa doctor to see which.").format(error=error)
    return _(
        "Hansa met a fault of its own ({name}: {error}). Nothing was lost; run the command "
        "again with HANSA_DEBUG=1 and report what it prints."
    ).format(name=type(error).__name__, error=error)


def status(error: Exception) -> int:
    """Exit status: 2 for a question or reference that cannot be used, 3 for data that cannot."""
    if isinstance(error, (QuestionError, UnknownConversationError)):
        return 2
    return 3
