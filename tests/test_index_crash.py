"""Whatever kills a writer, the last generation stays; writers take turns."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import index
from index import Collection
from index.generation import current_generation

ROOT = Path(index.__file__).parent.parent
SCRIPTED_FILE = Path(__file__).parent / "fixtures" / "index" / "scripted.py"
SCRIPTED = runpy.run_path(str(SCRIPTED_FILE))["ScriptedEmbedder"]
WRITER = """
import runpy, sys
from pathlib import Path
from index import Collection
embedder = runpy.run_path(sys.argv[1])["ScriptedEmbedder"]()
for _ in range(int(sys.argv[4])):
    Collection(Path(sys.argv[2]), embedder).update([Path(sys.argv[3])], replace=True)
"""
KILLED_AT_CALL = """
import os, signal, sys
calls = 0
def watch(frame, event, argument):
    global calls
    if event == "call" and f"{os.sep}index{os.sep}" in frame.f_code.co_filename:
        calls += 1
        if calls == int(sys.argv[5]):
            os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(watch)
"""
COUNTED = """
import atexit
atexit.register(lambda: print(calls))
"""


def writer(
    folder: Path, source: Path, *, times: int = 1, before: str = "", kill_at: int = 0
) -> subprocess.Popen[str]:
    arguments = [
        sys.executable,
        "-c",
        before + WRITER,
        str(SCRIPTED_FILE),
        str(folder),
        str(source),
        str(times),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([*arguments, str(kill_at)], env=environment, stdout=subprocess.PIPE, text=True)


def write_guides(folder: Path, words: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(4):
        text = (
            f"# Guide {number}\n\n## First\n\nThe {words} text {number}.\n\n## Second\n\nMore {words} text.\n"
        )
        (folder / f"guide{number}.md").write_text(text, encoding="utf-8")
    return folder


def state(folder: Path) -> set[str]:
    """Which words the guides of a collection are written in; proves that each passage can be found."""
    with Collection(folder, SCRIPTED()).open() as opened:
        assert not opened.keywords_only
        assert len(opened) == 8
        hits = opened.search("old new text", k=20)
        assert len(hits) == 8
        assert all(hit.scores.dense is not None for hit in hits)
        texts = [opened.guide(head.slug).text for head in opened.guides()]
        return {word for word in ("old", "new") if any(word in text for text in texts)}


def calls_of_an_update(tmp_path: Path) -> int:
    folder, source = tmp_path / "counted", write_guides(tmp_path / "counted-source", "old")
    Collection(folder, SCRIPTED()).update([source])
    write_guides(source, "new")
    output, _ = writer(folder, source, before=KILLED_AT_CALL + COUNTED).communicate()
    return int(output)


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_kill_at_any_point_leaves_a_whole_generation(tmp_path: Path):
    calls = calls_of_an_update(tmp_path)
    seen: set[str] = set()
    for step in range(1, 17):
        folder, source = tmp_path / f"index{step}", write_guides(tmp_path / f"source{step}", "old")
        Collection(folder, SCRIPTED()).update([source])
        write_guides(source, "new")
        process = writer(folder, source, before=KILLED_AT_CALL, kill_at=calls * step // 17)
        process.communicate()
        assert process.returncode == -9
        words = state(folder)
        assert len(words) == 1
        seen |= words
        after = SCRIPTED()
        Collection(folder, after).update([source], replace=True)
        assert state(folder) == {"new"}
        assert Collection(folder, SCRIPTED()).check() == ()
        assert not list((folder / "generations").glob(".building-*"))
    assert "old" in seen


def test_two_writers_and_a_reader_get_on(tmp_path: Path):
    folder = tmp_path / "index"
    sources = [write_guides(tmp_path / name, name) for name in ("old", "new")]
    Collection(folder, SCRIPTED()).update([sources[0]])
    processes = [writer(folder, source, times=4) for source in sources]
    while any(process.poll() is None for process in processes):
        assert len(state(folder)) == 1
    assert [process.wait() for process in processes] == [0, 0]
    assert [process.communicate() for process in processes]
    assert Collection(folder, SCRIPTED()).check() == ()


def test_a_writer_that_died_holds_up_nobody(tmp_path: Path):
    folder, source = tmp_path / "index", write_guides(tmp_path / "source", "old")
    process = writer(folder, source, before=KILLED_AT_CALL, kill_at=300)
    process.communicate()
    Collection(folder, SCRIPTED()).update([source])
    assert state(folder) == {"old"}
    assert current_generation(folder) >= 1
