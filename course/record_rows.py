"""Rows of the learner's record as plain values, and times as the text in which it keeps them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from .history import Attempt, Planned, Run, Terms, Visit
from .notes import Anchor, Note
from .ticks import Entry, Tick

if TYPE_CHECKING:
    from sqlalchemy import RowMapping


def visit_of(row: RowMapping) -> Visit:
    """A visit from its row."""
    return Visit(row["section_id"], row["position"], instant(row["at"]))


def tick_of(row: RowMapping) -> Tick:
    """A tick from its row."""
    entry = Entry(row["section_id"], row["place"], row["digest"], row["language"])
    return Tick(entry, bool(row["ticked"]), instant(row["at"]))


def note_of(row: RowMapping) -> Note:
    """A note or bookmark from its row."""
    anchor = Anchor(row["section_id"], row["block"], row["digest"], row["words"])
    return Note(row["id"], anchor, row["text"], instant(row["at"]))


def run_of(row: RowMapping) -> Run:
    """A run from its row, which also holds when it was `finished`."""
    plan = tuple(Planned(**planned) for planned in json.loads(row["plan"]))
    return Run(
        id=row["id"],
        quiz_id=row["quiz_id"],
        seed=row["seed"],
        mode=row["mode"],
        started=instant(row["started"]),
        plan=plan,
        finished=instant(row["finished"]) if row["finished"] else None,
        terms=Terms(**json.loads(row["terms"])),
    )


def attempt_of(row: RowMapping) -> Attempt:
    """An answer from its row, which also holds its mark."""
    return Attempt(
        answer_id=row["id"],
        item_id=row["item_id"],
        item_digest=row["item_digest"],
        response_json=row["response"],
        seed=row["seed"],
        hints=row["hints"],
        at=instant(row["at"]),
        run_id=row["run_id"],
        share=row["share"],
        points=row["points"],
        seconds=row["seconds"],
        certainty=row["certainty"],
    )


def stamp(at: datetime) -> str:
    """A time as text that sorts: UTC, always to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def instant(stamp: str) -> datetime:
    """The time that `stamp` wrote down."""
    return datetime.fromisoformat(stamp)
