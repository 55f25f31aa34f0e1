"""Locks and files of a collection behave when several hold them."""

from __future__ import annotations

import sqlite3
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from index.database import (
    hold_read_lock,
    make_read_lock,
    open_truth,
    readers_kept_out,
    told_plainly,
    transaction,
    write_lock,
)
from index.errors import GuideIndexError, IndexBusyError, IndexUnusableError

if TYPE_CHECKING:
    from pathlib import Path


def is_read(path: Path) -> bool:
    with readers_kept_out(path) as free:
        return not free


def test_a_generation_in_use_is_known_to_be(tmp_path: Path):
    lock = tmp_path / "readers.sqlite"
    make_read_lock(lock)
    assert not is_read(lock)
    first, second = hold_read_lock(lock), hold_read_lock(lock)
    assert is_read(lock)
    first.close()
    assert is_read(lock)
    second.close()
    assert not is_read(lock)


def test_a_generation_that_is_gone_cannot_be_held(tmp_path: Path):
    with pytest.raises(sqlite3.Error):
        hold_read_lock(tmp_path / "none.sqlite")
    assert not (tmp_path / "none.sqlite").exists()
    (tmp_path / "junk").write_text("junk " * 500)
    with pytest.raises(sqlite3.Error):
        hold_read_lock(tmp_path / "junk")
    assert not is_read(tmp_path / "junk")
    assert not is_read(tmp_path / "no" / "folder")


def test_a_writer_waits_for_the_one_before(tmp_path: Path):
    order: list[str] = []
    holds, goes = Event(), Event()

    def first() -> None:
        with write_lock(tmp_path / "lock"):
            holds.set()
            goes.wait()
            order.append("first")

    thread = Thread(target=first)
    thread.start()
    holds.wait()
    with pytest.raises(IndexBusyError), write_lock(tmp_path / "lock", 0):
        order.append("never")
    goes.set()
    with write_lock(tmp_path / "lock"):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_a_transaction_keeps_all_or_nothing(tmp_path: Path):
    path = tmp_path / "truth.sqlite"
    connection = open_truth(path)
    with transaction(connection, path):
        connection.execute("INSERT INTO numbers VALUES ('kept', 1)")

    def fail() -> None:
        with transaction(connection, path):
            connection.execute("INSERT INTO numbers VALUES ('lost', 1)")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert connection.execute("SELECT name FROM numbers").fetchall() == [("kept",)]
    connection.close()


def test_opening_twice_lays_out_once(tmp_path: Path):
    first, second = open_truth(tmp_path / "t"), open_truth(tmp_path / "t")
    first.execute("INSERT INTO numbers VALUES ('seen', 1)")
    assert second.execute("SELECT value FROM numbers").fetchall() == [(1,)]
    first.close()
    second.close()


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (sqlite3.OperationalError("database is locked"), IndexBusyError, "try again when it is done"),
        (sqlite3.OperationalError("database or disk is full"), IndexUnusableError, "free some space"),
        (sqlite3.OperationalError("attempt to write a readonly database"), IndexUnusableError, "permissions"),
        (sqlite3.DatabaseError("file is not a database"), IndexUnusableError, "remove the folder"),
        (PermissionError(13, "Permission denied"), IndexUnusableError, "check its permissions"),
        (OSError(28, "No space left on device"), IndexUnusableError, "free some space"),
        (OSError("strange"), IndexUnusableError, "strange"),
    ],
)
def test_what_the_system_says_becomes_a_sentence_with_a_remedy(
    tmp_path: Path, error: Exception, kind: type[GuideIndexError], words: str
):
    with pytest.raises(kind, match=words) as caught, told_plainly(tmp_path / "truth.sqlite"):
        raise error
    assert str(caught.value).endswith(".")
    assert isinstance(caught.value, GuideIndexError)
