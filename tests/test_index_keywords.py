"""The keyword index finds words, parts of words, names, codes and amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.keywords import KeywordIndex, KeywordWriter
from index.model import Passage
from index.records import passage_key
from index.terms import passage_terms

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    3: "The innovation project ran in four border regions of Europe.",
    5: "Project value: EUR 1,176,540.00, from 01.01.2017.",
    9: "Virksomhederne samarbejder om innovationskapacitet i Nordjylland.",
    12: "The KISS ME partners used Trans-S3 in Kraków.",
}


def passage(number: int, text: str, title: str = "Guide", headings: tuple[str, ...] = ()) -> Passage:
    return Passage(number, "guide", title, headings, 0, len(text), text, "en", 1, 0)


def build_keywords(folder: Path, passages: list[Passage]) -> None:
    writer = KeywordWriter(folder)
    for own in passages:
        writer.add(own.id, passage_key(own), passage_terms(own))
    writer.finish()


@pytest.fixture
def index(tmp_path: Path) -> KeywordIndex:
    build_keywords(tmp_path / "keywords", [passage(number, text) for number, text in TEXTS.items()])
    return KeywordIndex(tmp_path / "keywords")


def best(index: KeywordIndex, query: str) -> int:
    scores = index.rank(query)
    return max(scores, key=lambda number: scores[number])


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("border regions", 3),
        ("BORDER", 3),
        ("nordjylland", 9),
        ("innovationskapaciteten", 9),
        ("1.176.540,00", 5),
        ("1176540", 5),
        ("1 January 2017", 5),
        ("krakow", 12),
        ("kiss me", 12),
        ("Trans S3", 12),
        ("transs3", 12),
    ],
)
def test_a_passage_is_found_by_what_it_says(index: KeywordIndex, query: str, number: int):
    assert best(index, query) == number


@pytest.mark.parametrize("query", ["", "   ", "?!", "qqqq"])
def test_what_shares_nothing_finds_nothing(index: KeywordIndex, query: str):
    assert index.rank(query) == {}


def test_queries_are_words_whatever_their_marks(index: KeywordIndex):
    assert best(index, '+border AND -title:(regions" [*]') == 3


def test_every_passage_is_counted_once(index: KeywordIndex):
    assert len(index) == len(TEXTS)
    assert set(index.rank("innovation project kiss value samarbejder")) == set(TEXTS)


def test_words_of_the_heading_weigh_more(tmp_path: Path):
    plain = passage(1, "Budget and many other words stand here in a row.")
    headed = passage(2, "Many other words stand here in a row, as before.", headings=("Budget",))
    build_keywords(tmp_path / "k", [plain, headed])
    assert best(KeywordIndex(tmp_path / "k"), "budget") == 2


def test_an_index_of_nothing_finds_nothing(tmp_path: Path):
    build_keywords(tmp_path / "k", [])
    assert KeywordIndex(tmp_path / "k").rank("word") == {}
