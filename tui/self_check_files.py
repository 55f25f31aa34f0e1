"""The result of a colleague, taken in from a file."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from course.assessment_rows import FORMAT, assessment_from
from course.assessments import LONGEST_NAME, keep
from course.errors import FileUnreadable
from course.model import Place
from course.self_check import find_self_check

from .language import _

if TYPE_CHECKING:
    from pathlib import Path

    from course.assessments import Assessment

    from .services import Services

LARGEST = 1_000_000
"""Bytes of such a file."""


def take_in(services: Services, path: Path, name: str = "") -> tuple[Assessment, bool]:
    """Keep the result in a file under the name of the colleague; gives it, and whether it was new.

    Raises:
        CourseError: when the file is none, is not finished, or names nobody.
        PermissionError: if the user may not name files of this machine.
    """
    services.refuse_path(path)
    own = _read(path)
    rater = " ".join((name or own.rater).split())[:LONGEST_NAME]
    if not rater or own.finished is None:
        message = _("This result names nobody or is not finished; export it anew with --name.")
        raise FileUnreadable(message, Place(path, 1))
    check = find_self_check(services.self_checks, own.check_id)
    kept = replace(own, rater=rater, check_id=check.id)
    with services.record.writing() as connection:
        _id, new = keep(connection, kept)
    return kept, new


def _read(path: Path) -> Assessment:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        message = _("This file cannot be read: {reason}; check the name.").format(reason=error.strerror)
        raise FileUnreadable(message, Place(path, 1)) from error
    try:
        return _handed_on(json.loads(data[:LARGEST].decode("utf-8")))
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        message = _("This is no result of a self-check; make one with `hansa self-check REF --export`.")
        raise FileUnreadable(message, Place(path, 1)) from error


def _handed_on(row: dict[str, Any]) -> Assessment:
    if row["format"] != FORMAT or row["version"] > 1:
        raise ValueError("another format")
    return assessment_from(row)
