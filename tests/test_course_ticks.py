"""Ticks of checklists, in the record and found again in a text that changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from course.model import ListBlock
from course.parse import parse_lesson
from course.record import LearnerRecord
from course.ticks import Tick, entries_of, is_ticked

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LIST = "---\ntitle: T\n---\n\n## List\n\n- [ ] Write it down\n- [ ] Show it\n"


def entries(text=LIST, language="en"):
    section = parse_lesson(Path("01-l.md"), "m", text).sections[0]
    lists = [block for block in section.blocks if isinstance(block, ListBlock)]
    return [entry for block in lists for entry in entries_of(section, block, language)]


def tick(entry, *, ticked=True, minutes=0):
    return Tick(entry, ticked, NOON + timedelta(minutes=minutes))


def test_the_newest_tick_counts():
    first, second = entries()
    ticks = [tick(first), tick(first, ticked=False, minutes=1), tick(second, minutes=2)]
    assert [is_ticked(entry, ticks) for entry in (first, second)] == [False, True]
    assert is_ticked(first, []) is None


def test_an_entry_that_moves_keeps_its_tick_and_a_new_one_gets_none():
    ticks = [tick(entries()[0])]
    moved = LIST.replace("- [ ] Write", "- [ ] Think\n- [ ] Write")
    assert [is_ticked(entry, ticks) for entry in entries(moved)] == [None, True, None]


def test_a_translation_takes_ticks_by_place():
    ticks = [tick(entries()[1])]
    danish = LIST.replace("Write it down", "Skriv det ned").replace("Show it", "Vis det")
    assert [is_ticked(entry, ticks) for entry in entries(danish, "da")] == [None, True]


def test_equal_words_are_two_entries():
    text = LIST.replace("Show it", "Write it down")
    first, second = entries(text)
    assert is_ticked(second, [tick(first)]) is None


@pytest.mark.parametrize("lesson", ["m/l", "m/l_1"])
def test_the_record_gives_the_ticks_of_one_lesson(tmp_path, lesson):
    entry = entries()[0]
    with LearnerRecord.open(tmp_path / "one.db") as record:
        record.tick(tick(entry))
        assert record.ticks("m/l") == (tick(entry),)
        assert record.ticks(lesson) == (record.ticks("m/l") if lesson == "m/l" else ())
