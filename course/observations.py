"""What learners answered, read for statistics from any number of record databases.

Nothing is written: a SQLite file is opened read only and gets no file beside it, a database is neither
made nor brought up to date. Names of learners are not read.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, create_engine, select
from sqlalchemy.exc import SQLAlchemyError

from . import schema
from .database import connected, described
from .errors import RecordError
from .schema import answers, finishes, marks, runs
from .source import is_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection, Engine


_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to one question."""

    item_id: str
    item_digest: str
    """Digest of the wording that was answered; empty when it is not known."""
    response_json: str
    share: float | None = None
    """How much of it was right, 0 to 1; None when it was never marked."""
    hints: int = 0
    """Hints read before it was given."""


@dataclass(frozen=True, slots=True)
class Sat:
    """One finished sitting of a quiz."""

    quiz_id: str
    mode: str
    wordings: Mapping[str, str]
    """The questions drawn, in the order shown, each with the digest of its wording; empty when nobody kept it."""
    answers: tuple[Answered, ...] = ()
    """Oldest first; the same question may be answered several times."""


@dataclass(frozen=True, slots=True)
class Learner:
    """What one learner of one database did, oldest first."""

    sittings: tuple[Sat, ...] = ()
    unfinished: tuple[str, ...] = ()
    """Ids of the quizzes of sittings that were begun and not finished."""
    practised: tuple[Answered, ...] = ()
    """Answers outside of any quiz."""


def read_learners(where: Path | str) -> tuple[Learner, ...]:
    """The learners of a SQLite file or of a database named by URL; `RecordError` when it is none."""
    engine, name = _opened(where)
    try:
        with _told(name), engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")
            _refuse_strangers(schema.applied(connection), name)
            return _learners(connection)
    finally:
        engine.dispose()


def _opened(where: Path | str) -> tuple[Engine, str]:
    """An engine that only reads, and the name to call the database by."""
    file = _file_of(where)
    if file is None:
        return connected(where)
    name = f"The record {file}"
    if not is_file(file):
        raise RecordError(f"{name} is not a file; check the path.")
    # Reading a file whose write-ahead log is gone would make a new one; nobody has such a file open.
    query = {"uri": "true", "mode": "ro"}
    if not file.with_name(f"{file.name}-wal").exists():
        query["immutable"] = "1"
    return create_engine(URL.create("sqlite", database=file.as_uri(), query=query)), name


def _file_of(where: Path | str) -> Path | None:
    """The SQLite file that is named, by its path or as `sqlite:///FILE`."""
    source = str(where)
    if "://" not in source:
        return Path(source).expanduser().absolute()
    if not source.startswith("sqlite"):
        return None
    path = source.removeprefix("sqlite:///")
    if not path or path == source or "?" in path or path.startswith((":", "file:")):
        message = f"{source} cannot be opened for reading alone; name the file, or write sqlite:///FILE."
        raise RecordError(message)
    return Path(path).absolute()


def _refuse_strangers(done: frozenset[str] | None, name: str) -> None:
    if not done:
        raise RecordError(f"{name} is not a learner record; choose another file.")
    if done - {known for known, _ in schema.MIGRATIONS}:
        raise RecordError(f"{name} was written by a newer version of Hansa; update Hansa to read it.")


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise RecordError(described(error, name)) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"{name} is damaged: it holds an answer or a sitting that cannot be read; restore a copy."
        raise RecordError(message) from error


def _learners(connection: Connection) -> tuple[Learner, ...]:
    in_runs, practised = _answers(connection)
    wanted = (
        select(runs.c.id, runs.c.learner_id, runs.c.quiz_id, runs.c.mode, runs.c.plan, finishes.c.at)
        .outerjoin(finishes, finishes.c.run_id == runs.c.id)
        .order_by(runs.c.started, runs.c.id)
    )
    sittings: dict[int, list[Sat]] = {}
    unfinished: dict[int, list[str]] = {}
    for run_id, learner, quiz_id, mode, plan, finished in connection.execute(wanted):
        given = tuple(in_runs.get(run_id, ()))
        if finished is None:
            unfinished.setdefault(learner, []).append(str(quiz_id))
        else:
            planned = {str(entry["item_id"]): str(entry.get("digest", "")) for entry in json.loads(plan)}
            wordings = planned or {one.item_id: one.item_digest for one in given}
            sittings.setdefault(learner, []).append(Sat(str(quiz_id), str(mode), wordings, given))
    return tuple(
        Learner(
            tuple(sittings.get(learner, ())),
            tuple(unfinished.get(learner, ())),
            tuple(practised.get(learner, ())),
        )
        for learner in sorted({*sittings, *unfinished, *practised})
    )


def _answers(connection: Connection) -> tuple[dict[int, list[Answered]], dict[int, list[Answered]]]:
    """The answers of each sitting, and those that each learner gave outside of any."""
    wanted = (
        select(
            answers.c.run_id,
            answers.c.learner_id,
            answers.c.item_id,
            answers.c.item_digest,
            answers.c.response,
            marks.c.share,
            answers.c.hints,
        )
        .outerjoin(marks, marks.c.answer_id == answers.c.id)
        .order_by(answers.c.at, answers.c.id)
    )
    in_runs: dict[int, list[Answered]] = {}
    practised: dict[int, list[Answered]] = {}
    for run_id, learner, *values in connection.execute(wanted):
        home, key = (practised, learner) if run_id is None else (in_runs, run_id)
        home.setdefault(key, []).append(_answered(*values))
    return in_runs, practised


def _answered(item_id: object, digest: object, response: object, share: float | None, hints: int) -> Answered:
    """The row as a value; SQLite keeps anything in any column, so it is checked."""
    if share is not None and not -_SLACK <= share <= 1 + _SLACK:
        raise ValueError(share)
    return Answered(str(item_id), str(digest), str(response), share, int(hints))
