"""Tables of the learner's record and the numbered migrations that make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    inspect,
    select,
    text,
)
from sqlalchemy.schema import CreateColumn

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

tables = MetaData()

migrations = Table(
    "migrations",
    tables,
    Column("name", String(100), primary_key=True),
    Column("at", String(40), nullable=False),
)

learners = Table(
    "learners",
    tables,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
)


def _learner() -> Column[int]:
    return Column("learner_id", ForeignKey("learners.id"), nullable=False)


visits = Table(
    "visits",
    tables,
    Column("id", Integer, primary_key=True),
    _learner(),
    Column("section_id", String(300), nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", String(40), nullable=False),
    Index("visits_by_section", "learner_id", "section_id"),
)

runs = Table(
    "runs",
    tables,
    Column("id", Integer, primary_key=True),
    _learner(),
    Column("quiz_id", String(300), nullable=False),
    Column("seed", Integer, nullable=False),
    Column("mode", String(20), nullable=False),
    Column("plan", Text, nullable=False),
    Column("started", String(40), nullable=False),
    Column("terms", Text, nullable=False, server_default="{}"),
    Index("runs_by_quiz", "learner_id", "quiz_id"),
)

finishes = Table(
    "finishes",
    tables,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("at", String(40), nullable=False),
)

answers = Table(
    "answers",
    tables,
    Column("id", Integer, primary_key=True),
    _learner(),
    Column("run_id", ForeignKey("runs.id")),
    Column("item_id", String(300), nullable=False),
    Column("item_digest", String(64), nullable=False),
    Column("response", Text, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("hints", Integer, nullable=False),
    Column("at", String(40), nullable=False),
    Column("seconds", Float),
    Column("certainty", Integer),
    Index("answers_by_item", "learner_id", "item_id"),
    Index("answers_by_run", "run_id"),
)

marks = Table(
    "marks",
    tables,
    Column("answer_id", ForeignKey("answers.id"), primary_key=True),
    Column("share", Float, nullable=False),
    Column("points", Float, nullable=False),
    Column("at", String(40), nullable=False),
)

questions = Table(
    "questions",
    tables,
    Column("digest", String(64), primary_key=True),
    Column("source", Text, nullable=False),
    Column("at", String(40), nullable=False),
)

flags = Table(
    "flags",
    tables,
    Column("id", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("item_id", String(300), nullable=False),
    Column("flagged", Integer, nullable=False),
    Column("at", String(40), nullable=False),
    Index("flags_by_run", "run_id"),
)

assessments = Table(
    "assessments",
    tables,
    Column("id", Integer, primary_key=True),
    _learner(),
    Column("check_id", String(100), nullable=False),
    Column("rater", String(100), nullable=False),
    Column("started", String(40), nullable=False),
)

ratings = Table(
    "ratings",
    tables,
    Column("id", Integer, primary_key=True),
    Column("assessment_id", ForeignKey("assessments.id"), nullable=False),
    Column("statement_id", String(60), nullable=False),
    Column("rating", Integer),
    Column("at", String(40), nullable=False),
    Index("ratings_by_assessment", "assessment_id"),
)

evidence = Table(
    "evidence",
    tables,
    Column("id", Integer, primary_key=True),
    Column("assessment_id", ForeignKey("assessments.id"), nullable=False),
    Column("dimension_id", String(60), nullable=False),
    Column("words", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Index("evidence_by_assessment", "assessment_id"),
)

assessment_finishes = Table(
    "assessment_finishes",
    tables,
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("at", String(40), nullable=False),
)

_SELF_CHECKS = (assessments, ratings, evidence, assessment_finishes)

names = Table(
    "names",
    tables,
    Column("id", Integer, primary_key=True),
    _learner(),
    Column("name", String(200), nullable=False),
    Column("at", String(40), nullable=False),
)

ticks = Table(
    "ticks",
    tables,
    Column("id", Integer, primary_key=True),
    _learner(),
    Column("section_id", String(300), nullable=False),
    Column("place", String(40), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("language", String(20), nullable=False),
    Column("ticked", Integer, nullable=False),
    Column("at", String(40), nullable=False),
    Index("ticks_by_section", "learner_id", "section_id"),
)

notes = Table(
    "notes",
    tables,
    Column("id", String(40), primary_key=True),
    _learner(),
    Column("section_id", String(300), nullable=False),
    Column("block", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("words", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("at", String(40), nullable=False),
    Index("notes_by_section", "learner_id", "section_id"),
)
"""No log: what a learner deletes is gone, and only its id stays, so that no import brings it back."""

LOGS = (visits, questions, runs, finishes, answers, marks, flags, ticks, names, *_SELF_CHECKS)
"""Tables that only grow."""


_FIRST = (migrations, learners, visits, runs, finishes, answers, marks)
_LATER_COLUMNS = (runs.c.terms, answers.c.seconds, answers.c.certainty)


def _make_tables(connection: Connection) -> None:
    tables.create_all(connection, tables=_FIRST)
    connection.execute(learners.insert().values(id=1, name="me"))


def _guard_logs(connection: Connection) -> None:
    """Let SQLite itself refuse to change or drop a row of a log."""
    if connection.dialect.name != "sqlite":
        return
    there = inspect(connection).get_table_names()
    for log in (log for log in LOGS if log.name in there):
        for deed in ("UPDATE", "DELETE"):
            connection.execute(
                text(
                    f"CREATE TRIGGER IF NOT EXISTS {log.name}_refuse_{deed.lower()} BEFORE {deed} ON {log.name} "
                    f"BEGIN SELECT RAISE(ABORT, '{log.name} only grows'); END"
                )
            )


def _keep_what_was_asked(connection: Connection) -> None:
    """Wordings, terms, flags, seconds and certainty; a database made by this version has them from the start."""
    tables.create_all(connection)
    for column in _LATER_COLUMNS:
        known = {own["name"] for own in inspect(connection).get_columns(column.table.name)}
        if column.name not in known:
            definition = CreateColumn(column).compile(dialect=connection.dialect)
            connection.execute(text(f"ALTER TABLE {column.table.name} ADD COLUMN {definition}"))
    _guard_logs(connection)


def _keep_self_checks(connection: Connection) -> None:
    """Self-checks that are filled in, by the learner or by a colleague."""
    tables.create_all(connection, tables=_SELF_CHECKS)
    _guard_logs(connection)


def _keep_names(connection: Connection) -> None:
    """The names that a learner wants on certificates."""
    names.create(connection, checkfirst=True)
    _guard_logs(connection)


def _keep_ticks(connection: Connection) -> None:
    """Ticks of checklists."""
    tables.create_all(connection, tables=[ticks])
    _guard_logs(connection)


def _keep_notes(connection: Connection) -> None:
    """Notes and bookmarks."""
    tables.create_all(connection, tables=[notes])


MIGRATIONS: tuple[tuple[str, Callable[[Connection], None]], ...] = (
    ("0001 tables", _make_tables),
    ("0002 logs only grow", _guard_logs),
    ("0003 what was asked", _keep_what_was_asked),
    ("0004 self-checks", _keep_self_checks),
    ("0005 ticks of checklists", _keep_ticks),
    ("0006 notes and bookmarks", _keep_notes),
    ("0007 names", _keep_names),
)
"""Every change of the database, oldest first; a published one is never edited."""


def applied(connection: Connection) -> frozenset[str] | None:
    """Names of the migrations that the database has had; None when the database is another program's."""
    names = inspect(connection).get_table_names()
    if not names:
        return frozenset()
    if migrations.name not in names:
        return None
    return frozenset(connection.scalars(select(migrations.c.name)))


def migrate(connection: Connection, done: frozenset[str], at: str) -> None:
    """Apply what is missing."""
    for name, change in MIGRATIONS:
        if name not in done:
            change(connection)
            connection.execute(migrations.insert().values(name=name, at=at))
