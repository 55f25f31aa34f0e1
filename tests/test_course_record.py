from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from course import assessments, schema
from course.errors import RecordError, RunClosed
from course.grade import Mark
from course.history import Attempt, Planned, Run, Terms, Visit
from course.learner_name import keep_name, name_in
from course.record import LearnerRecord, erase_file
from course.response import Chosen, Ordered, Typed
from course.ticks import Entry, Tick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "record.db"


@pytest.fixture
def record(path: Path) -> Iterator[LearnerRecord]:
    with LearnerRecord.open(path) as opened:
        yield opened


def give(record: LearnerRecord, item_id: str = "m/l#q", run_id: int | None = None) -> int:
    return record.give(item_id, Chosen(options=(1,)), digest="d", at=NOON, seed=3, hints=1, run_id=run_id)


def test_an_empty_record(record: LearnerRecord):
    assert record.visits() == ()
    assert record.attempts() == ()
    assert record.runs() == ()
    assert record.open_run("m/quiz") is None


def test_visits_come_back_oldest_first(record: LearnerRecord):
    record.visit("m/l#start", 0, NOON)
    record.visit("m/l#next", 12, NOON + timedelta(minutes=5))
    assert record.visits() == (
        Visit("m/l#start", 0, NOON),
        Visit("m/l#next", 12, NOON + timedelta(minutes=5)),
    )


def test_times_are_kept_in_one_zone(record: LearnerRecord):
    record.visit("m/l#a", 0, NOON.astimezone(timezone(timedelta(hours=2))))
    assert record.visits()[0].at == NOON
    assert record.visits()[0].at.tzinfo == UTC


def test_an_answer_is_there_before_its_mark(record: LearnerRecord, path: Path):
    answer_id = give(record)
    with LearnerRecord.open(path) as other:
        assert other.attempts() == (
            Attempt(answer_id, "m/l#q", "d", '{"kind":"chosen","options":[1]}', 3, 1, NOON),
        )
    record.mark(answer_id, Mark(0.5, 1.0, right=False), NOON)
    (attempt,) = record.attempts("m/l#q")
    assert (attempt.share, attempt.points) == (0.5, 1.0)
    assert attempt.response == Chosen(options=(1,))


def test_the_first_mark_stands(record: LearnerRecord):
    answer_id = give(record)
    record.mark(answer_id, Mark(1.0, 1.0, right=True), NOON)
    record.mark(answer_id, Mark(0.0, 0.0, right=False), NOON)
    assert record.attempts()[0].share == 1.0


def test_a_mark_needs_its_answer(record: LearnerRecord):
    with pytest.raises(RecordError):
        record.mark(99, Mark(1.0, 1.0, right=True), NOON)


def test_an_answer_needs_its_run(record: LearnerRecord):
    with pytest.raises(RecordError):
        give(record, run_id=99)


def test_a_run_from_start_to_finish(record: LearnerRecord):
    plan = (Planned("m/quiz#a", 2.0, "O1"), Planned("m/quiz#b"))
    run = record.start_run("m/quiz", seed=7, mode="check", at=NOON, plan=plan)
    assert run == Run(run.id, "m/quiz", 7, "check", NOON, plan)
    assert record.open_run("m/quiz") == run
    give(record, "m/quiz#a", run.id)
    give(record, "m/l#other")
    assert [attempt.item_id for attempt in record.attempts(run_id=run.id)] == ["m/quiz#a"]
    record.finish_run(run.id, NOON + timedelta(hours=1))
    record.finish_run(run.id, NOON + timedelta(hours=2))
    assert record.open_run("m/quiz") is None
    assert record.runs("m/quiz")[0].finished == NOON + timedelta(hours=1)
    assert record.runs("other/quiz") == ()


def test_a_retake_is_another_run(record: LearnerRecord):
    first = record.start_run("m/quiz", seed=1, mode="check", at=NOON)
    second = record.start_run("m/quiz", seed=2, mode="check", at=NOON)
    assert first.id != second.id
    assert record.open_run("m/quiz") == second
    record.finish_run(second.id, NOON)
    assert record.open_run("m/quiz") is None


