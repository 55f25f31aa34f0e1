from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course.check import check
from course.rules.example import OPTIONS, asked, files_of, lesson_file

if TYPE_CHECKING:
    from pathlib import Path

SILENT = "- [x] A wish\n  > Yes.\n- [ ] A story"
ALLOW = "<!-- allow W101: the story speaks for itself -->"


def question(name: str = "q-page", answers: str = SILENT) -> str:
    return asked(f"### What is {name}?", answers, id=name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "01-example"
    folder.mkdir()
    return folder


def codes(folder: Path, body: str, head: str = "title: A page") -> tuple[list[str], int]:
    for name, text in files_of({"02-page.md": lesson_file(body, head)}).items():
        (folder / name).write_text(text, encoding="utf-8")
    report = check(folder / "02-page.md")
    return [problem.code for problem in report.problems], len(report.explained)


def test_a_comment_explains_the_question_below_it(folder: Path):
    assert codes(folder, f"{ALLOW}\n{question()}") == ([], 1)
    assert codes(folder, f"{ALLOW}\n\n{question()}") == ([], 1)


def test_a_comment_explains_the_question_that_it_stands_in(folder: Path):
    inside = question().replace("- [ ] A story", f"- [ ] A story {ALLOW}")
    assert codes(folder, inside) == ([], 1)


def test_a_comment_explains_no_other_question(folder: Path):
    assert codes(folder, f"{ALLOW}\n{question()}\n\n{question('q-b')}") == (["W101"], 1)
    assert codes(folder, f"{question()}\n\n{ALLOW}\n{question('q-b')}") == (["W101"], 1)


def test_a_comment_ends_with_its_section(folder: Path):
    long = " ".join(["word"] * 30) + "."
    allow = "<!-- allow W203: it is a list of words -->"
    assert codes(folder, f"{allow}\n\n{long}\n\n## More\n\n{long}") == (["W203"], 1)


def test_front_matter_explains_the_whole_file(folder: Path):
    body = f"{question()}\n\n{question('q-b')}"
    assert codes(folder, body, 'title: A\nallow: {W101: "too short to need it"}') == ([], 2)


def test_what_explains_nothing_is_told(folder: Path):
    assert codes(folder, f"{ALLOW}\n{question(answers=OPTIONS)}") == (["W001"], 0)
    assert codes(folder, question(answers=OPTIONS), 'title: A\nallow: {W101: "why"}') == (["W001"], 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<!-- allow W101 -->", "explains nothing"),
        ("<!-- allow W101: -->", "explains nothing"),
        ("<!-- allow: W101 because -->", "explains nothing"),
        ("<!-- allow W999: why -->", "no code W999"),
        ("<!-- allow L001: why -->", "L001 is an error"),
    ],
)
def test_what_cannot_be_explained_is_told(folder: Path, text: str, words: str):
    codes(folder, f"{text}\n\nText.")
    (problem,) = check(folder / "02-page.md").problems
    assert (problem.code, problem.place.line, problem.place.column) == ("A001", 5, 6)
    assert words in problem.message


def test_an_error_is_never_explained(folder: Path):
    assert codes(folder, "[x](#none)", 'title: A\nallow: {L001: "why"}') == (["A001", "L001"], 0)


def test_comments_in_code_are_only_shown(folder: Path):
    assert codes(folder, f"```markdown\n{ALLOW}\n```") == ([], 0)


def test_an_explanation_in_front_matter_is_pointed_at(folder: Path):
    codes(folder, question(answers=OPTIONS), 'title: A\nallow: {W101: "why"}')
    (problem,) = check(folder / "02-page.md").problems
    assert (problem.place.line, problem.place.column) == (3, 1)
