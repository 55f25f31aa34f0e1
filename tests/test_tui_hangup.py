"""A lost terminal loses nothing, and work that fails is told while the application goes on."""

from __future__ import annotations

import contextlib
import io
import json
import os
import select
import signal
import sqlite3
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.drivers._writer_thread import WriterThread

from tui.lost_terminal import go_on_without_terminal

if TYPE_CHECKING:
    from conftest import Stage

ROOT = Path(__file__).resolve().parents[1]
HANSA = [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())"]
LESSON = """\
---
title: The quay
---

## One

<!-- q id=float shuffle=no -->
### What floats?

- [x] A boat
- [ ] A stone
<!-- /q -->

## Two

```form A91-quay
A91 Your quay - Velmora (fictional)
Length (in metres): 400
```

## Three

<!-- q id=crane -->
### What lifts?

- = A crane
<!-- /q -->
"""


class Terminal:
    """The application on a terminal of its own, which can be lost."""

    def __init__(self, home, course, *arguments) -> None:
        pty = pytest.importorskip("pty", reason="needs a POSIX terminal")
        import fcntl  # noqa: PLC0415 - not on Windows
        import termios  # noqa: PLC0415

        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
        self.process = subprocess.Popen(
            [*HANSA, "--course", str(course), *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "HANSA_HOME": str(home), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - its own terminal tells it
        )
        os.close(theirs)

    def see(self, words):
        seen, deadline = b"", time.monotonic() + 40
        while words.encode() not in seen:
            assert time.monotonic() < deadline, seen
            if select.select([self._ours], [], [], 1)[0]:
                seen += os.read(self._ours, 65_536)

    def rest(self):
        """Let it paint until it has nothing more to paint, or only a mark that blinks."""
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline and select.select([self._ours], [], [], 1)[0]:
            os.read(self._ours, 65_536)

    def read_until(self, happened):
        """Let it go on until something happened outside."""
        deadline = time.monotonic() + 60
        while not happened():
            assert time.monotonic() < deadline
            if select.select([self._ours], [], [], 0.05)[0]:
                os.read(self._ours, 65_536)

    def type(self, keys):
        os.write(self._ours, keys.encode())

    def lose(self):
        """Close the window: the system tells the process, and nothing can be written any more."""
        os.close(self._ours)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(60)
        self.process.poll()


def answered(home):
    with contextlib.closing(sqlite3.connect(home / "learner.sqlite")) as database:
        return database.execute("SELECT count(*) FROM answers").fetchone()[0]


@pytest.fixture
def harbour(tmp_path):
    """Opens the application over a small course, on a terminal of its own."""
    folder = tmp_path / "course" / "81-ports"
    folder.mkdir(parents=True)
    folder.joinpath("module.md").write_text("---\ntitle: Ports\nid: ports\n---\n", encoding="utf-8")
    folder.joinpath("01-quay.md").write_text(LESSON, encoding="utf-8")
    opened = []

    def open_at(*arguments):
        opened.append(Terminal(tmp_path / "home", tmp_path / "course", *arguments))
        return opened[-1]

    yield open_at
    for terminal in opened:
        if terminal.process.poll() is None:
            terminal.process.kill()
            terminal.process.wait()


HANGS_UP = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no SIGHUP on this system")


@HANGS_UP
def test_a_lost_terminal_loses_no_answer(harbour, tmp_path):
    terminal = harbour("learn", "ports")
    terminal.see("What floats?")
    go(terminal, {"tab": "press a letter", "b": "(•)"})
    terminal.type("\r")
    terminal.read_until(lambda: answered(tmp_path / "home"))
    terminal.lose()
    assert terminal.process.returncode == 0
    done = subprocess.run(
        [*HANSA, "export"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "HANSA_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)},
        check=True,
        timeout=60,
    )
    answers = [row for row in map(json.loads, done.stdout.splitlines()) if row["kind"] == "answer"]
    assert [row["response"]["options"] for row in answers] == [[1]]


def test_a_writer_whose_terminal_is_lost_takes_no_hold_of_the_application():
    class Lost(io.StringIO):
        def write(self, _):
            raise OSError(5, "Input/output error")

    go_on_without_terminal()
    writer = WriterThread(Lost())
    writer.start()
    for _ in range(100):
        writer.write("text")
    writer.stop()
    assert not writer.is_alive()


LAST = "Ω"
"""Typed last; it stands nowhere else."""


def go(terminal, steps):
    """Press the keys with these names, and wait after each for words."""
    for name, words in steps.items():
        terminal.rest()
        terminal.type({"tab": "\t"}.get(name, name))
        if words:
            terminal.see(words)
    terminal.rest()


def lose_while_typing(terminal, text):
    """Type, and lose the terminal as soon as the last sign is seen."""
    terminal.type(text + LAST)
    terminal.see(LAST)
    terminal.lose()
    assert terminal.process.returncode == 0


@HANGS_UP
def test_a_lost_terminal_keeps_what_was_typed_into_a_form(harbour, tmp_path):
    terminal = harbour("learn", "ports/quay#two")
    terminal.see("Your quay")
    go(terminal, {"tab": ""})
    lose_while_typing(terminal, "Seventy metres")
    (file,) = (tmp_path / "home" / "workbook").iterdir()
    assert f"Seventy metres{LAST}" in file.read_text(encoding="utf-8")


@HANGS_UP
def test_a_lost_terminal_keeps_a_note_that_was_being_written(harbour, tmp_path):
    terminal = harbour("learn", "ports/quay#three")
    terminal.see("What lifts?")
    go(terminal, {"m": "Bookmark", "e": "Your note"})
    lose_while_typing(terminal, "Ask the pilot")
    with contextlib.closing(sqlite3.connect(tmp_path / "home" / "learner.sqlite")) as database:
        assert database.execute("SELECT text FROM notes").fetchall() == [(f"Ask the pilot{LAST}",)]


@HANGS_UP
@pytest.mark.parametrize(
    ("ref", "steps", "text"),
    [
        ("ports/quay#three", {"tab": "Answer"}, "A cran"),
        ("ports/quay#one", {"a": "programmes, projects or partners"}, "Who built it"),
    ],
)
def test_a_lost_terminal_keeps_what_was_typed_and_not_given(harbour, tmp_path, ref, steps, text):
    terminal = harbour("learn", ref)
    terminal.see("What ")
    go(terminal, steps)
    lose_while_typing(terminal, text)
    terminal = harbour("learn", ref)
    terminal.see("What ")
    go(terminal, dict.fromkeys(steps, text + LAST))
    terminal.lose()
    assert answered(tmp_path / "home") == 0


@pytest.mark.parametrize("key", ["o", "r", "s"])
async def test_work_that_fails_is_told_and_the_application_goes_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, key: str
):
    def fail(_):
        raise RuntimeError("the disk is on fire")

    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, "Begin ")
        for name in ("record", "assistant"):
            monkeypatch.setattr(type(app.services), name, property(fail))
            app.services.__dict__.pop(name, None)
        await pilot.press(key)
        await stage.until(pilot, lambda: any("on fire" in note.message for note in app._notifications))
        await pilot.press("escape")
        assert app.is_running
