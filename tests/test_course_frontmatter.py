from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from course.errors import FileUnreadable
from course.frontmatter import LessonMatter, ModuleMatter, QuizMatter, checked, known_keys
from course.header import MAX_CHARS, read_header, without_header
from course.model import QuizMode

PATH = Path("lesson.md")


def test_values_and_lines_of_keys():
    header = read_header("---\ntitle: A\n# a note\nminutes: 5\n---\ntext\n", PATH)
    assert header.values == {"title": "A", "minutes": 5}
    assert (header.line("title"), header.line("minutes")) == (2, 4)
    assert header.line("absent") == 1


def test_body_keeps_its_line_numbers():
    text = "---\ntitle: A\n---\nfirst\nsecond"
    body = without_header(text, read_header(text, PATH))
    assert body.split("\n") == ["", "", "", "first", "second"]


def test_text_without_front_matter_is_all_body():
    header = read_header("text\n---\n", PATH)
    assert header.length == 0
    assert without_header("text\n---\n", header) == "text\n---\n"


@pytest.mark.parametrize(
    ("text", "told", "line"),
    [
        ("---\ntitle: A\n", "not closed", 1),
        ("---\ntitle: 'A\n---\n", "no valid YAML", 2),
        ("---\n- a\n- b\n---\n", "key: value", 2),
        ("---\nminutes: 3\ntitle: A\ntitle: B\n---\n", "twice", 2),
        ("---\na: &x [1]\nb: *x\n---\n", "alias", 2),
        ("---\ntitle: !!python/object/apply:os.system ['true']\n---\n", "no valid YAML", 2),
        ("---\ntitle: 2026-99-99\n---\n", "no valid YAML", 1),
        ("---\na: b\n--- \nx", None, 0),
        ("---\n? [a]\n: b\n---\n", "no valid YAML", None),
    ],
)
def test_unusable_front_matter_is_told_in_one_sentence(text: str, told: str | None, line: int | None):
    if told is None:
        assert read_header(text, PATH).values == {"a": "b"}
        return
    with pytest.raises(FileUnreadable, match=told) as caught:
        read_header(text, PATH)
    assert caught.value.place is not None
    assert caught.value.place.file == PATH
    if line is not None:
        assert caught.value.place.line == line
    assert "\n" not in str(caught.value)


def test_front_matter_has_a_limit():
    with pytest.raises(FileUnreadable, match="64,000"):
        read_header(f"---\ntitle: {'x' * MAX_CHARS}\n---\n", PATH)


def test_control_characters_of_yaml_escapes_are_neutralised():
    header = read_header('---\ntitle: "a\\e[31mb"\nsources: ["\\x9b"]\n---\n', PATH)
    assert header.values == {"title": "a\ufffd[31mb", "sources": ["\ufffd"]}


def test_module_matter_reads_every_key():
    text = """---
title: Ideas
id: ideas
summary: Short
level: 2
minutes: 180
requires: [foundations]
outcomes: {O1: explain, O2: classify}
pass: 75
authors: Hansa team
licence: CC-BY-4.0
sources: [F1, F2]
version: 1.0
checked_on: 2026-11-22
---
"""
    matter, problems = checked(read_header(text, PATH), ModuleMatter, PATH)
    assert problems == ()
    assert matter.authors == ("Hansa team",)
    assert (matter.level, matter.version) == ("2", "1.0")
    assert matter.pass_percent == 75
    assert matter.checked_on == date(2026, 11, 22)
    assert dict(matter.outcomes) == {"O1": "explain", "O2": "classify"}


def test_quiz_matter_has_its_modes():
    matter, problems = checked(
        read_header("---\ntitle: Q\nmode: exam\npass: 80\n---\n", PATH), QuizMatter, PATH
    )
    assert (matter.mode, matter.pass_percent, problems) == (QuizMode.EXAM, 80, ())


def test_unknown_key_names_the_nearest_and_its_line():
    header = read_header("---\ntitle: A\nminuts: 5\n---\n", PATH)
    matter, problems = checked(header, LessonMatter, PATH)
    assert matter.minutes == 0
    assert [str(problem) for problem in problems] == [
        "lesson.md:3:1: F001 The key `minuts` is not known; did you mean `minutes`?"
    ]


def test_unknown_key_without_a_near_one_lists_what_there_is():
    _, problems = checked(read_header("---\ntitle: A\nzzzzz: 5\n---\n", PATH), QuizMatter, PATH)
    assert "known are title, minutes, digests, mode, pass, tries, shuffle, draw." in problems[0].message


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("minutes: many", "minutes"),
        ("minutes: -1", "minutes"),
        ("optional: perhaps", "optional"),
        ("id: a b", "id"),
    ],
)
def test_wrong_value_is_a_problem_and_left_out(line: str, key: str):
    header = read_header(f"---\ntitle: A\n{line}\n---\n", PATH)
    matter, problems = checked(header, LessonMatter, PATH)
    assert matter == LessonMatter(title="A")
    assert [(problem.code, problem.place.line) for problem in problems] == [("F002", 3)]
    assert f"`{key}`" in problems[0].message


@pytest.mark.parametrize("title", ["", "title:", "title: ''", "title: [a]"])
def test_a_title_is_needed(title: str):
    with pytest.raises(FileUnreadable, match="needs a title"):
        checked(read_header(f"---\n{title}\n---\n", PATH), LessonMatter, PATH)


def test_pass_goes_by_its_own_name_only():
    assert "pass" in known_keys(ModuleMatter)
    assert "pass_percent" not in known_keys(ModuleMatter)
