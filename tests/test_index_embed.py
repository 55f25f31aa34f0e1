"""The embedding model gives the vectors it was measured with, and says why when it cannot."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from index import find_embedder
from index.embed import E5Embedder
from index.errors import ModelUnusableError
from index.layers import FIRST, LAYER, WHOLE_LAYER
from index.tokens import Tokenizer
from index.weights import FILE_NAME, find_weights, hansa_home, load_weights, verify_weights

GOLDEN = json.loads(
    (Path(__file__).parent / "fixtures" / "index" / "golden-vectors.json").read_text(encoding="utf-8")
)
GRAPH_SCRIPT = Path(__file__).parent.parent / ".ci" / "weightless_graph.py"


@pytest.fixture(scope="session")
def weights_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    try:
        return find_weights(tmp_path_factory.mktemp("home"))
    except ModelUnusableError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def embedder(weights_file: Path) -> E5Embedder:
    return E5Embedder(weights_file)


@pytest.fixture(scope="session")
def tokenizer(weights_file: Path) -> Tokenizer:
    return Tokenizer(load_weights(weights_file).vocabulary)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine without the package that carries the weights."""
    monkeypatch.delenv("HANSA_EMBEDDER_FILE", raising=False)
    monkeypatch.setattr("index.weights.find_spec", lambda _: None)
    return monkeypatch


@pytest.mark.parametrize("known", GOLDEN, ids=lambda known: known["text"][:20])
def test_vectors_are_those_of_the_reference(embedder: E5Embedder, known: dict[str, object]):
    text = str(known["text"])
    vector = embedder.question(text) if known["kind"] == "question" else embedder.passages([text])[0]
    assert vector.shape == (embedder.dimensions,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-5)
    assert float(vector @ np.array(known["vector"], np.float32)) >= 0.9999


@pytest.mark.parametrize("known", GOLDEN, ids=lambda known: known["text"][:20])
def test_pieces_are_those_of_the_reference(tokenizer: Tokenizer, known: dict[str, object]):
    prefix = "query: " if known["kind"] == "question" else "passage: "
    assert tokenizer.encode(f"{prefix}{known['text']}", 512) == known["pieces"]


def test_marks_of_the_model_in_a_text_are_plain_letters(tokenizer: Tokenizer):
    start, *pieces, end = tokenizer.encode("</s> <pad> <s>", 512)
    assert not {start, end} & set(pieces)
    assert 1 not in pieces


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "\U0010ffff" * 3, "a" * 3000])
def test_any_text_has_a_vector(embedder: E5Embedder, tokenizer: Tokenizer, text: str):
    assert len(tokenizer.encode(f"query: {text}", 512)) <= 512
    assert np.isfinite(embedder.question(text)).all()


def test_what_is_let_go_of_is_read_again(weights_file: Path):
    weights = load_weights(weights_file)
    sums = {name: int(tensor.view("u1").sum()) for name, tensor in weights.tensors.items()}
    weights.let_go()
    assert sums == {name: int(tensor.view("u1").sum()) for name, tensor in weights.tensors.items()}


def test_passages_come_in_their_order(embedder: E5Embedder):
    texts = ["a short one", "a much longer one about partners in four regions " * 6, "budget"]
    together = embedder.passages(texts)
    alone = [embedder.passages([text])[0] for text in texts]
    assert together == pytest.approx(np.stack(alone), abs=1e-6)
    assert embedder.passages([]).shape == (0, embedder.dimensions)


def test_meaning_is_found_across_languages(embedder: E5Embedder):
    passages = embedder.passages(
        ["The project lasted 54 months.", "Kattegat is a sea.", "Bread is made of flour."]
    )
    assert int(np.argmax(passages @ embedder.question("Hvor længe varede projektet?"))) == 0


def test_words_of_a_text_have_vectors_too(embedder: E5Embedder):
    reading = embedder.read("Kraków, 54 months!")
    assert reading.words == ("Kraków,", "54", "months!")
    assert reading.states.shape == (3, embedder.dimensions)
    assert reading.vector == pytest.approx(embedder.question("Kraków, 54 months!"), abs=1e-5)


def test_the_embedder_is_found_without_being_loaded(weights_file: Path, tmp_path: Path):
    del weights_file
    found, reason = find_embedder(tmp_path)
    assert isinstance(found, E5Embedder)
    assert (found._model, reason) == (None, "")


def test_a_machine_without_the_model_says_so(bare: pytest.MonkeyPatch, tmp_path: Path):
    del bare
    assert find_embedder(tmp_path) == (
        None,
        "The embedding model is not installed; run `hansa doctor` to fetch it.",
    )