def test_everything_survives_closing(path: Path):
    with LearnerRecord.open(path) as record:
        record.visit("m/l#a", 1, NOON)
        give(record)
    with LearnerRecord.open(path) as record:
        assert (len(record.visits()), len(record.attempts())) == (1, 1)


@pytest.mark.parametrize("table", [log.name for log in schema.LOGS])
@pytest.mark.parametrize("deed", ["DELETE FROM {}", "UPDATE {} SET at = 'x'", "UPDATE {} SET seed = 1"])
def test_logs_refuse_to_change(record: LearnerRecord, table: str, deed: str):
    if "at =" in deed and table in {"runs", "assessments"}:
        deed = "UPDATE {} SET started = 'x'"
    if "seed" in deed and table not in {"runs", "answers"}:
        deed = "DELETE FROM {}"
    run = record.start_run("m/quiz", seed=1, mode="check", at=NOON, asked={"d": "source"})
    record.visit("m/l#a", 0, NOON)
    record.flag(run.id, "m/quiz#q", flagged=True, at=NOON)
    record.mark(give(record, run_id=run.id), Mark(1.0, 1.0, right=True), NOON)
    record.finish_run(run.id, NOON)
    filled = assessments.begin(record, "readiness", NOON)
    assessments.rate(record, filled.id, "SA1-A1", 3, NOON)
    assessments.note(record, filled.id, "SA1-A", "a fact", NOON)
    assessments.finish(record, filled.id, NOON)
    keep_name(record, "Jo", NOON)
    record.tick(Tick(Entry("m/l#a", "0.0", "d", "en"), ticked=True, at=NOON))
    with pytest.raises(IntegrityError, match="only grows"), record._engine.begin() as connection:
        connection.execute(text(deed.format(table)))
    assert len(record.attempts()) == len(record.visits()) == len(record.runs()) == 1


def test_erase_leaves_no_trace(path: Path):
    with LearnerRecord.open(path) as record:
        record.visit("m/secret-section#a", 0, NOON)
        give(record, "m/secret-question#q")
    erase_file(path)
    assert list(path.parent.iterdir()) == []
    with LearnerRecord.open(path) as record:
        assert (record.visits(), record.attempts(), record.runs()) == ((), (), ())


def test_a_damaged_record_can_be_erased(path: Path):
    path.parent.mkdir()
    path.write_text("damaged")
    with pytest.raises(RecordError):
        LearnerRecord.open(path)
    erase_file(path)
    with LearnerRecord.open(path) as record:
        assert record.attempts() == ()


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("visits VALUES (1, 1, 'm/l#a', 0, 'yesterday')", LearnerRecord.visits),
        (
            "runs VALUES (1, 1, 'm/quiz', 1, 'check', '[3', '2026-01-01T00:00:00+00:00', '{}')",
            LearnerRecord.runs,
        ),
        (
            "runs VALUES (1, 1, 'm/quiz', 1, 'check', '[3]', '2026-01-01T00:00:00+00:00', '{}')",
            LearnerRecord.runs,
        ),
        ("runs VALUES (1, 1, 'm/quiz', 1, 'check', '[]', x'00', '{}')", LearnerRecord.runs),
        (
            "answers VALUES (1, 1, NULL, 'm/l#q', 'd', '{}', 0, 0, 'never', NULL, NULL)",
            LearnerRecord.attempts,
        ),
    ],
)
def test_a_damaged_row_is_told(
    record: LearnerRecord, path: Path, row: str, read: Callable[[LearnerRecord], object]
):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"INSERT INTO {row}")
        connection.commit()
    with pytest.raises(RecordError, match=r"record\.db is damaged; restore a copy"):
        read(record)


def test_flags_come_and_go(record: LearnerRecord):
    run = record.start_run("m/quiz", seed=1, mode="exam", at=NOON)
    for minute, (name, flagged) in enumerate([("a", True), ("b", True), ("a", False)]):
        record.flag(run.id, name, flagged=flagged, at=NOON + timedelta(minutes=minute))
    assert record.flagged(run.id) == {"b"}


