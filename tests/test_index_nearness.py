"""How near passages are to a question, by languages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.centroids import LEANING, language_centroids, less_leaning
from index.embed import Reading  # noqa: TC001
from index.nearness import Nearness
from index.store import PassageRow
from index.table import PassageTable
from index.vectors import centred

LANGUAGES = ["en", "de", "en", "da", "de"]
VECTORS = np.random.default_rng(3).normal(size=(5, 384)).astype("<f2")
ROWS = [(number + 1, language, VECTORS[number].tobytes()) for number, language in enumerate(LANGUAGES)]


class Fixed:
    """Always asks the same."""

    fingerprint = "fixed"
    dimensions = 384

    def __init__(self, vector: np.ndarray) -> None:
        self._vector = vector

    def question(self, text: str) -> np.ndarray:
        del text
        return self._vector

    def passages(self, texts: list[str]) -> np.ndarray:
        raise NotImplementedError

    def read(self, text: str, *, question: bool = False) -> Reading:
        raise NotImplementedError


class Truth:
    """The vectors, as the store gives them."""

    def vectors_by_id(self, fingerprint: str, ids: list[int]) -> list[tuple[int, str, bytes]]:
        del fingerprint
        return [row for row in ROWS if row[0] in ids]


class Coarse:
    """An index that is a little wrong, and does not know the last passage."""

    def scores(
        self, question: np.ndarray, allowed: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        ids, matrix = centred(ROWS[:-1])
        wanted = np.ones(len(ids), bool) if allowed is None else np.isin(ids, allowed)
        return ids[wanted], (matrix @ question)[wanted] + np.float32(0.01)


QUESTION = np.random.default_rng(4).normal(size=384).astype(np.float32)


def nearness(question: np.ndarray = QUESTION) -> Nearness:
    table = PassageTable([PassageRow(number, language, "guide") for number, language, _ in ROWS])
    return Nearness(Coarse(), Truth(), Fixed(question), table)  # type: ignore[arg-type]


def test_passages_in_other_languages_are_compared_with_a_question_that_leans_less():
    _, matrix = centred(ROWS[:-1])
    own, other = matrix @ QUESTION, matrix @ less_leaning(QUESTION, "de")
    found = nearness().scores("Wo?", "de", np.arange(5))
    assert found[:4] == pytest.approx([other[0], own[1], other[2], other[3]], abs=1e-4)
    assert np.isnan(found[4])


def test_only_what_is_searched_is_scored():
    every = nearness().scores("Where?", "en", np.arange(5))
    assert nearness().scores("Where?", "en", np.array([1, 3])) == pytest.approx(every[[1, 3]], abs=1e-5)


def test_what_is_not_scored_exactly_leans_less_too(monkeypatch: pytest.MonkeyPatch):
    exact = nearness().scores("Where?", "en", np.arange(5))
    monkeypatch.setattr("index.nearness.RESCORED", 0)
    coarse = nearness().scores("Where?", "en", np.arange(5))
    assert coarse[:4] == pytest.approx(exact[:4], abs=0.02)
    assert (coarse[:4] > exact[:4]).all()


def test_a_language_without_a_centroid_changes_nothing():
    assert less_leaning(QUESTION, "xx") is QUESTION
    _, matrix = centred(ROWS[:-1])
    assert nearness().scores("?", "xx", np.arange(5))[:4] == pytest.approx(matrix @ QUESTION, abs=1e-4)


def test_vectors_of_another_width_are_left_alone():
    short = np.ones(8, np.float32)
    assert less_leaning(short, "en") is short


def test_a_quarter_of_the_centroid_is_taken_off():
    taken = QUESTION - less_leaning(QUESTION, "en")
    assert taken == pytest.approx(LEANING * language_centroids()["en"], abs=1e-6)


def test_shipped_centroids_are_read_from_the_package():
    assert len(language_centroids()) >= 23
    assert (Path(__file__).parent.parent / "index" / "weights" / "language-centroids.npz").exists()
