from __future__ import annotations

from pathlib import Path

import pytest

from course.model import (
    Accepted,
    Callout,
    CalloutKind,
    Choice,
    Classify,
    Cloze,
    Gap,
    Item,
    Lesson,
    Matching,
    Numeric,
    Ordering,
    Paragraph,
    Practice,
    ShortText,
    Span,
    plain,
)
from course.parse import parse_lesson

FIXTURES = Path(__file__).parent / "fixtures" / "course"
PATH = Path("01-lesson.md")


def lesson_of(body: str) -> Lesson:
    return parse_lesson(PATH, "m", f"---\ntitle: T\n---\n{body}")


def item_of(body: str, attributes: str = "id=x") -> Item:
    lesson = lesson_of(f"<!-- q {attributes} -->\n{body}")
    assert lesson.problems == ()
    (item,) = lesson.items
    return item


def problem_of(body: str, attributes: str = "id=x") -> tuple[str, str]:
    """The code and sentence of the one problem of a question that cannot be shown."""
    lesson = lesson_of(f"<!-- q {attributes} -->\n{body}")
    assert lesson.items == ()
    (problem,) = lesson.problems
    (notice,) = lesson.sections[0].blocks
    assert isinstance(notice, Callout)
    assert notice.kind is CalloutKind.WARNING
    (paragraph,) = notice.blocks
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.text).endswith(problem.message)
    return problem.code, problem.message


@pytest.fixture(scope="module")
def items() -> dict[str, Item]:
    lesson = parse_lesson(FIXTURES / "all-types.md", "m")
    assert [str(problem) for problem in lesson.problems] == []
    return {item.frame.id.partition("#")[2]: item for item in lesson.items}


def test_every_type_is_told_by_its_shape(items: dict[str, Item]):
    assert {name: type(item).__name__ for name, item in items.items()} == {
        "single": "Choice",
        "multiple": "Choice",
        "truth": "Choice",
        "words": "ShortText",
        "strict": "ShortText",
        "number": "Numeric",
        "gaps": "Cloze",
        "match": "Matching",
        "sort": "Classify",
        "steps": "Ordering",
    }


def test_frame_of_a_single_choice(items: dict[str, Item]):
    item = items["single"]
    assert isinstance(item, Choice)
    frame = item.frame
    assert frame.id == "m/every-kind#single"
    assert plain(frame.prompt) == "Which network runs advice desks?"
    assert (frame.points, frame.outcome, frame.place.line) == (2.0, "O1", 13)
    assert [shown(blocks) for blocks in frame.hints] == [["Think of a telephone."], ["Think of a desk."]]
    assert shown(frame.body) == ["A line of body."]
    assert shown(frame.caution) == ["Look again."]
    assert shown(frame.explanation) == ["It also publishes partner requests."]
    assert [(option.right, option.weight) for option in item.options] == [
        (True, None),
        (False, None),
        (False, -0.25),
    ]
    assert shown(item.options[1].feedback) == ["No: it runs shared facilities."]
    assert plain(item.options[2].text) == "A statistical office"
    assert (item.multiple, item.true_false) == (False, False)


def shown(blocks: tuple[object, ...]) -> list[str]:
    return [plain(block.text) for block in blocks if isinstance(block, Paragraph)]


def test_text_after_a_question_stays_in_the_page():
    lesson = parse_lesson(FIXTURES / "all-types.md", "m")
    kinds = [type(block).__name__ for block in lesson.sections[1].blocks]
    assert kinds == ["Practice", "Paragraph", "Practice", "Practice"]


def test_multiple_and_true_false(items: dict[str, Item]):
    several, truth = items["multiple"], items["truth"]
    assert isinstance(several, Choice)
    assert isinstance(truth, Choice)
    assert (several.multiple, several.true_false) == (True, False)
    assert (truth.multiple, truth.true_false) == (False, True)


def test_short_text_keys(items: dict[str, Item]):
    item = items["words"]
    assert isinstance(item, ShortText)
    assert [(key.text, key.weight, key.pattern) for key in item.accepted] == [
        ("coupled", 1, False),
        ("both ways", 1, False),
        ("coupled .+", 1, True),
        ("half right", 0.5, False),
        ("inbound", 0, False),
    ]
    assert shown(item.accepted[4].feedback) == ["Only one direction."]
    assert items["strict"].frame.accents_strict


def test_numeric_keys(items: dict[str, Item]):
    item = items["number"]
    assert isinstance(item, Numeric)
    assert item.unit == "%"
    assert [(key.low, key.high, key.weight, key.shown) for key in item.accepted] == [
        (26, 28, 1, "27 ± 1"),
        (20, 30, 0.5, "20..30"),
        (70, 70, 0, "70"),
    ]


