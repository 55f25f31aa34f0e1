from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.readiness import (
    band_of,
    differences,
    dimension_shifts,
    exact_score,
    exact_total,
    half_up,
    profile_of,
    total_shift,
)
from course.self_check import open_self_check, self_check_heads

SA1, SA2 = (open_self_check(head) for head in self_check_heads())
VELMORA = {
    "SA1": "A 4 3 3 2; B 2 4 2 3; C 2 2 4 4; D 2 1 4 5; E 2 3 1 1; F 2 2 1 2",
    "SA2": "A 2 4 2 3; B 4 3 3 4; C 1 2 2 3; D 4 3 2 4; E 3 2 2 2; F 3 2 4 2",
}
RATING = st.one_of(st.none(), st.integers(1, 5))
RATINGS = st.lists(RATING, min_size=24, max_size=24).map(
    lambda values: dict(zip((own.id for own in SA1.statements), values, strict=True))
)


def demo(code: str) -> dict[str, int | None]:
    ratings: dict[str, int | None] = {}
    for group in VELMORA[code].split("; "):
        letter, *values = group.split()
        ratings |= {f"{code}-{letter}{number}": int(value) for number, value in enumerate(values, 1)}
    return ratings


def test_the_instruments_have_six_dimensions_of_four_statements():
    for check, code in ((SA1, "SA1"), (SA2, "SA2")):
        assert check.code == code
        assert [dimension.id for dimension in check.dimensions] == [f"{code}-{letter}" for letter in "ABCDEF"]
        assert [own.id for own in check.dimensions[0].statements] == [f"{code}-A{n}" for n in range(1, 5)]
        assert {len(dimension.statements) for dimension in check.dimensions} == {4}
        assert [band.title for band in check.bands] == ["Start", "Build", "Ready", "Lead"]
        assert [band.low for band in check.bands] == [0, 35, 60, 80]
        assert check.labels[0] == "not true for us"
        assert check.labels[4] == "fully true"
        assert check.problems == ()
    assert SA1.minutes + SA2.minutes == 25


def test_the_critical_statements_are_those_of_the_instruments():
    assert [own.id[4:] for own in SA1.statements if own.critical] == ["A1", "B1", "C3", "D3", "E1", "E2"]
    assert [own.id[4:] for own in SA2.statements if own.critical] == ["A1", "A3", "B1", "C2", "E1", "F1"]


@pytest.mark.parametrize(
    ("check", "scores", "total", "lowest", "critical"),
    [
        (SA1, [50, 44, 50, 50, 19, 19], 39, ["E", "F"], ["B1", "E1"]),
        (SA2, [44, 63, 25, 56, 31, 44], 44, ["C", "E"], ["A1", "A3", "C2"]),
    ],
    ids=["SA1", "SA2"],
)
def test_the_example_firm_comes_out_as_the_instruments_say(check, scores, total, lowest, critical):
    profile = profile_of(check, demo(check.code))
    assert [score.score for score in profile.scores] == scores
    assert profile.total == total
    assert profile.band
    assert profile.band.title == "Build"
    assert [score.dimension.id[-1] for score in profile.lowest] == lowest
    assert [own.id[4:] for own in profile.critical] == critical
    assert profile.unknown == ()
    assert profile.lowest_first[:2] == profile.lowest
    assert set(profile.lowest_first) == set(profile.scores)


def test_one_unknown_is_left_out_of_the_mean_and_listed():
    profile = profile_of(SA1, {"SA1-A1": 2, "SA1-A2": 3, "SA1-A3": None, "SA1-A4": 4})
    first = profile.scores[0]
    assert first.score == 50
    assert first.band
    assert first.band.title == "Build"
    assert [own.id for own in first.unknown] == ["SA1-A3"]


@pytest.mark.parametrize(
    ("ratings", "score"),
    [
        ([2, 3, None, 4], Fraction(50)),
        ([5, 5, None, None], Fraction(100)),
        ([5, None, None, None], None),
        ([None] * 4, None),
        ([4, 3, 4, 3], Fraction(125, 2)),
    ],
)
def test_more_than_two_unknown_of_four_is_not_enough(ratings, score):
    assert exact_score(ratings) == score


