from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from course import schema
from course.errors import RecordError
from course.grade import Mark
from course.history import Attempt, Planned, Run, Visit
from course.record import LearnerRecord
from course.response import Chosen, Ordered, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    assert record.last_visit() is None
    assert record.open_run("m/quiz") is None


def test_visits_come_back_oldest_first(record: LearnerRecord):
    record.visit("m/l#start", 0, NOON)
    record.visit("m/l#next", 12, NOON + timedelta(minutes=5))
    assert record.visits() == (
        Visit("m/l#start", 0, NOON),
        Visit("m/l#next", 12, NOON + timedelta(minutes=5)),
    )
    assert record.last_visit() == record.visits()[-1]


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
    if "at =" in deed and table == "runs":
        deed = "UPDATE {} SET started = 'x'"
    if "seed" in deed and table not in {"runs", "answers"}:
        deed = "DELETE FROM {}"
    run = record.start_run("m/quiz", seed=1, mode="check", at=NOON)
    record.visit("m/l#a", 0, NOON)
    record.mark(give(record, run_id=run.id), Mark(1.0, 1.0, right=True), NOON)
    record.finish_run(run.id, NOON)
    with pytest.raises(IntegrityError, match="only grows"), record._engine.begin() as connection:
        connection.execute(text(deed.format(table)))
    assert len(record.attempts()) == len(record.visits()) == len(record.runs()) == 1


def test_erase_leaves_no_trace(record: LearnerRecord, path: Path):
    record.visit("m/secret-section#a", 0, NOON)
    give(record, "m/secret-question#q")
    record.erase_all()
    assert (record.visits(), record.attempts(), record.runs()) == ((), (), ())
    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"secret" not in left
    record.visit("m/l#a", 0, NOON)
    assert len(record.visits()) == 1


def test_export_is_whole_and_plain(record: LearnerRecord):
    run = record.start_run("m/quiz", seed=1, mode="exam", at=NOON, plan=[Planned("m/quiz#a")])
    record.visit("m/l#a", 4, NOON)
    answer_id = record.give("m/quiz#a", Typed(text="Ærø"), digest="d", at=NOON, run_id=run.id)
    record.mark(answer_id, Mark(1.0, 2.0, right=True), NOON)
    record.finish_run(run.id, NOON)
    exported = json.loads(json.dumps(record.export()))
    assert exported["format"] == "hansa-record"
    assert exported["learners"] == [{"id": 1, "name": "me"}]
    assert exported["visits"][0]["section_id"] == "m/l#a"
    assert exported["runs"][0]["plan"] == [{"item_id": "m/quiz#a", "points": 1.0, "outcome": ""}]
    assert exported["answers"][0]["response"] == {"kind": "typed", "text": "Ærø"}
    assert exported["marks"][0]["points"] == 2.0
    assert len(exported["finishes"]) == 1


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


def test_an_older_database_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
    with LearnerRecord.open(path) as record:
        record.visit("m/l#a", 0, NOON)
    monkeypatch.undo()
    with LearnerRecord.open(path) as record:
        assert len(record.visits()) == 1
        with pytest.raises(IntegrityError), record._engine.begin() as connection:
            connection.execute(text("DELETE FROM visits"))


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
        record.erase_all()
        assert record.attempts() == ()


WRITER = """
import sys
from datetime import UTC, datetime
from course.record import LearnerRecord
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
