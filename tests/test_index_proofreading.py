from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from index.collection import shipped_guides
from index.proofreading import facts_in, proofread
from index.read import read_guide

TODAY = date(2026, 11, 22)
SHARED = Path(__file__).parents[2] / "shared"
FACTBOOKS = (SHARED / "factbook", SHARED / "factbook-training")
GOOD = """\
---
title: Small ferries
slug: ferries
language: en
topics: [transport]
sources: [FE-01, FE-02]
licence: CC-BY-4.0
checked_on: 2026-11-01
---

## Dates

The first ferry ran in May, as [the money](#money-and-time) shows.

## Money and time

It cost little; see [the dates](guide:ferries#dates).
"""


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    path = tmp_path / "ferries.md"
    path.write_text(GOOD, encoding="utf-8")
    return path


def codes(path: Path, facts: frozenset[str] | None = None) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in proofread([path], TODAY, facts)[0]]


def test_a_good_guide_has_no_fault(guide: Path):
    assert codes(guide, frozenset({"FE-01", "FE-02"})) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Small ferries\n", "", (1, "G102")),
        ("checked_on: 2026-11-01\n", "", (1, "G102")),
        ("slug: ferries", "slug: boats", (1, "G103")),
        ("language: en", "language: xx", (1, "G104")),
        ("2026-11-01", "last May", (1, "G105")),
        ("2026-11-01", "2027-01-01", (1, "G105")),
        ("2026-11-01", "2025-11-01", (1, "G106")),
        ("FE-01, FE-02", "FE-01, FE-09", (1, "G107")),
        ("FE-01, FE-02", "FE-01, FE-01", (1, "G108")),
        ("## Money and time", "## Dates", (15, "G109")),
        ("It cost little; see [the dates](guide:ferries#dates).\n", "", (15, "G110")),
        ("It cost little", "It cost little " + "or much " * 120, (17, "G111")),
        ("guide:ferries#dates", "guide:ferries#nowhere", (17, "G112")),
        ("guide:ferries#dates", "guide:boats", (17, "G112")),
        ("#money-and-time", "#money", (13, "G112")),
    ],
)
def test_each_fault_is_told_at_its_line(guide: Path, old: str, new: str, expected: tuple[int, str]):
    assert old in GOOD
    guide.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    assert expected in codes(guide, frozenset({"FE-01", "FE-02"}))


def test_a_guide_that_cannot_be_read_is_told_and_the_others_are_proofread(guide: Path, tmp_path: Path):
    broken = tmp_path / "broken.md"
    broken.write_text("---\ntitle: [\n---\n\nText.\n", encoding="utf-8")
    empty = tmp_path / "empty.md"
    empty.write_text("", encoding="utf-8")
    faults, count = proofread([broken, empty, guide], TODAY)
    assert [(Path(fault.path).name, fault.code) for fault in faults] == [
        ("broken.md", "G101"),
        ("empty.md", "G101"),
    ]
    assert count == 1


def test_a_translation_is_linked_from_its_source(guide: Path, tmp_path: Path):
    other = tmp_path / "ferries.da.md"
    text = GOOD.replace("slug: ferries", "slug: ferries.da").replace("language: en", "language: da")
    other.write_text(text, encoding="utf-8")
    guide.write_text(GOOD.replace("guide:ferries#dates", "guide:ferries.da#dates"), encoding="utf-8")
    assert proofread([guide, other], TODAY) == ([], 2)
    other.write_text(text.replace("language: da", "language: de"), encoding="utf-8")
    assert [fault.code for fault in proofread([guide, other], TODAY)[0]] == ["G104"]


def test_the_facts_of_a_factbook_are_found_by_their_ids(tmp_path: Path):
    (tmp_path / "a.md").write_text("# Facts\n- AB-01 One. See CD-07.\n- S3-10 Two.\n", encoding="utf-8")
    assert facts_in(tmp_path) == {"AB-01", "S3-10", "a"}


def test_the_shipped_guides_have_no_fault():
    facts = facts_in(*FACTBOOKS) if SHARED.is_dir() else None
    faults, count = proofread(sorted(shipped_guides().glob("*.md")), TODAY, facts)
    assert not faults
    assert count >= 6


@pytest.mark.skipif(not SHARED.is_dir(), reason="the factbooks are not beside this folder")
@pytest.mark.parametrize("book", ["projects", "programmes", "smart-specialisation"])
def test_every_sure_fact_is_claimed_by_some_guide(book: str):
    lines = (SHARED / "factbook" / f"{book}.md").read_text(encoding="utf-8").splitlines()
    sure = {line.split()[1] for line in lines if re.match(r"- [A-Z0-9]{1,3}-\d+ ", line) and "(high)" in line}
    assert len(sure) > 50
    claimed = {source for path in shipped_guides().glob("*.md") for source in read_guide(path).sources}
    assert sorted(sure - claimed) == []