def test_gaps_in_running_text(items: dict[str, Item]):
    item = items["gaps"]
    assert isinstance(item, Cloze)
    words, number, menu, pattern = item.gaps
    assert [key.text for key in words.accepted] == ["choice", "decision"]
    assert [(key.low, key.high) for key in number.numbers] == [(35, 37)]
    assert (menu.menu, [key.text for key in menu.accepted]) == (("does not", "always"), ["does not"])
    assert pattern.accepted[0].pattern
    assert pattern.accepted[0].text == "Ches+brough"
    (row,) = item.paragraphs
    texts = [plain(part) for part in row if not isinstance(part, Gap)]
    assert texts == ["Openness is a ", " that costs ", " hours. It ", " pay, says ", "."]
    assert Span("says", strong=True) in row[6]  # type: ignore[operator]


def test_matching_classify_ordering(items: dict[str, Item]):
    match, sort, steps = items["match"], items["sort"], items["steps"]
    assert isinstance(match, Matching)
    assert [(plain(pair.left), plain(pair.right)) for pair in match.pairs] == [
        ("Open source", "A licence model"),
        ("Crowdsourcing", "One method"),
    ]
    assert [plain(extra) for extra in match.extras] == ["Something else"]
    assert shown(match.pairs[0].feedback) == ["A licence says what others may do."]
    assert isinstance(sort, Classify)
    assert [plain(group) for group in sort.groups] == ["Inbound", "Outbound"]
    assert isinstance(steps, Ordering)
    assert [plain(step.text) for step in steps.steps] == ["Need", "Brief", "Search", "Contract"]
    assert not steps.frame.partial
    assert shown(steps.frame.explanation) == ["A model answer."]


@pytest.mark.parametrize(
    "pair",
    [
        ("True", "False"),
        ("Sandt", "Falsk"),
        ("Richtig", "Falsch"),
        ("Prawda", "Fałsz"),
        ("Verdadero.", "Falso."),
        ("wahr", "falsch"),
    ],
)
def test_true_false_in_five_languages(pair: tuple[str, str]):
    item = item_of(f"### P\n\n- [ ] {pair[1]}\n- [x] {pair[0]}")
    assert isinstance(item, Choice)
    assert item.true_false


def test_types_that_are_named():
    assert isinstance(choice := item_of("### P\n\n- [x] a\n- [ ] b", "id=x type=multiple"), Choice)
    assert choice.multiple
    assert isinstance(
        choice := item_of("### P\n\n- [x] Holds\n- [ ] Does not", "id=x type=truefalse"), Choice
    )
    assert choice.true_false
    assert isinstance(item_of("### P\n\n- = 1990", "id=x type=text"), ShortText)


def test_attributes_are_read():
    item = item_of(
        "### P\n\n- [x] a\n- [ ] b\n- [x] c",
        "id=q.1-b points=2,5 tags='legal, ip' shuffle=no partial=off level=hard tries=2 "
        "penalty=12.5% pin=1,last review=no select=all certainty=yes",
    )
    frame = item.frame
    assert frame.id == "m/lesson#q.1-b"
    assert (frame.points, frame.tags, frame.shuffle, frame.partial) == (2.5, ("legal", "ip"), False, False)
    assert (frame.level, frame.tries, frame.penalty, frame.pinned) == ("hard", 2, 0.125, (0, -1))
    assert (frame.review, frame.certainty) == (False, True)
    assert isinstance(item, Choice)
    assert not item.counted


def test_a_question_may_be_a_paragraph_of_gaps():
    item = item_of("It is [[ (so) | not so ]].")
    assert isinstance(item, Cloze)
    assert item.frame.prompt == ()


def test_gaps_in_a_list_become_rows():
    item = item_of("### P\n\nIntro.\n\n1. One [[a]].\n2. Two [[b]].")
    assert isinstance(item, Cloze)
    assert shown(item.frame.body) == ["Intro."]
    assert [plain(row[0]) for row in item.paragraphs if not isinstance(row[0], Gap)] == ["1. ", "2. "]


def test_gap_with_known_wrong_and_number_among_words():
    item = item_of("### P\n\nX [[two | = 2 | ~ three]].")
    assert isinstance(item, Cloze)
    (gap,) = item.gaps
    assert [(key.text, key.weight) for key in gap.accepted] == [("two", 1), ("three", 0)]
    assert gap.numbers[0].low == 2


def test_boxes_win_over_numbered_list_that_follows():
    lesson = lesson_of("<!-- q id=x -->\n### P\n\n- [x] a\n- [ ] b\n\nThen:\n\n1. one\n2. two\n")
    assert isinstance(lesson.items[0], Choice)
    assert [type(block).__name__ for block in lesson.sections[0].blocks] == [
        "Practice",
        "Paragraph",
        "ListBlock",
    ]


