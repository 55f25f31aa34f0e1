"""Everything in a learner's record as lines of JSON, and such lines back into a record.

The first line names the format. Each further line is one `visit`, `question`, `run`, `answer`, `flag`, `name`, `tick`,
`note` or `self-check`; `run` numbers hold within the file only. Rows are told apart by what they say, not by their
numbers; of a note what was written last counts. So a file may be taken in twice, and two records may take in each
other's files, without anything standing there twice.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from .assessment_rows import KIND as SELF_CHECK
from .assessment_rows import assessment_from, row_of
from .assessments import keep, read_assessments
from .blank import blank_response
from .calibration import LEVELS
from .digest import source_digest
from .errors import RecordError, ResponseError
from .grade import grade
from .history import Planned, Terms
from .learner_name import LONGEST_NAME
from .notes import LONGEST_NOTE
from .record import ME, NOTHING_NOTED, keep_questions, write_note
from .record_rows import stamp
from .response import response_from_json
from .row_checks import moment, number, planned, refuse_controls, terms, whole, words
from .schema import MIGRATIONS, answers, finishes, flags, marks, names, notes, questions, runs, ticks, visits
from .snapshot import item_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping, Table

    from .record import LearnerRecord

FORMAT = "hansa-record"
VERSION = len(MIGRATIONS)
LONGEST_LINE = 1_000_000
"""Characters; a question with all that is said to it has some thousands."""

KINDS = ("question", "visit", "run", "answer", "flag", "name", "tick", "note")
"""Kinds of lines that are rows of one table, in the order in which they are written; self-checks follow."""

_Row = dict[str, Any]


@dataclass(slots=True)
class Merged:
    """How many lines of each kind were new, and how many were known."""

    new: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)


def exported(record: LearnerRecord, at: datetime) -> Iterator[_Row]:
    """Every line of the export; the first names the format."""
    with record.reading() as connection:
        yield {"kind": "record", "format": FORMAT, "version": VERSION, "exported": stamp(at)}
        for kind in KINDS:
            for row in connection.execute(_SELECTS[kind]).mappings():
                yield {"kind": kind, **_plain(row)}
        yield from map(row_of, read_assessments(connection))


def merge(record: LearnerRecord, lines: Iterable[str]) -> Merged:
    """Take in the lines of an export: all of them, or with a `RecordError` that names the line none."""
    merged = Merged()
    with record.writing() as connection:
        merging = _Merging(connection, merged)
        for number, line in enumerate(lines, 1):
            try:
                _take(merging, line, first=number == 1)
            except (
                LookupError,
                TypeError,
                ValueError,
                ArithmeticError,
                RecursionError,
                ResponseError,
            ) as error:
                raise RecordError(
                    f"Line {number} of this file is not a line of an export; export the data anew."
                ) from error
        if not merging.begun:
            raise RecordError("This file is empty; make one with `hansa export`.")
    return merged


def _take(merging: _Merging, line: str, *, first: bool) -> None:
    if len(line) > LONGEST_LINE:
        raise ValueError("too long")
    if not line.strip() and not first:
        return
    row = json.loads(line)
    if first:
        _refuse_strangers(row)
        merging.begun = True
        return
    if not isinstance(row, dict):
        raise TypeError("no object")
    merging.take(row.pop("kind"), row)


def _refuse_strangers(row: _Row) -> None:
    if not isinstance(row, dict) or row.get("format") != FORMAT:
        raise RecordError("This file is no export of a learner's record; make one with `hansa export`.")
    if not isinstance(row["version"], int) or row["version"] > VERSION:
        raise RecordError("This file was written by a newer version of Hansa; update Hansa to take it in.")


_SELECTS = {
    "question": select(questions).order_by(questions.c.at, questions.c.digest),
    "visit": select(visits.c.section_id, visits.c.position, visits.c.at).order_by(visits.c.at, visits.c.id),
    "run": select(
        runs.c.id.label("run"),
        *(runs.c[name] for name in ("quiz_id", "seed", "mode", "plan", "terms", "started")),
        finishes.c.at.label("finished"),
    )
    .outerjoin(finishes, finishes.c.run_id == runs.c.id)
    .order_by(runs.c.started, runs.c.id),
    "answer": select(
        answers.c.run_id.label("run"),
        *(answers.c[name] for name in ("item_id", "item_digest", "response", "seed", "hints")),
        *(answers.c[name] for name in ("seconds", "certainty", "at")),
        marks.c.share,
        marks.c.points,
        marks.c.at.label("marked"),
    )
    .outerjoin(marks, marks.c.answer_id == answers.c.id)
    .order_by(answers.c.at, answers.c.id),
    "flag": select(
        flags.c.run_id.label("run"), *(flags.c[name] for name in ("item_id", "flagged", "at"))
    ).order_by(flags.c.at, flags.c.id),
    "name": select(names.c.name, names.c.at).order_by(names.c.at, names.c.id),
    "tick": select(
        *(ticks.c[name] for name in ("section_id", "place", "digest", "language", "ticked", "at"))
    ).order_by(ticks.c.at, ticks.c.id),
    "note": select(
        *(notes.c[name] for name in ("id", "section_id", "block", "digest", "words", "text", "removed", "at"))
    ).order_by(notes.c.at, notes.c.id),
}
_JSON = ("plan", "terms", "response", "source")
"""Columns that hold JSON."""


def _plain(row: RowMapping | _Row) -> _Row:
    """A row with its JSON opened, the fields of later versions filled in."""
    opened = {name: json.loads(value) if name in _JSON and value else value for name, value in row.items()}
    if "plan" in opened:
        opened["plan"] = [asdict(Planned(**planned)) for planned in opened["plan"]]
        opened["terms"] = asdict(Terms(**opened["terms"]))
    return opened


class _Merging:
    """Rows of a file on their way into a record."""

    def __init__(self, connection: Connection, merged: Merged) -> None:
        self.begun = False
        self._connection = connection
        self._merged = merged
        self._runs: dict[int, int] = {}
        """Ids of the runs here, by their numbers in the file."""
        self._closed = set(connection.scalars(select(finishes.c.run_id)))
        self._marked = set(connection.scalars(select(marks.c.answer_id)))
        self._there = {
            table.name: self._rows(table) for table in (visits, runs, answers, flags, names, ticks)
        }

    def _rows(self, table: Table) -> dict[str, list[int]]:
        """Ids of the rows there are, by what they say."""
        found: dict[str, list[int]] = {}
        for row in self._connection.execute(select(table)).mappings():
            content = {name: value for name, value in row.items() if name != "id"}
            found.setdefault(_said(content), []).append(row["id"])
        return found

    def take(self, kind: str, row: _Row) -> None:
        """Take in one line."""
        refuse_controls({name: part for name, part in row.items() if name != "response"})
        taking = {
            "visit": self._visit,
            "question": self._question,
            "run": self._run,
            "answer": self._answer,
            "flag": self._flag,
            SELF_CHECK: self._self_check,
            "name": self._name,
            "tick": self._tick,
            "note": self._note,
        }
        taking[kind](row)

    def _visit(self, row: _Row) -> None:
        content = {
            "learner_id": ME,
            "section_id": words(row["section_id"]),
            "position": whole(row["position"]),
            "at": _at(row["at"]),
        }
        self._add("visit", visits, content)

    def _question(self, row: _Row) -> None:
        source = _written(row["source"])
        item = item_from(source)
        grade(item, blank_response(item, 0))
        known = self._connection.scalar(select(questions.c.digest).where(questions.c.digest == row["digest"]))
        if source_digest(source) != row["digest"]:
            raise ValueError("another digest")
        self._count("question", new=known is None)
        keep_questions(self._connection, {row["digest"]: source}, _at(row["at"]))

    def _run(self, row: _Row) -> None:
        content = {
            "learner_id": ME,
            "quiz_id": words(row["quiz_id"]),
            "seed": whole(row["seed"]),
            "mode": words(row["mode"]),
            "plan": json.dumps([asdict(planned(**each)) for each in row["plan"]]),
            "terms": json.dumps(asdict(terms(**row["terms"])), ensure_ascii=False),
            "started": _at(row["started"]),
        }
        run_id = self._add("run", runs, content)
        self._runs[whole(row["run"])] = run_id
        if row["finished"] is not None and run_id not in self._closed:
            self._closed.add(run_id)
            self._connection.execute(finishes.insert().values(run_id=run_id, at=_at(row["finished"])))

    def _answer(self, row: _Row) -> None:
        response = _written(row["response"])
        content = {
            "learner_id": ME,
            "run_id": None if row["run"] is None else self._runs[row["run"]],
            "item_id": words(row["item_id"]),
            "item_digest": words(row["item_digest"]),
            "response": response_from_json(response).to_json(),
            "seed": whole(row["seed"]),
            "hints": whole(row["hints"], 0),
            "at": _at(row["at"]),
            "seconds": None if row["seconds"] is None else number(row["seconds"]),
            "certainty": None if row["certainty"] is None else whole(row["certainty"], LEVELS[0], LEVELS[-1]),
        }
        answer_id = self._add("answer", answers, content)
        if row["share"] is not None and answer_id not in self._marked:
            self._marked.add(answer_id)
            mark = {
                "share": number(row["share"], 1),
                "points": number(row["points"]),
                "at": _at(row["marked"]),
            }
            self._connection.execute(marks.insert().values(answer_id=answer_id, **mark))

    def _flag(self, row: _Row) -> None:
        content = {
            "run_id": self._runs[row["run"]],
            "item_id": words(row["item_id"]),
            "flagged": whole(row["flagged"], 0, 1),
            "at": _at(row["at"]),
        }
        self._add("flag", flags, content)

    def _self_check(self, row: _Row) -> None:
        _id, new = keep(self._connection, assessment_from(row))
        self._count(SELF_CHECK, new=new)

    def _name(self, row: _Row) -> None:
        content = {"learner_id": ME, "name": words(row["name"], LONGEST_NAME), "at": _at(row["at"])}
        self._add("name", names, content)

    def _tick(self, row: _Row) -> None:
        content = {
            "learner_id": ME,
            **{name: words(row[name]) for name in ("section_id", "place", "digest", "language")},
            "ticked": whole(row["ticked"], 0, 1),
            "at": _at(row["at"]),
        }
        self._add("tick", ticks, content)

    def _note(self, row: _Row) -> None:
        note_id, at = words(row["id"], 40), _at(row["at"])
        content = {
            **{name: words(row[name]) for name in ("section_id", "digest", "words")},
            "text": words(row["text"], LONGEST_NOTE),
            "block": whole(row["block"], 0),
            "removed": whole(row["removed"], 0, 1),
        }
        left = NOTHING_NOTED if content["removed"] else content
        self._count("note", new=write_note(self._connection, note_id, {**left, "at": at}))

    def _add(self, kind: str, table: Table, content: _Row) -> int:
        """The id of a row that says this: one that is there and not matched yet, else a new one."""
        waiting = self._there[table.name].get(_said(content))
        if waiting:
            self._count(kind, new=False)
            return waiting.pop(0)
        self._count(kind, new=True)
        key = self._connection.execute(table.insert().values(content)).inserted_primary_key
        return int(key[0])  # type: ignore[index]

    def _count(self, kind: str, *, new: bool) -> None:
        (self._merged.new if new else self._merged.known)[kind] += 1


def _said(content: _Row) -> str:
    """What a row says, as a key; JSON in it counts as a value, however it is spaced."""
    return json.dumps(_plain(content), sort_keys=True)


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _at(value: str) -> str:
    return stamp(moment(value))
