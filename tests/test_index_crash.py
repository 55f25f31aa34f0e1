"""Whatever kills a writer or fills the disk, the last generation stays; writers take turns."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import index
from index import Collection
from index.errors import IndexUnusableError

ROOT = Path(index.__file__).parent.parent
FIXTURES = Path(__file__).parent / "fixtures" / "index"
SCRIPTED_FILE = FIXTURES / "scripted.py"
SCRIPTED = runpy.run_path(str(SCRIPTED_FILE))["ScriptedEmbedder"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
POINTS = 100
WRITER = """
import runpy, sys
from pathlib import Path
from index import Collection
embedder = runpy.run_path(sys.argv[1])["ScriptedEmbedder"]()
for _ in range(int(sys.argv[4])):
    Collection(Path(sys.argv[2]), embedder).update([Path(sys.argv[3])], replace=True)
"""
READER = """
import runpy, sys
from pathlib import Path
from index import Collection
collection = Collection(Path(sys.argv[2]), runpy.run_path(sys.argv[1])["ScriptedEmbedder"]())
print("ready", flush=True)
while not Path(sys.argv[3]).exists():
    with collection.open() as opened:
        total = len(opened)
        heads = opened.guides()
        assert sum(head.passages for head in heads) == total
        hits = opened.search("old new text", k=total)
        assert len(hits) == total, (len(hits), total)
        texts = {head.slug: opened.guide(head.slug).text for head in heads}
        assert all(texts[hit.passage.guide][hit.passage.start : hit.passage.end] == hit.passage.text for hit in hits)
"""
ASKER = """
import runpy, sys
from pathlib import Path
from assistant import Assistant
from index import Collection
collection = Collection(Path(sys.argv[2]))
print("ready", flush=True)
while not Path(sys.argv[3]).exists():
    with collection.open() as opened:
        answer = Assistant(opened).ask("How long is the ferry of guide 0?", "en")
        assert answer.verdict
        for citation in (*answer.citations, *answer.nearest):
            assert opened.guide(citation.guide).text[citation.start : citation.end] == citation.quote
"""
FULL = """
import resource, runpy, sys
from pathlib import Path
from index import Collection
from index.errors import IndexUnusableError
limit = int(sys.argv[4])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    Collection(Path(sys.argv[2]), runpy.run_path(sys.argv[1])["ScriptedEmbedder"]()).update([Path(sys.argv[3])])
except IndexUnusableError as error:
    print(error)
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, str(SCRIPTED_FILE), *map(str, arguments)]
    return subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


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
        hits = opened.search("old new text", k=len(opened))
        assert len(hits) == len(opened) >= 8
        texts = [opened.guide(head.slug).text for head in opened.guides()]
        return {word for word in ("old", "new") if any(word in text for text in texts)}


@pytest.mark.timeout(1_800)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are split off by fork")
def test_a_kill_at_any_of_a_hundred_points_leaves_a_whole_generation(tmp_path: Path):
    seed = int.from_bytes(os.urandom(2))
    process = subprocess.run(
        [sys.executable, str(FIXTURES / "killed.py"), str(tmp_path), str(POINTS), str(seed)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    points = [json.loads(line) for line in process.stdout.splitlines()]
    told = f"seed {seed}: {process.stderr}"
    assert len(points) == POINTS, told
    for point in points:
        assert point["words"] in (["old"], ["new"]), (point, told)
        assert (point["guides"], point["passages"], point["hits"]) == (4, 8, 8), (point, told)
        assert point["after"] == ["guide1", "guide2", "guide3", "new0"], (point, told)
        assert point["meaning"], (point, told)
        assert point["faults"] == [], (point, told)
        assert not [name for name in point["left"] if name.startswith(".building")], (point, told)
    # Half of the points are calls; of the others, which are moments, a busy machine may miss any.
    assert Counter(point["status"] for point in points)[-9] >= POINTS // 3, told
    assert {point["words"][0] for point in points} == {"old", "new"}, told


def test_two_writers_and_a_reader_get_on(tmp_path: Path):
    folder = tmp_path / "index"
    sources = [write_guides(tmp_path / name, name) for name in ("old", "new")]
    Collection(folder, SCRIPTED()).update([sources[0]])
    processes = [start(WRITER, folder, source, 4) for source in sources]
    while any(process.poll() is None for process in processes):
        assert len(state(folder)) == 1
    told = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    Collection(folder, SCRIPTED()).embed()
    assert Collection(folder, SCRIPTED()).check() == ()


def test_one_adds_while_another_searches_and_a_third_asks(tmp_path: Path):
    folder, stop = tmp_path / "index", tmp_path / "stop"
    source = write_guides(tmp_path / "source", "old")
    collection = Collection(folder, SCRIPTED())
    collection.update([source])
    readers = [start(READER, folder, stop), start(ASKER, folder, stop)]
    assert [reader.stdout.readline() for reader in readers] == ["ready\n", "ready\n"]
    for number in range(12):
        (source / f"more{number}.md").write_text(
            f"# More {number}\n\nMore new text {number}.\n", encoding="utf-8"
        )
        collection.update([source])
        if number % 3 == 2:
            collection.remove(f"more{number - 1}")
            (source / f"more{number - 1}.md").unlink()
        assert all(reader.poll() is None for reader in readers), [each.communicate() for each in readers]
    stop.touch()
    told = [reader.communicate() for reader in readers]
    assert [reader.returncode for reader in readers] == [0, 0], told
    assert collection.check() == ()
    assert len(collection.guides()) == 12


@pytest.mark.skipif(os.name == "nt", reason="there are no limits of this kind on Windows")
def test_a_disk_that_is_full_is_told_and_the_index_stays_whole(tmp_path: Path):
    folder, source = tmp_path / "index", write_guides(tmp_path / "source", "old")
    Collection(folder, SCRIPTED()).update([source])
    write_guides(source, "new")
    many = "\n\n".join(f"## Part {number}\n\nSome new words {number * 7919}." for number in range(300))
    (source / "many.md").write_text(f"# Many\n\n{many}\n", encoding="utf-8")
    told: list[str] = []
    for limit in (0, 300, 3_000, 20_000, 60_000, 120_000, 250_000):
        output, errors = start(FULL, folder, source, limit).communicate()
        assert errors == "", errors
        told += output.splitlines()
        assert state(folder) in ({"old"}, {"new"})
        assert Collection(folder).check() == ()
    assert len(told) >= 4
    assert all(line.startswith(f"The disk with {folder}") for line in told)
    assert all(line.endswith("; free some space and try again.") for line in told)
    Collection(folder, SCRIPTED()).update([source])
    assert Collection(folder, SCRIPTED()).check() == ()


@pytest.mark.skipif(os.name == "nt", reason="there is no /dev/full on Windows")
def test_a_generation_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder, source = tmp_path / "index", write_guides(tmp_path / "source", "old")
    Collection(folder, SCRIPTED()).update([source])
    write_guides(source, "new")

    def full(*_: object) -> None:
        raise ValueError("IO error: No space left on device (os error 28)")

    monkeypatch.setattr("index.keywords.KeywordWriter.finish", full)
    with pytest.raises(IndexUnusableError, match="is full; free some space"):
        Collection(folder, SCRIPTED()).update([source])
    assert state(folder) == {"old"}
