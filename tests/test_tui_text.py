from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course.model import Callout, Practice, Span, Table
from course.parse import parse_lesson
from tui.clean import clean, clean_line, neutral
from tui.console.questions import question_lines
from tui.language import language_name, plural
from tui.prose import block_lines
from tui.styled import said, shortened, spread, styled, superscript
from tui.tables import column_widths, table_lines

if TYPE_CHECKING:
    from pathlib import Path


def cells(*words: str) -> tuple[tuple[Span, ...], ...]:
    return tuple((Span(word),) for word in words)


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("plain", "plain"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]52;c;aGk=\x1b\\after", "after"),
        ("\x9b31mred", "31mred"),
        ("a\x07b\x08c\u202ed", "abcd"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_control_sequences_are_taken_out(given: str, left: str):
    assert clean(given) == left


def test_a_line_stays_one_line():
    assert clean_line(" a \n\x1b[2J b\tc ") == "a b c"


def test_neutral_text_keeps_its_length():
    text = "a\x1b[31mb\x07"
    assert len(neutral(text)) == len(text)
    assert "\x1b" not in neutral(text)


def test_markup_is_never_read():
    assert styled((Span("[b]not bold[/b] [link=x]"),)).plain == "[b]not bold[/b] [link=x]"
    assert said("[@click=quit]x[/]").plain == "[@click=quit]x[/]"


def test_numbers_are_raised():
    assert superscript(120) == "¹²⁰"


def test_a_line_with_two_ends_fits():
    assert spread(said("a long left text"), said("right"), 14).plain == "a long… " + " right".rjust(6)


def test_a_table_that_fits_keeps_its_columns():
    table = Table(cells("A", "B"), (cells("one", "two"),), ("", "right"), 1)
    assert [line.plain for line in table_lines(table, 40)] == ["A       B", "─────────", "one   two"]


def test_wide_cells_are_wrapped_within_the_width():
    table = Table(cells("Name", "Text"), (cells("a", "word " * 40),), ("", ""), 1)
    lines = table_lines(table, 40)
    assert max(line.cell_length for line in lines) <= 40
    assert sum(line.plain.count("word") for line in lines) == 40


def test_a_table_without_room_becomes_a_list():
    words = ["Donaudampfschifffahrt"] * 4
    table = Table(cells(*"ABCD"), (cells(*words), cells(*words)), ("",) * 4, 1)
    assert column_widths(table, 40) is None
    assert table_lines(table, 40)[0].plain == "A: Donaudampfschifffahrt"


def test_no_block_is_wider_than_asked(tmp_path: Path):
    lesson = tmp_path / "lesson.md"
    lesson.write_text(
        "---\ntitle: T\n---\n\n## S\n\n"
        + "- long words in a list " * 9
        + "\n\n> [!TIP]\n> "
        + "x" * 200
        + "\n\n```\n"
        + "y" * 200
        + "\n```\n",
        encoding="utf-8",
    )
    blocks = parse_lesson(lesson, "m").sections[0].blocks
    assert any(isinstance(block, Callout) for block in blocks)
    for width in (20, 40, 72):
        assert max(line.cell_length for line in block_lines(blocks, width)) <= width


def test_counts_have_their_form():
    assert plural("{count} guide", "{count} guides", 1) == "1 guide"
    assert plural("{count} guide", "{count} guides", 2) == "2 guides"


@pytest.mark.parametrize(
    ("width", "left"),
    [
        (40, "KISS ME and innovation, across four"),
        (25, "KISS ME and innovation…"),
        (18, "KISS ME and…"),
        (8, "KISS ME…"),
        (4, "KIS…"),
        (1, "…"),
    ],
)
def test_a_long_title_is_shortened_at_a_word(width: int, left: str):
    assert shortened(said("KISS ME and innovation, across four"), width).plain == left


def test_languages_have_names():
    assert language_name("da") == "Danish"
    assert language_name("xx") == "xx"


@pytest.mark.parametrize(
    ("body", "first"), [("A short remark.", "Which one?"), ("A long case. " * 9, "A long case.")]
)
def test_a_case_is_read_before_its_question(tmp_path: Path, body: str, first: str):
    lesson = tmp_path / "lesson.md"
    lesson.write_text(
        "---\ntitle: T\n---\n\n## S\n\n<!-- q id=a outcome=O1 -->\n### Which one?\n\n"
        f"{body}\n\n- [x] This\n- [ ] That\n<!-- /q -->\n",
        encoding="utf-8",
    )
    (block,) = parse_lesson(lesson, "m").sections[0].blocks
    assert isinstance(block, Practice)
    assert list(question_lines(block.item))[1].startswith(first)
