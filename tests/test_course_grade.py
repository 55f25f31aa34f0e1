from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import ResponseError
from course.grade import grade
from course.model import Item, Paragraph, plain
from course.parse import parse_lesson
from course.response import Chosen, Filled, Grouped, Ordered, Paired, Response, Typed
from course.solve import right_response, right_responses

FIXTURES = Path(__file__).parent / "fixtures" / "course"
ITEMS = {item.frame.id.partition("#")[2]: item for item in parse_lesson(FIXTURES / "all-types.md", "m").items}


def item_of(body: str, attributes: str = "id=x") -> Item:
    lesson = parse_lesson(Path("x.md"), "m", f"---\ntitle: T\n---\n<!-- q {attributes} -->\n### P\n\n{body}")
    assert lesson.problems == ()
    return lesson.items[0]


def said(item: Item, response: Response) -> list[str]:
    return [plain(block.text) for block in grade(item, response).feedback if isinstance(block, Paragraph)]


@pytest.mark.parametrize("name", list(ITEMS))
def test_the_right_response_earns_everything(name: str):
    item = ITEMS[name]
    for response in right_responses(item):
        mark = grade(item, response)
        assert (mark.share, mark.points, mark.right) == (1, item.frame.points, True)
        assert mark.words == "Correct."


@pytest.mark.parametrize(
    ("name", "response", "share"),
    [
        ("single", Chosen(options=(0,)), 1),
        ("single", Chosen(options=(1,)), 0),
        ("single", Chosen(options=(2,)), 0),
        ("single", Chosen(options=()), 0),
        ("multiple", Chosen(options=(0,)), 0.5),
        ("multiple", Chosen(options=(0, 2)), 0),
        ("multiple", Chosen(options=(0, 1, 2)), 0.5),
        ("multiple", Chosen(options=(2, 3)), 0),
        ("multiple", Chosen(options=(0, 1, 2, 3)), 0),
        ("truth", Chosen(options=(0,)), 0),
        ("words", Typed(text=" Coupled "), 1),
        ("words", Typed(text="BOTH  WAYS."), 1),
        ("words", Typed(text="coupled flows"), 1),
        ("words", Typed(text="half right"), 0.5),
        ("words", Typed(text="inbound"), 0),
        ("words", Typed(text="couplet"), 0),
        ("words", Typed(text=""), 0),
        ("strict", Typed(text="ØL"), 1),
        ("strict", Typed(text="ol"), 0),
        ("number", Typed(text="27"), 1),
        ("number", Typed(text="26,0 %"), 1),
        ("number", Typed(text="28 per cent"), 1),
        ("number", Typed(text="29"), 0.5),
        ("number", Typed(text="70"), 0),
        ("number", Typed(text="27 EUR"), 0),
        ("number", Typed(text="many"), 0),
        ("gaps", Filled(gaps=("choice", "36", "does not", "Chesbrough")), 1),
        ("gaps", Filled(gaps=("Decision", "36,5 hours", "does not", "chessbrough")), 1),
        ("gaps", Filled(gaps=("choice", "40", "always", "")), 0.25),
        ("gaps", Filled(gaps=("", "", "", "")), 0),
        ("match", Paired(rights=(0, 1)), 1),
        ("match", Paired(rights=(0, 2)), 0.5),
        ("match", Paired(rights=(None, None)), 0),
        ("sort", Grouped(groups=(0, 1, 0)), 1),
        ("sort", Grouped(groups=(0, 0, None)), pytest.approx(1 / 3)),
        ("steps", Ordered(order=(0, 1, 2, 3)), 1),
        ("steps", Ordered(order=(1, 0, 2, 3)), 0),
    ],
)
def test_marks(name: str, response: Response, share: float):
    assert grade(ITEMS[name], response).share == share


@pytest.mark.parametrize(
    ("order", "share"),
    [
        ((0, 1, 2, 3), 1),
        ((1, 0, 2, 3), 2 / 3),
        ((0, 2, 1, 3), 2 / 3),
        ((1, 0, 3, 2), 1 / 3),
        ((3, 2, 1, 0), 0),
        ((3, 0, 1, 2), 2 / 3),
    ],
)
def test_ordering_counts_neighbours_in_the_right_order(order: tuple[int, ...], share: float):
    item = item_of("1. a\n2. b\n3. c\n4. d")
    assert grade(item, Ordered(order=order)).share == pytest.approx(share)


