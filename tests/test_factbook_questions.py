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

FORESEEN = {
    "1 year",
    "Aalborg Universitet",
    "Babes-Bolyai",
    "Knowledge and Innovation Strategies",
    "Southeast Estonia",
    "barred",
    "best component",
    "bottom-up",
    "choosing",
    "comparison",
    "conversations",
    "cooperation-based innovation",
    "covid",
    "eleven projects",
    "entire project",
    "external experts",
    "follow up",
    "gesamte Projekt",
    "hand in",
    "innovation across the border",
    "kind of partner",
    "license",
    "lotnicz",
    "no grants",
    "no own budget",
    "no partnership",
    "no programme money",
    "not partnership",
    "not receive",
    "obstacle",
    "participation",
    "partners abroad",
    "past",
    "previous",
    "profiling",
    "real-life",
    "received no",
    "reimburse",
    "samskabelse",
    "selecting",
    "south-east of Estonia",
    "społeczeństwo obywatelskie",
    "three-minute",
    "two analyses",
    "two structured reviews",
    "two-day",
}
"""Wordings that were foreseen when the questions were written, before the guides, and that no guide uses."""


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def stands(spelling: str) -> bool:
    return any(" ".join(spelling.casefold().split()) in text for text in GUIDES.values())


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


@pytest.mark.parametrize("row", [row for row in ROWS if row["answerable"]], ids=lambda row: row["id"])
def test_every_spelling_of_a_fact_stands_in_some_guide(row):
    """One that does not is another way to write a number that stands there, of the same digits, or was foreseen."""
    for fact in row["answer_facts"]:
        spellings = fact.split("|")
        standing = [spelling for spelling in spellings if stands(spelling)]
        excused = {digits(spelling) for spelling in standing} - {""}
        missing = {spelling for spelling in spellings if digits(spelling) not in excused} - {*standing}
        assert missing <= FORESEEN


def test_a_wording_is_foreseen_only_if_a_question_has_it_and_no_guide_uses_it():
    labels = {spelling for row in ROWS for fact in row["answer_facts"] for spelling in fact.split("|")}
    assert labels >= FORESEEN
    assert not [spelling for spelling in FORESEEN if stands(spelling)]
