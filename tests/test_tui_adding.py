"""`hansa guides add` tells how it gets on, stops when asked to, and goes on from there."""

from __future__ import annotations

import json
import os
import signal
import sys
from types import SimpleNamespace

import pytest

from index.collection import Collection
from index.model import Problem, Progress
from tui.console import adding, telling
from tui.console.adding import Added, Adding
from tui.console.stopping import Stop, stoppable
from tui.console.telling import JsonTeller, Teller, TerminalTeller, problem_table, progress_line, teller


@pytest.fixture
def folder(tmp_path):
    """Forty good files and two bad ones."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(40):
        (folder / f"page-{number:02}.md").write_text(f"# Page {number}\n\nText of page {number}.\n")
    (folder / "bad.pdf").write_bytes(b"nothing")
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture
def collection(tmp_path):
    return Collection(tmp_path / "collection")


def events(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_files_and_problems_are_told_to_scripts(folder, collection, capsys):
    told = JsonTeller()
    told.done(Adding(collection, told, Stop()).run([folder]))
    found = events(capsys)
    by_kind = {
        kind: [each for each in found if each["event"] == kind] for kind in ("file", "problem", "progress")
    }
    assert len(by_kind["file"]) == 40
    assert {each["path"].rsplit(os.sep, 1)[-1] for each in by_kind["problem"]} == {"bad.pdf", "empty.txt"}
    assert all(each["message"].endswith(".") for each in by_kind["problem"])
    assert by_kind["progress"]
    last = found[-1]
    assert (last["event"], last["files_done"], last["files"], last["problems"]) == ("done", 42, 42, 2)
    assert (last["guides"], last["unchanged"], last["stopped"]) == (40, 0, False)


def test_a_second_run_finds_everything_unchanged(folder, collection):
    Adding(collection, Teller(), Stop()).run([folder])
    added = Adding(collection, Teller(), Stop()).run([folder])
    assert (added.unchanged, added.guides, len(added.problems)) == (40, 40, 2)


def test_what_was_taken_in_before_a_stop_stays_and_the_next_run_goes_on(folder, collection, capsys):
    stop = Stop()

    class Impatient(Teller):
        def files(self, *_) -> None:
            stop.asked = True

    told = Impatient()
    added = Adding(collection, told, stop).run([folder])
    told.done(added)
    assert added.stopped
    assert added.files == adding._FIRST_PORTION
    kept = len(collection.guides())
    assert kept == adding._FIRST_PORTION - 2
    assert "Stopped after 16 of 42 files; the same command goes on from there." in capsys.readouterr().out
    rest = Adding(collection, Teller(), Stop()).run([folder])
    assert (rest.unchanged, rest.guides) == (kept, 40)


def test_embedding_is_counted_and_stopped(folder, collection, monkeypatch):
    stop, lines = Stop(), []

    def embed(self, *, origin, progress) -> object:
        if self is not collection:
            return 0
        for done in (0, 10, 20, 30):
            progress(Progress(done, 40, "embedding passages", f"Page {done}"))
            stop.asked = done == 20
        return origin

    class Noting(Teller):
        def progress(self, added) -> None:
            lines.append(progress_line(added))

    monkeypatch.setattr(Collection, "embed", embed)
    added = Adding(collection, Noting(), stop).run([folder])
    assert (added.stopped, added.embedded, added.passages, added.files) == (True, 20, 40, 42)
    assert added.at == "Page 20"
    assert "42 of 42 files, 0 of 40 passages" in lines
    assert any(line.startswith("42 of 42 files, 20 of 40 passages, ") for line in lines)
    assert added.rate > 0


def test_one_line_is_rewritten_on_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr(telling, "_EVERY", 0.0)
    told = TerminalTeller()
    added = Added(total=40, files=12, passages=900, embedded=310)
    told.progress(added)
    told.done(added)
    shown = capsys.readouterr()
    assert shown.err.startswith("\r12 of 40 files, 310 of 900 passages, 0 a second")
    assert "\n" not in shown.err
    assert shown.out.startswith("12 files looked at: 12 taken in;")


def test_files_that_could_not_be_taken_make_a_table(capsys):
    problems = [
        Problem("/x/a.pdf", "/x/a.pdf is protected by a password; save it without one and add it again."),
        Problem("/x/" + "long" * 20 + ".txt", "Something else about it."),
    ]
    lines = problem_table(problems, 60)
    assert lines[0] == "2 files could not be taken in:"
    assert lines[1].split(maxsplit=1) == ["a.pdf", "is protected by a"]
    assert lines[2].strip() == "password; save it without"
    assert max(map(len, lines)) <= 60
    assert problem_table(problems[:1], 60) == [problems[0].message]
    Teller().done(Added(total=2, files=2, problems=problems))
    assert "could not be taken in" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("as_json", "watched", "kind"),
    [(True, True, JsonTeller), (False, True, TerminalTeller), (False, False, Teller)],
)
def test_who_tells_depends_on_who_watches(monkeypatch, as_json, watched, kind):
    monkeypatch.setattr(sys, "stderr", SimpleNamespace(isatty=lambda: watched))
    assert type(teller(as_json=as_json)) is kind


def test_ctrl_c_is_heeded_at_the_next_moment_and_the_second_time_at_once():
    before = signal.getsignal(signal.SIGINT)
    with stoppable() as stop:
        stop.heed()
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            stop.heed()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
