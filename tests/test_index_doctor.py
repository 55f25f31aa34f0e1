"""The doctor finds every loss, orphan and mix-up that is put into a collection, and mends it."""

from __future__ import annotations

import json
import random
import runpy
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import faiss
import numpy as np
import pytest
import tantivy

from index import Collection
from index.doctor import Kind
from index.errors import IndexUnusableError
from index.generation import current_generation, generation_folder
from tui.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

FIXTURES = Path(__file__).parent / "fixtures" / "index"
SCRIPTED = runpy.run_path(str(FIXTURES / "scripted.py"))["ScriptedEmbedder"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    for name in ("boats", "ports", "salt"):
        parts = "\n\n".join(
            f"## {name} {number}\n\nThis tells of {name}, part {number}." for number in range(4)
        )
        (folder / f"{name}.md").write_text(f"# Of {name}\n\n{parts}\n", encoding="utf-8")
    return folder


@pytest.fixture
def collection(tmp_path: Path, source: Path) -> Collection:
    found = Collection(tmp_path / "index", SCRIPTED())
    found.update([source])
    return found


def home(collection: Collection) -> Path:
    return generation_folder(collection.folder, current_generation(collection.folder))


def truth(collection: Collection, *statements: str) -> None:
    with closing(sqlite3.connect(collection.folder / "truth.sqlite")) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def lose_a_document(collection: Collection) -> None:
    writer = tantivy.Index.open(str(home(collection) / "keywords")).writer(15_000_000, num_threads=1)
    writer.delete_documents_by_term("id", 3)
    writer.commit()
    writer.wait_merging_threads()


def add_a_document(number: int) -> Callable[[Collection], None]:
    def damage(collection: Collection) -> None:
        writer = tantivy.Index.open(str(home(collection) / "keywords")).writer(15_000_000, num_threads=1)
        writer.add_document(tantivy.Document(id=number, key=5, body="orphan"))
        writer.commit()
        writer.wait_merging_threads()

    return damage


def rewrite_vectors(change: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]):
    def damage(collection: Collection) -> None:
        path = str(home(collection) / "vectors" / "base.faiss")
        index = faiss.read_index(path)
        ids = faiss.vector_to_array(index.id_map)
        ids, vectors = change(ids, np.stack([index.reconstruct(int(number)) for number in ids]))
        anew = faiss.IndexIDMap2(faiss.IndexScalarQuantizer(64, faiss.ScalarQuantizer.QT_8bit, 0))
        anew.train(vectors)
        anew.add_with_ids(vectors, ids)
        faiss.write_index(anew, path)

    return damage


