"""A collection is updated in place, publishes whole generations and mends what is derived."""

from __future__ import annotations

import json
import runpy
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index import Collection, Progress, index_of, language, shipped_guides, terms
from index.background import PIECE
from index.database import write_lock
from index.errors import (
    GuideIndexError,
    IndexBusyError,
    IndexUnusableError,
    NewerFormatError,
    UnknownGuideError,
    UnreadableGuideError,
)
from index.generation import current_generation, generation_folder
from index.read import read_guide

if TYPE_CHECKING:
    from collections.abc import Callable

FIXTURES = Path(__file__).parent / "fixtures" / "index"
SCRIPTED = runpy.run_path(str(FIXTURES / "scripted.py"))["ScriptedEmbedder"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    for name in ("one", "two", "three"):
        write(
            folder,
            f"{name}.md",
            f"# Guide {name}\n\n## Part\n\nThis is about {name}.\n\n## End\n\nThat was it.\n",
        )
    return folder


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    return Collection(tmp_path / "index", SCRIPTED())


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def slugs(collection: Collection) -> list[str]:
    return [head.slug for head in collection.guides()]


def test_an_update_tells_what_it_did(collection: Collection, source: Path):
    report = collection.update([source])
    assert (report.guides, report.passages, report.embedded, report.unchanged) == (3, 6, 6, 0)
    assert report.problems == ()


def test_an_update_leaves_nothing_in_the_memory_that_it_alone_needed(collection: Collection, source: Path):
    assert language._model()
    assert terms.terms("kept while guides are read").words
    collection.update([source])
    assert language._model.cache_info().currsize == 0
    assert not terms._MEMORY


def test_an_unchanged_run_embeds_nothing_and_publishes_nothing(collection: Collection, source: Path):
    collection.update([source])
    before = current_generation(collection.folder)
    report = collection.update([source])
    assert (report.unchanged, report.embedded, report.passages) == (3, 0, 6)
    assert current_generation(collection.folder) == before
    assert collection.embedder.embedded == 6


def test_only_what_changed_is_embedded(collection: Collection, source: Path):
    collection.update([source])
    write(source, "two.md", "# Guide two\n\n## Part\n\nThis is about two.\n\n## End\n\nThat was new.\n")
    report = collection.update([source])
    assert (report.embedded, report.unchanged, report.guides) == (1, 2, 3)


def test_a_guide_that_comes_back_needs_no_embedding_while_its_text_is_known(
    collection: Collection, source: Path
):
    collection.update([source])
    (source / "one.md").rename(source / "renamed.md")
    report = collection.update([source], replace=True)
    assert (report.embedded, slugs(collection)) == (0, ["renamed", "three", "two"])


def test_without_replace_nothing_is_taken_out(collection: Collection, source: Path):
    collection.update([source])
    (source / "one.md").unlink()
    assert collection.update([source]).guides == 3
    assert collection.update([source], replace=True).guides == 2


def test_replace_leaves_guides_of_another_origin(collection: Collection, source: Path, tmp_path: Path):
    collection.update([source])
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    write(shipped, "four.md", "Text.")
    assert collection.update([shipped], origin="shipped", replace=True).guides == 4
    assert {head.slug: head.origin for head in collection.guides()}["four"] == "shipped"


def test_a_guide_is_removed(collection: Collection, source: Path):
    collection.update([source])
    collection.remove("two")
    assert slugs(collection) == ["one", "three"]
    with pytest.raises(UnknownGuideError, match="no guide called two"):
        collection.remove("two")


def test_each_bad_file_is_a_problem_and_stops_nothing(collection: Collection, source: Path):
    (source / "binary.txt").write_bytes(b"\x00\x01")
    (source / "latin.txt").write_bytes("Værdi".encode("cp1252"))
    write(source, "empty.md", "")
    write(source, "front.md", "---\nslug: 'a b'\n---\ntext")
    report = collection.update([source, source / "missing.md", write(source, "a.pdf", "x")])
    names = [Path(problem.path).name for problem in report.problems]
    assert sorted(names) == ["a.pdf", "binary.txt", "empty.md", "front.md", "latin.txt", "missing.md"]
    assert all(problem.message.endswith(".") for problem in report.problems)
    assert report.guides == 3


def test_a_guide_whose_file_turns_bad_stays_as_it_was(collection: Collection, source: Path):
    collection.update([source])
    (source / "one.md").write_bytes(b"\x00")
    report = collection.update([source], replace=True)
    assert len(report.problems) == 1
    assert collection.guide("one").title == "Guide one"


def test_two_files_with_one_slug_are_told(collection: Collection, source: Path, tmp_path: Path):
    collection.update([source])
    other = tmp_path / "other"
    other.mkdir()
    write(other, "one.txt", "Another text.")
    report = collection.update([other])
    assert "has the slug one that" in report.problems[0].message
    write(source, "twin.md", "---\nslug: two\n---\ntext")
    assert "has the slug two that" in collection.update([source]).problems[0].message
    assert len(slugs(collection)) == 3


def test_a_file_named_like_a_guide_of_another_origin_is_numbered(
    collection: Collection, source: Path, tmp_path: Path
):
    collection.update([source], origin="shipped", replace=True)
    own = tmp_path / "own"
    own.mkdir()
    write(own, "one.txt", "My own text.")
    assert collection.update([own]).problems == ()
    assert slugs(collection) == ["one", "one-2", "three", "two"]
    write(own, "one.txt", "My own new text.")
    assert collection.update([own]).problems == ()
    assert collection.guide("one-2").text == "My own new text."


def test_a_moved_file_keeps_its_slug(collection: Collection, source: Path, tmp_path: Path):
    collection.update([source])
    source.rename(tmp_path / "moved")
    report = collection.update([tmp_path / "moved"])
    assert (report.problems, report.embedded, report.guides) == ((), 0, 3)
    assert Path(collection.guide("one").path).parent.name == "moved"


def test_progress_is_told_in_order(collection: Collection, source: Path):
    told: list[Progress] = []
    collection.update([source], progress=told.append)
    assert [step.words for step in told][:: len(told) - 1] == ["reading guides", "building the index"]
    assert "embedding passages" in {step.words for step in told}
    assert all(0 <= step.done <= step.total for step in told)


def test_progress_names_the_file_that_is_read_and_the_guide_that_is_embedded(
    collection: Collection, source: Path
):
    told: list[Progress] = []
    collection.update([source], progress=told.append)
    read = [Path(step.of).name for step in told if step.words == "reading guides" and step.of]
    assert read == sorted(path.name for path in source.iterdir())
    titles = {step.of for step in told if step.words == "embedding passages" and step.of}
    assert titles <= {head.title for head in collection.guides()}
    assert titles


def test_vectors_computed_before_a_stop_within_a_batch_are_kept(tmp_path: Path, source: Path):
    write(source, "long.md", "\n\n".join(f"## Part {number}\n\nText {number}." for number in range(20)))

    def stop(step: Progress) -> None:
        if step.words == "embedding passages" and step.done == 2 * PIECE:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Collection(tmp_path / "index", SCRIPTED()).update([source], progress=stop)
    again = SCRIPTED()
    report = Collection(tmp_path / "index", again).update([source])
    assert again.embedded == report.passages - 2 * PIECE


def test_a_stopped_update_keeps_its_text_and_its_vectors(tmp_path: Path, source: Path):
    write(source, "long.md", "\n\n".join(f"## Part {number}\n\nText {number}." for number in range(60)))
    failing = SCRIPTED(fails_after=40)
    Collection(tmp_path / "index", SCRIPTED()).update([source / "one.md"])
    with pytest.raises(RuntimeError, match="the model stopped"):
        Collection(tmp_path / "index", failing).update([source])
    assert slugs(Collection(tmp_path / "index")) == ["long", "one", "three", "two"]
    with Collection(tmp_path / "index", SCRIPTED()).open() as index:
        assert index.search("Text 59")[0].passage.heading == "Part 59"
    whole = SCRIPTED()
    report = Collection(tmp_path / "index", whole).update([source])
    assert report.guides == 4
    assert report.embedded == whole.embedded == report.passages - 2 - failing.embedded


def test_a_large_addition_can_be_searched_before_it_is_embedded(collection: Collection, source: Path):
    write(source, "long.md", "\n\n".join(f"## Part {number}\n\nText {number}." for number in range(300)))
    seen: list[int] = []

    def look(step: Progress) -> None:
        if step.words == "embedding passages" and not seen:
            with Collection(collection.folder).open() as index:
                seen.append(len(index.search("Part 299", k=1)))

    collection.update([source], progress=look)
    assert seen == [1]


def test_a_model_that_comes_later_embeds_what_is_there(tmp_path: Path, source: Path):
    assert Collection(tmp_path / "index").update([source]).embedded == 0
    report = Collection(tmp_path / "index", SCRIPTED()).update([source])
    assert (report.embedded, report.unchanged) == (6, 3)
    with Collection(tmp_path / "index", SCRIPTED()).open() as index:
        assert not index.keywords_only


def test_another_model_embeds_everything_anew(tmp_path: Path, source: Path):
    Collection(tmp_path / "index", SCRIPTED("first")).update([source])
    assert Collection(tmp_path / "index", SCRIPTED("second")).update([source]).embedded == 6
    assert Collection(tmp_path / "index", SCRIPTED("first")).update([source]).embedded == 0


def test_an_update_without_a_model_keeps_the_vectors_there_are(tmp_path: Path, source: Path):
    Collection(tmp_path / "index", SCRIPTED()).update([source])
    write(source, "four.md", "New text.")
    Collection(tmp_path / "index").update([source])
    with Collection(tmp_path / "index", SCRIPTED()).open() as index:
        hits = index.search("This is about one", k=10)
        assert {hit.scores.dense is None for hit in hits} == {True, False}
    assert Collection(tmp_path / "index", SCRIPTED()).update([source]).embedded == 1


def truncate(name: str):
    def damage(home: Path) -> None:
        path = next(home.glob(name))
        path.write_bytes(path.read_bytes()[:-1])

    return damage


def rewritten(before: str, after: str):
    def damage(home: Path) -> None:
        path = home / "manifest.json"
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        shutil.rmtree,
        truncate("vectors/base.faiss"),
        truncate("keywords/*.term"),
        truncate("manifest.json"),
        lambda home: (home / "readers.sqlite").unlink(),
        lambda home: (home / "vectors/base.faiss").unlink(),
        lambda home: (home.parent.parent / "current").unlink(),
        lambda home: (home.parent.parent / "current").write_text("nonsense"),
        lambda home: (home.parent.parent / "current").write_text("99"),
        lambda home: (home.parent.parent / "current").write_text("9" * 30),
        lambda home: (home.parent.parent / "current").write_text("-1"),
        rewritten('"files": {', '"files": {"x": 3, '),
        rewritten('"files": {', '"files": {"x": [1, 2, 3], '),
        rewritten('"files": {', '"fires": {'),
    ],
)
def test_what_is_derived_is_built_again_when_it_is_damaged(
    collection: Collection, source: Path, damage: Callable[[Path], None]
):
    collection.update([source])
    damage(generation_folder(collection.folder, current_generation(collection.folder)))
    with collection.open() as index:
        assert index.search("This is about two")[0].passage.guide == "two"
        assert len(index.guides()) == 3
    assert collection.check() == ()
    assert collection.embedder.embedded == 6


