"""Open questions, scales, cases and languages line by line."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from tui.cli import main

if TYPE_CHECKING:
    from pathlib import Path

QUIZ = """\
---
title: {title}
mode: practice
shuffle: false
---

<!-- q id=offer type=open -->
### What would you offer?

> [!IMPORTANT]
> Our laboratory for two weeks.
>
> - [ ] It names a thing.
> - [ ] It names a time.
<!-- /q -->

<!-- q id=view type=likert labels="not at all / fully" -->
### How far do you agree?

- I know whom to call.
- I know what to ask.
<!-- /q -->

## Velmora

Velmora builds sensors.

<!-- q id=case shuffle=no -->
### What does it build?

- [x] Sensors
- [ ] Ships
<!-- /q -->
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    module = tmp_path / "course" / "50-words"
    module.mkdir(parents=True)
    for name, text in {
        "module.md": "---\ntitle: Words\n---\n",
        "01-page.md": "---\ntitle: A page\n---\n\n## S\n\nRead me.\n",
        "01-page.da.md": "---\ntitle: En side\n---\n\n## A\n\nLæs mig.\n",
        "quiz.md": QUIZ.format(title="Quiz"),
        "quiz.da.md": QUIZ.format(title="Prøve"),
    }.items():
        module.joinpath(name).write_text(text, encoding="utf-8")
    return module.parent


def hansa(*arguments: str, typed: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return main(arguments)


def test_an_open_question_and_a_scale_are_answered_line_by_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    typed = "A room\nz\na\n9\n4 2\na\n"
    status = hansa("--course", str(folder), "quiz", "words", "--plain", typed=typed, monkeypatch=monkeypatch)
    told = capsys.readouterr().out
    assert status == 0
    assert told.index("Write your answer.") < told.index("A model answer:\nOur laboratory for two weeks.")
    assert "a. It names a thing.\nb. It names a time." in told
    assert "Type a letter from a to b" in told
    assert "You ticked 1 of 2 points of the model answer." in told
    assert "1 = not at all, 5 = fully." in told
    assert "Give one number for each statement from 1 to 5, such as 5 4." in told
    assert "Noted. Nothing is right or wrong here." in told
    assert told.index("Velmora builds sensors.") < told.index("What does it build?")
    assert "75 %" in told


def test_an_open_question_can_be_stopped_at_its_checklist(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    arguments = ("--course", str(folder), "quiz", "words", "--plain")
    assert hansa(*arguments, typed="A room\nq\n", monkeypatch=monkeypatch) == 0
    assert "Stopped." in capsys.readouterr().out


def test_the_course_is_printed_in_the_language_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    start = ("--course", str(folder), "--language", "da")
    assert hansa(*start, "course", "show", "words/page", typed="", monkeypatch=monkeypatch) == 0
    assert "Læs mig." in capsys.readouterr().out
    assert hansa(*start, "quiz", "words", "--plain", typed="q\n", monkeypatch=monkeypatch) == 0
    assert capsys.readouterr().out.startswith("Prøve\n")
