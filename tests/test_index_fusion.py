"""Dense and keyword scores become one order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import (
    KEYWORDS_ACROSS,
    KEYWORDS_WITHIN,
    best,
    fuse,
    standardised,
    standardised_within,
)


def column(*values: float) -> np.ndarray:
    return np.array(values, np.float64)


def codes(*values: int) -> np.ndarray:
    return np.array(values, np.int64)


def test_scores_are_told_in_standard_deviations():
    assert standardised(column(1, 2, 3)) == pytest.approx([-1.2247, 0, 1.2247], abs=1e-4)


def test_a_missing_score_stands_at_the_mean():
    assert standardised(column(1, np.nan, 3)) == pytest.approx([-1, 0, 1])


@pytest.mark.parametrize("values", [[], [5.0], [2.0, 2.0, 2.0], [np.nan, np.nan]])
def test_scores_that_do_not_differ_say_nothing(values: list[float]):
    assert standardised(column(*values)).tolist() == [0.0] * len(values)


def test_keywords_count_within_their_own_language():
    scores = column(*range(10), *range(100, 110))
    result = standardised_within(scores, codes(*[0] * 10, *[1] * 10))
    assert result[:10] == pytest.approx(result[10:])


def test_a_language_with_few_passages_is_weighed_with_all():
    scores = column(*[0.0] * 9, 10.0)
    assert standardised_within(scores, codes(*[0] * 9, 1))[9] == pytest.approx(3.0)


def marks(*values: int) -> np.ndarray:
    return np.array(values, bool)


def test_across_languages_meaning_decides_and_within_one_words_count_more():
    dense, keyword, languages = column(1.0, 0.75, *[0] * 8), column(0, 9, *[0] * 8), codes(*[0] * 10)
    across = fuse(dense, keyword, languages, marks(*[0] * 10))
    within = fuse(dense, keyword, languages, marks(*[1] * 10))
    assert np.argmax(across.score) == 0
    assert np.argmax(within.score) == 1
    assert across.dense_z is not None


def test_each_passage_is_weighed_by_its_own_language():
    dense, keyword = column(*[0.0] * 20), column(9, *[0] * 9, 9, *[0] * 9)
    fused = fuse(dense, keyword, codes(*[0] * 10, *[1] * 10), marks(*[1] * 10, *[0] * 10))
    assert fused.score[0] / fused.score[10] == pytest.approx(KEYWORDS_WITHIN / KEYWORDS_ACROSS)


def test_a_passage_without_a_vector_is_neither_near_nor_far():
    fused = fuse(column(1.0, np.nan, -1.0), column(0, 0, 0), codes(0, 0, 0), marks(1, 1, 1))
    assert fused.score[0] > fused.score[1] > fused.score[2]


def test_without_dense_scores_a_name_in_another_language_wins():
    keyword = column(*range(10), *[0] * 9, 40)
    fused = fuse(None, keyword, codes(*[0] * 10, *[1] * 10), marks(*[1] * 10, *[0] * 10))
    assert np.argmax(fused.score) == 19
    assert fused.dense_z is None


def test_equals_keep_their_order_and_guides_their_cap():
    scores, guides = column(1, 2, 2, 2, 0), codes(0, 0, 0, 1, 1)
    assert best(scores, guides, 10) == [1, 2, 3, 0, 4]
    assert best(scores, guides, 10, per_guide=1) == [1, 3]
    assert best(scores, guides, 2) == [1, 2]


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=40), st.integers(1, 3), st.integers(1, 50))
def test_the_best_are_in_order_and_capped(values: list[float], per_guide: int, count: int):
    guides = np.arange(len(values)) % 4
    chosen = best(np.array(values), guides, count, per_guide)
    assert [values[place] for place in chosen] == sorted((values[place] for place in chosen), reverse=True)
    assert len(chosen) <= count
    assert all(guides[chosen].tolist().count(guide) <= per_guide for guide in range(4))
