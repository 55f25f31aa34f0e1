from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import ResponseError
from course.grade import grade
from course.parse import parse_lesson
from course.response import (
    Chosen,
    Filled,
    Grouped,
    Ordered,
    Paired,
    Response,
    Typed,
    read_response,
    response_from_json,
    wanted,
)
from course.shuffle import display_order, drawn_order

if TYPE_CHECKING:
    from course.model import Item

FIXTURES = Path(__file__).parent / "fixtures" / "course"
ITEMS = {item.frame.id.partition("#")[2]: item for item in parse_lesson(FIXTURES / "all-types.md", "m").items}


def item_of(body: str, attributes: str = "id=x") -> Item:
    return parse_lesson(
        Path("x.md"), "m", f"---\ntitle: T\n---\n<!-- q {attributes} -->\n### P\n\n{body}"
    ).items[0]


@pytest.mark.parametrize(
    "response",
    [
        Chosen(options=(0, 2)),
        Typed(text="27,5 €"),
        Paired(rights=(1, None, 0)),
        Grouped(groups=(0, 0, None)),
        Ordered(order=(2, 0, 1)),
        Filled(gaps=("a", "")),
    ],
)
def test_responses_come_back_from_json(response: Response):
    assert response_from_json(response.to_json()) == response


@pytest.mark.parametrize(
    "source",
    ["", "{}", '{"kind":"other"}', '{"kind":"typed"}', '{"kind":"typed","text":"a","more":1}', "nonsense"],
)
def test_a_stored_answer_of_another_version(source: str):
    with pytest.raises(ResponseError, match="another version"):
        response_from_json(source)


def test_responses_are_frozen():
    with pytest.raises(ValueError, match="frozen"):
        Typed(text="a").text = "b"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("single", "Choose one"),
        ("multiple", "Choose two"),
        ("truth", "Choose one"),
        ("words", "Type a few words"),
        ("number", "Type a number in %"),
        ("match", "Match each"),
        ("sort", "Put each into a group"),
        ("steps", "Put in the right order"),
        ("gaps", "Fill the four gaps"),
    ],
)
def test_what_is_wanted_in_words(name: str, words: str):
    assert wanted(ITEMS[name]) == words


def test_a_number_without_a_unit():
    assert wanted(item_of("- = 5")) == "Type a number"
    assert wanted(item_of("A [[gap]].")) == "Fill the gap"


@pytest.mark.parametrize(
    ("name", "line", "response"),
    [
        ("single", "b", Chosen(options=(1,))),
        ("single", " B) ", Chosen(options=(1,))),
        ("single", "a statistical office", Chosen(options=(2,))),
        ("truth", "false", Chosen(options=(1,))),
        ("multiple", "a c", Chosen(options=(0, 2))),
        ("multiple", "c, a", Chosen(options=(0, 2))),
        ("multiple", "ac", Chosen(options=(0, 2))),
        ("multiple", "a and c", Chosen(options=(0, 2))),
        ("multiple", "a a", Chosen(options=(0,))),
        ("words", "  both ways ", Typed(text="both ways")),
        ("number", "27,5", Typed(text="27,5")),
        ("number", "27 %", Typed(text="27 %")),
        ("match", "1b 2a", Paired(rights=(1, 0))),
        ("match", "2-c, 1=a", Paired(rights=(0, 2))),
        ("match", "1a 2-", Paired(rights=(0, None))),
        ("match", "b a", Paired(rights=(1, 0))),
        ("match", "1 b, 2 a", Paired(rights=(1, 0))),
        ("sort", "1a 2b 3a", Grouped(groups=(0, 1, 0))),
        ("sort", "aba", Grouped(groups=(0, 1, 0))),
        ("steps", "2 1 3 4", Ordered(order=(1, 0, 2, 3))),
        ("steps", "2134", Ordered(order=(1, 0, 2, 3))),
        ("steps", "2, 1, 3, 4.", Ordered(order=(1, 0, 2, 3))),
        ("gaps", "choice; 36; always; x", Filled(gaps=("choice", "36", "always", "x"))),
        ("gaps", "choice; 36; a; x", Filled(gaps=("choice", "36", "does not", "x"))),
        ("gaps", "choice;;b;", Filled(gaps=("choice", "", "always", ""))),
    ],
)
def test_typed_lines(name: str, line: str, response: Response):
    assert read_response(ITEMS[name], line) == response


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        ("single", "", "Choose one"),
        ("single", "z", "from a to c"),
        ("single", "a b", "one letter only"),
        ("single", "7", "from a to c"),
        ("multiple", ",", "from a to d"),
        ("number", "many", "Type a number in %, for example 27.5"),
        ("number", "27 EUR", "Type a number in %"),
        ("match", "1b", "look at number 2"),
        ("match", "1b 2z", "from a to c"),
        ("match", "1b 2a 3c", "one letter for each number"),
        ("sort", "ab", "look at number 3"),
        ("steps", "1 2 3", "each number from 1 to 4 once, such as 2 1 3 4"),
        ("steps", "1 1 2 3", "each number from 1 to 4 once"),
        ("steps", "0 1 2 3", "each number from 1 to 4 once"),
        ("steps", f"1 2 3 {'4' * 5_000}", "each number from 1 to 4 once"),
        ("match", f"1b {'2' * 5_000}a", "look at number 2"),
        ("gaps", "choice; 36", "4 gaps and 2 answers"),
    ],
)
def test_lines_that_are_no_answer(name: str, line: str, told: str):
    with pytest.raises(ResponseError, match=told) as caught:
        read_response(ITEMS[name], line)
    assert str(caught.value).endswith(".")