def test_the_file_may_lie_in_the_home(bare: pytest.MonkeyPatch, weights_file: Path, tmp_path: Path):
    del bare
    (tmp_path / "models").mkdir()
    shutil.copyfile(weights_file, tmp_path / "models" / FILE_NAME)
    assert find_weights(tmp_path) == tmp_path / "models" / FILE_NAME
    assert find_embedder(tmp_path)[0] is not None


def test_the_file_may_be_named(bare: pytest.MonkeyPatch, tmp_path: Path):
    bare.setenv("HANSA_EMBEDDER_FILE", str(tmp_path / "none.bin"))
    assert "which is not there; correct or unset it." in find_embedder(tmp_path)[1]
    (tmp_path / "other.bin").write_bytes(b"E5S1 but another")
    bare.setenv("HANSA_EMBEDDER_FILE", str(tmp_path / "other.bin"))
    assert "is damaged or another one; run `hansa doctor`" in find_embedder(tmp_path)[1]


def test_a_verified_file_is_not_hashed_again_until_it_changes(
    weights_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    copy, stamp = tmp_path / FILE_NAME, tmp_path / "models" / "verified.json"
    shutil.copyfile(weights_file, copy)
    verify_weights(copy, stamp)
    with monkeypatch.context() as patched:
        patched.setattr("index.weights.hashlib.file_digest", None)
        verify_weights(copy, stamp)
    with copy.open("r+b") as stream:
        stream.seek(5_000_000)
        stream.write(b"x")
    with pytest.raises(ModelUnusableError, match="is damaged or another one"):
        verify_weights(copy, stamp)


def test_a_stamp_that_cannot_be_kept_does_no_harm(weights_file: Path, tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    verify_weights(weights_file, blocked / "verified.json")
    assert blocked.read_text() == "in the way"
    damaged = tmp_path / FILE_NAME
    damaged.write_bytes(b"x")
    with pytest.raises(ModelUnusableError, match="is damaged or another one"):
        verify_weights(damaged, blocked / "verified.json")


@pytest.mark.parametrize("content", [b"", b"E5S1", b"E5S1" + b"\xff" * 200, b"none" * 100])
def test_a_file_of_another_layout_is_told(tmp_path: Path, content: bytes):
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    with pytest.raises(ModelUnusableError, match="cannot be read; run `hansa doctor`"):
        load_weights(path)


def test_the_home_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("HANSA_HOME", str(tmp_path))
    assert hansa_home() == tmp_path
    monkeypatch.delenv("HANSA_HOME")
    assert hansa_home().name == "hansa"


def test_the_shipped_graphs_are_those_their_script_makes(weights_file: Path):
    if importlib.util.find_spec("onnx") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("onnx is missing")
        pytest.skip("onnx, which makes the graph, is not installed")
    spec = importlib.util.spec_from_file_location("weightless_graph", GRAPH_SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    weights = load_weights(weights_file)
    for name in (FIRST, LAYER, WHOLE_LAYER):
        graph = (files("index") / "weights" / name).read_bytes()
        assert script.build(weights, name) == graph
        assert len(graph) < 5_000


def test_parts_of_a_passage_are_read_in_their_context(embedder: E5Embedder):
    title, first, second = embedder.read_parts(["Ferry Net:", "It ran for 20 months.", "Spain took part."])
    assert first.words == ("It", "ran", "for", "20", "months.")
    assert first.states.shape == (5, embedder.dimensions)
    assert title.words == ("Ferry", "Net:")
    assert second.words[0] == "Spain"
    for reading in (title, first, second):
        assert np.linalg.norm(reading.states, axis=1) == pytest.approx(1, abs=1e-3)
        assert float(np.linalg.norm(reading.vector)) == pytest.approx(1, abs=1e-3)
    alone = embedder.read_parts(["It ran for 20 months."])[0]
    assert float(alone.states[1] @ first.states[1]) < 0.999


def test_reading_in_whole_numbers_stays_near_the_exact_vector(embedder: E5Embedder):
    text = "The partners met twice a year in Lindhavn."
    assert float(embedder.read_parts([text])[0].vector @ embedder.passages([text])[0]) > 0.97


def test_what_is_beyond_the_longest_text_has_no_words(embedder: E5Embedder):
    *_, last = embedder.read_parts(["word " * 600, "after the end"])
    assert last.words == ()
    assert not last.vector.any()


def test_a_question_is_read_word_by_word(embedder: E5Embedder):
    reading = embedder.read("When did it start?")
    assert reading.words == ("When", "did", "it", "start?")
    assert float(reading.vector @ embedder.question("When did it start?")) == pytest.approx(1, abs=1e-4)
