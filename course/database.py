"""The connection to the record's database: SQLite made safe for several writers, or any other by URL."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from .errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

BUSY_SECONDS = 15
"""How long a writer waits for another one."""

DAMAGED = "is damaged; restore a copy, or move it away to begin anew."

_BESIDE = ("", "-wal", "-shm", "-journal")
_PRIVATE = 0o700


def connected(where: Path | str) -> tuple[Engine, str]:
    """An engine for a file or a URL, and the name to call it by in messages."""
    url, name = _address(where)
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url), name
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise RecordError(f"{name} cannot be opened: {_first_line(error)}; check the address.") from error
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine, name


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that is on disk when the block ends, or has left no trace."""
    with engine.connect() as connection, connection.begin():
        yield connection


def remove_file(file: Path, name: str) -> None:
    """Remove a database with everything that SQLite keeps beside it."""
    try:
        for suffix in _BESIDE:
            file.with_name(file.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise RecordError(
            f"{name} cannot be removed: {error.strerror}; close other programs that use it."
        ) from error


def described(error: SQLAlchemyError, name: str) -> str:
    """One sentence on what a database refused, with the remedy."""
    reason = str(getattr(error, "orig", None) or error).lower()
    for sign, message in _SIGNS.items():
        if sign in reason:
            return f"{name} {message}"
    return f"{name} cannot be used: {_first_line(getattr(error, 'orig', None) or error)}."


_SIGNS = {
    "readonly": "may not be written; allow writing to the file and its folder.",
    "read-only": "may not be written; allow writing to the file and its folder.",
    "not a database": "is not a learner record; move it away or choose another file.",
    "malformed": DAMAGED,
    "locked": "is in use by another program; close that program and try again.",
    "busy": "is in use by another program; close that program and try again.",
    "full": "cannot grow because the disk is full; free some space and try again.",
    "unable to open": "cannot be opened; check that the folder exists and may be written.",
    "disk i/o": "cannot be read or written; check the disk.",
}


def _address(where: Path | str) -> tuple[URL, str]:
    if isinstance(where, str) and "://" in where:
        try:
            url = make_url(where)
        except ArgumentError as error:
            raise RecordError(
                "The address of the record is not valid; write sqlite:///FILE or a path."
            ) from error
        return url, f"The record {url.render_as_string(hide_password=True)}"
    file = Path(where).expanduser().absolute()
    try:
        file.parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder {file.parent} cannot be made: {error.strerror}; choose another place."
        raise RecordError(message) from error
    return URL.create("sqlite", database=str(file)), f"The record {file}"


def _prepare(connection: sqlite3.Connection, _: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own record
    """Settings of every SQLite connection; a write-ahead log, and no answer lost when the power is cut."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise


def _begin(connection: Connection) -> None:
    """Writers queue at the start of a transaction, so that none fails in the middle."""
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
