from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, inspect, text

from course import schema
from course.assessment_rows import assessment_from, handed_on, row_of
from course.assessments import (
    assessments_of,
    begin,
    colleagues,
    finish,
    finished_own,
    keep,
    note,
    open_assessment,
    rate,
)
from course.errors import RecordError
from course.moving import exported, merge
from course.record import LearnerRecord

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from course.assessments import Assessment

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHECK = "open-innovation-readiness"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[LearnerRecord]:
    with LearnerRecord.open(tmp_path / "learner.sqlite") as opened:
        yield opened


def filled(record: LearnerRecord, minutes: int = 0, rater: str = "", **ratings: int | None) -> Assessment:
    at = NOON + timedelta(minutes=minutes)
    own = begin(record, CHECK, at, rater)
    for name, rating in ratings.items():
        rate(record, own.id, f"SA1-{name}", rating, at)
    finish(record, own.id, at)
    return next(each for each in assessments_of(record) if each.id == own.id)


def lines(record: LearnerRecord) -> list[str]:
    return [json.dumps(row, ensure_ascii=False) for row in exported(record, NOON)]


def test_what_is_rated_is_there_at_once_and_the_last_rating_counts(tmp_path: Path):
    with LearnerRecord.open(tmp_path / "r") as record:
        own = begin(record, CHECK, NOON)
        rate(record, own.id, "SA1-A1", 2, NOON)
        rate(record, own.id, "SA1-A2", None, NOON)
        rate(record, own.id, "SA1-A1", 5, NOON)
        note(record, own.id, "SA1-A", "  last NDA\nsigned in May ", NOON)
    with LearnerRecord.open(tmp_path / "r") as again:
        there = open_assessment(assessments_of(again, CHECK))
        assert there
        assert there.ratings == {"SA1-A1": 5, "SA1-A2": None}
        assert there.evidence == {"SA1-A": "last NDA signed in May"}
        assert there.mine
        note(again, there.id, "SA1-A", "", NOON)
        assert assessments_of(again)[0].evidence == {}


def test_a_finished_one_is_closed_and_the_next_one_is_new(record: LearnerRecord):
    first = filled(record, A1=2)
    assert open_assessment(assessments_of(record)) is None
    for change in (
        lambda: rate(record, first.id, "SA1-A1", 3, NOON),
        lambda: note(record, first.id, "SA1-A", "x", NOON),
        lambda: finish(record, first.id, NOON),
    ):
        with pytest.raises(RecordError, match="take it again"):
            change()
    second = begin(record, CHECK, NOON + timedelta(days=100))
    assert open_assessment(assessments_of(record)) == second
    assert finished_own(assessments_of(record)) == (first,)
    assert assessments_of(record, "another") == ()


def test_of_each_colleague_the_newest_counts(record: LearnerRecord):
    filled(record, A1=1)
    filled(record, 1, "Mara", A1=2)
    newer = filled(record, 2, "Mara", A1=3)
    jonas = filled(record, 3, "Jonas", A1=4)
    assert colleagues(assessments_of(record)) == (jonas, newer)
    assert len(finished_own(assessments_of(record))) == 1


def test_the_export_holds_self_checks_and_another_record_takes_them_in_once(
    record: LearnerRecord, tmp_path: Path
):
    own = filled(record, A1=2, A2=None)
    filled(record, 5, "Mara", A1=4)
    begun = begin(record, CHECK, NOON + timedelta(days=1))
    rate(record, begun.id, "SA1-B1", 3, NOON)
    note(record, begun.id, "SA1-B", "a fact", NOON)
    with LearnerRecord.open(tmp_path / "other") as other:
        first = merge(other, lines(record))
        again = merge(other, lines(record))
        assert (first.new["self-check"], first.known["self-check"]) == (3, 0)
        assert (again.new["self-check"], again.known["self-check"]) == (0, 3)
        there = assessments_of(other)
        assert [row_of(each) for each in there] == [row_of(each) for each in assessments_of(record)]
        rate(record, begun.id, "SA1-B2", 5, NOON)
        rate(record, begun.id, "SA1-A1", 4, NOON + timedelta(days=1))
        note(record, begun.id, "SA1-B", "another fact", NOON + timedelta(days=1))
        finish(record, begun.id, NOON + timedelta(days=2))
        merge(other, lines(record))
        assert [row_of(each) for each in assessments_of(other)] == [
            row_of(each) for each in assessments_of(record)
        ]
    assert own.ratings == {"SA1-A1": 2, "SA1-A2": None}


@pytest.mark.parametrize(
    "change",
    [
        {"ratings": {"SA1-A1": 6}},
        {"ratings": {"SA1-A1": True}},
        {"ratings": {"SA1-A1": "3"}},
        {"ratings": {"SA1 A1": 3}},
        {"ratings": [3]},
        {"ratings": {f"SA1-A{n}": 3 for n in range(201)}},
        {"evidence": {"SA1-A": "\x1b[2J"}},
        {"evidence": {"SA1-A": "x" * 1001}},
        {"rater": "x" * 101},
        {"rater": None},
        {"started": "2026-11-22T12:00:00"},
        {"started": "today"},
        {"check_id": "../../x"},
    ],
)
def test_a_line_that_is_no_self_check_is_refused_whole(record: LearnerRecord, tmp_path: Path, change):
    row = row_of(filled(record, A1=2)) | change
    head = json.dumps(next(exported(record, NOON)))
    with (
        LearnerRecord.open(tmp_path / "other") as other,
        pytest.raises(RecordError, match="Line 2 of this file"),
    ):
        merge(other, [head, json.dumps(row)])
    with LearnerRecord.open(tmp_path / "other") as other:
        assert assessments_of(other) == ()


def test_what_is_handed_on_carries_the_name_of_its_owner(record: LearnerRecord):
    row = json.loads(json.dumps(handed_on(filled(record, A1=2), "Mara")))
    assert row["format"] == "hansa-self-check"
    there = assessment_from(row)
    assert (there.rater, there.ratings) == ("Mara", {"SA1-A1": 2})
    with record.writing() as connection:
        own_id, new = keep(connection, there)
        assert new
        assert keep(connection, there) == (own_id, False)
    assert [each.rater for each in assessments_of(record)] == ["", "Mara"]


def test_an_older_record_is_brought_up_to_date(tmp_path: Path):
    path = tmp_path / "old.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        schema.migrate(connection, frozenset(), "2026-11-01")
        for table in ("assessment_finishes", "evidence", "ratings", "assessments"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("DELETE FROM migrations WHERE name = '0004 self-checks'"))
    engine.dispose()
    with LearnerRecord.open(path) as record:
        filled(record, A1=3)
        with record.reading() as connection:
            assert "assessments" in inspect(connection).get_table_names()
