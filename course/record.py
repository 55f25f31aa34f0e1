"""The learner's record: a log of visits, quiz runs, answers, marks, flags and ticks that only grows, and notes.

An answer is on disk before `give` returns, so neither a crash while it is marked nor a cut of
power loses it. Several processes may write at once.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from . import schema
from .database import DAMAGED, connected, described, remove_file, writing
from .errors import RecordError, RunClosed
from .history import Run, Terms
from .record_rows import attempt_of, note_of, run_of, stamp, tick_of, visit_of
from .schema import answers, finishes, flags, marks, notes, questions, runs, ticks, visits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Engine, RowMapping, Select

    from .grade import Mark
    from .history import Attempt, Planned, Visit
    from .notes import Note
    from .response import Response
    from .ticks import Tick

_T = TypeVar("_T")

ME = 1
"""The one learner of a record on a laptop."""

_BATCH = 500
"""Values in one query; some databases take no more than 999."""


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
        with self.writing() as connection:
            row = {"learner_id": ME, "section_id": section_id, "position": position, "at": stamp(at)}
            connection.execute(visits.insert().values(row))

    def start_run(
        self,
        quiz_id: str,
        *,
        seed: int,
        mode: str,
        at: datetime,
        plan: Sequence[Planned] = (),
        terms: Terms | None = None,
        asked: Mapping[str, str] | None = None,
    ) -> Run:
        """Begin a sitting: `plan` names the questions drawn, in order; `asked` holds their texts by digest."""
        agreed = terms or Terms()
        row = {
            "learner_id": ME,
            "quiz_id": quiz_id,
            "seed": seed,
            "mode": str(mode),
            "plan": json.dumps([asdict(planned) for planned in plan]),
            "terms": json.dumps(asdict(agreed), ensure_ascii=False),
            "started": stamp(at),
        }
        with self.writing() as connection:
            keep_questions(connection, asked or {}, stamp(at))
            run_id = _new_id(connection.execute(runs.insert().values(row)).inserted_primary_key)
        return Run(run_id, quiz_id, seed, str(mode), at, tuple(plan), terms=agreed)

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
        seconds: float | None = None,
        certainty: int | None = None,
        source: str = "",
    ) -> int:
        """Note an answer; it is safe on disk when this returns, with the id that `mark` wants.

        `source` is the question as asked, kept under its digest. `RunClosed` when the sitting is handed in
        or its time is over: then nothing is noted.
        """
        row = {
            "learner_id": ME,
            "run_id": run_id,
            "item_id": item_id,
            "item_digest": digest,
            "response": response.to_json(),
            "seed": seed,
            "hints": hints,
            "seconds": seconds,
            "certainty": certainty,
            "at": stamp(at),
        }
        with self.writing() as connection:
            if run_id is not None:
                _refuse_closed(connection, run_id, at)
            keep_questions(connection, {digest: source} if source else {}, stamp(at))
            return _new_id(connection.execute(answers.insert().values(row)).inserted_primary_key)

    def flag(self, run_id: int, item_id: str, *, flagged: bool, at: datetime) -> None:
        """Note that a question of a sitting is to be looked at again, or no longer."""
        row = {"run_id": run_id, "item_id": item_id, "flagged": int(flagged), "at": stamp(at)}
        with self.writing() as connection:
            _refuse_closed(connection, run_id, at)
            connection.execute(flags.insert().values(row))

    def mark(self, answer_id: int, mark: Mark, at: datetime) -> None:
        """Note how an answer was judged; the first mark of an answer stands."""
        row = {"answer_id": answer_id, "share": mark.share, "points": mark.points, "at": stamp(at)}
        with self.writing() as connection:
            known = connection.scalar(select(marks.c.answer_id).where(marks.c.answer_id == answer_id))
            if known is None:
                connection.execute(marks.insert().values(row))

    def finish_run(self, run_id: int, at: datetime) -> datetime:
        """Close a sitting, an exam at the latest when its time is over; the first close stands. Returns when."""
        with self.writing() as connection:
            run = _run_in(connection, run_id)
            if run.finished is not None:
                return run.finished
            closed = min(at, run.ends or at)
            connection.execute(finishes.insert().values(run_id=run_id, at=stamp(closed)))
            return closed

    def tick(self, tick: Tick) -> None:
        """Note that an entry of a checklist was ticked, or its tick taken away."""
        row = {"learner_id": ME, **asdict(tick.entry), "ticked": int(tick.ticked), "at": stamp(tick.at)}
        with self.writing() as connection:
            connection.execute(ticks.insert().values(row))

    def keep_note(self, note: Note) -> None:
        """Keep a note or bookmark, in place of what stood under its id; what was written later stays."""
        row = {**asdict(note.anchor), "text": note.text, "removed": 0, "at": stamp(note.at)}
        with self.writing() as connection:
            write_note(connection, note.id, row)

    def remove_note(self, note_id: str, at: datetime) -> None:
        """Delete a note or bookmark; nothing but its id is kept."""
        with self.writing() as connection:
            write_note(connection, note_id, {**NOTHING_NOTED, "at": stamp(at)})

    # Reading --------------------------------------------------------------------------------------

    def visits(self) -> tuple[Visit, ...]:
        """Every visit, oldest first."""
        wanted = select(visits).where(visits.c.learner_id == ME).order_by(visits.c.at, visits.c.id)
        return self._values(visit_of, wanted)

    def runs(self, quiz_id: str | None = None) -> tuple[Run, ...]:
        """Every sitting (of one quiz), oldest first."""
        wanted = _RUNS.where(runs.c.learner_id == ME).order_by(runs.c.started, runs.c.id)
        if quiz_id is not None:
            wanted = wanted.where(runs.c.quiz_id == quiz_id)
        return self._values(run_of, wanted)

    def open_run(self, quiz_id: str) -> Run | None:
        """The newest sitting of a quiz, unless it is finished."""
        newest = self.runs(quiz_id)[-1:]
        return next((run for run in newest if run.finished is None), None)

    def attempts(self, item_id: str | None = None, run_id: int | None = None) -> tuple[Attempt, ...]:
        """Every answer with its mark (to one question, in one sitting), oldest first."""
        wanted = (
            select(answers, marks.c.share, marks.c.points)
            .outerjoin(marks, marks.c.answer_id == answers.c.id)
            .where(answers.c.learner_id == ME)
            .order_by(answers.c.at, answers.c.id)
        )
        if item_id is not None:
            wanted = wanted.where(answers.c.item_id == item_id)
        if run_id is not None:
            wanted = wanted.where(answers.c.run_id == run_id)
        return self._values(attempt_of, wanted)

    def flagged(self, run_id: int) -> frozenset[str]:
        """The questions of a sitting that are flagged now."""
        wanted = select(flags).where(flags.c.run_id == run_id).order_by(flags.c.at, flags.c.id)
        last = {row["item_id"]: bool(row["flagged"]) for row in self._rows(wanted)}
        return frozenset(item_id for item_id, flagged in last.items() if flagged)

    def ticks(self, lesson_id: str) -> tuple[Tick, ...]:
        """Every tick set or taken away in a lesson, oldest first."""
        inside = ticks.c.section_id.startswith(f"{lesson_id}#", autoescape=True)
        wanted = select(ticks).where(ticks.c.learner_id == ME, inside)
        return self._values(tick_of, wanted.order_by(ticks.c.at, ticks.c.id))

    def notes(self) -> tuple[Note, ...]:
        """Every note, in the order of the sections and blocks."""
        return tuple(note for note in self.noted() if note.text)

    def bookmarks(self) -> tuple[Note, ...]:
        """Every bookmark, a note without text, in the order of the sections and blocks."""
        return tuple(note for note in self.noted() if not note.text)

    def noted(self) -> tuple[Note, ...]:
        """Notes and bookmarks together, in the order of the sections and blocks."""
        wanted = select(notes).where(notes.c.learner_id == ME, notes.c.removed == 0)
        ordered = wanted.order_by(notes.c.section_id, notes.c.block, notes.c.at)
        return self._values(note_of, ordered)

    def asked(self, digests: Iterable[str]) -> Mapping[str, str]:
        """The texts of questions as they were asked, by digest; those that nobody kept are left out."""
        wanted = sorted(set(digests))
        found: dict[str, str] = {}
        for start in range(0, len(wanted), _BATCH):
            batch = questions.c.digest.in_(wanted[start : start + _BATCH])
            found.update((row["digest"], row["source"]) for row in self._rows(select(questions).where(batch)))
        return found

    # Inside ---------------------------------------------------------------------------------------

    def _bring_up_to_date(self) -> None:
        with self.reading() as connection:
            done = schema.applied(connection)
        self._refuse_strangers(done)
        if done is not None and len(done) < len(schema.MIGRATIONS):
            with self.writing() as connection:
                done = schema.applied(connection)
                self._refuse_strangers(done)
                schema.migrate(connection, done or frozenset(), stamp(datetime.now(UTC)))

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
    def writing(self) -> Iterator[Connection]:
        """One transaction that is on disk when the block ends, or has left no trace."""
        with self._told(), writing(self._engine) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One view of the database, which waits for no writer."""
        with self._told(), self._engine.connect().execution_options(reading=True) as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise RecordError(described(error, self._name)) from error

    def _values(self, make: Callable[[RowMapping], _T], wanted: Select[Any]) -> tuple[_T, ...]:
        """Rows as values; SQLite keeps anything in any column, so damage may show only here."""
        rows = self._rows(wanted)
        try:
            return tuple(map(make, rows))
        except (ValueError, TypeError, AttributeError) as error:
            raise RecordError(f"{self._name} {DAMAGED}") from error

    def _rows(self, wanted: Select[Any]) -> list[RowMapping]:
        with self.reading() as connection:
            return list(connection.execute(wanted).mappings())


