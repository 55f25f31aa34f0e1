"""What the marking rules promise, whatever is typed: laws, not examples."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course.change import change, earlier_id
from course.errors import ResponseError
from course.explain import explained
from course.grade import grade
from course.model import Choice, Course, Item, LessonHead, Likert, Module, Open
from course.parse import parse_lesson
from course.response import (
    Chosen,
    Filled,
    Grouped,
    Ordered,
    Paired,
    Rated,
    Typed,
    Written,
    read_response,
    read_ticks,
    wanted,
)
from course.wording import _table, count_word, languages, say
from tui.language import LANGUAGES


def item_of(body: str, attributes: str = "id=x") -> Item:
    lesson = parse_lesson(Path("x.md"), "m", f"---\ntitle: T\n---\n<!-- q {attributes} -->\n### P\n\n{body}")
    assert [problem.message for problem in lesson.problems] == []
    return lesson.items[0]


# Text -------------------------------------------------------------------------------------------------

LETTERS = st.text(st.sampled_from("abcdefgåéłñőßø"), min_size=1, max_size=12)
PHRASES = st.lists(LETTERS, min_size=1, max_size=4).map(" ".join)
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
WAYS = {
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "full width": lambda text: text.translate(WIDE),
    "capitals": lambda text: text.upper(),
    "title": lambda text: text.title(),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "narrow spaces": lambda text: text.replace(" ", "\u202f"),
    "many spaces": lambda text: f"  {text.replace(' ', '   ')}\t",
    "full stop": lambda text: f"{text}.",
    "quotes": lambda text: f"“{text}”",
    "low quotes": lambda text: f"„{text}“",
    "guillemets": lambda text: f"«{text}»",
    "zero width": "\u200b".join,
}


@pytest.mark.parametrize("way", WAYS)
@given(phrase=PHRASES)
def test_a_wording_counts_however_it_is_typed(way: str, phrase: str):
    assume(len(phrase.upper()) == len(phrase) or way not in {"capitals", "title"})
    item = item_of(f"- = {phrase}", "id=x accents=strict")
    assert grade(item, Typed(text=WAYS[way](phrase))).right


@given(st.lists(LETTERS, min_size=2, max_size=3))
def test_every_dash_and_every_apostrophe_is_one(words: list[str]):
    for kind, signs in (("-", "‐‑‒–—−"), ("'", "‘’‛′´`"), ('"', "“”„‟″«»")):
        item = item_of(f"- = {kind.join(words)}")
        for sign in signs:
            assert grade(item, Typed(text=sign.join(words))).right, sign


@given(PHRASES)
def test_accents_are_forgiven_unless_they_are_asked_for(phrase: str):
    bare = "".join(
        char for char in unicodedata.normalize("NFD", phrase) if not unicodedata.combining(char)
    ).translate(str.maketrans({"ł": "l", "ø": "o"}))
    assert grade(item_of(f"- = {phrase}"), Typed(text=bare)).right
    strict = grade(item_of(f"- = {phrase}", "id=x accents=strict"), Typed(text=bare))
    assert strict.right == (bare == phrase)
    if not strict.right:
        assert strict.accents_only
        assert strict.words == f"Not right. You came close: check the accents of “{phrase}”."


@given(
    st.text(st.sampled_from("abcdefgh"), min_size=9, max_size=12), st.integers(0, 8), st.sampled_from("xyz")
)
def test_a_slip_is_told_and_earns_nothing(word: str, place: int, letter: str):
    mark = grade(item_of(f"- = {word}"), Typed(text=word[:place] + letter + word[place + 1 :]))
    assert (mark.share, mark.near_miss) == (0, word)
    assert f"“{word}”" in mark.words


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_same_answer_always_gets_the_same_mark(one: str, other: str):
    item = item_of("- = coupled\n- = both ways <!-- 50% -->\n- = /coupled .+/\n- ~ inbound")
    assert grade(item, Typed(text=one)) == grade(item, Typed(text=one))
    assert 0 <= grade(item, Typed(text=other)).share <= 1


# Numbers ----------------------------------------------------------------------------------------------


def grouped(whole: int, sign: str) -> str:
    return f"{whole:,}".replace(",", sign)


@given(
    st.integers(0, 999_999_999), st.integers(1, 99), st.sampled_from([" ", "\u00a0", "\u202f", "'", "’", ""])
)
def test_a_number_counts_however_it_is_written(whole: int, cents: int, group: str):
    item = item_of(f"- = {whole}.{cents:02}", "id=x unit=EUR")
    for mark in ".,":
        for form in ("{0}", "{0} EUR", "EUR {0}", "{0} €", "€{0}", "{0}eur", " +{0} "):
            typed = form.format(f"{grouped(whole, group)}{mark}{cents:02}")
            assert grade(item, Typed(text=typed)).right, typed


@given(st.integers(1_000, 999_999_999))
def test_points_and_commas_may_part_thousands(whole: int):
    item = item_of(f"- = {whole}")
    for sign in ",.":
        assert grade(item, Typed(text=grouped(whole, sign))).right


@given(st.integers(-500, 500), st.integers(0, 50), st.integers(-600, 600))
def test_a_tolerance_takes_what_lies_inside(middle: int, slack: int, typed: int):
    item = item_of(f"- = {middle} ± {slack}")
    assert grade(item, Typed(text=str(typed))).right == (abs(typed - middle) <= slack)


@given(st.integers(1, 1_000), st.integers(0, 30), st.integers(0, 1_400))
def test_a_tolerance_in_per_cent(middle: int, percent: int, typed: int):
    item = item_of(f"- = {middle} +- {percent}%")
    assert grade(item, Typed(text=str(typed))).right == (100 * abs(typed - middle) <= percent * middle)


@given(st.integers(-100, 100), st.integers(0, 100), st.integers(-250, 250))
def test_a_range_takes_both_its_ends(low: int, length: int, typed: int):
    item = item_of(f"- = {low}..{low + length}")
    assert grade(item, Typed(text=str(typed))).right == (low <= typed <= low + length)


@pytest.mark.parametrize("typed", ["27 %", "27%", "27 percent", "27 per cent", "27 pct", "27 procent", "27"])
def test_per_cent_has_many_names(typed: str):
    assert grade(item_of("- = 27", 'id=x unit="%"'), Typed(text=typed)).right


def test_another_unit_is_told_as_such():
    item = item_of("- = 27", "id=x unit=EUR")
    mark = grade(item, Typed(text="27 USD"))
    assert (mark.share, mark.wrong_unit) == (0, "EUR")
    assert mark.words == "Not right. The number fits, but not the unit; it is asked in EUR."
    assert not grade(item, Typed(text="28 USD")).wrong_unit


# Shares -----------------------------------------------------------------------------------------------

RIGHT, WRONG = st.integers(1, 5), st.integers(0, 5)


@given(RIGHT, WRONG, st.data())
def test_each_right_tick_adds_and_each_wrong_one_takes_away(right: int, wrong: int, data: st.DataObject):
    assume(right + wrong >= 2)
    body = "\n".join([*(f"- [x] r{n}" for n in range(right)), *(f"- [ ] w{n}" for n in range(wrong))])
    item = item_of(body, "id=x type=multiple")
    chosen = data.draw(st.sets(st.integers(0, right + wrong - 1)))
    hits = sum(place < right for place in chosen)
    share = max(0, hits - (len(chosen) - hits)) / right
    response = Chosen(options=tuple(chosen))
    assert grade(item, response).share == pytest.approx(share)
    whole = item_of(body, "id=x type=multiple partial=no")
    assert grade(whole, response).share == (1 if chosen == set(range(right)) else 0)


@given(st.lists(st.integers(-100, 100), min_size=2, max_size=5), st.data())
def test_weights_add_up_within_bounds(weights: list[int], data: st.DataObject):
    body = "\n".join(f"- [x] o{n} <!-- {weight}% -->" for n, weight in enumerate(weights))
    item = item_of(body, "id=x type=multiple")
    chosen = data.draw(st.sets(st.integers(0, len(weights) - 1)))
    share = min(1.0, max(0.0, sum(weights[place] for place in chosen) / 100))
    assert grade(item, Chosen(options=tuple(chosen))).share == pytest.approx(share)


@given(st.permutations(range(5)))
def test_an_order_earns_its_neighbours(order: list[int]):
    item = item_of("\n".join(f"{n + 1}. s{n}" for n in range(5)))
    right = sum(one < other for one, other in pairwise(order))
    assert grade(item, Ordered(order=tuple(order))).share == pytest.approx(right / 4)


@given(st.lists(st.none() | st.integers(0, 4), min_size=4, max_size=4))
def test_pairs_and_cards_earn_their_share(places: list[int | None]):
    right = sum(place == at for at, place in enumerate(places))
    pairs = item_of("\n".join([*(f"- l{n} → r{n}" for n in range(4)), "- → extra"]))
    assert grade(pairs, Paired(rights=tuple(places))).share == right / 4
    cards = item_of("\n".join(f"- l{n} => r{n}" for n in range(4)))
    groups = tuple(None if place == 4 else place for place in places)
    assert grade(cards, Grouped(groups=groups)).share == right / 4


@given(st.lists(st.booleans(), min_size=1, max_size=6))
def test_gaps_earn_their_share(hits: list[bool]):
    item = item_of(" ".join(f"[[word{'abcdef'[n]}]]" for n in range(len(hits))))
    texts = tuple(f"word{'abcdef'[n]}" if hit else "-" for n, hit in enumerate(hits))
    assert grade(item, Filled(gaps=texts)).share == pytest.approx(sum(hits) / len(hits))


@given(st.integers(1, 100), st.integers(0, 6), st.integers(0, 6), st.sampled_from(["a", "half", "no"]))
def test_hints_and_earlier_tries_take_their_penalty(percent: int, hints: int, earlier: int, typed: str):
    item = item_of("- = a\n- = half <!-- 50% -->", f"id=x points=4 penalty={percent}%")
    free = grade(item, Typed(text=typed))
    mark = grade(item, Typed(text=typed), hints=hints, earlier=earlier)
    assert mark.share == pytest.approx(max(0.0, free.share - percent / 100 * (hints + earlier)))
    assert mark.points == pytest.approx(4 * mark.share)
    assert mark.right == free.right
    assert mark.share + mark.lost == pytest.approx(free.share)


def test_no_penalty_means_that_hints_are_free():
    item = item_of("- = a")
    assert grade(item, Typed(text="a"), hints=3, earlier=9).share == 1


# Open questions and scales ----------------------------------------------------------------------------

OPEN = "> [!IMPORTANT]\n> A model.\n>\n> - [ ] one\n> - [ ] two\n> - [ ] three"


@given(st.sets(st.integers(0, 2)))
def test_an_open_answer_earns_the_points_ticked(ticked: set[int]):
    item = item_of(OPEN, "id=x type=open")
    mark = grade(item, Written(text="Mine", ticked=tuple(ticked)))
    assert mark.share == pytest.approx(len(ticked) / 3)
    assert mark.words.endswith(f"You ticked {len(ticked)} of 3 points of the model answer.")


@pytest.mark.parametrize(("line", "ticked"), [("a c", (0, 2)), ("all", (0, 1, 2)), ("-", ()), ("CB", (1, 2))])
def test_ticks_are_read_from_a_line(line: str, ticked: tuple[int, ...]):
    item = item_of(OPEN, "id=x type=open")
    assert isinstance(item, Open)
    assert read_ticks(item, Written(text="Mine"), line) == Written(text="Mine", ticked=ticked)


def test_a_tick_that_is_not_there_is_refused():
    item = item_of(OPEN, "id=x type=open")
    assert isinstance(item, Open)
    with pytest.raises(ResponseError, match="from a to c"):
        read_ticks(item, Written(text="Mine"), "z")
    with pytest.raises(ResponseError):
        grade(item, Written(text="Mine", ticked=(7,)))


@given(st.lists(st.none() | st.integers(1, 5), min_size=2, max_size=2))
def test_a_scale_has_no_wrong_answer_and_no_points(values: list[int | None]):
    item = item_of("- one\n- two", "id=x type=likert")
    mark = grade(item, Rated(values=tuple(values)))
    assert (mark.right, mark.points, mark.words) == (True, 0, "Noted. Nothing is right or wrong here.")
    assert not item.frame.review


@pytest.mark.parametrize("values", [(1,), (1, 2, 3), (0, 1), (6, 1)])
def test_a_rating_off_the_scale_is_refused(values: tuple[int, ...]):
    with pytest.raises(ResponseError):
        grade(item_of("- one\n- two", "id=x type=likert"), Rated(values=values))


def test_the_second_scale_tells_the_change():
    item = item_of("- I know.\n- I can.\n- I do.", "id=x type=likert pair=post")
    assert isinstance(item, Likert)
    before, after = Rated(values=(1, 3, None)), Rated(values=(4, 3, 2))
    assert change(item, before, after) == ("I know: 1 before, 4 now.", "I can: 3 before, 3 now.")
    assert change(item, Rated(values=(1,)), after) == ()


def test_the_first_scale_is_found_by_its_name():
    def head(name: str, item_id: str) -> LessonHead:
        ids = ((f"m/{name}#{item_id}",),)
        return LessonHead(f"m/{name}", name, Path(name), 0, False, (f"m/{name}#start",), (name,), ids)  # noqa: FBT003

    course = Course((Module("m", "M", 1, Path("m"), (head("a", "x"), head("lesson", "x"), head("b", "y"))),))
    text = "---\ntitle: T\n---\n<!-- q id=x type=likert pair={} -->\n### P\n\n- one\n"
    post, pre = (
        parse_lesson(Path("lesson.md"), "m", text.format(moment)).items[0] for moment in ("post", "pre")
    )
    assert isinstance(post, Likert)
    assert isinstance(pre, Likert)
    assert earlier_id(course, post) == "m/a#x"
    assert earlier_id(course, pre) is None


# Words ------------------------------------------------------------------------------------------------


def test_marks_are_explained_in_every_language_of_the_interface():
    assert set(languages()) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_with_the_same_places(language: str):
    english, table = _table()["en"], _table()[language]
    assert table.keys() == english.keys()
    for name, sentence in table.items():
        assert sorted(re.findall(r"{\w+}", sentence)) == sorted(re.findall(r"{\w+}", english[name])), name
        assert language == "en" or sentence != english[name], name
    assert len(table["counts"].split()) == 11


@pytest.mark.parametrize(
    ("body", "line", "told"),
    [
        ("- [x] a\n- [ ] b", "z", "Wpisz literę od a do b, na przykład b."),
        ("- [x] a\n- [ ] b", "a b", "Wybierz tylko jedną literę."),
        ("- = 5", "many", "Wpisz liczbę, na przykład 27,5 lub 27.5."),
        ("- a → b\n- c → d", "1a", "Podaj literę do każdego numeru, na przykład 1b 2a; sprawdź numer 2."),
        ("- a → b\n- c → d", "1a 2z", "Litery są od a do b."),
        ("1. a\n2. b", "1 1", "Wpisz każdy numer od 1 do 2 jeden raz, na przykład 2 1."),
        ("A [[b]] [[c]].", "b", "Luki: 2; odpowiedzi: 1. Rozdziel odpowiedzi średnikiem."),
        ("- = a", " ", "Wpisz kilka słów."),
    ],
)
def test_a_line_that_is_no_answer_is_told_in_the_language(body: str, line: str, told: str):
    with pytest.raises(ResponseError) as caught:
        read_response(item_of(body), line, language="pl")
    assert caught.value.message == told


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        ("- one", "Podaj liczbę od 1 do 5, na przykład 5."),
        ("- one\n- two", "Podaj liczbę od 1 do 5 do każdego stwierdzenia, na przykład 5 4."),
    ],
)
def test_a_rating_that_is_none_is_told_in_the_language(statements: str, told: str):
    with pytest.raises(ResponseError) as caught:
        read_response(item_of(statements, "id=x type=likert"), "9", language="pl")
    assert caught.value.message == told


def test_a_language_without_a_table_speaks_english():
    assert say("correct", "fi") == "Correct."
    assert (count_word(2), count_word(2, "de"), count_word(40, "da")) == ("two", "zwei", "40")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("given_", [Chosen(options=(0,)), Chosen(options=(2,)), Chosen(options=(0, 1))])
def test_a_mark_is_explained_in_every_language(language: str, given_: Chosen):
    item = item_of("- [x] a\n- [x] b\n- [ ] c", "id=x penalty=10%")
    assert isinstance(item, Choice)
    sentences = explained(item, grade(item, given_, hints=1), language)
    assert sentences
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)
    assert "{" not in wanted(item, language)


def test_all_or_nothing_is_told():
    item = item_of("- [x] a\n- [x] b\n- [ ] c", "id=x partial=no")
    words = grade(item, Chosen(options=(0, 2))).words
    assert "1 of 2 right options found. Ticked in error: 1." in words
    words = grade(item, Chosen(options=(0,))).words
    assert "This question gives all points or none." in words
