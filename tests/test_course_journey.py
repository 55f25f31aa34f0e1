"""A learner's way through a shipped module: read, answer, stop, come back, sit the quiz, retake it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from course.catalog import load_course, open_lesson, open_quiz, shipped_modules
from course.digest import item_digest
from course.grade import grade
from course.journey import next_step
from course.model import Choice, Course, Item, Module, plain
from course.progress import progress
from course.record import LearnerRecord
from course.response import Chosen, response_from_json
from course.shuffle import display_order
from course.sitting import Sitting
from course.solve import right_response
from course.walk import texts_of, texts_of_item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from course.history import Run

SHIPPED = load_course(shipped_modules())
ITEMS = [
    item
    for module in SHIPPED
    for items in (
        *(open_lesson(module, head).items for head in module.lessons),
        open_quiz(module).items if module.quiz_path else (),
    )
    for item in items
]


@pytest.fixture
def record(tmp_path: Path) -> Iterator[LearnerRecord]:
    with LearnerRecord.open(tmp_path / "record.db") as opened:
        yield opened


@pytest.fixture
def clock() -> Iterator[datetime]:
    return (datetime(2026, 11, 21, 9, tzinfo=UTC) + timedelta(minutes=minute) for minute in count())


def module_with_quiz() -> Module:
    return next(module for module in SHIPPED if module.quiz_path and module.lessons)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.frame.id)
def test_every_shipped_question_can_be_answered_right_and_stored(item: Item):
    response = right_response(item)
    assert response is not None
    assert response_from_json(response.to_json()) == response
    assert grade(item, response).right
    assert sorted(display_order(item, 5)) == list(range(len(display_order(item, 5))))
    assert all(line >= 1 for _, line in texts_of_item(item))


@pytest.mark.parametrize(
    "item", [item for item in ITEMS if isinstance(item, Choice)], ids=lambda item: item.frame.id
)
def test_every_wrong_option_shipped_is_wrong_and_says_why(item: Item):
    assert isinstance(item, Choice)
    for at, option in enumerate(item.options):
        if not option.right:
            mark = grade(item, Chosen(options=(at,)))
            assert not mark.right
            assert mark.feedback


def test_reading_a_module_from_the_first_section_to_the_quiz(
    record: LearnerRecord, clock: Iterator[datetime]
):
    module = module_with_quiz()
    course = Course((module,))
    opened: list[str] = []
    for _ in range(500):
        step = next_step(course, record.visits(), record.attempts(), record.runs())
        if step.kind != "lesson":
            break
        opened.append(step.section_id)
        head = next(head for head in module.lessons if head.id == step.id)
        section = open_lesson(module, head).sections[head.section_ids.index(step.section_id)]
        record.visit(section.id, 0, next(clock))
        for item in section.items:
            answer(record, item, next(clock))
        after = head.section_ids.index(section.id) + 1
        if after < len(head.section_ids):
            record.visit(head.section_ids[after], 0, next(clock))
    assert step.kind == "quiz"
    so_far = progress(course, record.visits(), record.attempts(), record.runs())
    assert so_far.minutes_left == 0
    assert so_far.module(module.id).lessons_done == len(
        [head for head in module.lessons if not head.optional]
    )
    assert len(opened) == len(set(opened)), "no section is offered twice once it is done"


def answer(record: LearnerRecord, item: Item, at: datetime, run: Run | None = None) -> None:
    response = right_response(item)
    assert response is not None
    run_id = run.id if run else None
    answer_id = record.give(item.frame.id, response, digest=item_digest(item), at=at, run_id=run_id)
    record.mark(answer_id, grade(item, response), at)


def test_a_quiz_that_is_stopped_goes_on_and_is_passed(record: LearnerRecord, clock: Iterator[datetime]):
    module = module_with_quiz()
    course = Course((module,))
    quiz = open_quiz(module)
    sitting = Sitting.begun(quiz, 11, module.outcomes)
    run = record.start_run(
        module.quiz_id, seed=11, mode="check", at=next(clock), plan=sitting.plan, terms=sitting.terms
    )
    for item in sitting.items[:3]:
        answer(record, item, next(clock), run)

    step = next_step(course, record.visits(), record.attempts(), record.runs())
    assert (step.kind, step.run_id, step.item_index) == ("quiz", run.id, 3)

    kept = {item.frame.id: item for item in sitting.items}
    sitting = Sitting.of_run(run, kept).resumed(record.attempts(run_id=run.id))
    assert sitting.position == 4
    while sitting.current is not None:
        item = sitting.current
        answer(record, item, next(clock), run)
        sitting = sitting.resumed(record.attempts(item.frame.id))
    record.finish_run(run.id, next(clock))

    result = sitting.result()
    assert (result.percent, result.passed, result.next_steps) == (100, True, ())
    assert set(result.strengths) <= set(module.outcomes.values())
    quiz = progress(course, record.visits(), record.attempts(), record.runs()).module(module.id).quiz
    assert quiz is not None
    assert (quiz.best, quiz.passed, quiz.open_run) == (100, True, None)
    assert Sitting.begun(open_quiz(module), 12).items != sitting.items


def test_every_section_shipped_has_something_to_read():
    for module, head in SHIPPED.lesson_heads():
        for section in open_lesson(module, head).sections:
            assert section.blocks, section.id
            words = " ".join(plain(text) for text, _ in texts_of(section.blocks))
            assert len(words.split()) > 5, section.id
