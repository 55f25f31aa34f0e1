"""The name that a learner wants on a certificate; each change is kept, the last one holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from .controls import neutralised
from .errors import RecordError
from .record import ME
from .record_rows import stamp
from .schema import names

if TYPE_CHECKING:
    from datetime import datetime

    from .record import LearnerRecord

LONGEST_NAME = 100
"""Characters; a line of a certificate holds no more."""


def name_in(record: LearnerRecord) -> str:
    """The name as it was last given; empty when nobody asked for it yet."""
    newest = (
        select(names.c.name)
        .where(names.c.learner_id == ME)
        .order_by(names.c.at.desc(), names.c.id.desc())
        .limit(1)
    )
    with record.reading() as connection:
        return str(connection.scalar(newest) or "")


def keep_name(record: LearnerRecord, name: str, at: datetime) -> str:
    """Keep a name, its spaces tidied, and return it; `RecordError` when it is empty or too long."""
    tidy = " ".join(neutralised(name).split())
    if not tidy:
        raise RecordError("A certificate needs a name; write the one that is to stand on it.")
    if len(tidy) > LONGEST_NAME:
        raise RecordError(f"This name is longer than {LONGEST_NAME} characters; write a shorter one.")
    with record.writing() as connection:
        connection.execute(names.insert().values(learner_id=ME, name=tidy, at=stamp(at)))
    return tidy