@pytest.mark.parametrize(
    ("value", "rounded"), [("125/2", 63), ("75/4", 19), ("62", 62), ("1/2", 1), ("0", 0)]
)
def test_halves_are_rounded_up(value, rounded):
    assert half_up(Fraction(value)) == rounded


def test_the_total_needs_five_of_six_and_is_not_made_of_rounded_scores():
    assert exact_total([Fraction(75, 4)] * 6) == Fraction(75, 4)
    assert exact_total([Fraction(10)] * 5 + [None]) == 10
    assert exact_total([Fraction(10)] * 4 + [None] * 2) is None


@pytest.mark.parametrize(
    ("score", "title"),
    [
        (0, "Start"),
        (34, "Start"),
        (35, "Build"),
        (59, "Build"),
        (60, "Ready"),
        (79, "Ready"),
        (80, "Lead"),
        (100, "Lead"),
    ],
)
def test_bands_begin_where_they_say(score, title):
    assert band_of(SA1.bands, score).title == title


def test_a_critical_statement_has_its_advice_in_any_band():
    ratings = dict.fromkeys((own.id for own in SA1.statements), 5) | {"SA1-E2": 2}
    profile = profile_of(SA1, ratings)
    assert profile.band
    assert profile.band.title == "Lead"
    assert [own.id for own in profile.critical] == ["SA1-E2"]


def test_a_change_below_ten_points_is_noise():
    before = profile_of(SA1, demo("SA1"))
    little = profile_of(SA1, demo("SA1") | {"SA1-A1": 5})
    much = profile_of(SA1, demo("SA1") | dict.fromkeys((f"SA1-{d}{n}" for d in "EF" for n in "1234"), 4))
    shift = total_shift(before, little)
    assert shift
    assert (shift.before, shift.after, shift.by, shift.tells) == (39, 40, 1, False)
    shift = total_shift(before, much)
    assert shift
    assert shift.tells
    by_dimension = {dimension.id: shift for dimension, shift in dimension_shifts(before, much)}
    assert by_dimension["SA1-A"]
    assert not by_dimension["SA1-A"].tells
    assert by_dimension["SA1-E"]
    assert by_dimension["SA1-E"].by == 75 - 19
    assert total_shift(before, profile_of(SA1, {})) is None


def test_people_two_steps_apart_should_talk():
    mine, hers = demo("SA1"), demo("SA1") | {"SA1-A1": 2, "SA1-A2": 4, "SA1-D2": None}
    found = differences(SA1, [mine, hers])
    assert [(own.statement.id, own.ratings) for own in found] == [("SA1-A1", (4, 2))]
    assert differences(SA1, [mine, mine]) == ()


@pytest.mark.parametrize(
    ("other", "own", "title"),
    [
        (59, 59, "Both below 60"),
        (59, 60, "Ready to go abroad, less open"),
        (60, 59, "Open, less ready to go abroad"),
        (60, 60, "Both 60 or more"),
    ],
)
def test_two_totals_are_read_together(other, own, title):
    assert SA1.joint is None
    assert SA2.joint
    assert SA2.joint.other_id == SA1.id
    assert SA2.joint.reading(other, own).title == title


@given(RATINGS)
def test_scores_stay_between_0_and_100_and_the_total_between_them(ratings):
    profile = profile_of(SA1, ratings)
    known = [score.score for score in profile.scores if score.score is not None]
    assert all(0 <= score <= 100 for score in known)
    assert (profile.total is None) == (len(known) < 5)
    if profile.total is not None:
        assert min(known) <= profile.total <= max(known)
        assert profile.band
        assert profile.band.low <= profile.total
        assert len(profile.lowest) == 2
    assert len(profile.unknown) == sum(rating is None for rating in ratings.values())


@given(RATINGS, st.sampled_from([own.id for own in SA1.statements]))
def test_a_better_rating_never_lowers_the_total(ratings, name):
    full = {own: 3 if rating is None else rating for own, rating in ratings.items()}
    better = full | {name: min(5, (full[name] or 1) + 1)}
    before, after = profile_of(SA1, full).total, profile_of(SA1, better).total
    assert before is not None
    assert after is not None
    assert after >= before


@given(RATINGS, RATINGS)
def test_who_is_named_first_makes_no_difference(one, other):
    there = [own.statement for own in differences(SA1, [one, other])]
    assert there == [own.statement for own in differences(SA1, [other, one])]
