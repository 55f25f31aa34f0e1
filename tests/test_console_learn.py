"""A module line by line, from its first lesson to the certificate, as real processes that talk through pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HANSA = [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())"]
LESSON = """\
---
title: The quay
minutes: 4
---

## One

Ships [moor](https://example.org/moor) here.

- [ ] Look at the mooring

<!-- q id=float tries=2 shuffle=no -->
### What floats?

- [x] A boat
  > It does.
- [ ] A stone
  > Stones sink.
- [ ] An anchor
  > Anchors hold.

> [!TIP]
> Think of harbours.
<!-- /q -->

## Two

```form A99-mooring
A99 Mooring - Velmora (fictional)
Place: the old quay
```

<!-- q id=word -->
### What is a union of towns?

- = Hansa
<!-- /q -->
"""
QUIZ = """\
---
title: Small quiz
pass: 60
shuffle: false
---

<!-- q id=salt outcome=O1 shuffle=no -->
### What carries salt?

- [x] A ship
- [ ] A stone
<!-- /q -->
"""


@pytest.fixture
def course(tmp_path):
    for number, name in ((81, "ports"), (82, "seas")):
        folder = tmp_path / "course" / f"{number}-{name}"
        folder.mkdir(parents=True)
        folder.joinpath("module.md").write_text(
            f"---\ntitle: {name.title()}\nid: {name}\noutcomes:\n  O1: tell what floats\n---\n",
            encoding="utf-8",
        )
        folder.joinpath("01-quay.md").write_text(LESSON.replace("A99", f"A{number}"), encoding="utf-8")
        folder.joinpath("02-end.md").write_text("---\ntitle: End\n---\n\n## Last\n\nBye.\n", encoding="utf-8")
        folder.joinpath("quiz.md").write_text(QUIZ, encoding="utf-8")
    return tmp_path / "course"


@pytest.fixture
def hansa(tmp_path, course):
    """Runs a command with typed lines, and tells what it printed."""

    def run(*arguments, typed=(), status=0):
        done = subprocess.run(
            [*HANSA, "--course", str(course), *map(str, arguments)],
            input="".join(f"{line}\n" for line in typed),
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "HANSA_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)},
            check=False,
            timeout=120,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == status, (done.stdout, done.stderr)
        return done.stdout

    return run


def kept(hansa, kind):
    rows = map(json.loads, hansa("export").splitlines())
    return [row for row in rows if row["kind"] == kind]


def test_a_whole_module_from_lesson_to_certificate_in_one_process(hansa):
    typed = ["b", "h", "a", "", "Hansa", "", "", "a", "", " ", "Łucja", "q"]
    told = hansa("learn", "ports", "--plain", typed=typed)
    steps = (
        "Module 81 · The quay",
        "Section 1 of 2: One",
        "Ships moor (https://example.org/moor) here.",
        "[ ] Look at the mooring",
        "Not right yet. You have 1 more try.",
        "Think of harbours.",
        "Correct.",
        "It does.",
        "Section 2 of 2: Two",
        "A81 Mooring - Velmora",
        "Correct.",
        "You have reached the end of this lesson. Go on to End.",
        "Section 1 of 1: Last",
        "You have reached the end of this lesson. Go on to the quiz of this module.",
        "Small quiz",
        "✓ Passed with 100 %.",
        "You have completed this module.",
        "A certificate needs a name",
        "# Certificate of completion",
        "## Łucja",
        "hansa certificate ports -o FILE",
        "Next is module 82: Seas.",
    )
    at = 0
    for words in steps:
        assert words in told[at:], (words, told)
        at = told.index(words, at) + len(words)
    assert max(map(len, told.split("Your answer")[0].splitlines())) <= 76
    assert [row["section_id"] for row in kept(hansa, "visit")] == [
        "ports/quay#one",
        "ports/quay#two",
        "ports/end#last",
    ]
    answers = [(row["item_id"], row["hints"]) for row in kept(hansa, "answer")]
    assert answers == [
        ("ports/quay#float", 0),
        ("ports/quay#float", 1),
        ("ports/quay#word", 0),
        ("ports/quiz#salt", 0),
    ]


def test_it_goes_on_where_it_stopped_and_knows_earlier_answers(hansa):
    told = hansa("learn", "ports", "--plain", typed=["c", "q"])
    assert "Your place and your answers are saved" in told
    told = hansa("learn", "--plain", typed=["", "", "", "b", "q"])
    assert told.count("Section 1 of 2: One") == 2, "back leads to the section before"
    assert "You answered before: c\n✗ Not right yet. You have 1 more try." in told
    told = hansa("learn", "ports", typed=["b", "", "", "a"])
    assert "Anchors hold." not in told
    assert "Stones sink." in told
    assert [row["response"]["options"] for row in kept(hansa, "answer")] == [[2], [1]]


def test_wrong_letters_are_told_and_the_end_of_the_input_stops(hansa):
    told = hansa("learn", "ports/end", typed=["b", "x"])
    assert told.count("That is none of these.") == 2, "nothing stands before the first section"
    assert "Your place and your answers are saved" in told
    hansa("learn", "ports/nosuch", status=3)


def test_a_form_is_filled_in_between_two_sections(hansa):
    hansa("learn", "ports/quay#two", typed=["", "f", "At the pier", "", "q"])
    assert "At the pier" in hansa("workbook", "show", "A81")


def test_a_quiz_that_is_not_passed_is_offered_again_or_its_lessons(hansa):
    told = hansa("learn", "ports/quiz", typed=["b", "b", "q"])
    assert "not completed yet: 2 lessons are left to read, and the quiz is not passed." in told
    assert "Section 1 of 2: One" in told
    told = hansa("learn", "ports/quiz", typed=["a", "", "q"])
    assert "Enter goes on with the first lesson that is left" in told
    assert "Section 2 of 2: Two" in told


def test_home_is_a_numbered_menu(hansa):
    told = hansa(typed=["3", "13", "1", "", "q", "7", "5", "6"])
    assert "1. Begin: Module 1 · " in told
    assert "13. Ports: 0 of 2 lessons\n14. Seas: 0 of 2 lessons\n15. Back" in told
    assert "1. The quay\n2. End\n3. Quiz\n4. Back" in told
    assert "1. Continue: Module 81 · The quay. Section 2 of 2: Two" in told or "Section 1 of 2: One" in told
    assert "Type one of the numbers above." in told
    assert "0 of 14 modules are completed." in told
    assert told.count("6. Quit") == 3


def test_a_dumb_terminal_is_spoken_to_line_by_line(hansa, tmp_path, course):
    pty = pytest.importorskip("pty", reason="needs a POSIX terminal")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*HANSA, "--course", str(course), "learn", "ports"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "HANSA_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "TERM": "dumb"},
    )
    os.close(theirs)
    os.write(ours, b"q\n")
    seen = b""
    while b"are saved" not in seen:
        seen += os.read(ours, 65_536)
    assert process.wait(60) == 0
    os.close(ours)
    assert b"Section 1 of 2: One" in seen
    assert b"\x1b" not in seen
    assert [row["section_id"] for row in kept(hansa, "visit")] == ["ports/quay#one"]
