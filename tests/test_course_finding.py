from __future__ import annotations

import pytest

from course.catalog import load_course
from course.finding import find_files, find_items, still_there

QUESTION = "<!-- q id={id} {more} -->\n### What is {id}?\n\n- [x] Right\n- [ ] Wrong\n<!-- /q -->\n\n"


def questions(*ids, more=""):
    return "".join(QUESTION.format(id=name, more=more) for name in ids)


@pytest.fixture
def course(tmp_path):
    module = tmp_path / "01-ports"
    (module / "bank").mkdir(parents=True)
    (module / "module.md").write_text("---\ntitle: Ports\n---\n", encoding="utf-8")
    lesson = "---\ntitle: Quay\n---\n\n## One\n\n" + questions("a") + questions("b", more="variant-of=a")
    (module / "01-quay.md").write_text(lesson, encoding="utf-8")
    (module / "02-broken.md").write_bytes(b"---\ntitle: Broken\n---\n\n## One\n")
    quiz = "---\ntitle: Quiz\n---\n\n" + questions("c") + "<!-- draw from=bank/more pick=1 -->\n"
    (module / "quiz.md").write_text(quiz, encoding="utf-8")
    (module / "bank" / "more.md").write_text(
        "---\ntitle: More\n---\n\n" + questions("d", "e"), encoding="utf-8"
    )
    found = load_course(tmp_path)
    (module / "02-broken.md").write_bytes(b"\xff\xfe\xff")
    return found


def test_questions_are_found_in_lessons_quizzes_and_banks(course):
    names = ["ports/quay#a", "ports/quay#b", "ports/quiz#c", "ports/bank/more#e"]
    gone = ["ports/quay#z", "ports/broken#a", "ports/none#a", "gone/quay#a", "ports/bank/none#a", "nonsense"]
    found = find_items(course, [*names, *gone])
    assert {name: item.frame.id for name, item in found.items()} == {name: name for name in names}


def test_a_file_is_found_with_its_other_questions(course):
    files = find_files(course, ["ports/quay#a", "ports/broken#a"])
    assert [item.frame.id for item in files["ports/quay#a"]] == ["ports/quay#a", "ports/quay#b"]
    assert files["ports/broken#a"] == ()


def test_what_is_gone_is_told_without_reading_a_file(course):
    there = still_there(course)
    names = ("ports/quay#a", "ports/quiz#c", "ports/bank/more#d", "ports/none#a", "gone/quay#a", "nonsense")
    assert [there(name) for name in names] == [True, True, True, False, False, False]
