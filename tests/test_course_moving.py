"""A record on its way to another machine: nothing is lost, nothing stands there twice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.digest import source_digest
from course.errors import RecordError
from course.grade import Mark
from course.history import Planned, Terms
from course.items import Accepted, Cloze, Frame, Matching, Numeric, Ordering, ShortText
from course.learner_name import keep_name, name_in
from course.model import Place, Span
from course.moving import VERSION, exported, merge
from course.notes import Anchor, Note
from course.record import LearnerRecord
from course.record_rows import stamp
from course.response import Chosen, Typed
from course.snapshot import item_source
from course.ticks import Entry, Tick

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FRAME = Frame("m/quiz#a", (Span("Which port?"),), Place(Path(), 1))
SOURCE = item_source(ShortText(FRAME, ()))
DIGEST = source_digest(SOURCE)


@pytest.fixture
def record(tmp_path):
    with LearnerRecord.open(tmp_path / "one.db") as opened:
        yield opened


@pytest.fixture
def other(tmp_path):
    with LearnerRecord.open(tmp_path / "two.db") as opened:
        yield opened


def fill(record):
    """One of everything."""
    terms = Terms("Ærø quiz", 80, 30, 2, {"O1": "tell what floats"})
    plan = (Planned("m/quiz#a", 2.0, "O1", DIGEST, 1), Planned("m/quiz#b"))
    run = record.start_run(
        "m/quiz", seed=9, mode="exam", at=NOON, plan=plan, terms=terms, asked={DIGEST: SOURCE}
    )
    record.visit("m/l#a", 4, NOON)
    answer_id = record.give(
        "m/quiz#a",
        Typed(text="Lübeck\x1b[31m"),
        digest=DIGEST,
        at=NOON + timedelta(minutes=1),
        seed=9,
        hints=1,
        run_id=run.id,
        seconds=12.5,
        certainty=2,
    )
    record.mark(answer_id, Mark(1.0, 2.0, right=True), NOON + timedelta(minutes=1))
    record.flag(run.id, "m/quiz#b", flagged=True, at=NOON + timedelta(minutes=2))
    record.finish_run(run.id, NOON + timedelta(minutes=3))
    record.give("m/l#q", Chosen(options=(1,)), digest="d", at=NOON + timedelta(minutes=4))
    record.tick(Tick(Entry("m/l#a", "0.1", "d" * 16, "en"), ticked=True, at=NOON + timedelta(minutes=6)))
    record.keep_note(Note("n1", Anchor("m/l#a", 1, "d" * 16, "It floats"), "Ask Grete", NOON))
    record.keep_note(Note("n2", Anchor("m/l#a", 2, "e" * 16, "It sinks"), "", NOON))
    record.start_run("review", seed=2, mode="review", at=NOON + timedelta(minutes=5))
    keep_name(record, "Ærlig  Ångström", NOON + timedelta(minutes=6))


def lines(record):
    return [json.dumps(row) for row in exported(record, NOON)]


def content(record):
    """What a record says, whatever its rows are numbered."""
    rows = [dict(row) for row in exported(record, NOON)]
    runs = {
        row["run"]: json.dumps([row["quiz_id"], row["seed"], row["started"]])
        for row in rows
        if row["kind"] == "run"
    }
    for row in rows:
        if row.get("run") is not None:
            row["run"] = runs[row["run"]]
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def test_everything_arrives(record, other):
    fill(record)
    merged = merge(other, lines(record))
    assert content(other) == content(record)
    assert merged.new == {
        "question": 1,
        "visit": 1,
        "run": 2,
        "answer": 2,
        "flag": 1,
        "name": 1,
        "tick": 1,
        "note": 2,
    }
    assert not merged.known
    (exam, review), before = other.runs(), record.runs()
    assert (exam.terms, exam.plan, exam.finished) == (before[0].terms, before[0].plan, before[0].finished)
    assert review.mode == "review"
    assert other.flagged(exam.id) == {"m/quiz#b"}
    assert other.asked([DIGEST]) == {DIGEST: SOURCE}
    assert name_in(other) == "Ærlig Ångström"


def test_a_second_time_changes_nothing(record, other):
    fill(record)
    merge(other, lines(record))
    merged = merge(other, lines(record))
    assert not merged.new
    assert content(other) == content(record)
    assert not merge(record, lines(record)).new


def test_of_a_note_the_last_change_counts_on_both_machines(record, other):
    fill(record)
    merge(other, lines(record))
    note = record.notes()[0]
    other.keep_note(replace(note, text="Ask Hans", at=NOON + timedelta(days=1)))
    record.remove_note(record.bookmarks()[0].id, NOON + timedelta(days=2))
    merge(record, lines(other))
    merge(other, lines(record))
    for own in (record, other):
        assert [kept.text for kept in own.notes()] == ["Ask Hans"]
        assert own.bookmarks() == ()


def test_a_deleted_note_leaves_no_words(record):
    fill(record)
    record.remove_note("n1", NOON + timedelta(days=1))
    assert "Ask Grete" not in "".join(lines(record))
    assert record.notes() == ()


def test_an_answer_that_was_not_marked_gets_its_mark(record, other):
    answer_id = record.give("m/l#q", Chosen(options=(1,)), digest="d", at=NOON)
    merge(other, lines(record))
    record.mark(answer_id, Mark(0.5, 0.5, right=False), NOON)
    merge(other, lines(record))
    assert [attempt.share for attempt in other.attempts()] == [0.5]


def test_a_sitting_goes_on_on_the_other_machine(record, other):
    run = record.start_run("m/quiz", seed=9, mode="check", at=NOON)
    record.give("m/quiz#a", Typed(text="x"), digest="d", at=NOON, run_id=run.id)
    merge(other, lines(record))
    there = other.open_run("m/quiz")
    other.give("m/quiz#b", Typed(text="y"), digest="d", at=NOON + timedelta(hours=1), run_id=there.id)
    other.finish_run(there.id, NOON + timedelta(hours=1))
    merge(record, lines(other))
    assert [attempt.item_id for attempt in record.attempts(run_id=run.id)] == ["m/quiz#a", "m/quiz#b"]
    assert record.runs()[0].finished == NOON + timedelta(hours=1)


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["visit", "run", "answer", "alone", "flag", "finish"]),
        st.integers(0, 2),
        st.integers(0, 3),
    ),
    max_size=15,
)


def play(record, deeds, minutes):
    """Do something at a time of its own, or at the same time as something else."""
    runs = []
    for deed, number, minute in deeds:
        at = NOON + timedelta(minutes=next(minutes) * 10 + minute)
        if deed == "visit":
            record.visit(f"m/l#{number}", minute, NOON + timedelta(minutes=minute))
        elif deed == "run" or not runs:
            runs.append(record.start_run(f"m{number}/quiz", seed=minute, mode="check", at=at))
        elif deed == "finish":
            record.finish_run(runs.pop().id, at)
        elif deed == "flag":
            record.flag(runs[-1].id, f"q{number}", flagged=bool(minute), at=at)
        else:
            run_id = runs[-1].id if deed == "answer" else None
            answer_id = record.give(f"q{number}", Typed(text="x"), digest="d", at=at, run_id=run_id)
            if minute:
                record.mark(answer_id, Mark(1.0, 1.0, right=True), at)


@settings(max_examples=25)
@given(DEEDS, DEEDS, DEEDS)
def test_merging_in_any_order_gives_the_same_and_never_doubles(shared, here, there):
    minutes = count()
    with TemporaryDirectory() as folder:
        one = LearnerRecord.open(Path(folder) / "one.db")
        two = LearnerRecord.open(Path(folder) / "two.db")
        play(one, shared, minutes)
        merge(two, lines(one))
        assert content(two) == content(one)
        play(one, here, minutes)
        play(two, there, minutes)
        first, second = lines(one), lines(two)
        merge(one, second)
        merge(two, first)
        assert content(one) == content(two)
        assert not merge(one, second).new
        assert not merge(one, lines(one)).new
        one.close()
        two.close()


HEAD = json.dumps({"kind": "record", "format": "hansa-record", "version": VERSION, "exported": "x"})
QUESTION = {"kind": "question", "digest": DIGEST, "source": json.loads(SOURCE), "at": NOON.isoformat()}
UNMARKABLE = tuple(
    item_source(item)
    for item in (
        Ordering(FRAME, ()),
        Matching(FRAME, ()),
        Cloze(FRAME, ()),
        Numeric(FRAME, ()),
        ShortText(FRAME, (Accepted("(", 1, pattern=True),)),
    )
)
TERMS = {"title": "Q", "pass_percent": 70, "minutes": 30, "tries": 0, "outcomes": {}}
RUN = {
    "kind": "run",
    "run": 1,
    "quiz_id": "m/quiz",
    "seed": 1,
    "mode": "exam",
    "plan": [],
    "terms": TERMS,
    "started": "2026-11-21T12:00:00+00:00",
    "finished": None,
}
ANSWER = {
    "kind": "answer",
    "run": None,
    "item_id": "m/l#q",
    "item_digest": "d",
    "response": {"kind": "typed", "text": "x"},
    "seed": 1,
    "hints": 0,
    "seconds": 1.5,
    "certainty": 3,
    "at": "2026-11-21T12:00:00+00:00",
    "share": 1,
    "points": 1,
    "marked": "2026-11-21T12:00:00+00:00",
}
VISIT = {"kind": "visit", "section_id": "m/l#a", "position": 1, "at": "2026-11-21T12:00:00+00:00"}


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ([], "is empty"),
        (["{}"], "no export"),
        (["[]"], "no export"),
        (["nonsense"], "Line 1"),
        (['{"format": "hansa-record", "version": 99}'], "newer version of Hansa; update"),
        ([HEAD, "nonsense"], "Line 2"),
        ([HEAD, "[" * 100_000], "Line 2"),
        ([HEAD, json.dumps(VISIT), '{"kind": "unknown"}'], "Line 3"),
        ([HEAD, json.dumps({**VISIT, "at": "yesterday"})], "Line 2"),
        ([HEAD, json.dumps({**VISIT, "at": "2026-11-21"})], "Line 2"),
        ([HEAD, json.dumps({**VISIT, "at": "9999-12-31T23:59:59-12:00"})], "Line 2"),
        ([HEAD, json.dumps({**VISIT, "position": 10**40})], "Line 2"),
        ([HEAD, json.dumps({**VISIT, "section_id": "\x1b[2J"})], "Line 2"),
        ([HEAD, json.dumps({**VISIT, "section_id": "x" * 301})], "Line 2"),
        ([HEAD, json.dumps({"kind": "flag", "run": 7, "item_id": "q", "flagged": 1, "at": VISIT["at"]})], "Line 2"),
        ([HEAD, json.dumps({"kind": "name", "name": "x" * 101, "at": VISIT["at"]})], "Line 2"),
        ([HEAD, json.dumps({"kind": "name", "name": "A\x1b[2J", "at": VISIT["at"]})], "Line 2"),
        ([HEAD, json.dumps({**QUESTION, "digest": "0"})], "Line 2"),
        ([HEAD, json.dumps({**QUESTION, "source": {"": "Choice"}})], "Line 2"),
        ([HEAD, " " * 1_000_001], "Line 2"),
        *(([HEAD, line], "Line 2") for line in ('"x"', "1", "null", "true", "[]", '["visit"]', '{"kind": []}')),
        *(([HEAD, json.dumps({**VISIT, "at": f"{year}-01-01T00:00:00+00:00"})], "Line 2") for year in ("0001", "9999")),
        *(([HEAD, json.dumps({**RUN, "terms": {**TERMS, **bad}})], "Line 2") for bad in (
            {"minutes": 2**52}, {"minutes": -1}, {"pass_percent": -1}, {"tries": -1}, {"outcomes": ["O1"]},
        )),
        *(([HEAD, json.dumps({**ANSWER, **bad})], "Line 2") for bad in (
            {"share": 5}, {"share": -0.5}, {"share": "1"}, {"share": float("nan")}, {"points": -1}, {"hints": -1},
            {"certainty": 4}, {"seconds": -1}, {"seconds": float("inf")}, {"response": "x"},
        )),
        *(([HEAD, json.dumps({**QUESTION, "source": json.loads(source), "digest": source_digest(source)})], "Line 2")
          for source in UNMARKABLE),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_told_and_leaves_no_trace(record, file, told):
    with pytest.raises(RecordError, match=told):
        merge(record, file)
    assert content(record) == content_of_nothing()


def content_of_nothing():
    """What a record says in which nothing was ever done."""
    return [
        json.dumps(
            {"kind": "record", "format": "hansa-record", "version": VERSION, "exported": stamp(NOON)},
            sort_keys=True,
        )
    ]


def test_the_lines_that_the_bad_ones_are_made_of_are_good(record):
    merged = merge(record, [HEAD, *map(json.dumps, (QUESTION, VISIT, RUN, ANSWER))])
    assert merged.new == {"question": 1, "visit": 1, "run": 1, "answer": 1}
    assert record.runs()[0].ends == NOON + timedelta(minutes=30)