def test_a_single_gap_may_hold_a_semicolon():
    assert read_response(item_of("A [[x; y]]."), "x; y") == Filled(gaps=("x; y",))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", ["single", "multiple", "match", "sort", "steps"])
def test_letters_mean_what_is_shown(name: str, seed: int):
    """Whoever types the places of the right answers on the screen is right, however they are shuffled."""
    item = ITEMS[name]
    order = display_order(item, seed)
    place = {author: shown for shown, author in enumerate(order)}
    lines = {
        "single": "abc"[place[0]] if name == "single" else "",
        "multiple": " ".join("abcd"[place[at]] for at in (0, 1)) if name == "multiple" else "",
        "match": " ".join(f"{at + 1}{'abc'[place[at]]}" for at in (0, 1)) if name == "match" else "",
        "sort": " ".join(f"{at + 1}{'aba'[author]}" for at, author in enumerate(order))
        if name == "sort"
        else "",
        "steps": " ".join(str(place[at] + 1) for at in range(4)) if name == "steps" else "",
    }
    assert grade(item, read_response(item, lines[name], order)).right


@given(st.text(max_size=40), st.sampled_from(sorted(ITEMS)))
def test_any_line_is_an_answer_or_an_error_in_one_sentence(line: str, name: str):
    told = ""
    try:
        assert 0 <= grade(ITEMS[name], read_response(ITEMS[name], line)).share <= 1
    except ResponseError as error:
        told = str(error)
    assert "\n" not in told


# Orders -----------------------------------------------------------------------------------------


@given(st.integers(), st.sampled_from(sorted(ITEMS)))
def test_an_order_names_everything_once(seed: int, name: str):
    order = display_order(ITEMS[name], seed)
    assert sorted(order) == list(range(len(order)))


@given(st.integers(), st.integers(2, 6))
def test_steps_are_never_shown_solved(seed: int, count: int):
    item = item_of("\n".join(f"{number}. step {number}" for number in range(1, count + 1)), "id=x shuffle=no")
    assert display_order(item, seed) != tuple(range(count))


def test_orders_are_the_same_on_every_machine():
    shown = ["".join(drawn_order("abcdef", seed, "purpose")) for seed in (1, 42, -7)]
    assert shown == ["eabdcf", "ebfdac", "bcedaf"]


def test_orders_differ_between_seeds_and_questions():
    assert len({display_order(ITEMS["multiple"], seed) for seed in range(40)}) > 10
    assert len({drawn_order("abcdef", 1, purpose) for purpose in ("x", "y", "z", "w")}) > 1


def test_what_keeps_its_order():
    fixed = item_of("- [x] a\n- [ ] b\n- [ ] c", "id=x shuffle=no")
    for seed in range(20):
        assert display_order(fixed, seed) == (0, 1, 2)
        assert display_order(ITEMS["truth"], seed) == (0, 1)
        assert display_order(ITEMS["words"], seed) == ()
        assert display_order(ITEMS["gaps"], seed) == ()
