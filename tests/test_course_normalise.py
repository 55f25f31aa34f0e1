from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.controls import neutralised
from course.keys import Key, is_number_key, number_range
from course.normalise import distance, folded, is_near, same, unaccented
from course.pattern import PatternFault, compiled
from course.quantities import is_ambiguous, readings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("  Open   Innovation ", "open innovation"),
        ("STRASSE", "Straße"),
        ("don’t", "don't"),
        ("“open”", "open"),
        ("e–mail", "e-mail"),
        ("co‑operation", "co-operation"),
        ("ﬁrm", "firm"),
        ("Ｏｐｅｎ", "open"),
        ("answer.", "answer"),
        ("cafe\u0301", "café"),
        ("in\u00adno\u200bvation", "innovation"),
    ],
)
def test_wordings_that_are_the_same(one: str, other: str):
    assert same(one, other, accents_strict=True)


@pytest.mark.parametrize(
    ("one", "other"), [("Łódź", "lodz"), ("ØL", "ol"), ("cœur", "coeur"), ("señor", "senor")]
)
def test_accents_are_forgiven_only_when_not_strict(one: str, other: str):
    assert same(one, other)
    assert not same(one, other, accents_strict=True)


@pytest.mark.parametrize(("one", "other"), [("inbound", "outbound"), ("", "a"), ("a b", "ab"), ("...", "a")])
def test_wordings_that_differ(one: str, other: str):
    assert not same(one, other)


@pytest.mark.parametrize(
    ("given_text", "wanted", "near"),
    [
        ("inovation", "innovation", True),
        ("innovaiton", "innovation", True),
        ("inovaton", "innovation", True),
        ("inovatn", "innovation", False),
        ("trsut", "trust", True),
        ("trzzt", "trust", False),
        ("cst", "cost", True),
        ("cot", "cat", False),
        ("", "trust", False),
    ],
)
def test_near_misses(given_text: str, wanted: str, *, near: bool):
    assert is_near(given_text, wanted) is near


@given(st.text(max_size=30), st.text(max_size=30))
def test_distance_is_a_distance(one: str, other: str):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) <= max(len(one), len(other))


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str):
    assert folded(folded(text)) == folded(text)
    assert same(text, text, accents_strict=True)
    assert unaccented(unaccented(folded(text))) == unaccented(folded(text))


@pytest.mark.parametrize(
    ("text", "unit", "numbers"),
    [
        ("27", "", {27}),
        ("27,5", "", {27.5}),
        ("27.5", "", {27.5}),
        (" -3 ", "", {-3}),
        ("−3,5", "", {-3.5}),
        ("+4", "", {4}),
        (".5", "", {0.5}),
        (",5", "", {0.5}),
        ("12.", "", {12}),
        ("1.176", "", {1.176, 1176}),
        ("1,176", "", {1.176, 1176}),
        ("0.176", "", {0.176}),
        ("1176.5", "", {1176.5}),
        ("1.176.540", "", {1176540}),
        ("1,176,540.25", "", {1176540.25}),
        ("1.176.540,25", "", {1176540.25}),
        ("1 176 540", "", {1176540}),
        ("1\u00a0176\u202f540,5", "", {1176540.5}),
        ("1'176’540", "", {1176540}),
        ("27 EUR", "EUR", {27}),
        ("EUR 27", "EUR", {27}),
        ("€27", "EUR", {27}),
        ("27 euros", "EUR", {27}),
        ("27%", "%", {27}),
        ("27 per cent", "%", {27}),
        ("27 Prozent", "%", {27}),
        ("1 hour", "hours", {1}),
        ("5h", "hours", {5}),
        ("10 timer", "hours", {10}),
        ("1 time", "timer", {1}),
        ("10 t", "timer", {10}),
        ("10 min.", "minutter", {10}),
        ("54 months", "month", {54}),
        ("54 months", "", {54}),
        ("27 EUR", "%", set()),
        ("EUR 27 EUR", "EUR", set()),
        ("", "", set()),
        ("abc", "", set()),
        ("1 2", "", set()),
        ("1,2,3", "", set()),
        ("1.17.540", "", set()),
        ("1,176.540,1", "", set()),
        ("27-28", "", set()),
        ("27 or 28", "", set()),
        ("120 m²", "m²", {120}),
        ("120 m2", "m²", {120}),
        ("8 t CO₂", "t CO2", {8}),
        ("120 m2", "EUR", set()),
        ("2e3", "", set()),
        ("2e3", "EUR", set()),
        ("5 m 2", "m²", set()),
        ("９", "", {9}),
    ],
)
def test_numbers_as_people_write_them(text: str, unit: str, numbers: set[float]):
    assert set(readings(text, unit)) == numbers


@given(st.integers(-(10**9), 10**9))
def test_any_whole_number_is_read_in_every_grouping(number: int):
    for sign in (" ", "'", "\u2009", ".", ","):
        assert number in readings(f"{number:,}".replace(",", sign), "EUR")
    assert number in readings(f"{number} EUR", "EUR")


