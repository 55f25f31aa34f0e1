"""What makes large collections fast changes nothing of what is found."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
import pytest

import index
from index import Collection, Progress
from index.background import BATCH
from index.crew import Hand, prepared
from index.database import write_lock
from index.errors import UnreadableGuideError
from index.files import load_files
from index.fusion import best
from index.generation import current_generation, generation_folder, link_files, load_manifest
from index.prepare import Prepared, from_bytes, prepare
from index.store import PassageRow
from index.table import PassageTable

if TYPE_CHECKING:
    from index.files import GuideFile

FIXTURES = Path(__file__).parent / "fixtures" / "index"
SCRIPTED = runpy.run_path(str(FIXTURES / "scripted.py"))["ScriptedEmbedder"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    for number in range(30):
        write(folder, number, f"Guide {number} tells of the year {1900 + number}.")
    return folder


def write(folder: Path, number: int, text: str, parts: int = 10) -> Path:
    path = folder / f"guide{number:02}.md"
    body = "\n\n".join(f"## Part {part}\n\n{text} This is part {part}." for part in range(parts))
    path.write_text(f"# Guide {number}\n\n{body}\n", encoding="utf-8")
    return path


def files(source: Path) -> list[GuideFile]:
    return list(load_files([source]))


@pytest.fixture
def many_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.crew.WORTH_WHILE", 0)


def inodes(folder: Path) -> set[int]:
    home = generation_folder(folder, current_generation(folder))
    return {path.stat().st_ino for path in home.rglob("*") if path.suffix in {".idx", ".term", ".faiss"}}


def test_a_prepared_guide_crosses_to_another_process_whole(source: Path):
    for file in files(source)[:3]:
        given = prepare(file)
        line, _, tokens = given.to_bytes().partition(b"\n")
        assert from_bytes(json.loads(line), tokens) == given


def test_another_slug_changes_the_tokens_too(source: Path):
    given = prepare(files(source)[0])
    renamed = given.under("fjord")
    assert given.under("guide00") is given
    assert {passage.guide for passage in renamed.passages} == {"fjord"}
    assert all("fjord" in terms.heading.split() for terms in renamed.terms)


@pytest.mark.usefixtures("many_hands")
def test_many_processes_prepare_what_one_does(source: Path):
    (source / "bad.txt").write_bytes(b"\x00\x01")
    given = files(source)
    for alone, shared in zip(prepared(given, 1), prepared(given, 3), strict=True):
        assert alone[0] == shared[0]
        if isinstance(alone[1], Prepared):
            assert alone[1] == shared[1]
        else:
            assert isinstance(shared[1], UnreadableGuideError)
            assert str(alone[1]) == str(shared[1])


@pytest.mark.usefixtures("many_hands")
def test_a_process_that_dies_is_not_missed(source: Path, monkeypatch: pytest.MonkeyPatch):
    give = Hand.give

    def die(hand: Hand, file: GuideFile) -> None:
        if file.path.name == "guide07.md":
            hand._process.kill()
            hand._process.wait()
        give(hand, file)

    monkeypatch.setattr(Hand, "give", die)
    found = list(prepared(files(source), 2))
    assert [outcome.guide.slug for _, outcome in found] == [f"guide{number:02}" for number in range(30)]


def test_a_process_answers_until_nobody_asks(source: Path):
    start = "from index.crew import serve; serve()"
    asked = f'["{source / "guide00.md"}", ""]\n["{source / "none.md"}", ""]\n'
    environment = {**os.environ, "PYTHONPATH": str(Path(index.__file__).parents[1])}
    told = subprocess.run(
        [sys.executable, "-c", start],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    line, _, rest = told.stdout.partition("\n")
    size = json.loads(line)["tokens"]
    assert rest[:size].startswith("guide00 ")
    assert "is not there; check the path." in json.loads(rest[size:])["refused"]


def test_a_small_change_shares_what_there_was(tmp_path: Path, source: Path):
    collection = Collection(tmp_path / "index", SCRIPTED())
    collection.update([source])
    before = inodes(collection.folder)
    with collection.open() as held:
        write(source, 3, "Now it tells of harbours.")
        report = collection.update([source])
        collection.remove("guide05")
        assert (report.embedded, report.unchanged) == (10, 29)
        assert before <= inodes(collection.folder)
        assert len(held) == 300
        assert held.search("the year 1905", k=1)[0].passage.guide == "guide05"
    assert collection.check() == ()
    manifest = load_manifest(collection.folder, current_generation(collection.folder))
    assert (manifest.passages, manifest.vectors, manifest.base, manifest.recent) == (290, 290, 300, 10)
    with collection.open() as now:
        assert now.search("harbours", k=1)[0].passage.guide == "guide03"
        assert "guide05" not in {hit.passage.guide for hit in now.search("the year 1905", k=290)}


def test_vectors_are_built_anew_when_many_have_changed(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("index.draft._RECENT_AT_LEAST", 15)
    collection = Collection(tmp_path / "index", SCRIPTED())
    collection.update([source])
    for number in range(8):
        write(source, number, "Now it tells of harbours.")
    collection.update([source])
    manifest = load_manifest(collection.folder, current_generation(collection.folder))
    assert (manifest.vectors, manifest.base, manifest.recent) == (300, 300, 0)
    assert collection.check() == ()


def test_where_the_disk_knows_no_links_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.idx").write_text("words")
    (tmp_path / "one" / "a.lock").write_text("")
    link_files(tmp_path / "one", tmp_path / "two")
    assert [(path.name, path.read_text()) for path in (tmp_path / "two").iterdir()] == [("a.idx", "words")]


def test_text_is_searched_and_changed_while_vectors_are_computed(tmp_path: Path, source: Path):
    collection = Collection(tmp_path / "index", SCRIPTED())
    seen: list[tuple[int, int]] = []

    def look(step: Progress) -> None:
        if step.words != "embedding passages" or step.done % BATCH or len(seen) > 2:
            return
        other = Collection(tmp_path / "index", SCRIPTED())
        other.remove(f"guide{len(seen):02}")
        assert other.embed() == 0
        with other.open() as opened:
            seen.append((len(opened.search("year 1920", k=300)), opened.vectors))

    collection.update([source], progress=look)
    assert seen == [(290, 0), (280, 12), (270, 2)]
    assert collection.check() == ()
    assert collection.counts() == (27, 270, 270)


def test_vectors_of_another_origin_wait(tmp_path: Path, source: Path):
    Collection(tmp_path / "index").update([source])
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    write(shipped, 99, "This ships with it.")
    collection = Collection(tmp_path / "index", SCRIPTED())
    assert collection.update([shipped], origin="shipped", replace=True).embedded == 10
    assert collection.counts() == (31, 310, 10)
    assert collection.embed() == 300


def test_an_unchanged_run_waits_for_nobody(tmp_path: Path, source: Path):
    collection = Collection(tmp_path / "index", SCRIPTED())
    collection.update([source])
    with write_lock(collection.folder / "write.lock"):
        done: list[int] = []
        thread = Thread(target=lambda: done.append(collection.update([source]).unchanged))
        thread.start()
        thread.join(20)
        assert done == [30]


def test_places_are_found_among_many_ids_and_few(monkeypatch: pytest.MonkeyPatch):
    rows = [PassageRow(number, "en", "a") for number in (7, 5, 400, 9)]
    thick = PassageTable(rows[:2])
    monkeypatch.setattr("index.table._SPARSEST", 1_000)
    looked_up = PassageTable(rows)
    monkeypatch.setattr("index.table._SPARSEST", 1)
    searched = PassageTable(rows)
    assert (thick._by_id is None, looked_up._by_id is None, searched._by_id is None) == (False, False, True)
    ids, values = [400, 6, 5, 1, 1000, 9], [4.0, 9.0, 1.0, 9.0, 9.0, 3.0]
    for table in (looked_up, searched):
        assert table.ids.tolist() == [5, 7, 9, 400]
        assert table.column(ids, values, missing=0.0).tolist() == [1.0, 0.0, 3.0, 4.0]


@pytest.mark.parametrize("per_guide", [None, 1, 3])
def test_the_best_of_very_many_are_those_of_a_full_sort(per_guide: int | None):
    dice = np.random.default_rng(3)
    scores, guides = dice.integers(0, 300, 5_000).astype(float), dice.integers(0, 40, 5_000)
    chosen: list[int] = []
    taken: dict[int, int] = {}
    for place in np.argsort(-scores, kind="stable").tolist():
        if taken.get(int(guides[place]), 0) < (per_guide or 5_000) and len(chosen) < 60:
            taken[int(guides[place])] = taken.get(int(guides[place]), 0) + 1
            chosen.append(place)
    assert best(scores, guides, 60, per_guide) == chosen
    assert best(np.full(5_000, -np.inf), guides, 3) == [0, 1, 2]
