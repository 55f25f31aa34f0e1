from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from course.check import check
from course.rules import RULES
from course.rules.document import document
from course.rules.example import FOLDER, GUIDES, files_of

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]


def codes_in(folder: Path, example: str | Mapping[str, str]) -> set[str]:
    for name, text in files_of(example).items():
        path = (folder / FOLDER / name).resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return {problem.code for problem in check(folder, GUIDES).problems}


@pytest.mark.parametrize("code", RULES)
def test_a_bad_example_breaks_its_rule_and_no_other(code: str, tmp_path: Path):
    (tmp_path / FOLDER).mkdir()
    assert codes_in(tmp_path, RULES[code].bad) == {code}


@pytest.mark.parametrize("code", RULES)
def test_a_good_example_breaks_no_rule(code: str, tmp_path: Path):
    (tmp_path / FOLDER).mkdir()
    assert codes_in(tmp_path, RULES[code].good) == set()


def test_the_page_of_codes_is_up_to_date():
    assert (ROOT / "docs" / "check-codes.md").read_text(encoding="utf-8") == document()