def test_all_or_nothing():
    item = item_of("- [x] a\n- [x] b\n- [ ] c", "id=x partial=no points=4")
    assert grade(item, Chosen(options=(0,))).points == 0
    assert grade(item, Chosen(options=(0, 1))).points == 4


def test_weights_replace_the_usual_mark():
    single = item_of("- [x] a\n- [ ] b <!-- 50% -->\n- [ ] c <!-- -25% -->")
    assert [grade(single, Chosen(options=(at,))).share for at in range(3)] == [1, 0.5, 0]
    several = item_of("- [x] a <!-- 75% -->\n- [x] b <!-- 25% -->\n- [ ] c <!-- -10% -->")
    assert grade(several, Chosen(options=(0,))).share == pytest.approx(0.75)
    assert grade(several, Chosen(options=(0, 2))).share == pytest.approx(0.65)
    assert grade(several, Chosen(options=(0, 1))).right


def test_three_thirds_are_one():
    item = item_of("- [x] a\n- [x] b\n- [x] c\n- [ ] d", "id=x points=3")
    mark = grade(item, Chosen(options=(0, 1, 2)))
    assert (mark.share, mark.points, mark.right) == (1, 3, True)


def test_parts_tell_each_verdict():
    mark = grade(ITEMS["match"], Paired(rights=(1, None)))
    assert [(part.given, part.wanted, part.right) for part in mark.parts] == [
        ("One method", "A licence model", False),
        ("", "One method", False),
    ]
    mark = grade(ITEMS["multiple"], Chosen(options=(0, 2)))
    assert [(part.given, part.wanted, part.right) for part in mark.parts] == [
        ("Licensing in", "Licensing in", True),
        ("", "Scouting", False),
        ("Spinning out", "", False),
        ("", "", True),
    ]


def test_parts_of_an_order_follow_what_was_given():
    mark = grade(item_of("1. a\n2. b\n3. c"), Ordered(order=(1, 0, 2)))
    assert [(part.given, part.wanted, part.right) for part in mark.parts] == [
        ("b", "a", False),
        ("a", "b", False),
        ("c", "c", True),
    ]


def test_near_miss_is_told_and_not_counted():
    mark = grade(ITEMS["words"], Typed(text="couplde"))
    assert (mark.share, mark.near_miss) == (0, "coupled")
    assert mark.words == "Not right. You came close: check the spelling of “coupled”."


def test_a_known_wrong_wording_is_no_near_miss():
    item = item_of("- = outbound\n- ~ inbound\n  > The other way.")
    mark = grade(item, Typed(text="inbound"))
    assert (mark.near_miss, said(item, Typed(text="inbound"))) == ("", ["The other way."])


def test_exact_wording_goes_before_a_pattern():
    item = item_of("- = /.*bound/\n- ~ inbound")
    assert grade(item, Typed(text="outbound")).share == 1
    assert grade(item, Typed(text="inbound")).share == 0


def test_accents_are_forgiven_unless_strict():
    assert grade(item_of("- = Łódź"), Typed(text="lodz")).right
    strict = item_of("- = Łódź", "id=x accents=strict")
    mark = grade(strict, Typed(text="lodz"))
    assert (mark.right, mark.near_miss) == (False, "Łódź")


@pytest.mark.parametrize(
    "typed", ["1.176", "1,176", "1176", "1 176", "1'176", "1\u00a0176", "1\u2009176 EUR", "€1,176.00"]
)
def test_thousands_and_decimals_both_count(typed: str):
    assert grade(item_of("- = 1176 ± 0", "id=x unit=EUR"), Typed(text=typed)).right


@pytest.mark.parametrize("typed", ["1.176", "1,176"])
def test_the_same_typing_fits_a_small_key(typed: str):
    assert grade(item_of("- = 1,17 ± 0,01"), Typed(text=typed)).right