def test_questions_are_kept_as_they_were_asked(record: LearnerRecord):
    record.start_run("m/quiz", seed=1, mode="exam", at=NOON, asked={"d1": "one", "d2": "two"})
    record.give("m/l#q", Typed(text="x"), digest="d3", at=NOON, source="three")
    record.give("m/l#q", Typed(text="y"), digest="d3", at=NOON, source="three")
    assert record.asked(["d1", "d3", "gone"]) == {"d1": "one", "d3": "three"}


def test_the_terms_of_a_run_and_the_particulars_of_an_answer_come_back(record: LearnerRecord):
    terms = Terms("Ærø quiz", 80, 30, 2, {"O1": "tell what floats"})
    run = record.start_run("m/quiz", seed=1, mode="exam", at=NOON, terms=terms)
    record.give("m/quiz#q", Typed(text="x"), digest="d", at=NOON, run_id=run.id, seconds=12.5, certainty=3)
    assert record.runs() == (run,)
    assert run.ends == NOON + timedelta(minutes=30)
    (attempt,) = record.attempts()
    assert (attempt.seconds, attempt.certainty) == (12.5, 3)


def exam(record: LearnerRecord) -> Run:
    return record.start_run("m/quiz", seed=1, mode="exam", at=NOON, terms=Terms(minutes=30))


def test_the_last_name_holds(record: LearnerRecord):
    assert name_in(record) == ""
    assert keep_name(record, "  Jo\x1b[31m\tSmith\n", NOON) == name_in(record)
    assert "\x1b" not in name_in(record)
    keep_name(record, "Łucja Żak", NOON + timedelta(days=1))
    assert name_in(record) == "Łucja Żak"
    for wrong in ("", " \n", "x" * 101):
        with pytest.raises(RecordError, match="name"):
            keep_name(record, wrong, NOON + timedelta(days=2))
    assert name_in(record) == "Łucja Żak"


def test_an_exam_takes_no_answer_after_its_time(record: LearnerRecord):
    run = exam(record)
    at = NOON + timedelta(minutes=30)
    record.give("m/quiz#q", Typed(text="x"), digest="d", at=at, run_id=run.id)
    late = at + timedelta(microseconds=1)
    with pytest.raises(RunClosed, match="The time is over"):
        record.give("m/quiz#q", Typed(text="y"), digest="d", at=late, run_id=run.id)
    with pytest.raises(RunClosed):
        record.flag(run.id, "m/quiz#q", flagged=True, at=late)
    assert record.finish_run(run.id, late + timedelta(days=3)) == at
    assert len(record.attempts()) == 1


def test_what_is_handed_in_takes_no_answer(record: LearnerRecord, path: Path):
    run = exam(record)
    with LearnerRecord.open(path) as other:
        other.finish_run(run.id, NOON + timedelta(minutes=1))
    with pytest.raises(RunClosed, match="handed in"):
        record.give("m/quiz#q", Typed(text="x"), digest="d", at=NOON, run_id=run.id)
    assert record.finish_run(run.id, NOON + timedelta(minutes=9)) == NOON + timedelta(minutes=1)


def test_a_sitting_that_is_not_there_is_told(record: LearnerRecord):
    with pytest.raises(RecordError, match="no sitting 7"):
        record.finish_run(7, NOON)


def test_sqlite_is_set_for_safety(record: LearnerRecord):
    with record._engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 15_000}


def test_migrations_are_recorded_once(path: Path):
    for _ in range(2):
        with LearnerRecord.open(path) as record, record._engine.connect() as connection:
            names = list(connection.scalars(text("SELECT name FROM migrations ORDER BY name")))
    assert names == [name for name, _ in schema.MIGRATIONS]


