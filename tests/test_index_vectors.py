"""Vectors are centred by language, searched fast and scored exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

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


def test_every_vector_is_scored_and_nearly_exactly(tmp_path: Path):
    given = rows(300)
    build_vectors(tmp_path / "v", given)
    index = VectorIndex(tmp_path / "v")
    ids, scores = index.scores(question())
    exact_ids, exact = exact_scores(question(), given)
    assert len(index) == len(ids) == 300
    assert dict(zip(ids.tolist(), scores.tolist(), strict=True)) == pytest.approx(
        dict(zip(exact_ids.tolist(), exact.tolist(), strict=True)), abs=0.01
    )
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)


def test_only_what_is_allowed_is_scored(tmp_path: Path):
    build_vectors(tmp_path / "v", rows(50))
    index = VectorIndex(tmp_path / "v")
    ids, _ = index.scores(question(), np.array([1, 4, 1000], np.int64))
    assert sorted(ids.tolist()) == [1, 4]
    assert index.scores(question(), np.array([], np.int64))[0].size == 0


def test_one_vector_is_enough_for_an_index(tmp_path: Path):
    build_vectors(tmp_path / "v", rows(1))
    ids, scores = VectorIndex(tmp_path / "v").scores(question())
    assert ids.tolist() == [1]
    assert scores == pytest.approx(exact_scores(question(), rows(1))[1], abs=1e-3)