def swap_two(ids: np.ndarray, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    ids = ids.copy()
    ids[[0, 5]] = ids[[5, 0]]
    return ids, vectors


def swap_stored_vectors(collection: Collection) -> None:
    truth(
        collection,
        "CREATE TEMP TABLE two AS SELECT key, vector FROM vectors ORDER BY key LIMIT 2",
        "UPDATE vectors SET vector = (SELECT vector FROM two WHERE two.key != vectors.key)"
        " WHERE key IN (SELECT key FROM two)",
    )


def flip_a_byte(name: str) -> Callable[[Collection], None]:
    def damage(collection: Collection) -> None:
        path = next(home(collection).glob(name))
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(bytes(data))

    return damage


def point_back(collection: Collection) -> None:
    now = home(collection)
    old = now.with_name("1")
    shutil.copytree(now, old)
    manifest = json.loads((old / "manifest.json").read_text())
    (old / "manifest.json").write_text(json.dumps(manifest | {"generation": 1}))
    (collection.folder / "current").write_text("1")


def run_in_truth(*statements: str) -> Callable[[Collection], None]:
    return lambda collection: truth(collection, *statements)


DAMAGES = {
    "a keyword document lost": (lose_a_document, {Kind.KEYWORDS, Kind.FILE}),
    "a keyword document of no passage": (add_a_document(999), {Kind.KEYWORDS, Kind.FILE}),
    "a keyword document twice": (add_a_document(3), {Kind.KEYWORDS, Kind.FILE}),
    "a vector lost": (
        rewrite_vectors(lambda ids, rows: (ids[1:], rows[1:])),
        {Kind.VECTORS, Kind.FILE, Kind.GENERATION},
    ),
    "a vector of no passage": (
        rewrite_vectors(lambda ids, rows: (np.append(ids[1:], 999), rows)),
        {Kind.VECTORS, Kind.FILE},
    ),
    "two vectors swapped": (rewrite_vectors(swap_two), {Kind.VECTORS, Kind.FILE}),
    "two stored vectors swapped": (swap_stored_vectors, {Kind.VECTOR, Kind.VECTORS}),
    "a stored vector changed": (
        run_in_truth("UPDATE vectors SET vector = zeroblob(128) WHERE key = (SELECT min(key) FROM vectors)"),
        {Kind.VECTOR, Kind.VECTORS},
    ),
    "a stored vector lost": (
        run_in_truth("DELETE FROM vectors WHERE key = (SELECT min(key) FROM vectors)"),
        {Kind.VECTORS},
    ),
    "a stored vector of no passage": (
        run_in_truth("INSERT INTO vectors SELECT x'00', fingerprint, vector, seal FROM vectors LIMIT 1"),
        {Kind.VECTOR},
    ),
    "a passage lost": (
        run_in_truth("DELETE FROM passages WHERE id = 6"),
        {Kind.GUIDE, Kind.VECTOR, Kind.KEYWORDS, Kind.VECTORS},
    ),
    "the last passage of a guide lost": (
        run_in_truth("DELETE FROM passages WHERE id = (SELECT max(id) FROM passages)"),
        {Kind.GUIDE, Kind.VECTOR, Kind.KEYWORDS, Kind.VECTORS},
    ),
    "a passage changed": (run_in_truth("UPDATE passages SET text = 'Nonsense' WHERE id = 6"), {Kind.GUIDE}),
    "a passage key changed": (
        run_in_truth("UPDATE passages SET key = x'00' WHERE id = 6"),
        {Kind.GUIDE, Kind.KEYWORDS},
    ),
    "the text of a guide changed": (
        run_in_truth("UPDATE texts SET text = 'X' || text WHERE guide = 2"),
        {Kind.GUIDE},
    ),
    "the text of a guide lost": (run_in_truth("DELETE FROM texts WHERE guide = 2"), {Kind.GUIDE}),
    "a block lost": (run_in_truth("DELETE FROM blocks WHERE guide = 2 AND place = 3"), {Kind.GUIDE}),
    "a block unreadable": (run_in_truth("UPDATE blocks SET headings = '[' WHERE guide = 2"), {Kind.GUIDE}),
    "a byte of the keyword index": (flip_a_byte("keywords/*.term"), {Kind.FILE}),
    "a byte of the vector index": (flip_a_byte("vectors/base.faiss"), {Kind.FILE}),
    "a byte of the manifest": (flip_a_byte("manifest.json"), {Kind.GENERATION}),
    "a file lost": (lambda each: next(home(each).glob("keywords/*.fast")).unlink(), {Kind.GENERATION}),
    "a generation lost": (lambda each: shutil.rmtree(home(each)), {Kind.GENERATION}),
    "an old generation in force": (point_back, {Kind.GENERATION}),
}


def test_a_whole_collection_has_no_faults(collection: Collection, source: Path):
    assert collection.check() == ()
    (source / "salt.md").write_text("# Salt\n\nOther text.\n", encoding="utf-8")
    collection.update([source])
    collection.remove("ports")
    assert (home(collection) / "vectors" / "removed.ids").stat().st_size
    assert collection.check() == ()


@pytest.mark.parametrize("name", DAMAGES)
def test_every_damage_is_found_and_mended(collection: Collection, name: str):
    damage, kinds = DAMAGES[name]
    damage(collection)
    found = collection.check()
    assert kinds & {finding.kind for finding in found} == kinds
    assert all("hansa guides doctor --repair" in finding.message for finding in found)
    assert all(finding.message.endswith(".") for finding in found)
    assert collection.repair() == ()
    with collection.open() as index:
        assert (len(index), len(index.guides())) == (12, 3)
        for topic in ("boats", "ports", "salt"):
            hit = index.search(f"This tells of {topic}, part 2.")[0]
            assert hit.passage.heading == f"{topic} 2"
            assert hit.scores.dense is not None


def test_a_guide_that_cannot_be_mended_is_named(collection: Collection, source: Path):
    truth(collection, "DELETE FROM texts WHERE guide = 2")
    (source / "ports.md").unlink()
    (left,) = collection.repair()
    assert left.kind is Kind.GUIDE
    assert left.message.endswith("remove it with `hansa guides remove ports` and add its file again.")
    collection.remove("ports")
    assert collection.check() == ()


def test_a_database_that_is_damaged_is_told(collection: Collection):
    path = collection.folder / "truth.sqlite"
    truth(collection, "PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[8192:12288] = b"\xff" * 4096
    path.write_bytes(bytes(data))
    (found,) = collection.check()
    assert found.kind is Kind.TRUTH
    assert "add your guides again" in found.message
    assert collection.repair() == (found,)


def test_vectors_are_mended_only_as_far_as_there_is_a_model(collection: Collection):
    truth(collection, "DELETE FROM vectors")
    without = Collection(collection.folder)
    assert without.repair() == ()
    assert Collection(collection.folder, SCRIPTED()).embed() == 12
    assert collection.check() == ()


def test_the_command_tells_and_mends(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("HANSA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("index.embed.find_embedder", lambda _: (SCRIPTED(), ""))
    assert main(["guides", "doctor"]) == 0
    assert "0 guides, 0 passages, 0 vectors" in capsys.readouterr().out
    from tui.paths import Paths  # noqa: PLC0415 - after the home is set

    collection = Collection(Paths.find().collection, SCRIPTED())
    collection.update([source])
    assert main(["guides", "doctor"]) == 0
    assert "3 guides, 12 passages, 12 vectors: truth, keywords and vectors agree." in capsys.readouterr().out
    lose_a_document(collection)
    assert main(["guides", "doctor"]) == 1
    assert "lacks 1 passage; run `hansa guides doctor --repair`." in capsys.readouterr().out
    assert main(["guides", "doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {each["kind"] for each in told["left"]} == {"generation", "keywords", "file"}
    assert main(["guides", "doctor", "--repair", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["left"], told["found"] > 0) == ([], True)
    assert main(["guides", "doctor", "--repair"]) == 0


@pytest.mark.parametrize("seed", range(12))
def test_other_bytes_in_the_keyword_index_end_in_a_sentence(collection: Collection, seed: int):
    """Tantivy raises over some of them and panics over others."""
    dice = random.Random(seed)  # noqa: S311
    path = dice.choice(
        sorted(path for path in (home(collection) / "keywords").iterdir() if path.stat().st_size)
    )
    data = bytearray(path.read_bytes())
    for _ in range(8):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    path.write_bytes(data)
    try:
        with collection.open() as index:
            index.search("text of a guide")
    except IndexUnusableError as error:
        assert "run `hansa guides doctor`" in str(error)  # noqa: PT017 - it may be found all the same
    assert Kind.FILE in {finding.kind for finding in collection.check()}
