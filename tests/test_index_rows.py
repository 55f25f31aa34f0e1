"""Rows of tables become lines that can be read alone."""

from __future__ import annotations

import pytest

from index.model import BlockKind
from index.parsed import RefusedError
from index.rows import row_lines, table_lines
from index.writer import LONGEST_TEXT, GuideWriter


@pytest.mark.parametrize(
    ("header", "cells", "line"),
    [
        (("Name", "Budget"), ("Eureka", "5"), "Name: Eureka; Budget: 5"),
        (("Name", ""), ("Eureka", "5"), "Name: Eureka; 5"),
        (("Name", "Budget"), ("", "5", "more"), "Budget: 5; more"),
        ((), ("a", "b"), "a; b"),
        (("Total",), ("Total",), "Total"),
        (("n" * 100,), ("x",), "n" * 80 + "…: x"),
    ],
)
def test_a_cell_is_named_by_its_column(header, cells, line):
    assert list(row_lines(header, cells)) == [line]


def test_nothing_makes_no_line():
    assert list(row_lines(("a",), ("",))) == []


def test_a_wide_row_goes_on_under_its_first_cell():
    lines = list(row_lines([f"c{place}" for place in range(90)], [str(place) for place in range(90)]))
    assert [line.split("; ")[:2] for line in lines] == [
        ["c0: 0", "c1: 1"],
        ["c0: 0", "c40: 40"],
        ["c0: 0", "c80: 80"],
    ]


def test_the_first_of_two_columns_names_the_second():
    rows = [("Duration:", "54 months"), ("Lead", ""), ("alone",)]
    assert list(table_lines(rows, None)) == [(("Duration",), ("54 months",)), ((), rows[1]), ((), rows[2])]
    assert list(table_lines([("a", "b", "c")], None)) == [((), ("a", "b", "c"))]


def for_good(writer, header, cells):
    while True:
        writer.row(header, cells)


def test_a_table_that_swells_is_refused():
    writer = GuideWriter()
    header, cells = ["n" * 80] * 20_000, ["x"] * 20_000
    for _ in range(LONGEST_TEXT // 2_000_000):
        writer.row(header, cells)
    with pytest.raises(RefusedError, match="makes more than 30 million letters of text; split it"):
        for_good(writer, header, cells)


def test_a_long_heading_stands_shortened_in_paths():
    writer = GuideWriter()
    writer.heading("h" * 500, 1)
    writer.words("Text.")
    assert writer.blocks[0].end == 500
    assert writer.blocks[1].headings == ("h" * 200 + "…",)


def test_items_open_and_close_the_lists_they_need():
    writer = GuideWriter()
    writer.words("The list is:")
    for depth, number in ((1, None), (3, None), (2, 7), (1, 1)):
        writer.item_at(depth, f"item {depth}", number)
    writer.close_lists()
    writer.words("After.")
    assert writer.text.split("\n")[2:6] == ["- item 1", "    - item 3", "  7. item 2", "1. item 1"]
    assert writer.blocks[1].headings == ("The list is",)
    assert (writer.blocks[-1].kind, writer.blocks[-1].headings) == (BlockKind.PARAGRAPH, ())
