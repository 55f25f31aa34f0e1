"""Passages as columns: filters and values by id."""

from __future__ import annotations

import numpy as np
import pytest

from index.store import PassageRow
from index.table import PassageTable

ROWS = [
    PassageRow(2, "en", "a"),
    PassageRow(5, "da", "b"),
    PassageRow(6, "en", "b"),
    PassageRow(9, "de", "c"),
]


@pytest.fixture
def table() -> PassageTable:
    return PassageTable(ROWS)


@pytest.mark.parametrize(
    ("language", "guides", "places"),
    [
        (None, None, [0, 1, 2, 3]),
        ("en", None, [0, 2]),
        (None, ["b"], [1, 2]),
        ("en", {"b", "c"}, [2]),
        ("xx", None, []),
        (None, ["none"], []),
        (None, [], []),
    ],
)
def test_filters_give_places(
    table: PassageTable, language: str | None, guides: list[str] | None, places: list[int]
):
    assert table.places(language, guides).tolist() == places


@pytest.mark.parametrize(("places", "language"), [([0, 2], "en"), ([1], "da"), ([0, 1], None), ([], None)])
def test_a_language_that_is_shared_is_told(table: PassageTable, places: list[int], language: str | None):
    assert table.only_language(np.array(places, np.int64)) == language


def test_values_go_to_the_places_of_their_ids(table: PassageTable):
    assert table.column([9, 2, 7, 100], [1.0, 2.0, 3.0, 4.0], missing=0.0).tolist() == [2.0, 0.0, 0.0, 1.0]
    assert table.column([], [], missing=-1.0).tolist() == [-1.0] * 4


def test_a_table_of_nothing_has_nothing():
    empty = PassageTable([])
    assert empty.places(None, None).size == 0
    assert empty.column([1], [1.0], missing=0.0).size == 0
