from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course.blocks import plain
from course.check import check_beside
from course.errors import FileUnreadable, NotFound
from course.model import Likert
from course.self_check import (
    find_self_check,
    lessons_in,
    open_self_check,
    self_check_heads,
    shipped_self_checks,
)
from course.self_check_file import parse_self_check
from course.translations import section_digests

if TYPE_CHECKING:
    from pathlib import Path

HEADS = self_check_heads()
LABELS = 'labels="no / little / partly / mostly / yes"'
SMALL = f"""\
---
title: Small readiness
code: SC9
minutes: 2
bands: [0, 50]
---

What it is for.

## Ships

<!-- q id=A type=likert scale=1..5 {LABELS} -->
### How true is this?

- We have a ship.
  > Read [the first lesson](lesson:small/reading).
- We have a crew.
<!-- /q -->

## Low

Begin with [ships](lesson:small).

## High

Sail.
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "self-checks" / "small.md"
    path.parent.mkdir()
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_heads_tell_what_a_list_shows():
    assert [(head.code, head.id, head.ref, head.minutes) for head in HEADS] == [
        ("SA1", "open-innovation-readiness", "self-checks/open-innovation-readiness", 12),
        ("SA2", "internationalisation-readiness", "self-checks/internationalisation-readiness", 13),
    ]
    assert all(head.title and head.summary for head in HEADS)


@pytest.mark.parametrize(
    "name", ["SA2", "sa2", "internationalisation-readiness", "self-checks/internationalisation-readiness"]
)
def test_a_self_check_is_found_by_code_id_and_reference(name):
    assert find_self_check(HEADS, name).code == "SA2"


def test_a_name_that_nobody_has_tells_those_there_are():
    with pytest.raises(
        NotFound, match=r"no self-check `SA9`; there is SA1 \(Open innovation readiness\), SA2"
    ):
        find_self_check(HEADS, "SA9")


def test_it_is_called_a_self_check_and_says_what_it_is_not():
    for head in HEADS:
        words = " ".join(head.path.read_text(encoding="utf-8").split())
        assert "has not been validated" in words
        assert "validated test" not in words
        assert "Nothing leaves your machine" in words


def test_the_parts_of_a_small_one(small: Path):
    check = parse_self_check(small)
    assert (check.id, check.code, check.title, check.minutes) == ("small", "SC9", "Small readiness", 2)
    assert [own.id for own in check.statements] == ["SC9-A1", "SC9-A2"]
    assert [own.critical for own in check.statements] == [True, False]
    assert lessons_in(check.statements[0].advice) == (("the first lesson", "small/reading"),)
    assert [(band.title, band.low) for band in check.bands] == [("Low", 0), ("High", 50)]
    assert lessons_in(check.bands[0].blocks) == (("ships", "small"),)
    assert check.labels == ("no", "little", "partly", "mostly", "yes")
    assert check.joint is None


def test_a_translation_takes_the_ids_of_its_source(small: Path):
    danish = SMALL.replace("Small readiness", "Lille parathed").replace("## Ships", "## Skibe")
    danish = danish.replace("We have a ship.", "Vi har et skib.")
    small.with_name("small.da.md").write_text(danish, encoding="utf-8")
    check = parse_self_check(small, "da")
    assert (check.title, check.language, check.id) == ("Lille parathed", "da", "small")
    assert check.statements[0].id == "SC9-A1"
    assert check.statements[0].text == "Vi har et skib."
    assert [section.id for section in check.sections] == [own.id for own in parse_self_check(small).sections]
    assert self_check_heads("da", small.parent)[0].title == "Lille parathed"
    assert parse_self_check(small, "pl").language == "en"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("bands: [0, 50]", "bands: [50, 0]", "must rise from 0"),
        ("bands: [0, 50]", "bands: [0, 30, 60]", "needs 3 sections without a scale"),
        ("bands: [0, 50]\n", "", "needs `bands`"),
        ("code: SC9\n", "", "needs `code`"),
        ("code: SC9", "code: S C", "needs `code`"),
        ("title: Small readiness\n", "", "needs a title"),
        ("scale=1..5", "scale=1..7", "must name both ends"),
        (f"scale=1..5 {LABELS}", 'scale=1..4 labels="a / b / c / d"', "from 1 to 5"),
        (LABELS, 'labels="no / yes"', "a word for each"),
        (f" type=likert scale=1..5 {LABELS}", "", "needs answers|right|entry|answer"),
        (
            "## Low",
            f"<!-- q id=B type=likert {LABELS} -->\n### More?\n\n- x\n<!-- /q -->\n\n## Low",
            "one scale and no",
        ),
    ],
)
def test_a_file_that_cannot_be_scored_is_refused_in_one_sentence(small: Path, old: str, new: str, told: str):
    text = small.read_text(encoding="utf-8").replace(old, new)
    if new == "type=open":
        text = text.replace(f" scale=1..5 {LABELS}", "").replace(
            "- We have a crew.", "> [!IMPORTANT]\n> A ship."
        )
    small.write_text(text, encoding="utf-8")
    with pytest.raises(FileUnreadable, match=told) as caught:
        parse_self_check(small)
    assert caught.value.place


def test_the_checker_reads_self_checks_with_the_rules_of_lessons(
    small: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("course.check.shipped_self_checks", lambda: small.parent)
    told = {
        (problem.code, problem.place.line)
        for problem in check_beside().problems
        if problem.place.file == small
    }
    assert told == {("L002", 16), ("L002", 22)}


def test_the_checker_tells_what_a_translation_has_lost(small: Path, monkeypatch: pytest.MonkeyPatch):
    danish = small.with_name("small.da.md")
    text = SMALL.replace("- We have a crew.\n", "").replace("lesson:small/reading", "lesson:open-innovation")
    digests = "".join(f"  {slug}: {digest}\n" for slug, digest in section_digests(small).items())
    danish.write_text(
        text.replace("bands:", f"digests:\n{digests}bands:").replace(
            "lesson:small", "lesson:ip-and-contracts"
        )
    )
    monkeypatch.setattr("course.check.shipped_self_checks", lambda: small.parent)
    told = [problem.code for problem in check_beside().problems if problem.place.file == danish]
    assert told == ["T003"]


def test_what_ships_has_no_problem_but_links_to_modules_that_are_not_there_yet():
    problems = check_beside().problems
    assert [str(problem) for problem in problems if problem.code != "L002"] == []


def test_every_statement_is_short_and_none_is_turned_round():
    for head in HEADS:
        for section in open_self_check(head).sections:
            for item in section.items:
                assert isinstance(item, Likert)
                for statement in item.statements:
                    words = plain(statement.text)
                    assert len(words.split()) <= 25
                    assert " never " not in words


def test_the_folder_ships_with_the_package():
    assert shipped_self_checks().is_dir()