def erase_file(file: Path) -> None:
    """Remove a record without opening it, so that a damaged one or one of a newer version can go as well."""
    remove_file(file, f"The record {file}")


def _new_id(key: Any) -> int:  # noqa: ANN401 - a row of SQLAlchemy
    return int(key[0])


def keep_questions(connection: Connection, asked: Mapping[str, str], at: str) -> None:
    """Keep the texts of questions that are not kept yet."""
    known = frozenset(
        connection.scalars(select(questions.c.digest).where(questions.c.digest.in_(list(asked))))
    )
    for digest, source in asked.items():
        if digest not in known:
            connection.execute(questions.insert().values(digest=digest, source=source, at=at))


NOTHING_NOTED = {"section_id": "", "block": 0, "digest": "", "words": "", "text": "", "removed": 1}
"""What is left of a note that was deleted."""


def write_note(connection: Connection, note_id: str, row: Mapping[str, Any]) -> bool:
    """Write a note under its id, over what stood there, unless that is as new; tells whether it was written."""
    known = connection.scalar(select(notes.c.at).where(notes.c.id == note_id))
    if known is None:
        connection.execute(notes.insert().values(id=note_id, learner_id=ME, **row))
    elif known < row["at"]:
        connection.execute(notes.update().where(notes.c.id == note_id).values(row))
    else:
        return False
    return True


def _refuse_closed(connection: Connection, run_id: int, at: datetime) -> None:
    run = _run_in(connection, run_id)
    if run.finished is not None:
        raise RunClosed("This sitting is handed in; begin a new one to answer again.")
    if run.ends is not None and at > run.ends:
        raise RunClosed("The time is over; what was answered before is handed in.")


def _run_in(connection: Connection, run_id: int) -> Run:
    row = next(iter(connection.execute(_RUNS.where(runs.c.id == run_id)).mappings()), None)
    if row is None:
        raise RecordError(f"There is no sitting {run_id} in the record; begin the quiz anew.")
    return run_of(row)


_RUNS = select(runs, finishes.c.at.label("finished")).outerjoin(finishes, finishes.c.run_id == runs.c.id)
