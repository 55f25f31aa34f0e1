"""The questions on the shipped guides: well formed, and answered where they say they are."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.question_set import load_questions

TESTS = Path(__file__).parent
GUIDES = TESTS.parent / "index" / "guides"
LINES = (TESTS / "fixtures" / "questions" / "guides.jsonl").read_text(encoding="utf-8").splitlines()
ROWS = [json.loads(line) for line in LINES]
KINDS = {
    "fact",
    "number",
    "list",
    "definition",
    "comparison",
    "procedure",
    "cross_language",
    "follow_up",
    "underspecified",
    "unanswerable",
}
UNANSWERABLE = "unanswerable"
UNDERSPECIFIED = "underspecified"
FOLLOW_UP = "follow_up"


def folded(text: str) -> str:
    return " ".join(text.casefold().split())


EVERY_GUIDE = [folded(path.read_text(encoding="utf-8")) for path in sorted(GUIDES.glob("*.md"))]


def guide(slug: str) -> str:
    return (GUIDES / f"{slug}.md").read_text(encoding="utf-8")


def test_there_are_enough_of_every_kind_and_in_other_languages():
    kinds = Counter(row["kind"] for row in ROWS)
    assert len(ROWS) >= 300
    assert kinds.keys() == KINDS
    assert min(kinds.values()) >= 20
    assert kinds[UNANSWERABLE] >= 90
    languages = Counter(row["lang"] for row in ROWS if row["lang"] != "en")
    assert languages.total() >= 60
    assert languages.keys() >= {"da", "de", "es", "pl", "fr", "nl", "sv", "it", "pt", "fi"}


def test_every_id_and_every_question_stands_once():
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    asked = [(folded(row["question"]), *row.get("history", ())) for row in ROWS]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_what_a_question_wants_stands_in_the_guides_it_names(row):
    named = [folded(guide(slug)) for slug in row["guides"]]
    for fact in row["answer_facts"]:
        first = folded(fact.split("|")[0])
        assert any(first in text for text in named), first


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_spelling_of_a_fact_stands_in_some_guide(row):
    """Numbers too: no spelling is excused, in whatever language the guide is."""
    for fact in row["answer_facts"]:
        for spelling in fact.split("|"):
            assert any(folded(spelling) in text for text in EVERY_GUIDE), spelling


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_question_is_of_the_kind_it_says(row):
    assert row["answerable"] is bool(row["answer_facts"])
    assert row["answerable"] is (row["kind"] != UNANSWERABLE)
    assert bool(row.get("history")) is (row["kind"] == FOLLOW_UP)
    if row["kind"] in {"comparison", UNDERSPECIFIED}:
        assert len(row["answer_facts"]) > 1
    if row["kind"] == "cross_language":
        assert all(f"language: {row['lang']}\n" not in guide(slug) for slug in row["guides"])


def test_the_near_misses_written_later_are_none_of_the_others():
    later = load_questions(TESTS / "fixtures" / "questions" / "near-misses.jsonl")
    assert len({each.id for each in later}) == len(later) >= 30
    assert not any(each.answerable for each in later)
    assert {each.lang for each in later} == {"en", "da", "de", "es", "pl"}
    assert not {folded(each.question) for each in later} & {folded(row["question"]) for row in ROWS}


def test_the_blind_questions_are_new_ones_in_five_languages():
    blind = load_questions(TESTS / "fixtures" / "questions" / "blind.jsonl")
    asked = {folded(each.question) for each in blind}
    assert len({each.id for each in blind}) == len(asked) == len(blind) == 140
    assert sum(each.answerable for each in blind) == 110
    assert all(bool(each.answer_facts) is each.answerable for each in blind)
    assert {each.lang for each in blind} == {"en", "da", "de", "es", "pl"}
    facts = load_questions(TESTS / "fixtures" / "questions" / "factbook.jsonl")
    assert not asked & {folded(row["question"]) for row in ROWS}
    assert not asked & {folded(each.question) for each in facts}