def test_a_list_in_the_body_is_no_answer_list():
    item = item_of("### P\n\n- a fact\n- another\n\n1. first\n2. second\n\n- [ ] a\n- [x] b")
    assert isinstance(item, Choice)
    assert [type(block).__name__ for block in item.frame.body] == ["ListBlock", "ListBlock"]


@pytest.mark.parametrize(
    "end",
    [
        "<!-- q id=y -->\n### N\n\n- [x] c\n- [ ] d",
        "### Next\n\nText.",
        "## Section\n\nText.",
        "<!-- /q -->\n\nText.",
    ],
)
def test_where_a_question_ends(end: str):
    lesson = lesson_of(f"<!-- q id=x -->\n### P\n\n- [x] a\n- [ ] b\n\n{end}")
    assert lesson.problems == ()
    assert lesson.items[0].frame.id == "m/lesson#x"
    assert lesson.items[0].frame.body == ()


def test_heading_below_the_prompt_belongs_to_the_body():
    item = item_of("### P\n\n#### Case\n\nText.\n\n- [x] a\n- [ ] b")
    assert len(item.frame.body) == 2


def test_options_may_hold_code_links_and_several_paragraphs():
    item = item_of("### P\n\n- [x] `a` [l](#x)\n\n  more\n- [ ] b\n  ```\n  code\n  ```")
    assert isinstance(item, Choice)
    assert [plain(option.text) for option in item.options] == ["a l\nmore", "b\ncode"]


@pytest.mark.parametrize(
    ("body", "attributes", "code", "told"),
    [
        ("", "id=x", "Q010", "No question stands under this comment"),
        ("- [x] a\n- [ ] b", "id=x", "Q010", "heading or a paragraph"),
        ("### P\n\nText.", "id=x", "Q011", "No answers follow"),
        ("### P\n\n- plain\n- list", "id=x", "Q011", "No answers follow"),
        ("### P\n\n- [ ] a\n- [ ] b", "id=x", "Q012", "write [x] in its box"),
        ("### P\n\n- [x] a", "id=x", "Q013", "at least two options"),
        ("### P\n\n- [x] a\n- [ ] A", "id=x", "Q013", "Two options say “a”"),
        ("### P\n\n- [x] a\n- b", "id=x", "Q013", "“b” has no box"),
        ("### P\n\n- [x] a\n- [x] b", "id=x type=single", "Q013", "untick the others"),
        ("### P\n\n- [x] a\n- [ ] b\n- [ ] c", "id=x type=truefalse", "Q013", "two options"),
        ("### P\n\n- [x] a\n- [ ] b <!-- 200% -->", "id=x", "Q021", "between -100% and 100%"),
        ("### P\n\n- ~ a\n- ~ b", "id=x", "Q012", "begin at least one line with ="),
        ("### P\n\n- = a\n- b", "id=x", "Q020", "“b” is no answer"),
        ("### P\n\n- = a\n- =", "id=x", "Q020", "write the answer there"),
        ("### P\n\n- = /(a/", "id=x", "Q022", "is not closed"),
        ("### P\n\n- = 5\n- = five", "id=x", "Q020", "is no number"),
        ("### P\n\n- = 1,250", "id=x", "Q023", "write 1250"),
        ("### P\n\n- = 30..20", "id=x", "Q020", "ends before it begins"),
        ("### P\n\n- a → b\n- c", "id=x", "Q013", "LEFT → RIGHT"),
        ("### P\n\n- → b\n- → c", "id=x", "Q012", "at least one pair"),
        ("### P\n\n- a → b\n- a → c", "id=x", "Q013", "Two left sides"),
        ("### P\n\n- a → b\n- → b", "id=x", "Q013", "is an extra"),
        ("### P\n\n- a => b\n- => c", "id=x", "Q013", "CARD => GROUP"),
        ("### P\n\n1. only", "id=x", "Q013", "at least two steps"),
        ("### P\n\n1. a\n2. a", "id=x", "Q013", "Two steps"),
        ("### P\n\nX [[a | ]].", "id=x", "Q014", "empty part"),
        ("### P\n\nX [[ (a) ]].", "id=x", "Q014", "two or more choices"),
        ("### P\n\nX [[~ a]].", "id=x", "Q012", "no right answer"),
        ("### P\n\nX [[a]].\n\n```\ncode\n```", "id=x", "Q014", "move the rest above it"),
        ("### P\n\n- [x] a\n- [ ] b", "id=x type=ordering", "Q015", "make them agree"),
        ("### P\n\n- [x] a\n- [ ] b", "id=x type=open", "Q011", "No model answer follows"),
        ("### P\n\n> [!IMPORTANT]\n> A model.", "id=x type=open", "Q012", "needs a checklist"),
        ("### P\n\n- [x] a\n- [ ] b", "id=x type=likert", "Q011", "No statements follow"),
        ("### P\n\n- a\n- a", "id=x type=likert", "Q013", "Two statements"),
        ("### P\n\n- a\n- b", "id=x type=likert scale=5", "Q001", "such as 1..5"),
        ("### P\n\n- a\n- b", "id=x type=likert scale=1..99", "Q001", "2 to 11 steps"),
        ("### P\n\n- a\n- b", "id=x type=likert labels='a / b / c'", "Q001", "both ends"),
        ("### P\n\n- a\n- b", "id=x type=likert pair=twice", "Q001", "pre or post"),
        ("### P\n\n- [x] a\n- [ ] b", "id=x select=two", "Q001", "must be count"),
        ("### P\n\n- [x] a\n- [ ] b", "id=x tries=0", "Q001", "whole number"),
        ("### P\n\n- [x] a\n- [ ] b", "id=x penalty=0.1", "Q001", "per cent"),
        ("### P\n\n- [x] a\n- [ ] b", "id=x pin=middle", "Q001", "first, last"),
        ("### P\n\n- [x] a\n- [ ] b", "id=x case=none-such", "Q046", "names no section"),
        ("### P\n\n- [x] a\n- [ ] b", "id=x type=multipel", "Q001", "did you mean `multiple`?"),
        ("### P\n\n- [x] a\n- [ ] b", "id=x points=lots", "Q001", "above 0"),
        ("### P\n\n- [x] a\n- [ ] b", "id=x points=-1", "Q001", "above 0"),
        ("### P\n\n- [x] a\n- [ ] b", "id=x shuffle=maybe", "Q001", "yes or no"),
        ("### P\n\n- [x] a\n- [ ] b", "id=x accents=some", "Q001", "strict or forgive"),
        ("### P\n\n- [x] a\n- [ ] b", "id=a/b", "Q002", "letters, digits"),
        ("### P\n\n- [x] a\n- [ ]", "id=x", "Q013", "has no box"),
    ],
)
def test_a_broken_question_is_told_and_stands_as_a_notice(body: str, attributes: str, code: str, told: str):
    found, message = problem_of(body, attributes)
    assert (found, told in message) == (code, True), message


