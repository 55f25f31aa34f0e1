from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from course.blank import blank_response
from course.catalog import load_course, open_lesson, open_quiz, shipped_modules
from course.digest import item_digest, source_digest
from course.errors import ResponseError
from course.grade import grade
from course.items import Frame, ShortText
from course.model import Likert, Ordering, Place, Span
from course.parse import parse_lesson
from course.snapshot import item_from, item_source
from course.solve import right_responses

SHIPPED = load_course(shipped_modules())
EVERY_TYPE = parse_lesson(Path(__file__).parent / "fixtures" / "course" / "all-types.md", "m")
ITEMS = [
    *(item for module, head in SHIPPED.lesson_heads() for item in open_lesson(module, head).all_items),
    *(item for module in SHIPPED if module.quiz_path for item in open_quiz(module).items),
    *EVERY_TYPE.all_items,
]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.frame.id)
def test_a_question_comes_back_with_everything_that_is_seen_and_marked(item):
    source = item_source(item)
    again = item_from(source)
    assert item_source(again) == source
    assert item_digest(again) == item_digest(item) == source_digest(source)
    for response in right_responses(item):
        assert grade(again, response).points == grade(item, response).points
        assert grade(again, response).words == grade(item, response).words


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.frame.id)
def test_no_answer_earns_nothing_but_tells_what_was_right(item):
    mark = grade(item, blank_response(item, 5))
    if not isinstance(item, Ordering | Likert):
        assert (mark.share, mark.right) == (0, False)
    assert mark.words


def test_neither_its_place_nor_a_field_at_its_default_changes_the_digest():
    item = ShortText(Frame("m/l#q", (Span("What?"),), Place(Path("a.md"), 3)), ())
    moved = replace(item, frame=replace(item.frame, place=Place(Path("b.md"), 9)))
    assert item_source(moved) == item_source(item)
    assert "hints" not in item_source(item)
    assert item_digest(replace(item, frame=replace(item.frame, points=2.0))) != item_digest(item)


GOOD = json.loads(item_source(ITEMS[0]))


def changed(**more: object):
    return json.dumps({**GOOD, **more})


@pytest.mark.parametrize(
    "source",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"": "Path"}',
        '{"": "Choice"}',
        changed(unknown=1),
        changed(multiple="yes"),
        changed(frame={"": "Option"}),
        changed(options=7),
        changed(options=[[["x"]]]),
        changed(frame={**GOOD["frame"], "points": "many"}),
        changed(frame={**GOOD["frame"], "prompt": [{"": "Span", "text": None}]}),
        "[" * 100_000,
        '{"": "Quote", "blocks": [' * 500 + "]}" * 500,
    ],
)
def test_what_is_no_question_is_refused(source):
    with pytest.raises(ResponseError, match="cannot be read"):
        item_from(source)
