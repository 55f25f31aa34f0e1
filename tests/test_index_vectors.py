"""Vectors are centred by language, searched fast and scored exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import faiss
import numpy as np
import pytest

from index.generation import BASE, RECENT, write_removed
from index.language import LANGUAGES
from index.vectors import VectorIndex, build_vectors, centred, exact_scores, to_blob

if TYPE_CHECKING:
    from pathlib import Path


def rows(count: int, dimensions: int = 384, language: str = "en") -> list[tuple[int, str, bytes]]:
    vectors = np.random.default_rng(count).standard_normal((count, dimensions)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return [(3 * number + 1, language, to_blob(vector)) for number, vector in enumerate(vectors)]


def question(dimensions: int = 384) -> np.ndarray:
    vector = np.random.default_rng(99).standard_normal(dimensions).astype(np.float32)
    return vector / np.linalg.norm(vector)


def test_the_mean_of_a_language_is_taken_out():
    vector = np.full(384, 0.05, np.float32)
    _, matrix = centred([(1, language, to_blob(vector)) for language in LANGUAGES])
    assert len({row.tobytes() for row in matrix}) == len(LANGUAGES)
    assert all(0.01 < np.linalg.norm(row - vector) < 1 for row in matrix)


def test_an_unknown_language_and_another_model_are_left_as_they_are():
    blob = to_blob(np.ones(384, np.float32))
    assert centred([(1, "ja", blob)])[1] == pytest.approx(np.ones((1, 384)))
    assert centred([(1, "en", to_blob(np.ones(8, np.float32)))])[1] == pytest.approx(np.ones((1, 8)))


def build(folder: Path, given: list[tuple[int, str, bytes]], name: str = BASE) -> VectorIndex:
    by_id = {row[0]: row for row in given}
    folder.mkdir(exist_ok=True)
    build_vectors(folder / name, sorted(by_id), lambda ids: [by_id[number] for number in ids])
    return VectorIndex(folder)


def as_dict(found: tuple[np.ndarray, np.ndarray]) -> dict[int, float]:
    return dict(zip(found[0].tolist(), found[1].tolist(), strict=True))


def test_every_vector_is_scored_and_nearly_exactly(tmp_path: Path):
    given = rows(1300)
    index = build(tmp_path / "v", given)
    scores = as_dict(index.scores(question()))
    assert len(index) == len(scores) == 1300
    assert scores == pytest.approx(as_dict(exact_scores(question(), given)), abs=0.01)


def test_scores_are_those_that_faiss_gives(tmp_path: Path):
    index = build(tmp_path / "v", rows(700))
    scores, ids = faiss.read_index(str(tmp_path / "v" / BASE)).search(question()[None, :], 700)
    assert as_dict(index.scores(question())) == pytest.approx(as_dict((ids[0], scores[0])), abs=1e-5)


def test_only_what_is_allowed_is_scored(tmp_path: Path):
    index = build(tmp_path / "v", rows(50))
    ids, _ = index.scores(question(), np.array([1, 4, 1000], np.int64))
    assert sorted(ids.tolist()) == [1, 4]
    assert index.scores(question(), np.array([], np.int64))[0].size == 0


def test_one_vector_is_enough_for_an_index(tmp_path: Path):
    ids, scores = build(tmp_path / "v", rows(1)).scores(question())
    assert ids.tolist() == [1]
    assert scores == pytest.approx(exact_scores(question(), rows(1))[1], abs=1e-3)


def test_what_came_later_is_found_and_what_was_removed_is_not(tmp_path: Path):
    given = rows(60)
    build(tmp_path / "v", given[:50])
    write_removed(tmp_path / "v", [1, 4, 4])
    index = build(tmp_path / "v", given[50:], RECENT)
    assert len(index) == 58
    assert sorted(as_dict(index.scores(question()))) == index.ids().tolist() == [7 + 3 * n for n in range(58)]
    ids, kept = index.vectors()
    assert sorted(ids.tolist()) == index.ids().tolist()
    assert kept.shape == (58, 384)


def test_no_vectors_have_no_scores(tmp_path: Path):
    index = VectorIndex(tmp_path)
    assert len(index) == 0
    assert index.scores(question())[0].size == index.vectors()[0].size == 0


def test_very_many_are_searched_in_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("index.vectors.LISTS_ABOVE", 3000)
    given = rows(4000)
    index = build(tmp_path / "v", given)
    part = index._parts[0]
    assert isinstance(part._index, faiss.IndexIVF)
    assert part._index.nlist == 126
    assert index.ids().tolist() == [row[0] for row in given]
    scores, exact = as_dict(index.scores(question())), as_dict(exact_scores(question(), given))
    assert scores == pytest.approx({number: exact[number] for number in scores}, abs=0.01)
    best = sorted(exact, key=lambda number: -exact[number])[:20]
    assert len(set(best) & set(scores)) >= 10
    ids, kept = index.vectors()
    decoded = dict(zip(ids.tolist(), kept, strict=True))
    _, matrix = centred(given[:100])
    assert np.stack([decoded[row[0]] for row in given[:100]]) == pytest.approx(matrix, abs=0.01)
    assert set(as_dict(index.scores(question(), np.array(best, np.int64)))) <= set(best)