OLD = """
CREATE TABLE migrations (name VARCHAR(100) NOT NULL PRIMARY KEY, at VARCHAR(40) NOT NULL);
CREATE TABLE learners (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(100) NOT NULL UNIQUE);
CREATE TABLE visits (id INTEGER NOT NULL PRIMARY KEY, learner_id INTEGER NOT NULL REFERENCES learners (id),
  section_id VARCHAR(300) NOT NULL, position INTEGER NOT NULL, at VARCHAR(40) NOT NULL);
CREATE TABLE runs (id INTEGER NOT NULL PRIMARY KEY, learner_id INTEGER NOT NULL REFERENCES learners (id),
  quiz_id VARCHAR(300) NOT NULL, seed INTEGER NOT NULL, mode VARCHAR(20) NOT NULL, plan TEXT NOT NULL,
  started VARCHAR(40) NOT NULL);
CREATE TABLE finishes (run_id INTEGER NOT NULL PRIMARY KEY REFERENCES runs (id), at VARCHAR(40) NOT NULL);
CREATE TABLE answers (id INTEGER NOT NULL PRIMARY KEY, learner_id INTEGER NOT NULL REFERENCES learners (id),
  run_id INTEGER REFERENCES runs (id), item_id VARCHAR(300) NOT NULL, item_digest VARCHAR(64) NOT NULL,
  response TEXT NOT NULL, seed INTEGER NOT NULL, hints INTEGER NOT NULL, at VARCHAR(40) NOT NULL);
CREATE TABLE marks (answer_id INTEGER NOT NULL PRIMARY KEY REFERENCES answers (id), share FLOAT NOT NULL,
  points FLOAT NOT NULL, at VARCHAR(40) NOT NULL);
INSERT INTO migrations VALUES ('0001 tables', '2026-11-01'), ('0002 logs only grow', '2026-11-01');
INSERT INTO learners VALUES (1, 'me');
INSERT INTO visits VALUES (1, 1, 'm/l#a', 0, '2026-11-01T12:00:00.000000+00:00');
INSERT INTO runs VALUES (1, 1, 'm/quiz', 7, 'check', '[{"item_id": "m/quiz#a", "points": 1.0, "outcome": "O1"}]',
  '2026-11-01T12:00:00.000000+00:00');
INSERT INTO finishes VALUES (1, '2026-11-01T12:09:00.000000+00:00');
INSERT INTO answers VALUES (1, 1, 1, 'm/quiz#a', 'd', '{"kind":"chosen","options":[0]}', 7, 1,
  '2026-11-01T12:05:00.000000+00:00');
INSERT INTO marks VALUES (1, 1.0, 1.0, '2026-11-01T12:05:01.000000+00:00');
"""
"""A record as the version before wrote it."""


@pytest.fixture
def old(path: Path) -> Path:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.executescript(
            OLD
            + "".join(
                f"CREATE TRIGGER {name}_refuse_{deed.lower()} BEFORE {deed} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{name} only grows'); END;"
                for name in ("visits", "runs", "finishes", "answers", "marks")
                for deed in ("UPDATE", "DELETE")
            )
        )
    connection.close()
    return path


def test_an_older_database_is_brought_up_to_date(old: Path):
    with LearnerRecord.open(old) as record:
        (run,) = record.runs()
        assert (run.quiz_id, run.terms, run.plan) == ("m/quiz", Terms(), (Planned("m/quiz#a", 1.0, "O1"),))
        (attempt,) = record.attempts()
        assert (attempt.share, attempt.hints, attempt.seconds, attempt.certainty) == (1.0, 1, None, None)
        new = exam(record)
        record.flag(new.id, "m/quiz#a", flagged=True, at=NOON)
        give(record, run_id=new.id)
        for table in ("visits", "flags"):
            with pytest.raises(IntegrityError), record._engine.begin() as connection:
                connection.execute(text(f"DELETE FROM {table}"))
    with LearnerRecord.open(old) as record:
        assert (len(record.runs()), len(record.attempts())) == (2, 2)


def test_a_new_database_has_the_columns_of_one_brought_up_to_date(old: Path, tmp_path: Path):
    def columns(record: LearnerRecord) -> dict[str, set[str]]:
        inspector = inspect(record._engine)
        return {
            table: {column["name"] for column in inspector.get_columns(table)}
            for table in inspector.get_table_names()
        }

    with LearnerRecord.open(old) as record, LearnerRecord.open(tmp_path / "new.db") as new:
        assert columns(record) == columns(new)


