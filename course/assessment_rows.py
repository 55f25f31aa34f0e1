"""A filled-in self-check as one object of JSON, to take along or to hand to a colleague, and back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .assessments import LONGEST_EVIDENCE, LONGEST_NAME, Assessment
from .record_rows import stamp
from .row_checks import moment, refuse_controls, words
from .self_check import SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping

KIND = "self-check"
FORMAT = "hansa-self-check"
"""What a file says that holds the result of one person."""
MOST = 200
"""Statements that one may have."""
_ID = re.compile(r"[\w.-]{1,60}")


def row_of(assessment: Assessment) -> dict[str, Any]:
    """A self-check as it is written."""
    return {
        "kind": KIND,
        "check_id": assessment.check_id,
        "rater": assessment.rater,
        "started": stamp(assessment.started),
        "finished": stamp(assessment.finished) if assessment.finished else None,
        "ratings": dict(assessment.ratings),
        "evidence": dict(assessment.evidence),
    }


def assessment_from(row: Mapping[str, Any]) -> Assessment:
    """The self-check in an object; `KeyError`, `TypeError` or `ValueError` when it is none."""
    return Assessment(
        0,
        _name(row["check_id"]),
        moment(row["started"]),
        _line(row["rater"], LONGEST_NAME),
        {_name(name): _rating(value) for name, value in _few(row["ratings"]).items()},
        {_name(name): _line(fact, LONGEST_EVIDENCE) for name, fact in _few(row["evidence"]).items()},
        None if row["finished"] is None else moment(row["finished"]),
    )


def handed_on(assessment: Assessment, name: str) -> dict[str, Any]:
    """A self-check for somebody else, under the name of the person who filled it in."""
    return {"format": FORMAT, "version": 1, **row_of(replace(assessment, rater=name))}


def _few(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or len(value) > MOST:
        raise ValueError("no ratings")
    return value


def _name(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError("no name")
    return value


def _rating(value: object) -> int | None:
    if value is not None and (type(value) is not int or value not in SCALE):
        raise ValueError("no rating")
    return value


def _line(value: object, most: int) -> str:
    refuse_controls(value)
    return words(value, most)
