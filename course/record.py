"""The learner's record: a log of visits, quiz runs, answers and marks that only grows.

An answer is on disk before `give` returns, so neither a crash while it is marked nor a cut of
power loses it. Several processes may write at once.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from . import schema
from .database import connected, described, file_of, remove_file, writing
from .errors import RecordError
from .history import Attempt, Planned, Run, Visit
from .schema import answers, finishes, learners, marks, runs, visits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Engine, RowMapping, Select

    from .grade import Mark
    from .response import Response

_ME = 1


class LearnerRecord:
    """What one learner read and answered."""

    def __init__(self, engine: Engine, name: str) -> None:
        """Use `LearnerRecord.open`, which also brings the database up to date."""
        self._engine = engine
        self._name = name

    @classmethod
    def open(cls, where: Path | str) -> Self:
        """Open a SQLite file (made when missing, with its folder) or a database named by URL."""
        engine, name = connected(where)
        record = cls(engine, name)
        try:
            record._bring_up_to_date()
        except BaseException:
            engine.dispose()
            raise
        return record

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Writing --------------------------------------------------------------------------------------

    def visit(self, section_id: str, position: int, at: datetime) -> None:
        """Note that a section is open, and how far down it the learner is."""
        with self._writing() as connection:
            row = {"learner_id": _ME, "section_id": section_id, "position": position, "at": _stamp(at)}
            connection.execute(visits.insert().values(row))

    def start_run(
        self, quiz_id: str, *, seed: int, mode: str, at: datetime, plan: Sequence[Planned] = ()
    ) -> Run:
        """Begin a sitting of a quiz; `plan` names the questions drawn, in order."""
        row = {
            "learner_id": _ME,
            "quiz_id": quiz_id,
            "seed": seed,
            "mode": str(mode),
            "plan": json.dumps([asdict(planned) for planned in plan]),
            "started": _stamp(at),
        }
        with self._writing() as connection:
            run_id = _new_id(connection.execute(runs.insert().values(row)).inserted_primary_key)
        return Run(run_id, quiz_id, seed, str(mode), at, tuple(plan))

    def give(
        self,
        item_id: str,
        response: Response,
        *,
        digest: str,
        at: datetime,
        seed: int = 0,
        hints: int = 0,
        run_id: int | None = None,
    ) -> int:
        """Note an answer; it is safe on disk when this returns, with the id that `mark` wants."""
        row = {
            "learner_id": _ME,
            "run_id": run_id,
            "item_id": item_id,
            "item_digest": digest,
            "response": response.to_json(),
            "seed": seed,
            "hints": hints,
            "at": _stamp(at),
        }
        with self._writing() as connection:
            return _new_id(connection.execute(answers.insert().values(row)).inserted_primary_key)

    def mark(self, answer_id: int, mark: Mark, at: datetime) -> None:
        """Note how an answer was judged; the first mark of an answer stands."""
        row = {"answer_id": answer_id, "share": mark.share, "points": mark.points, "at": _stamp(at)}
        with self._writing() as connection:
            known = connection.scalar(select(marks.c.answer_id).where(marks.c.answer_id == answer_id))
            if known is None:
                connection.execute(marks.insert().values(row))

    def finish_run(self, run_id: int, at: datetime) -> None:
        """Close a sitting; closing it twice does nothing."""
        with self._writing() as connection:
            known = connection.scalar(select(finishes.c.run_id).where(finishes.c.run_id == run_id))
            if known is None:
                connection.execute(finishes.insert().values(run_id=run_id, at=_stamp(at)))

    def erase_all(self) -> None:
        """Drop everything that is known of the learner and begin an empty record."""
        file = file_of(self._engine)
        if file is None:
            with self._writing() as connection:
                schema.tables.drop_all(connection)
        else:
            self._engine.dispose()
            remove_file(file, self._name)
        self._bring_up_to_date()

    # Reading --------------------------------------------------------------------------------------

    def visits(self) -> tuple[Visit, ...]:
        """Every visit, oldest first."""
        rows = self._rows(select(visits).where(visits.c.learner_id == _ME).order_by(visits.c.id))
        return tuple(_visit(row) for row in rows)

    def last_visit(self) -> Visit | None:
        """Where the learner was last."""
        newest = select(visits).where(visits.c.learner_id == _ME).order_by(visits.c.id.desc()).limit(1)
        return next((_visit(row) for row in self._rows(newest)), None)

    def runs(self, quiz_id: str | None = None) -> tuple[Run, ...]:
        """Every sitting (of one quiz), oldest first."""
        wanted = (
            select(runs, finishes.c.at.label("finished"))
            .outerjoin(finishes, finishes.c.run_id == runs.c.id)
            .where(runs.c.learner_id == _ME)
            .order_by(runs.c.id)
        )
        if quiz_id is not None:
            wanted = wanted.where(runs.c.quiz_id == quiz_id)
        return tuple(_run(row) for row in self._rows(wanted))

    def open_run(self, quiz_id: str) -> Run | None:
        """The newest sitting of a quiz, unless it is finished."""
        newest = self.runs(quiz_id)[-1:]
        return next((run for run in newest if run.finished is None), None)

    def attempts(self, item_id: str | None = None, run_id: int | None = None) -> tuple[Attempt, ...]:
        """Every answer with its mark (to one question, in one sitting), oldest first."""
        wanted = (
            select(answers, marks.c.share, marks.c.points)
            .outerjoin(marks, marks.c.answer_id == answers.c.id)
            .where(answers.c.learner_id == _ME)
            .order_by(answers.c.id)
        )
        if item_id is not None:
            wanted = wanted.where(answers.c.item_id == item_id)
        if run_id is not None:
            wanted = wanted.where(answers.c.run_id == run_id)
        return tuple(_attempt(row) for row in self._rows(wanted))

    def export(self) -> dict[str, Any]:
        """Everything that is kept of the learner, ready for JSON."""
        with self._reading() as connection:
            rows = {
                log.name: [dict(row) for row in connection.execute(select(log)).mappings()]
                for log in (learners, *schema.LOGS)
            }
        for run in rows["runs"]:
            run["plan"] = json.loads(run["plan"])
        for answer in rows["answers"]:
            answer["response"] = json.loads(answer["response"])
        return {"format": "hansa-record", "version": len(schema.MIGRATIONS), **rows}

    # Inside ---------------------------------------------------------------------------------------

    def _bring_up_to_date(self) -> None:
        with self._reading() as connection:
            done = schema.applied(connection)
        self._refuse_strangers(done)
        if done is not None and len(done) < len(schema.MIGRATIONS):
            with self._writing() as connection:
                done = schema.applied(connection)
                self._refuse_strangers(done)
                schema.migrate(connection, done or frozenset(), _stamp(datetime.now(UTC)))

    def _refuse_strangers(self, done: frozenset[str] | None) -> None:
        if done is None:
            raise RecordError(
                f"{self._name} belongs to another program; choose another file for your record."
            )
        if done - {name for name, _ in schema.MIGRATIONS}:
            raise RecordError(
                f"{self._name} was written by a newer version of Hansa; update Hansa to open it."
            )

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._told(), writing(self._engine) as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._told(), self._engine.connect().execution_options(reading=True) as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise RecordError(described(error, self._name)) from error

    def _rows(self, wanted: Select[Any]) -> list[RowMapping]:
        with self._reading() as connection:
            return list(connection.execute(wanted).mappings())


def _new_id(key: Any) -> int:  # noqa: ANN401 - a row of SQLAlchemy
    return int(key[0])


def _visit(row: RowMapping) -> Visit:
    return Visit(row["section_id"], row["position"], _instant(row["at"]))


def _run(row: RowMapping) -> Run:
    plan = tuple(Planned(**planned) for planned in json.loads(row["plan"]))
    finished = _instant(row["finished"]) if row["finished"] else None
    return Run(row["id"], row["quiz_id"], row["seed"], row["mode"], _instant(row["started"]), plan, finished)


def _attempt(row: RowMapping) -> Attempt:
    return Attempt(
        answer_id=row["id"],
        item_id=row["item_id"],
        item_digest=row["item_digest"],
        response_json=row["response"],
        seed=row["seed"],
        hints=row["hints"],
        at=_instant(row["at"]),
        run_id=row["run_id"],
        share=row["share"],
        points=row["points"],
    )


def _stamp(at: datetime) -> str:
    """A time as text that sorts: UTC, always to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _instant(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)