def test_a_database_of_a_newer_version_is_left_alone(path: Path):
    LearnerRecord.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migrations VALUES ('9999 future', '2030')")
    connection.close()
    with pytest.raises(
        RecordError, match=r"record\.db was written by a newer version of Hansa; update Hansa"
    ):
        LearnerRecord.open(path)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (id INTEGER)")
    connection.close()
    with pytest.raises(RecordError, match="belongs to another program"):
        LearnerRecord.open(path)


def test_a_file_that_is_no_database(tmp_path: Path):
    path = tmp_path / "record.db"
    path.write_text("words, and many of them\n" * 100)
    with pytest.raises(RecordError, match="is not a learner record; move it away"):
        LearnerRecord.open(path)
    assert path.read_text().startswith("words")


def test_a_folder_that_cannot_be_made(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordError, match="cannot be made"):
        LearnerRecord.open(tmp_path / "file" / "record.db")


def test_a_folder_in_place_of_the_file(tmp_path: Path):
    with pytest.raises(RecordError, match="cannot be opened; check that the folder exists"):
        LearnerRecord.open(tmp_path)


def test_a_record_that_may_only_be_read(path: Path):
    with LearnerRecord.open(path) as record:
        record.visit("m/l#a", 0, NOON)
    with LearnerRecord.open(f"sqlite:///file:{path}?mode=ro&uri=true") as record:
        assert len(record.visits()) == 1
        with pytest.raises(RecordError, match="may not be written; allow writing") as caught:
            give(record)
    assert "\n" not in str(caught.value)


def test_a_record_in_use_for_too_long(record: LearnerRecord, path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("course.database.BUSY_SECONDS", 0)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with LearnerRecord.open(path) as impatient:
        with pytest.raises(RecordError, match="is in use by another program; close that program"):
            give(impatient)
        assert impatient.attempts() == ()
    other.execute("ROLLBACK")
    other.close()
    give(record)


def test_a_full_disk_is_told(record: LearnerRecord):
    with record._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        connection.commit()
    with pytest.raises(RecordError, match="disk is full; free some space"):
        record.give("m/l#q", Typed(text="x" * 100_000), digest="d", at=NOON)
    assert record.attempts() == ()


@pytest.mark.parametrize("url", ["nosuch://x/y", "sqlite+nosuch:///x", "://"])
def test_an_address_that_is_none(url: str):
    with pytest.raises(RecordError, match="address"):
        LearnerRecord.open(url)


def test_a_record_in_memory_by_url():
    with LearnerRecord.open("sqlite://") as record:
        give(record)
        assert len(record.attempts()) == 1


WRITER = """
import sys
from contextlib import closing
from datetime import UTC, datetime
from course.record import LearnerRecord, erase_file
from course.response import Ordered
with LearnerRecord.open(sys.argv[1]) as record:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[3])):
        name = f"m/{sys.argv[2]}#q{number}"
        print(record.give(name, Ordered(order=(0, 1)), digest="d", at=datetime.now(UTC)), flush=True)
"""


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_two_processes_write_at_once(path: Path):
    """Both make the file, and both write, at the same time."""
    writers = [writer(path, name, 40) for name in ("a", "b")]
    for process in writers:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    outputs = [process.communicate()[0].split() for process in writers]
    assert [process.returncode for process in writers] == [0, 0]
    ids = [int(word) for words in outputs for word in words if word != "ready"]
    with LearnerRecord.open(path) as record:
        attempts = record.attempts()
    assert sorted(ids) == sorted(attempt.answer_id for attempt in attempts)
    assert len({attempt.item_id for attempt in attempts}) == 80


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_no_answer_is_lost_when_the_program_is_killed(path: Path):
    with writer(path, "k", 100_000) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("\n")
        process.stdin.flush()
        told = [process.stdout.readline() for _ in range(25)]
        os.kill(process.pid, signal.SIGKILL)
        told += process.stdout.readlines()
    promised = {int(line) for line in told[1:] if line.endswith("\n")}
    with LearnerRecord.open(path) as record:
        kept = record.attempts()
        give(record)
    assert promised <= {attempt.answer_id for attempt in kept}
    assert all(attempt.response == Ordered(order=(0, 1)) for attempt in kept)
    assert len(kept) - len(promised) <= 1