@given(st.decimals(-(10**6), 10**6, places=2))
def test_any_decimal_is_read_with_comma_and_point(number: object):
    shown = str(number)
    assert float(shown) in readings(shown)
    assert float(shown) in readings(shown.replace(".", ","))


@given(st.text(max_size=100))
def test_no_text_breaks_the_reader_of_numbers(text: str):
    assert all(isinstance(number, float) for number in readings(text))


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [("1,250", True), ("1.250", True), ("1,25", False), ("0.125", False), ("1,250,000", False)],
)
def test_ambiguous_keys(text: str, *, ambiguous: bool):
    assert is_ambiguous(text) is ambiguous


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [
        ("27", 27, 27),
        ("27 ± 1", 26, 28),
        ("27±0,5", 26.5, 27.5),
        ("27 +- 1", 26, 28),
        ("27 +/- 1", 26, 28),
        ("250 ± 10%", 225, 275),
        ("-10 ± 10 %", -11, -9),
        ("25..29", 25, 29),
        ("2,5 .. 3,5", 2.5, 3.5),
        ("-5..-1", -5, -1),
        ("1 176 540 ± 0", 1176540, 1176540),
        ("25…29", 25, 29),
    ],
)
def test_number_keys(key: str, low: float, high: float):
    assert is_number_key(key)
    found = number_range(Key(key, 1))
    assert (found.low, found.high, found.shown) == (low, high, key)


@pytest.mark.parametrize("key", ["twenty", "27 days", "1990s", "a..b", "", "/27/", "2 of 3"])
def test_keys_that_are_words(key: str):
    assert not is_number_key(key)


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("coupled .+", "coupled flows", True),
        ("coupled .+", "coupled", False),
        ("COUPLED", "coupled", True),
        ("a|b", "b", True),
        ("a|b", "ab", False),
        ("(in|out)bound", "outbound", True),
        ("(?:ab)+c?", "ababc", True),
        ("x{2}", "xx", True),
        ("x{2}", "xxx", False),
        ("x{2,}", "xxxxx", True),
        ("x{0,2}", "", True),
        ("x{1,3}?y", "xxxy", True),
        ("[a-c]+", "abcabc", True),
        ("[^a-c]+", "xyz", True),
        ("[]a]", "]", True),
        (r"\d{4}", "1990", True),
        (r"\w+\s\w+", "open innovation", True),
        (r"a\.b", "axb", False),
        (r"3\$", "3$", True),
        ("^whole$", "whole", True),
        (r"^3\$", "3$", True),
        (r"^a\\$", "a\\", True),
        ("a+", "a" * 1_000, True),
        ("a+", "a" * 1_000 + "b", False),
        ("", "", True),
        ("(a|b|)c", "c", True),
        ("é", "É", True),
    ],
)
def test_patterns(pattern: str, text: str, *, matches: bool):
    assert compiled(pattern).matches(text) is matches


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(a", "not closed"),
        ("a)", "no partner"),
        ("*a", "repeats nothing"),
        ("a**", "repeat follows a repeat"),
        ("(?=a)", "groups are known"),
        ("(?P<n>a)", "groups are known"),
        (r"(a)\1", "not known"),
        (r"\bword", "not known"),
        ("[z-a]", "bad character range"),
        ("[a", "not known"),
        ("a{99}", "between 0 and 40"),
        ("a{3,1}", "between 0 and 40"),
        ("((x{40}){40}){40}", "repeats too much"),
        ("a^b", "outer ends"),
        ("x" * 201, "longer than 200"),
    ],
)
def test_patterns_that_cannot_be_used(pattern: str, told: str):
    with pytest.raises(PatternFault, match=re.escape(told)):
        compiled(pattern)


@pytest.mark.parametrize(
    "pattern", ["(a*)*b", "(a+)+$", "(a|a)*b", "(.*)(.*)(.*)(.*)x", "a?" * 40 + "a{40}", "(((a*)*)*)*b"]
)
def test_patterns_made_to_hang_do_not(pattern: str):
    assert compiled(pattern).matches("a" * 900 + "!") is False


@given(st.text(string.ascii_lowercase + "(|)*+?.[]{}\\^$ 1,", max_size=20), st.text("ab1 ", max_size=20))
def test_a_pattern_is_refused_or_agrees_with_the_usual_engine(pattern: str, text: str):
    try:
        mine = compiled(pattern)
    except PatternFault:
        return
    if re.search(r"\{(?!\d)|[*+?}][*+?]|\[\[|--|&&|~~|\|\|", pattern) or "{," in pattern:
        return
    assert mine.matches(text) == bool(re.fullmatch(pattern, text, re.IGNORECASE))


@given(st.text(max_size=100))
def test_neutralised_text_drives_no_terminal(text: str):
    safe = neutralised(text)
    assert len(safe) == len(text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", safe)
    assert neutralised("a\tb\nc") == "a\tb\nc"
