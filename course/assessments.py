"""Self-checks that were filled in, as the learner's record keeps them: a log that only grows.

Each rating is on disk at once, so that a self-check goes on where it was left. What a colleague filled in stands
beside it, under that person's name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from .errors import RecordError
from .record import ME
from .record_rows import instant, stamp
from .schema import assessment_finishes, assessments, evidence, ratings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from .record import LearnerRecord

LONGEST_NAME = 100
"""Characters in the name of a person."""
LONGEST_EVIDENCE = 1_000
"""Characters of what may be noted for a dimension."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """One self-check, filled in by one person."""

    id: int
    check_id: str
    started: datetime
    rater: str = ""
    """Whose it is; empty for the learner's own."""
    ratings: Mapping[str, int | None] = field(default_factory=dict)
    """By the id of the statement; None for “I do not know”."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """What was noted, by the id of the dimension."""
    finished: datetime | None = None

    @property
    def mine(self) -> bool:
        """Whether the learner filled it in."""
        return not self.rater


def begin(record: LearnerRecord, check_id: str, at: datetime, rater: str = "") -> Assessment:
    """Begin to fill in a self-check."""
    with record.writing() as connection:
        return Assessment(_begun(connection, check_id, rater, stamp(at)), check_id, at, rater)


def rate(
    record: LearnerRecord, assessment_id: int, statement_id: str, rating: int | None, at: datetime
) -> None:
    """Note how true a statement is; None for “I do not know”. The last rating of a statement counts."""
    row = {"statement_id": statement_id, "rating": rating}
    with record.writing() as connection:
        _refuse_finished(connection, assessment_id)
        connection.execute(ratings.insert().values(assessment_id=assessment_id, at=stamp(at), **row))


def note(record: LearnerRecord, assessment_id: int, dimension_id: str, words: str, at: datetime) -> None:
    """Note one fact for a dimension; the last one counts, an empty one takes it away."""
    row = {"dimension_id": dimension_id, "words": " ".join(words.split())[:LONGEST_EVIDENCE]}
    with record.writing() as connection:
        _refuse_finished(connection, assessment_id)
        connection.execute(evidence.insert().values(assessment_id=assessment_id, at=stamp(at), **row))


def finish(record: LearnerRecord, assessment_id: int, at: datetime) -> None:
    """Close a self-check; its result stands from now on."""
    with record.writing() as connection:
        _refuse_finished(connection, assessment_id)
        row = {"assessment_id": assessment_id, "at": stamp(at)}
        connection.execute(assessment_finishes.insert().values(row))


def assessments_of(record: LearnerRecord, check_id: str | None = None) -> tuple[Assessment, ...]:
    """Every self-check that was begun (or those with one id), oldest first."""
    with record.reading() as connection:
        found = read_assessments(connection)
    return tuple(own for own in found if check_id in {None, own.check_id})


def open_assessment(all_of_them: Sequence[Assessment]) -> Assessment | None:
    """The newest of the learner's own, unless it is finished."""
    newest = [own for own in all_of_them if own.mine][-1:]
    return next((own for own in newest if own.finished is None), None)


def finished_own(all_of_them: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """The learner's own that are finished, oldest first."""
    return tuple(own for own in all_of_them if own.mine and own.finished is not None)


def colleagues(all_of_them: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """The newest finished one of each other person, in the order of names."""
    newest = {own.rater: own for own in all_of_them if not own.mine and own.finished is not None}
    return tuple(newest[name] for name in sorted(newest))


def read_assessments(connection: Connection) -> tuple[Assessment, ...]:
    """Every self-check with what was given so far, oldest first."""
    given = _by_owner(connection, ratings, "statement_id", "rating")
    noted = _by_owner(connection, evidence, "dimension_id", "words")
    wanted = (
        select(assessments, assessment_finishes.c.at.label("finished"))
        .outerjoin(assessment_finishes, assessment_finishes.c.assessment_id == assessments.c.id)
        .where(assessments.c.learner_id == ME)
        .order_by(assessments.c.started, assessments.c.id)
    )
    return tuple(
        _assessment(row, given.get(row["id"], {}), noted.get(row["id"], {}))
        for row in connection.execute(wanted).mappings()
    )


def keep(connection: Connection, assessment: Assessment) -> tuple[int, bool]:
    """Take in a self-check from elsewhere; gives its id here, and whether it was new.

    One that was begun by the same person at the same moment is the same one: what was given to it since is added.
    Where one was finished elsewhere, that is how it went on, so what differs there holds.
    """
    there = next((own for own in read_assessments(connection) if _same(own, assessment)), None)
    own_id = (
        there.id
        if there
        else _begun(connection, assessment.check_id, assessment.rater, stamp(assessment.started))
    )
    if there is not None and there.finished is not None:
        return own_id, False
    closes = assessment.finished is not None
    at = stamp(assessment.finished or assessment.started)
    known, noted = (there.ratings, there.evidence) if there else ({}, {})
    for name, rating in assessment.ratings.items():
        if name not in known or (closes and known[name] != rating):
            row = {"statement_id": name, "rating": rating}
            connection.execute(ratings.insert().values(assessment_id=own_id, at=at, **row))
    for name, words in assessment.evidence.items():
        if name not in noted or (closes and noted[name] != words):
            row = {"dimension_id": name, "words": words}
            connection.execute(evidence.insert().values(assessment_id=own_id, at=at, **row))
    if closes:
        connection.execute(assessment_finishes.insert().values(assessment_id=own_id, at=at))
    return own_id, there is None


def _same(one: Assessment, other: Assessment) -> bool:
    return (one.check_id, one.rater, one.started) == (other.check_id, other.rater, other.started)


def _begun(connection: Connection, check_id: str, rater: str, started: str) -> int:
    row = {"learner_id": ME, "check_id": check_id, "rater": rater, "started": started}
    key: Any = connection.execute(assessments.insert().values(row)).inserted_primary_key
    return int(key[0])


def _refuse_finished(connection: Connection, assessment_id: int) -> None:
    known = select(assessment_finishes.c.at).where(assessment_finishes.c.assessment_id == assessment_id)
    if connection.scalar(known) is not None:
        raise RecordError("This self-check is finished; take it again to answer anew.")


def _by_owner(connection: Connection, table: Any, key: str, value: str) -> dict[int, dict[str, Any]]:  # noqa: ANN401
    """The last value of each key, by assessment."""
    found: dict[int, dict[str, Any]] = {}
    for row in connection.execute(select(table).order_by(table.c.at, table.c.id)).mappings():
        found.setdefault(row["assessment_id"], {})[row[key]] = row[value]
    return found


def _assessment(row: RowMapping, given: dict[str, int | None], noted: dict[str, str]) -> Assessment:
    finished = instant(row["finished"]) if row["finished"] else None
    kept = {name: words for name, words in noted.items() if words}
    started = instant(row["started"])
    return Assessment(row["id"], row["check_id"], started, row["rater"], given, kept, finished)
