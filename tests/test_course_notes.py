"""Notes and bookmarks: kept in the record, found again in a lesson that changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from course.notes import Anchor, Note, anchor_of, blocks_of, located
from course.parse import parse_lesson
from course.record import LearnerRecord

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TEXT = """\
---
title: T
---

## Boats

A boat floats because it is hollow, whatever it weighs.[^1]

Salt is heavy, and ships carried it to the north.

<!-- q id=q1 -->
### Which one floats?

- [x] The boat
- [ ] The stone

[^1]: A note at the foot.

## Ports

Ships lie in ports.
"""


def lesson(text=TEXT):
    return parse_lesson(Path("01-l.md"), "m", text)


def anchor(block=1, text=TEXT):
    return anchor_of(lesson(text).sections[0], block)


def test_footnotes_carry_no_notes():
    assert len(blocks_of(lesson().sections[0])) == 3


def test_an_anchor_tells_how_its_block_begins():
    assert anchor().words == "Salt is heavy, and ships carried it to the north."
    assert anchor(2).words.startswith("Which one floats? The boat")
    assert anchor().lesson_id == "m/l"


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("A boat", "First of all.\n\nA boat", (0, 2)),
        ("Salt is heavy, and ships carried it to the north.\n\n", "", (0, 1)),
        ("Salt is heavy,", "Salt is very heavy indeed,", (0, 1)),
        ("Salt is heavy, and ships carried it to the north.", "Other words altogether.", (0, 1)),
    ],
)
def test_a_note_is_found_in_an_edited_lesson(before, after, place):
    assert located(anchor(), lesson(TEXT.replace(before, after, 1))) == place


def test_a_note_follows_its_block_into_another_section():
    moved = TEXT.replace("Salt is heavy, and ships carried it to the north.\n\n", "")
    moved += "\nSalt is heavy, and ships carried it to the north.\n"
    assert located(anchor(), lesson(moved)) == (1, 1)


def test_a_note_at_a_question_follows_its_id():
    other = TEXT.replace("Which one floats?", "What swims?").replace("A boat floats", "New.\n\nA boat floats")
    assert located(anchor(2), lesson(other)) == (0, 3)


def test_a_note_whose_section_is_gone_has_no_place():
    assert located(anchor(), lesson(TEXT[: TEXT.index("## Boats")] + "## Ports\n\nShips.\n")) is None
    assert located(anchor(), lesson("---\ntitle: T\n---\n\n## Boats\n\n## Ports\n")) is None


def test_the_record_keeps_changes_and_forgets(tmp_path):
    note = Note("a" * 16, anchor(), "Ask Grete", NOON)
    with LearnerRecord.open(tmp_path / "one.db") as record:
        record.keep_note(note)
        record.keep_note(Note("b" * 16, anchor(0), "", NOON))
        changed = replace(note, text="Ask Hans", at=NOON + timedelta(minutes=1))
        record.keep_note(changed)
        assert record.notes() == (changed,)
        assert [mark.anchor for mark in record.bookmarks()] == [anchor(0)]
        record.remove_note(note.id, NOON + timedelta(minutes=2))
        assert record.notes() == ()
        record.keep_note(changed)
        assert record.notes() == ()
        again = replace(changed, at=NOON + timedelta(minutes=3))
        record.keep_note(again)
        assert record.notes() == (again,)


def test_notes_come_in_the_order_of_the_text(tmp_path):
    with LearnerRecord.open(tmp_path / "one.db") as record:
        for name, section, block in (("x", "m/l#b", 0), ("y", "m/l#a", 5), ("z", "m/l#a", 1)):
            record.keep_note(Note(name, Anchor(section, block, "d", "w"), "t", NOON))
        assert [note.id for note in record.notes()] == ["z", "y", "x"]
