"""`hansa ask` as a conversation on a real terminal, and `hansa history` on what it kept."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="needs a POSIX terminal")

HANSA = [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())"]
ROOT = Path(__file__).parent.parent
GUIDE = """\
---
title: Harbour Links
---

## Dates and money

- Duration of Harbour Links: 30 months.
- Total value of Harbour Links: EUR 640,000.

## Partners

- Port of Arnby, lead partner of Harbour Links.
- Harbour Office Lindhavn.
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with one guide and a home in which a conversation was held."""
    folder = tmp_path_factory.mktemp("talk")
    (folder / "harbour-links.md").write_text(GUIDE, encoding="utf-8")
    return folder


def environment(folder):
    return {**os.environ, "HANSA_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}


def run(folder, *arguments, text="", status=0):
    done = subprocess.run(
        [*HANSA, *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(folder),
        cwd=folder,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == status, (done.stdout, done.stderr)
    return done


class Terminal:
    """A process on a terminal of its own."""

    def __init__(self, folder, *arguments: str) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [*HANSA, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(folder),
            cwd=folder,
        )
        os.close(theirs)
        os.set_blocking(self._ours, False)
        self.text = ""

    def see(self, words):
        """Read on until some words were written after what was read before."""
        deadline = time.monotonic() + 120
        begin = len(self.text)
        while not re.search(words, self.text[begin:]):
            assert time.monotonic() < deadline, self.text
            try:
                self.text += os.read(self._ours, 65_536).decode(errors="replace").replace("\r", "")
            except BlockingIOError:
                time.sleep(0.02)
            except OSError:
                break
        assert re.search(words, self.text[begin:]), self.text
        return self.text[begin:]

    def type(self, line):
        os.write(self._ours, f"{line}\n".encode())

    def end(self):
        assert self.process.wait(60) == 0
        os.close(self._ours)


@pytest.fixture(scope="module")
def held(place):
    """What the terminal showed of a conversation of three questions."""
    terminal = Terminal(place, "ask", "--plain", "--guides", "harbour-links.md")
    terminal.see("> $")
    for question in ("How long did Harbour Links run?", "and its total value?", "who led it?"):
        terminal.type(question)
        terminal.see("\n> $")
    terminal.type("")
    terminal.end()
    return terminal.text


def test_a_conversation_answers_follow_ups_line_by_line(held):
    assert "Ask in your own words" in held
    assert "Duration of Harbour Links: 30 months. [1]" in held
    assert "Taken as: The total value of Harbour Links?" in held
    assert "EUR 640,000" in held
    assert "Taken as: Who led Harbour Links?" in held
    assert "Port of Arnby" in held
    assert "You could ask next:" in held


@pytest.mark.usefixtures("held")
def test_it_is_listed_searched_shown_and_exported(place):
    listed = json.loads(run(place, "history", "list", "--json").stdout)
    assert [(each["id"], each["title"], each["questions"]) for each in listed] == [
        (1, "How long did Harbour Links run?", 3)
    ]
    assert "How long did Harbour Links run?" in run(place, "history", "search", "ARNBY", "lead").stdout
    assert run(place, "history", "search", "arnby", "whale").stdout == "No conversation holds these words.\n"
    shown = run(place, "history", "show", "1").stdout
    assert "*Taken as: Who led Harbour Links?*" in shown
    assert "`guide:harbour-links`" in shown
    run(place, "history", "export", "--json", "--out", "talks.json")
    (talk,) = json.loads((place / "talks.json").read_text(encoding="utf-8"))
    guide = run(place, "ask", "How long did Harbour Links run?", "--json", "--guides", "harbour-links.md")
    assert talk["exchanges"][0]["citations"] == json.loads(guide.stdout)["citations"]
    refused = run(place, "history", "export", "--json", "--out", "talks.json", status=3)
    assert "exists already" in refused.stderr
    assert run(place, "history", "cases").stdout == ""


@pytest.mark.usefixtures("held")
def test_conversations_move_with_the_record(place, tmp_path):
    lines = run(place, "export").stdout
    assert json.loads(lines.splitlines()[-1])["kind"] == "conversation"
    (tmp_path / "me.jsonl").write_text(lines, encoding="utf-8")
    assert "Conversations: 1 new, 0 known" in run(tmp_path, "import", "me.jsonl").stdout
    assert "Conversations: 0 new, 1 known" in run(tmp_path, "import", "me.jsonl").stdout
    assert run(tmp_path, "history", "show", "1").stdout == run(place, "history", "show", "1").stdout


@pytest.mark.usefixtures("held")
def test_single_questions_and_lines_stay_apart_and_leave_no_trace(place):
    lines = "How long did Harbour Links run?\nand its total value?\n"
    done = run(place, "ask", "-", "--json", "--guides", "harbour-links.md", text=lines)
    first, second = map(json.loads, done.stdout.splitlines())
    assert "30 months" in first["answer"]
    assert "taken_as" not in second
    assert len(json.loads(run(place, "history", "list", "--json").stdout)) == 1


@pytest.mark.parametrize("arguments", [["ask", "--json"], ["history", "show", "99"]])
def test_wrong_use_is_told_in_one_sentence(place, arguments):
    done = run(place, *arguments, status=2)
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_conversations_are_erased_one_by_one_and_all_together(tmp_path):
    for name in ("one", "two"):
        (tmp_path / "harbour-links.md").write_text(GUIDE, encoding="utf-8")
        terminal = Terminal(tmp_path, "ask", "--plain", "--guides", "harbour-links.md")
        terminal.see("> $")
        terminal.type(f"How long did Harbour Links run, {name}?")
        terminal.see("\n> $")
        terminal.type("")
        terminal.end()
    assert "Nothing was erased." in run(tmp_path, "history", "erase", "1", text="no\n").stdout
    run(tmp_path, "history", "erase", "1", text="yes\n")
    assert [each["id"] for each in json.loads(run(tmp_path, "history", "list", "--json").stdout)] == [2]
    run(tmp_path, "history", "erase", "1", "--yes", status=2)
    run(tmp_path, "erase", "--yes")
    assert run(tmp_path, "history", "list").stdout == "Nothing was asked yet.\n"
