"""Exams, tries, attempts and reviews line by line, as real processes over a course of their own."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HANSA = [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())"]
QUIZ = """\
---
title: Ports
mode: {mode}
pass: 60
shuffle: false
{more}
---

<!-- q id=float outcome=O1 shuffle=no -->
### What floats?

- [x] A boat
  > It does.
- [ ] A stone
  > Stones sink.

> [!TIP]
> Think of harbours.
<!-- /q -->

<!-- q id=word outcome=O1 certainty=yes -->
### What is a union of towns?

- = Hansa
<!-- /q -->

<!-- q id=order outcome=O2 -->
### In which order?

1. Load
2. Sail
3. Sell
<!-- /q -->
"""


@pytest.fixture
def course(tmp_path):
    """Writes the one module of a course, in the mode that is wanted."""

    def write(mode, more=""):
        module = tmp_path / "course" / "09-ports"
        module.mkdir(parents=True, exist_ok=True)
        module.joinpath("module.md").write_text(
            "---\ntitle: Ports\nid: ports\noutcomes:\n  O1: tell what floats\n  O2: sail\n---\n",
            encoding="utf-8",
        )
        module.joinpath("quiz.md").write_text(QUIZ.format(mode=mode, more=more), encoding="utf-8")
        return module.parent

    return write


def command(folder, *arguments):
    return [*HANSA, "--course", str(folder), *arguments]


def environment(tmp_path):
    return {**os.environ, "HANSA_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}


@pytest.fixture
def hansa(tmp_path):
    def run(folder, *arguments, text="", status=0):
        done = subprocess.run(
            command(folder, *arguments),
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment(tmp_path),
            check=False,
            timeout=120,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == status, (done.stdout, done.stderr)
        return done.stdout + done.stderr

    return run


def shown_order(text):
    """The numbers that answer the ordering question as it is shown."""
    lines = [line[3:] for line in text.splitlines() if line[3:] in {"Load", "Sail", "Sell"}][-3:]
    return " ".join(str(lines.index(word) + 1) for word in ("Load", "Sail", "Sell"))


def test_an_exam_in_any_order(hansa, course):
    folder = course("exam", "minutes: 30")
    first = hansa(folder, "quiz", "ports", "--plain", text="/go 3\n/stop\n")
    assert "You have 30 minutes." in first
    assert "Question 1 of 3, open, 30 minutes left." in first
    order = shown_order(first)
    typed = ["/flag", "/next", "hanza", "1", order, "/go 2", "Hansa", "3", "/sheet", "/hand-in", "no"]
    typed += ["/go 1", "b", "/flag", "/back", "a", "/hand-in", "yes", ""]
    text = hansa(folder, "quiz", "ports", "--plain", text="\n".join(typed))
    assert "Flagged, to look at again." in text
    assert "1. open, flagged: What floats?" in text
    assert "Question 1 has no answer yet. Flagged: 1." in text
    assert "Every question is answered. Flagged: 1 and 2." in text
    assert "Correct." not in text.partition("Nothing can be changed then.")[0]
    assert "Your answer so far: hanza" in text
    assert "Your answer so far: b" in text
    assert "✓ Passed with 100 %." in text
    assert "- tell what floats: 100 %, reached" in text
    again = hansa(folder, "quiz", "ports", "--attempt", "1")
    assert "You answered: Hansa" in again
    diary = hansa(folder, "export", "--markdown")
    for words in (
        "**What floats?** (ports/quiz#float)",
        ": A boat\n",
        "certainty: 3",
        "flag: ports/quiz#float",
        "pass mark 60 %",
        "- O1: tell what floats",
        "Minutes: 30.",
    ):
        assert words in diary
    assert "✓ Passed with 100 %." in again


def test_a_quiz_is_asked_and_judged_in_the_language_of_the_interface(hansa, course, monkeypatch):
    monkeypatch.setenv("HANSA_LANGUAGE", "pl")
    folder = course("practice")
    text = hansa(folder, "quiz", "ports", "--plain", text="z\nb\nhanza\n3\n1\n2 1 3\n")
    for words in (
        "Wybierz jedną.",
        "Wpisz literę od a do b, na przykład b.",
        "Niedobrze. Dobra odpowiedź: A boat.",
        "Wpisz kilka słów.",
        "Niedobrze. Było blisko: sprawdź pisownię „Hansa”.",
        "Ułóż w dobrej kolejności.",
        "Wpisz każdy numer od 1 do 3 jeden raz, na przykład 2 1 3.",
    ):
        assert words in text
    for english in ("Choose", "Type ", "Not right", "Right is", "Put in", "such as", "You came close"):
        assert english not in text


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_kill_9_in_an_exam_loses_neither_answers_nor_flags_nor_time(hansa, course, tmp_path):
    folder = course("exam", "minutes: 30")
    process = subprocess.Popen(
        command(folder, "quiz", "ports", "--plain"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment(tmp_path),
    )
    process.stdin.write("/flag\na\n")
    process.stdin.flush()
    seen = ""
    while "Question 2 of 3" not in seen:
        seen += process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=120)
    process.stdin.close()
    process.stdout.close()
    text = hansa(folder, "quiz", "ports", "--plain", text="/sheet\n/stop\n")
    assert "1. answered, flagged: What floats?" in text
    assert "Question 2 of 3, open, 30 minutes left." in text


def test_an_exam_whose_time_is_over_is_handed_in(hansa, course, tmp_path):
    folder = course("exam", "minutes: 30")
    hansa(folder, "quiz", "ports", "--plain", text="a\n/stop\n")
    early = (datetime.now(UTC) - timedelta(hours=2)).isoformat(timespec="microseconds")
    with sqlite3.connect(tmp_path / "home" / "learner.sqlite") as database:
        database.execute("DROP TRIGGER runs_refuse_update")
        database.execute("UPDATE runs SET started = ?", [early])
    database.close()
    assert "There is no attempt 1" in hansa(folder, "quiz", "ports", "--attempt", "1", status=3)
    text = hansa(folder, "quiz", "ports", "--plain", text="")
    assert "Question 1 of 3, open, 30 minutes left." in text, "a new exam begins"
    shown = hansa(folder, "quiz", "ports", "--attempt", "1")
    assert "The time was over. What you had answered was handed in." in shown
    assert "You answered: a" in shown
    assert "You gave no answer." in shown


def test_tries_and_hints_in_practice(hansa, course):
    folder = course("practice", "tries: 2")
    text = hansa(folder, "quiz", "ports", "--plain", text="b\nh\na\nhansa\n9\n2\n")
    assert "You have 2 tries for each." in text
    assert "✗ Not right yet. You have 1 more try." in text
    assert "Think of harbours." in text
    assert text.index("Not right yet") < text.index("Correct.")
    assert "How sure are you? 1 unsure, 2 fairly sure, 3 certain: Type 1, 2 or 3." in text


def test_a_check_gives_one_try_no_hint_and_feedback_at_the_end(hansa, course):
    folder = course("check")
    text = hansa(folder, "quiz", "ports", "--plain", text="h\nb\nhansa\n2\n1 2 3\n")
    assert "for a hint" not in text
    assert text.count("Saved. You hear at the end how it went.") == 3
    assert "Stones sink." in text.rpartition("Saved. You hear")[2]


def test_an_attempt_is_printed_as_it_was_asked(hansa, course):
    folder = course("check")
    hansa(folder, "quiz", "ports", "--plain", text="b\nhansa\n2\n1 2 3\n")
    quiz = folder / "09-ports" / "quiz.md"
    quiz.write_text(quiz.read_text(encoding="utf-8").replace("What floats?", "What swims?"), encoding="utf-8")
    text = hansa(folder, "quiz", "ports", "--attempt", "1")
    assert "The module has changed since." in text
    assert "What floats?" in text
    assert "You answered: b" in text


def test_a_review_line_by_line(hansa, course, tmp_path):
    folder = course("check")
    assert "Nothing is due today." in hansa(folder, "review", "--plain")
    hansa(folder, "quiz", "ports", "--plain", text="b\nhansa\n3\n1 2 3\n")
    assert "Nothing is due today." in hansa(folder, "review", "--plain")
    with sqlite3.connect(tmp_path / "home" / "learner.sqlite") as database:
        for table, column in (("answers", "at"), ("finishes", "at"), ("runs", "started")):
            early = (datetime.now(UTC) - timedelta(days=40)).isoformat(timespec="microseconds")
            database.execute(f"DROP TRIGGER {table}_refuse_update")
            database.execute(f"UPDATE {table} SET {column} = ?", [early])
    database.close()
    first = hansa(folder, "review", "--plain", "--minutes", "1", text="q\n")
    assert "Today's review: " in first
    assert "Welcome back after 40 days." in first
    text = hansa(folder, "review", "--plain", text="a\na\nhansa\n3\n1 2 3\nhansa\n1\n1 2 3\n1 2 3\n")
    assert "You knew" in text
    assert "Nothing is due today." not in text


def test_erasing_needs_no_readable_record(hansa, course, tmp_path):
    folder = course("check")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "learner.sqlite").write_text("damaged" * 1000)
    assert "not a learner record" in hansa(folder, "progress", status=3)
    assert "Your data is deleted." in hansa(folder, "erase", "--yes")
    assert "Nothing is due today." in hansa(folder, "review", "--plain")