def test_a_silent_change_of_a_derived_file_is_found_and_mended(collection: Collection, source: Path):
    collection.update([source])
    path = generation_folder(collection.folder, current_generation(collection.folder)) / "vectors/base.faiss"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    messages = [finding.message for finding in collection.check()]
    assert f"{path} has other bytes than were written; run `hansa guides doctor --repair`." in messages
    assert collection.repair() == ()


def test_an_index_that_cannot_be_opened_is_told(collection: Collection, source: Path):
    collection.update([source])
    path = generation_folder(collection.folder, current_generation(collection.folder)) / "vectors/base.faiss"
    path.write_bytes(b"x" * path.stat().st_size)
    with collection.open() as index, pytest.raises(IndexUnusableError, match="run `hansa guides doctor`"):
        index.search("This is about two")
    collection.repair()
    with collection.open() as index:
        assert index.search("This is about two")[0].passage.guide == "two"


def test_old_generations_are_removed_when_nobody_reads_them(collection: Collection, source: Path):
    collection.update([source])
    with collection.open() as index:
        old = generation_folder(collection.folder, index.generation)
        write(source, "one.md", "Other text.")
        collection.update([source])
        assert old.exists()
    write(source, "one.md", "Yet other text.")
    collection.update([source])
    generations = [path.name for path in (collection.folder / "generations").iterdir()]
    assert generations == [str(current_generation(collection.folder))]
    with sqlite3.connect(collection.folder / "truth.sqlite") as truth:
        assert truth.execute("SELECT count(*) FROM guides").fetchone() == (3,)
    truth.close()