def test_feedback_goes_answer_caution_explanation():
    assert said(ITEMS["single"], Chosen(options=(1,))) == [
        "No: it runs shared facilities.",
        "Look again.",
        "It also publishes partner requests.",
    ]
    assert said(ITEMS["single"], Chosen(options=(0,))) == [
        "Yes: its contact points are the first stop.",
        "It also publishes partner requests.",
    ]
    assert said(ITEMS["number"], Typed(text="70")) == ["That is the rest."]
    assert said(ITEMS["steps"], Ordered(order=(1, 0, 2, 3))) == [
        "The brief follows the need.",
        "A model answer.",
    ]


@pytest.mark.parametrize(
    ("name", "response", "words"),
    [
        ("single", Chosen(options=(1,)), "Not right. Right is: Enterprise Europe Network."),
        (
            "multiple",
            Chosen(options=(0,)),
            "Partly right: 50 %. 1 of 2 right options found. Right are: Licensing in; Scouting.",
        ),
        ("number", Typed(text="9"), "Not right. Right would be: 27 ± 1 %."),
        (
            "match",
            Paired(rights=(0, 0)),
            "Partly right: 50 %. 1 of 2 pairs are right. Right would be: Crowdsourcing – One method.",
        ),
        (
            "steps",
            Ordered(order=(3, 2, 1, 0)),
            (
                "Not right. 0 of 3 neighbours stand in the right sequence. "
                "The right order is: Need; Brief; Search; Contract."
            ),
        ),
        ("words", Typed(text="nothing"), "Not right. Right would be: coupled."),
    ],
)
def test_the_mark_in_words(name: str, response: Response, words: str):
    assert grade(ITEMS[name], response).words == words


@pytest.mark.parametrize(
    ("name", "response"),
    [
        ("single", Typed(text="a")),
        ("single", Chosen(options=(0, 1))),
        ("single", Chosen(options=(7,))),
        ("words", Chosen(options=(0,))),
        ("match", Paired(rights=(0,))),
        ("match", Paired(rights=(0, 9))),
        ("sort", Grouped(groups=(0, 0, -1))),
        ("steps", Ordered(order=(0, 0, 1, 2))),
        ("gaps", Filled(gaps=("a",))),
    ],
)
def test_a_response_to_another_question_is_refused(name: str, response: Response):
    with pytest.raises(ResponseError):
        grade(ITEMS[name], response)


def test_no_worded_key_means_no_known_answer():
    item = item_of("- = /a+/")
    assert right_response(item) is None
    assert grade(item, Typed(text="b")).words == "Not right."


@given(st.sets(st.integers(0, 3)))
def test_multiple_choice_stays_between_nothing_and_all(chosen: set[int]):
    mark = grade(ITEMS["multiple"], Chosen(options=tuple(chosen)))
    assert 0 <= mark.share <= 1
    assert mark.right == (chosen == {0, 1})


@given(st.permutations(range(6)))
def test_only_the_exact_order_is_right(order: list[int]):
    item = item_of("1. a\n2. b\n3. c\n4. d\n5. e\n6. f")
    mark = grade(item, Ordered(order=tuple(order)))
    assert mark.right == (order == sorted(order))
    assert 0 <= mark.share <= 1


@given(st.lists(st.none() | st.integers(0, 1), min_size=3, max_size=3))
def test_groups_earn_their_share(groups: list[int | None]):
    mark = grade(ITEMS["sort"], Grouped(groups=tuple(groups)))
    right = sum(one == other for one, other in zip(groups, (0, 1, 0), strict=True))
    assert mark.share == pytest.approx(right / 3)
    assert sum(part.right for part in mark.parts) == right


@given(st.text(max_size=80))
def test_no_typed_text_breaks_the_marker(text: str):
    for name in ("words", "strict", "number"):
        mark = grade(ITEMS[name], Typed(text=text))
        assert 0 <= mark.share <= 1
        assert mark.words
    assert 0 <= grade(ITEMS["gaps"], Filled(gaps=(text,) * 4)).share <= 1
