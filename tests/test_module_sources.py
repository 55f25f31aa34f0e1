"""The facts that the shipped modules name as their sources: each exists, and no sentence of it is copied."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from course.catalog import shipped_modules
from course.file_names import is_translation

FACTBOOKS = Path(__file__).parents[2] / "shared"
BOOKS = [*(FACTBOOKS / "factbook-training").glob("*.md"), *(FACTBOOKS / "factbook").glob("*.md")]
LESSONS = sorted(path for path in shipped_modules().glob("*/0*.md") if not is_translation(path))
RUN = 14
"""Words in a row that the same statement, made by two people, hardly shares."""

pytestmark = pytest.mark.skipif(not BOOKS, reason="the factbooks are not beside this folder")


def facts() -> frozenset[str]:
    texts = (path.read_text(encoding="utf-8") for path in BOOKS)
    return frozenset(
        name
        for text in texts
        for found in re.findall(
            r"\b([A-Z]{1,2}\d{0,2}-\d{2,3}) \[|^- ([A-Z0-9]{2}-\d{2,3}) |^## (C\d{2}) ", text, re.MULTILINE
        )
        for name in found
        if name
    )


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_lesson_names_facts_that_there_are(lesson: Path):
    matter = yaml.safe_load(lesson.read_text(encoding="utf-8").split("---\n")[1])
    assert matter["sources"]
    unknown = set(map(str, matter["sources"])) - facts()
    assert not unknown


def words(text: str) -> list[str]:
    plain = re.sub(r"\[(?:source|general knowledge)[^\]]*\]|https?://\S+|\]\([^)]*\)", " ", text)
    return re.findall(r"[a-z0-9%]+", plain.lower())


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_sentence_is_copied_from_a_fact(lesson: Path):
    body = lesson.read_text(encoding="utf-8").split("---\n", 2)[2]
    prose = re.sub(r"^```.*?^```|^\[\^.*?$|^>.*?$|^[|].*?$", "", body, flags=re.DOTALL | re.MULTILINE)
    own = words(prose)
    runs = {tuple(own[place : place + RUN]) for place in range(len(own) - RUN + 1)}
    copied = [
        " ".join(run)
        for path in BOOKS
        if path.name.startswith("facts-")
        for line in path.read_text(encoding="utf-8").splitlines()
        for run in (tuple(words(line)[place : place + RUN]) for place in range(len(words(line)) - RUN + 1))
        if run in runs
    ]
    assert not copied
