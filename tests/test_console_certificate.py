"""From a quiz to the certificate line by line, as real processes over a course of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

ROOT = Path(__file__).resolve().parents[1]
HANSA = [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())"]
QUIZ = """\
---
title: Ports
pass: 60
shuffle: false
---

<!-- q id=float outcome=O1 shuffle=no -->
### What floats?

- [x] A boat
- [ ] A stone
<!-- /q -->

<!-- q id=word outcome=O2 -->
### What is a union of towns?

- = Hansa
<!-- /q -->
"""


@pytest.fixture
def course(tmp_path):
    folder = tmp_path / "course" / "81-ports"
    folder.mkdir(parents=True)
    folder.joinpath("module.md").write_text(
        '---\ntitle: "Ports: łódź, nyhavn, año"\nid: ports\nversion: "2.1"\nminutes: 75\n'
        "outcomes:\n  O1: tell what floats\n  O2: name a union\n---\n",
        encoding="utf-8",
    )
    folder.joinpath("01-quay.md").write_text(
        "---\ntitle: The quay\n---\n\n## One\n\nText.\n\n## Two\n\nText.\n", encoding="utf-8"
    )
    folder.joinpath("quiz.md").write_text(QUIZ, encoding="utf-8")
    return folder.parent


@pytest.fixture
def hansa(tmp_path, course):
    def run(*arguments, text="", status=0):
        done = subprocess.run(
            [*HANSA, "--course", str(course), *map(str, arguments)],
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "HANSA_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)},
            check=False,
            timeout=120,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == status, (done.stdout, done.stderr)
        return done

    return run


@pytest.fixture
def read_lessons(hansa):
    """Both sections of the lesson are read."""

    def run():
        told = hansa("learn", "ports", text="\nq\n").stdout
        assert "Section 2 of 2: Two" in told

    return run


@pytest.fixture
def completed(hansa, read_lessons):
    read_lessons()
    assert "✓ Passed with 100 %." in hansa("quiz", "ports", "--plain", text="a\nHansa\n").stdout


def shown_in(file):
    """The text of a PDF, its lines joined."""
    document = pypdfium2.PdfDocument(file.read_bytes())
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def test_what_is_missing_is_told_step_by_step(hansa, read_lessons):
    told = hansa("certificate", "ports", status=1).stderr
    assert told == (
        "“Ports: łódź, nyhavn, año” is not completed yet: 1 lesson is left to read, and the quiz is not "
        "passed.\n"
    )
    read_lessons()
    assert "not completed yet: the quiz is not passed." in hansa("certificate", "ports", status=1).stderr
    hansa("quiz", "ports", "--plain", text="a\nlost\n")
    assert "the quiz is not passed." in hansa("certificate", "ports", status=1).stderr, (
        "one outcome is missed"
    )
    told = hansa("certificate", status=1).stderr
    assert told.startswith("The course is not completed yet: 0 of 13 modules are.")


def test_from_the_quiz_to_the_certificate_through_a_pipe(hansa, read_lessons):
    read_lessons()
    told = hansa("quiz", "ports", "--plain", text="a\nHansa\n").stdout
    assert "hansa certificate ports" in told
    first = hansa("certificate", "ports", text="Łucja  Ødegård-Ñandú\n")
    assert first.stderr.startswith("Your name, as it is to stand on the certificate:")
    lines = first.stdout.splitlines()
    assert lines[0] == "# Certificate of completion"
    assert "## Łucja Ødegård-Ñandú" in lines
    assert any(line.startswith("completed the module “Ports: łódź, nyhavn, año” on 20") for line in lines), (
        first.stdout
    )
    assert "Reading and doing take about 1 h 15 min." in lines
    assert "Version 2.1 of the module." in lines
    assert lines[lines.index("## Outcomes reached") + 2 :][:2] == ["- tell what floats", "- name a union"]
    assert "with at least 60 % in all and in each outcome" in first.stdout
    assert "qualif" not in first.stdout.lower()
    again = hansa("certificate", "ports")
    assert (again.stdout, again.stderr) == (first.stdout, "")


@pytest.mark.usefixtures("completed")
def test_the_name_can_be_changed_and_moves_with_the_data(hansa):
    hansa("certificate", "ports", "--name", "First")
    assert "## Second" in hansa("certificate", "ports", "--name", "Second").stdout
    assert "## Second" in hansa("certificate", "ports").stdout
    kept = [json.loads(line) for line in hansa("export").stdout.splitlines()]
    assert [row["name"] for row in kept if row["kind"] == "name"] == ["First", "Second"]
    assert "needs a name" in hansa("certificate", "ports", "--name", " ", status=3).stderr


@pytest.mark.usefixtures("completed")
def test_without_a_name_nothing_is_made(hansa, tmp_path):
    file = tmp_path / "c.pdf"
    assert "A certificate needs a name" in hansa("certificate", "ports", "-o", file, status=3).stderr
    assert not file.exists()


@pytest.mark.usefixtures("completed")
def test_a_pdf_shows_the_letters_of_europe(hansa, tmp_path):
    file = tmp_path / "c.pdf"
    assert (
        hansa("certificate", "ports", "-o", file, text="Zażółć Æbleø Größe Ñandú\n").stdout
        == f"Written: {file}\n"
    )
    text = shown_in(file)
    assert "Zażółć Æbleø Größe Ñandú completed the module “Ports: łódź, nyhavn, año” on 20" in text
    assert "• tell what floats • name a union" in text
    other = tmp_path / "other"
    hansa("certificate", "ports", "--pdf", "-o", other)
    assert other.read_bytes()[:5] == b"%PDF-"


@pytest.mark.usefixtures("completed")
def test_letters_that_the_pdf_lacks_are_named_and_markdown_takes_them(hansa, tmp_path):
    file = tmp_path / "c.pdf"
    told = hansa("certificate", "ports", "--name", "王 Jo", "-o", file, status=1).stderr
    assert told == "The PDF has no letters for 王; save it as Markdown instead.\n"
    assert not file.exists()
    assert "## 王 Jo" in hansa("certificate", "ports").stdout


@pytest.mark.usefixtures("completed")
def test_no_file_is_replaced_unasked(hansa, tmp_path):
    file = tmp_path / "c.md"
    file.write_text("mine", encoding="utf-8")
    hansa("certificate", "ports", "--name", "Jo")
    told = hansa("certificate", "ports", "-o", file, text="\n", status=1).stderr
    assert "exists already. Type yes to replace it:" in told
    assert file.read_text(encoding="utf-8") == "mine"
    hansa("certificate", "ports", "-o", file, text="yes\n")
    assert file.read_text(encoding="utf-8").startswith("# Certificate of completion\n\n## Jo\n")


@pytest.mark.usefixtures("completed")
def test_wrong_usage_ends_in_one_sentence(hansa, tmp_path):
    assert (
        hansa("certificate", "ports", "--pdf", status=2).stderr
        == "A PDF needs a file: add -o certificate.pdf.\n"
    )
    assert "did you mean `ports`?" in hansa("certificate", "port", status=3).stderr
    hansa("certificate", "ports", "--name", "Jo")
    assert f"{tmp_path} exists already" in hansa("certificate", "ports", "-o", tmp_path, status=3).stderr
    assert "does not exist" in hansa("certificate", "ports", "-o", tmp_path / "no" / "c.md", status=3).stderr
    told = hansa("certificate", status=1).stderr
    assert told.endswith("Name one of them for its certificate: ports.\n")


# hansa progress --------------------------------------------------------------------------------------


def ports(hansa):
    """What `hansa progress --json` says of the module."""
    rows = json.loads(hansa("progress", "--json").stdout)
    return next(row for row in rows if row["module"] == "ports")


def test_progress_before_anything_is_done(hansa):
    text = hansa("progress").stdout
    assert text.startswith("0 of 13 modules are completed.")
    assert "81. Ports: łódź, nyhavn, año" in text
    assert "   - tell what floats: not tested yet" in text
    assert "No question has asked you yet how sure you are." in text
    assert "Nothing comes back in the next 14 days." in text
    assert "Questions you answered, the last ones first:\nNone yet.\n" in text
    assert (ports(hansa)["questions"], ports(hansa)["reviews"], ports(hansa)["completed"]) == ([], [], None)


def test_progress_after_a_quiz_in_lines_and_as_json(hansa, read_lessons):
    read_lessons()
    hansa("quiz", "ports", "--plain", text="b\nHansa\n")
    text = hansa("progress").stdout
    assert "1 of 1 lessons, quiz not passed, best 50 %." in text
    assert "   - tell what floats: not reached yet, 0 %  ··········" in text
    assert "   - name a union: reached, 100 %  ■■■■■■■■■■" in text
    assert "- What floats? – answered once, last wrong on 20" in text
    assert "- tomorrow: 1 question, about 1 minute  ■" in text
    assert text.splitlines()[-1].startswith("Next: ")
    found = ports(hansa)
    assert [(one["id"], one["best"], one["reached"]) for one in found["outcomes"]] == [
        ("O1", 0.0, False),
        ("O2", 1.0, True),
    ]
    assert {one["prompt"]: one["last"] for one in found["questions"]} == {
        "What floats?": 0.0,
        "What is a union of towns?": 1.0,
    }
    assert sum(one["questions"] for one in found["reviews"]) == 2
    assert (found["lessons_done"], found["quiz"]["best"], found["done"]) == (1, 50, False)


def test_a_path_names_the_steps_that_are_left(hansa):
    told = hansa("certificate", "p0", status=1).stderr
    assert told.startswith("The path “P0 Quick start” is not completed yet. Left are: ")
    assert "Open innovation readiness" in told


def test_the_introduction_of_a_quiz_stands_before_its_questions(hansa, course):
    file = course / "81-ports" / "quiz.md"
    text = QUIZ.replace("---\n\n<!--", "---\n\n> [!IMPORTANT]\n> This is no **legal** advice.\n\n<!--", 1)
    file.write_text(text, encoding="utf-8")
    told = hansa("quiz", "ports", "--plain", text="a\nHansa\n").stdout
    assert "This is no legal advice." in told[: told.index("Question 1 of 2")]