def test_a_folder_that_is_a_file_is_told_in_one_sentence(tmp_path: Path, source: Path):
    write(tmp_path, "file", "in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(IndexUnusableError, match=r"cannot be used .*; check its permissions") as caught:
            Collection(folder).update([source])
        assert "\n" not in str(caught.value)
        with pytest.raises(IndexUnusableError, match="check its permissions"):
            Collection(folder).open()


def test_a_full_disk_is_told_and_leaves_the_last_generation(
    collection: Collection, source: Path, monkeypatch: pytest.MonkeyPatch
):
    collection.update([source])
    write(source, "one.md", "Other text.")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.draft.sync", full)
    with pytest.raises(IndexUnusableError, match=r"The disk with .* is full; free some space and try again"):
        collection.update([source])
    assert collection.guide("one").title == "Guide one"
    monkeypatch.undo()
    collection.update([source])
    assert collection.guide("one").text == "Other text."


def test_a_newer_format_is_refused(collection: Collection, source: Path):
    collection.update([source])
    truth = sqlite3.connect(collection.folder / "truth.sqlite")
    truth.execute("PRAGMA user_version = 99")
    truth.close()
    with pytest.raises(NewerFormatError, match="from a newer Hansa; install that"):
        collection.update([source])


def test_a_file_that_is_no_database_is_told(collection: Collection, source: Path):
    collection.folder.mkdir()
    write(collection.folder, "truth.sqlite", "this is no database, but some text of a certain length" * 40)
    with pytest.raises(GuideIndexError, match=r"is damaged .*; remove the folder"):
        collection.update([source])


def test_a_second_writer_is_told_after_waiting(
    collection: Collection, source: Path, monkeypatch: pytest.MonkeyPatch
):
    collection.update([source])
    monkeypatch.setattr("index.collection.write_lock", lambda path, _: write_lock(path, 0))
    with write_lock(collection.folder / "write.lock"):
        assert collection.update([source]).unchanged == 3
        write(source, "four.md", "New text.")
        with pytest.raises(IndexBusyError, match="try again when it is done"):
            collection.update([source])
    (source / "four.md").unlink()
    assert collection.update([source]).unchanged == 3


def test_readers_do_not_wait_for_a_writer(collection: Collection, source: Path):
    collection.update([source])
    with write_lock(collection.folder / "write.lock"), collection.open() as index:
        assert index.search("This is about two")[0].passage.guide == "two"


def test_blocks_and_metadata_come_back_as_they_were_read(collection: Collection, source: Path):
    path = write(
        source,
        "rich.da.md",
        "---\ntitle: Rig\ntopics: [a, b]\nsources: [S1]\nlicence: CC-BY-4.0\nchecked_on: 2026-01-02\n---\n"
        "Partnere:\n\n1. Aalborg\n2. Burgos\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    )
    collection.update([source])
    assert collection.guide("rich.da") == read_guide(path)


def test_a_manifest_is_readable_by_a_person(collection: Collection, source: Path):
    collection.update([source])
    home = generation_folder(collection.folder, current_generation(collection.folder))
    manifest = json.loads((home / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["passages"], manifest["vectors"], manifest["fingerprint"]) == (6, 6, "scripted")


def test_an_index_of_files_is_made_once(tmp_path: Path, source: Path):
    embedder = SCRIPTED()
    for _ in range(2):
        with index_of([source], tmp_path / "cache", embedder) as index:
            assert len(index.guides()) == 3
    assert embedder.embedded == 6
    shutil.copytree(source, tmp_path / "copy")
    with index_of([tmp_path / "copy"], tmp_path / "cache", embedder) as index:
        assert Path(index.guides()[0].path).parent.name == "copy"
    assert embedder.embedded == 6
    write(source, "one.md", "Other text.")
    with index_of([source], tmp_path / "cache", embedder) as index:
        assert index.guide("one").text == "Other text."
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_an_index_of_files_tells_what_it_left_out(tmp_path: Path, source: Path):
    with index_of([source, tmp_path / "none.md"], tmp_path / "cache") as index:
        assert [Path(problem.path).name for problem in index.problems] == ["none.md"]
    with pytest.raises(UnreadableGuideError, match="is not there"):
        index_of([tmp_path / "none.md"], tmp_path / "cache")
    (tmp_path / "bare").mkdir()
    with pytest.raises(UnreadableGuideError, match="no Markdown, text, HTML, PDF or DOCX file in"):
        index_of([tmp_path / "bare"], tmp_path / "cache")


def test_cached_indexes_do_not_pile_up(tmp_path: Path):
    for number in range(15):
        index_of([write(tmp_path, "a.md", f"Text {number}.")], tmp_path / "cache").close()
    assert len(list((tmp_path / "cache").iterdir())) == 12


def test_the_shipped_guides_are_there():
    assert shipped_guides().name == "guides"
    assert shipped_guides().is_dir()
