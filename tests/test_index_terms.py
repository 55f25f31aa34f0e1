"""The fast way to the tokens of a text gives the same tokens as the plain one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index import terms as module
from index.terms import terms
from index.words import exact_tokens, tokens

WRITTEN = st.text(
    alphabet=st.sampled_from("aAbBÆøßİŁκς_-+/&.,’'%½ﬁ é019 \u00a0\u202f\t\n\u0301कि"), max_size=60
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n ",
        "The KISS ME partners used Trans-S3 in Kraków, 1 January 2017.",
        "KISS – ME",
        "EUR 1 176 540,00 on 01.01.2017 (H2020, TRL5)",
        "a_B C__D _ E",
        "In 1989 and 1 176 540 euro, then 2 words of 3 and 4 on 1 de enero de 2017, 5 or 1. maj 2018.",
        "1 x x x 2 x x x x 3 x x x x x 4",
    ],
)
def test_tokens_are_those_of_the_plain_way(text: str):
    assert sorted(terms(text).words.split(" ")) == sorted(tokens(text) or [""])
    assert sorted(terms(text).exact.split(" ")) == sorted(exact_tokens(text) or [""])


@given(st.one_of(WRITTEN, st.text(max_size=60)))
@example("½ A1 B")
@example("1 maj. de 2017 1\u00a0000 1  000")
def test_tokens_are_the_same_for_any_text(text: str):
    assert sorted(terms(text).words.split(" ")) == sorted(tokens(text) or [""])
    assert sorted(terms(text).exact.split(" ")) == sorted(exact_tokens(text) or [""])


def test_what_is_remembered_has_a_bound(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_KEPT", 3)
    module._MEMORY.clear()
    assert terms("one two three four one").words.split()[0] == "one"
    assert len(module._MEMORY) <= 3
