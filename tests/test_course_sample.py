"""The sample course uses every construct of the format, and nothing in it is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course.catalog import load_course, open_bank, open_introduction, open_lesson, open_quiz
from course.digest import item_digest
from course.frontmatter import BankMatter, LessonMatter, ModuleMatter, QuizMatter, known_keys
from course.grade import grade
from course.header import read_header
from course.marker import ATTRIBUTES, DRAW_ATTRIBUTES, POOL_ATTRIBUTES, TYPES
from course.model import (
    Block,
    Callout,
    CalloutKind,
    Choice,
    Cloze,
    Footnote,
    Frame,
    Item,
    ListBlock,
    Matching,
    Numeric,
    Option,
    ShortText,
    Span,
)
from course.response import response_from_json
from course.solve import right_responses
from course.walk import blocks_in, texts_of

SAMPLE = Path(__file__).parent / "fixtures" / "courses" / "sample"
FOLDER = SAMPLE / "01-sample"
COURSE = load_course(SAMPLE)
MODULE = COURSE.modules[0]
LESSONS = [open_lesson(MODULE, head) for head in MODULE.lessons]
QUIZ = open_quiz(MODULE)
BANK = open_bank(MODULE, "bank/partners")
ITEMS: dict[str, Item] = {
    item.frame.id: item
    for item in (*(item for lesson in LESSONS for item in lesson.all_items), *QUIZ.items, *BANK.items)
}
BLOCKS: list[Block] = [
    block for lesson in LESSONS for section in lesson.sections for block in blocks_in(section.blocks)
]
SPANS: list[Span] = [span for text, _ in texts_of(BLOCKS) for span in text]


def kind_of(item: Item) -> str:
    if isinstance(item, Choice):
        return "truefalse" if item.true_false else "multiple" if item.multiple else "single"
    return {"ShortText": "text", "Numeric": "number"}.get(type(item).__name__, type(item).__name__.lower())


def markers(kind: str) -> set[str]:
    source = "".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.md"))
    found = re.findall(rf"<!-- {kind} (.*?)-->", source)
    return {name for values in found for name in re.findall(r"([\w-]+)=", values)}


def test_nothing_is_refused():
    assert COURSE.problems == ()
    for part in (*LESSONS, QUIZ, BANK):
        assert [str(problem) for problem in part.problems] == []


def test_every_type_is_there():
    assert {kind_of(item) for item in ITEMS.values()} == set(TYPES)


def test_every_attribute_is_there():
    assert markers("q") == set(ATTRIBUTES)
    assert markers("pool") == set(POOL_ATTRIBUTES)
    assert markers("draw") == set(DRAW_ATTRIBUTES)


def test_every_key_of_the_front_matter_is_there():
    used: dict[type, set[str]] = {
        ModuleMatter: set(),
        LessonMatter: set(),
        QuizMatter: set(),
        BankMatter: set(),
    }
    for path in FOLDER.rglob("*.md"):
        kind = {"module": ModuleMatter, "quiz": QuizMatter, "partners": BankMatter}.get(
            path.stem, LessonMatter
        )
        used[kind] |= set(read_header(path.read_text(encoding="utf-8"), path).values)
    translated = {"digests"}
    assert used[LessonMatter] == set(known_keys(LessonMatter))
    assert used[ModuleMatter] | translated == set(known_keys(ModuleMatter))
    assert used[QuizMatter] | translated == set(known_keys(QuizMatter))
    assert used[BankMatter] | translated | {"minutes"} == set(known_keys(BankMatter))


def test_every_kind_of_block_is_there():
    kinds = {type(block).__name__ for block in BLOCKS}
    wanted = set(re.findall(r"\w+", str(Block).replace("course.blocks.", ""))) - {"Raw"}
    assert kinds == wanted
    assert {block.kind for block in BLOCKS if isinstance(block, Callout)} == set(CalloutKind)
    lists = [block for block in BLOCKS if isinstance(block, ListBlock)]
    assert {(block.ordered, block.is_checklist) for block in lists} == {
        (False, False),
        (True, False),
        (False, True),
    }
    assert sum(isinstance(block, Footnote) for block in BLOCKS) == 2


def test_every_look_of_a_span_is_there():
    for look in ("strong", "emphasis", "code", "strike", "link", "line_break"):
        assert any(getattr(span, look) for span in SPANS), look
    links = {span.link.partition(":")[0] for span in SPANS if span.link}
    assert {"lesson", "guide", "term", "https", "mailto", "#running-text", "assets/list.csv"} <= links


def test_every_part_of_a_question_is_there():
    frames = [item.frame for item in ITEMS.values()]
    plain = Frame("", (), frames[0].place)
    for name in Frame.__dataclass_fields__.keys() - {"id", "prompt", "place"}:
        assert any(getattr(frame, name) != getattr(plain, name) for frame in frames), name
    options = [option for item in ITEMS.values() if isinstance(item, Choice) for option in item.options]
    assert any(option.feedback for option in options)
    assert any(option.weight is not None for option in options)
    assert Option.__dataclass_fields__.keys() == {"text", "right", "line", "feedback", "weight"}


def test_every_kind_of_key_is_there():
    words = [key for item in ITEMS.values() if isinstance(item, ShortText) for key in item.accepted]
    assert {(key.pattern, key.weight) for key in words} >= {(False, 1), (False, 0.5), (False, 0), (True, 1)}
    numbers = [key for item in ITEMS.values() if isinstance(item, Numeric) for key in item.accepted]
    assert {key.shown for key in numbers} == {"27 ± 1", "250 ± 5%", "20..30", "73"}
    gaps = [gap for item in ITEMS.values() if isinstance(item, Cloze) for gap in item.gaps]
    assert any(gap.menu for gap in gaps)
    assert any(gap.numbers for gap in gaps)
    assert any(key.pattern for gap in gaps for key in gap.accepted)
    assert any(item.extras for item in ITEMS.values() if isinstance(item, Matching))


def test_the_quiz_is_made_of_every_part():
    assert (QUIZ.mode, QUIZ.pass_percent, QUIZ.tries, QUIZ.shuffle, QUIZ.draw, QUIZ.minutes) == (
        "exam",
        70,
        2,
        True,
        5,
        12,
    )
    assert [(pool.id, pool.pick, pool.source) for pool in QUIZ.pools] == [
        ("basics", 2, ""),
        ("draw-2", 1, "bank/partners"),
    ]
    assert any(item.frame.variant_of for item in QUIZ.items)
    assert any(item.frame.case for item in QUIZ.items)
    assert open_introduction(MODULE)


@pytest.mark.parametrize("name", list(ITEMS))
def test_every_right_answer_earns_everything(name: str):
    item = ITEMS[name]
    for response in right_responses(item):
        assert response_from_json(response.to_json()) == response
        mark = grade(item, response)
        assert (mark.right, mark.share) == (True, 1)


def test_every_question_has_a_digest_of_its_own():
    assert len({item_digest(item) for item in ITEMS.values()}) == len(ITEMS)