def test_a_broken_question_leaves_the_rest_of_the_lesson():
    lesson = parse_lesson(FIXTURES / "broken.md", "m")
    assert [item.frame.id for item in lesson.items] == ["m/broken#good-one", "m/broken#good-two"]
    assert [(problem.code, problem.place.line) for problem in lesson.problems] == [
        ("Q012", 18),
        ("Q003", 31),
        ("Q040", 39),
        ("M001", 41),
        ("Q044", 47),
    ]
    words = [plain(block.text) for block in lesson.sections[0].blocks if isinstance(block, Paragraph)]
    assert words == ["Text before.", "Text after."]


def test_unknown_attribute_names_the_nearest_and_the_question_is_shown():
    lesson = lesson_of("<!-- q id=x point=3 -->\n### P\n\n- [x] a\n- [ ] b")
    assert len(lesson.items) == 1
    assert lesson.problems[0].message == "The attribute `point` is not known; did you mean `points`?"
    assert lesson.problems[0].place.line == 4


def test_unreadable_rest_of_a_comment():
    lesson = lesson_of('<!-- q id=x "loose -->\n### P\n\n- [x] a\n- [ ] b')
    assert "write attributes as name=value" in lesson.problems[0].message


def test_missing_id_is_told_with_one_to_take():
    lesson = lesson_of("<!-- q -->\n### What is it?\n\n- [x] a\n- [ ] b")
    assert lesson.items[0].frame.id == "m/lesson#q-what-is-it"
    assert "add id=q-what-is-it" in lesson.problems[0].message


def test_ordinary_comments_are_dropped():
    lesson = lesson_of("<!-- quite a note -->\n\nText. <!-- more -->")
    assert lesson.sections[0].blocks == (Paragraph((Span("Text."),), 6),)
    assert lesson.problems == ()


def test_key_texts_keep_their_signs():
    item = item_of("### P\n\n- = *a* & b\n- = a \\* b\n- = /a\\.b*c*/\n- = ~x")
    assert isinstance(item, ShortText)
    assert [key.text for key in item.accepted] == ["a & b", "a * b", "a\\.b*c*", "~x"]


def test_accepted_values_are_plain():
    item = item_of("### P\n\n- = a <!-- 75% -->")
    assert isinstance(item, ShortText)
    assert item.accepted == (Accepted("a", 7, 0.75),)


def test_practice_carries_the_line_of_its_comment():
    lesson = lesson_of("\n\n<!-- q id=x -->\n### P\n\n- [x] a\n- [ ] b")
    (block,) = lesson.sections[0].blocks
    assert isinstance(block, Practice)
    assert block.line == 6
