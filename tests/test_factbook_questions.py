"""The questions written from the facts alone: well formed, and what they want stands in the shipped guides."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
LINES = (TESTS / "fixtures" / "questions" / "factbook.jsonl").read_text(encoding="utf-8").splitlines()
ROWS = [json.loads(line) for line in LINES]
GUIDES = {
    path.stem: " ".join(path.read_text(encoding="utf-8").casefold().split())
    for path in sorted((TESTS.parent / "index" / "guides").glob("*.md"))
}
KINDS = {"date", "definition", "fact", "list", "number", "procedure", "unanswerable"}
UNANSWERABLE = "unanswerable"
PROJECTS = {"KM", "IV", "NC", "SG", "GS", "X"}
GROUPS = PROJECTS | {
    "PR",
    "S3",
    "ED",
    "QH",
    "PL",
    "TS",
    "RI",
    "VC",
    "TR",
    "SM",
    "LL",
    "CL",
    "OI",
    "TB",
    "II",
    "RG",
}
"""The groups of facts by the letters that their ids begin with."""
FACT = re.compile(r"(?:[A-Z][A-Z0-9]?-\d{2,3}|glossary: .+)")


def holds(text: str, fact: str) -> bool:
    return any(" ".join(spelling.casefold().split()) in text for spelling in fact.split("|"))


def test_every_id_and_every_question_stands_once():
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert len({row["question"].casefold() for row in ROWS}) == len(ROWS)


def test_there_are_enough_of_every_language_and_group_of_facts():
    assert sum(row["answerable"] for row in ROWS) >= 200
    languages = Counter(row["lang"] for row in ROWS)
    assert languages["en"] >= 170
    assert languages.total() - languages["en"] >= 50
    assert languages.keys() == {"en", "da", "de", "pl", "es", "fr", "nl"}
    asked_on = {re.split(r"-| ", fact)[0] for row in ROWS for fact in row["facts"]}
    assert asked_on == {*GROUPS, "glossary:"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_question_is_of_the_kind_it_says(row):
    assert row["kind"] in KINDS
    assert row["answerable"] is (row["kind"] != UNANSWERABLE)
    assert row["answerable"] is bool(row["answer_facts"])
    assert row["answerable"] is bool(row["facts"])
    assert all(FACT.fullmatch(fact) for fact in row["facts"])


@pytest.mark.parametrize("row", [row for row in ROWS if row["answerable"]], ids=lambda row: row["id"])
def test_one_guide_holds_all_that_a_question_wants(row):
    assert any(all(holds(text, fact) for fact in row["answer_facts"]) for text in GUIDES.values())
