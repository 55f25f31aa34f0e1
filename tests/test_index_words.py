"""Words, 4-grams and exact tokens of the keyword index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import dates, exact_tokens, fold, folded_words, grams, numbers, tokens


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Kraków", "krakow"), ("Łódź", "lodz"), ("SMÅ", "sma"), ("Größe", "grosse"), ("Østersø", "osterso")],
)
def test_accents_and_capitals_do_not_count(word: str, folded: str):
    assert fold(word) == folded


def test_a_word_gives_itself_and_its_grams():
    assert tokens("Små mål") == ["sma", "mal", "_sma", "sma_", "_mal", "mal_"]
    assert grams("a") == ["_a_"]


@pytest.mark.parametrize(
    "written",
    [
        "1.176.540,00",
        "1,176,540.00",
        "1 176 540",
        "1\u00a0176\u00a0540,00",
        "1176540",
        "1’176’540",
        "EUR 1,176,540",
    ],
)
def test_an_amount_is_one_token_however_it_is_written(written: str):
    assert numbers(written) == ["1176540"]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("83.67 %", ["83.67"]),
        ("83,67", ["83.67"]),
        ("0.5", ["0.5"]),
        ("0,500", ["0.5"]),
        ("1.500", ["1500"]),
        ("2014-2020", ["2014", "2020"]),
        ("54 months and 4 partners", ["54", "4"]),
        ("007", ["7"]),
        ("1,151,955.30", ["1151955.3"]),
        ("from 01.01.2017 on", []),
        ("none", []),
    ],
)
def test_numbers_are_normalised(written: str, found: list[str]):
    assert numbers(written) == found


@pytest.mark.parametrize(
    "written",
    [
        "01.01.2017",
        "1/1/2017",
        "2017-01-01",
        "1 January 2017",
        "1. januar 2017",
        "1 de enero de 2017",
        "1 stycznia 2017",
    ],
)
def test_a_day_is_one_token_however_it_is_written(written: str):
    assert dates(f"from {written} on") == ["2017-01-01"]


@pytest.mark.parametrize("written", ["45.01.2017", "1.13.2017", "1 things 2017", "1.1.17"])
def test_what_is_no_day_is_no_date(written: str):
    assert dates(written) == []


@pytest.mark.parametrize("asked", ["KISS ME", "kiss me", "KISS-ME", "KissMe", "kissme"])
def test_a_name_is_found_however_it_is_asked_for(asked: str):
    assert "c:kissme" in exact_tokens("The KISS ME project")
    assert "c:kissme" in exact_tokens(asked, joined=True)


@pytest.mark.parametrize("code", ["Trans-S3", "trans-s3", "H2020", "TRL5", "HAMAG-BICRO", "SMART+"])
def test_codes_are_tokens(code: str):
    squashed = "".join(letter for letter in code.lower() if letter.isalnum())
    assert f"c:{squashed}" in exact_tokens(f"the {code} tool", joined=True)


@given(st.text(max_size=80))
def test_tokens_never_hold_a_blank(text: str):
    assert not any(set(token) & set(" \n\t") for token in [*tokens(text), *exact_tokens(text, joined=True)])
    assert all(word == fold(word) for word in folded_words(text))
