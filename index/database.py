"""The SQLite files of a collection: how they are opened, laid out and locked."""

from __future__ import annotations

import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .errors import IndexBusyError, IndexUnusableError, NewerFormatError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT = 2
"""Of the truth file; a higher one is refused, a lower one, as none was ever released, laid out anew."""

BUSY_SECONDS = 30.0
"""How long a writer waits for another."""
_TABLES = """
CREATE TABLE guides (
    id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL,
    digest TEXT NOT NULL, path TEXT NOT NULL, origin TEXT NOT NULL, reader INTEGER NOT NULL,
    topics TEXT NOT NULL, sources TEXT NOT NULL, licence TEXT NOT NULL, checked_on TEXT NOT NULL,
    passages INTEGER NOT NULL, born INTEGER NOT NULL, died INTEGER NOT NULL);
CREATE INDEX guides_slug ON guides (slug);
CREATE INDEX guides_born ON guides (born);
CREATE INDEX guides_died ON guides (died);
CREATE TABLE texts (
    guide INTEGER PRIMARY KEY REFERENCES guides ON DELETE CASCADE, text TEXT NOT NULL, seal BLOB NOT NULL);
CREATE TABLE blocks (
    guide INTEGER NOT NULL REFERENCES guides ON DELETE CASCADE, place INTEGER NOT NULL, kind TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, headings TEXT NOT NULL, line INTEGER NOT NULL,
    level INTEGER NOT NULL, page INTEGER, PRIMARY KEY (guide, place)) WITHOUT ROWID;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, guide INTEGER NOT NULL REFERENCES guides ON DELETE CASCADE,
    headings TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
    language TEXT NOT NULL, line INTEGER NOT NULL, page INTEGER, position INTEGER NOT NULL,
    key BLOB NOT NULL);
CREATE INDEX passages_guide ON passages (guide, position, language);
CREATE INDEX passages_key ON passages (key);
CREATE TABLE vectors (
    key BLOB NOT NULL, fingerprint TEXT NOT NULL, vector BLOB NOT NULL, seal BLOB NOT NULL,
    PRIMARY KEY (key, fingerprint)) WITHOUT ROWID;
CREATE TABLE numbers (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID
"""
_FULL = re.compile(r"is full|[Nn]o space|quota|too large|os error (?:27|28|122)\b|write error")
"""What the disk says when it holds no more, or a file may grow no more."""
_DROPPED = tuple(f"DROP TABLE {name}" for name in ("blocks", "passages", "vectors", "guides", "numbers"))


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turn what the database or the disk complains of into a sentence with a remedy."""
    try:
        yield
    except sqlite3.OperationalError as error:
        words = str(error)
        if "locked" in words or "busy" in words:
            raise IndexBusyError(
                "Another Hansa is updating the guides; try again when it is done."
            ) from error
        raise IndexUnusableError(_remedy(path, words)) from error
    except sqlite3.DatabaseError as error:
        raise IndexUnusableError(
            f"{path} is damaged ({error}); remove the folder {path.parent} and add your guides again."
        ) from error
    except OSError as error:
        raise IndexUnusableError(_remedy(path, error.strerror or str(error))) from error
    except (RuntimeError, ValueError) as error:
        # FAISS and tantivy have no error of their own for what the disk says.
        if not _FULL.search(str(error)):
            raise
        raise IndexUnusableError(_remedy(path, str(error))) from error


def _remedy(path: Path, reason: str) -> str:
    if _FULL.search(reason):
        return f"The disk with {path.parent} is full; free some space and try again."
    if "I/O error" in reason:
        return f"The disk with {path.parent} cannot be written ({reason}); free some space and try again."
    return (
        f"{path.parent} cannot be used ({reason}); check its permissions or set HANSA_HOME to another folder."
    )


def open_truth(path: Path, wait: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection to the truth file, made and laid out if it is new.

    Raises:
        IndexUnusableError: The file cannot be used.
    """
    with told_plainly(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connect(path, wait)
        try:
            _lay_out(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def _connect(path: Path, timeout: float) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=timeout, isolation_level=None, check_same_thread=False)


def _lay_out(connection: sqlite3.Connection, path: Path) -> None:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > FORMAT:
        raise NewerFormatError(
            f"{path} is from a newer Hansa; install that, or set HANSA_HOME to another folder."
        )
    if found < FORMAT:
        connection.execute("PRAGMA journal_mode = WAL")
        with transaction(connection, path):
            (found,) = connection.execute("PRAGMA user_version").fetchone()
            if found < FORMAT:
                for statement in (*(_DROPPED if found else ()), *_TABLES.split(";")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All of what is written inside, or nothing."""
    with told_plainly(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def write_lock(path: Path, wait: float = BUSY_SECONDS) -> Iterator[None]:
    """Hold the one lock of the writers; it goes with the process, however that ends.

    Raises:
        IndexBusyError: Another process kept it for too long.
    """
    with told_plainly(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connect(path, wait)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except BaseException:
            connection.close()
            raise
    try:
        yield
    finally:
        connection.close()


def make_read_lock(path: Path) -> None:
    """Make the file that readers of a generation hold while they use it; if it is lost, so is nothing else."""
    with told_plainly(path):
        connection = _connect(path, BUSY_SECONDS)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("CREATE TABLE readers (reader INTEGER)")
        connection.close()


def hold_read_lock(path: Path) -> sqlite3.Connection:
    """Hold a generation in use until the connection is closed.

    Raises:
        sqlite3.Error: The generation is not there any more.
    """
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM readers").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def readers_kept_out(path: Path) -> Iterator[bool]:
    """Whether no process holds the read lock of a generation; then none can take it inside."""
    connection = None
    try:
        connection = _connect(path, 0)
        connection.execute("BEGIN EXCLUSIVE")
        free = True
    except sqlite3.Error as error:
        free = "locked" not in str(error)
    try:
        yield free
    finally:
        if connection:
            connection.close()
