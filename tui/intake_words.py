"""How taking in guides gets on, in words."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from .clean import clean_line
from .language import _, plural

if TYPE_CHECKING:
    from index.model import Problem

    from .console.adding import Added
    from .intake import Intake


def progress_words(added: Added) -> str:
    """Counts and rate: `12 of 40 files · 310 of 900 passages · 18 a second`."""
    parts = [_("{done} of {count} files").format(done=added.files, count=added.total)]
    if added.passages:
        parts.append(_("{done} of {count} passages").format(done=added.embedded, count=added.passages))
    if added.embedded:
        parts.append(_("{rate} a second").format(rate=round(added.rate)))
    return " · ".join(parts)


def at_words(added: Added) -> str:
    """What is being read or prepared, by name alone."""
    return clean_line(PurePath(added.at).name)


def end_words(intake: Intake) -> str:
    """What became of a run that is over."""
    added = intake.added
    if added is None:
        return ""
    if intake.failure:
        return clean_line(intake.failure)
    if added.stopped:
        words = _("Stopped after {progress}. Add the same files again to go on from there.")
        return words.format(progress=progress_words(added))
    if not added.total:
        return _("Nothing there can become a guide: Hansa reads Markdown, text, HTML, PDF and DOCX.")
    taken = max(0, added.files - added.unchanged - len(added.problems))
    parts = [plural("{count} file taken in", "{count} files taken in", taken)]
    if added.unchanged:
        parts.append(plural("{count} was there already", "{count} were there already", added.unchanged))
    if added.problems:
        parts.append(plural("{count} could not be read", "{count} could not be read", len(added.problems)))
    return ", ".join(parts) + "."


def problem_words(problem: Problem) -> str:
    """The name of a file and why it could not be taken in, without its folders."""
    name = PurePath(problem.path).name
    return clean_line(problem.message.replace(problem.path, name))
