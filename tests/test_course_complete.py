"""The whole course is there, and whatever names a part of it leads there."""

from __future__ import annotations

import pytest

from course.calibration import ENOUGH
from course.catalog import load_course, open_quiz, shipped_modules
from course.check import check_beside
from course.drawing import drawn
from course.learning_paths import read_paths, route_of
from course.progress import progress
from course.self_check import self_check_heads
from course.workbook import tasks_of

COURSE = load_course(shipped_modules())


def test_all_twelve_modules_ship_with_their_lessons_questions_and_forms():
    assert [module.number for module in COURSE] == list(range(1, 13))
    assert sum(len(module.lessons) for module in COURSE) == 66
    first = [item for module in COURSE for item in open_quiz(module).items if not item.frame.variant_of]
    assert len(first) == 161
    assert [task.form.code for task in tasks_of(COURSE)] == [f"A{number:02}" for number in range(1, 67)]


def test_every_step_of_a_path_and_every_link_of_a_self_check_leads_somewhere():
    assert [str(problem) for problem in check_beside().problems] == []


def test_the_paths_take_as_long_as_they_say():
    so_far, heads = progress(COURSE, ()), self_check_heads()
    routes = [route_of(path, COURSE, so_far, heads) for path in read_paths().paths]
    assert [len(route.steps) for route in routes] == [len(route.path.steps) for route in routes]
    assert [(route.minutes_left + 30) // 60 for route in routes] == [4, 23, 19, 22, 42]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_two_quizzes_ask_often_enough_how_sure_a_learner_is(seed: int):
    """Whoever feels certain of what two of them ask sees a share on the progress page, whichever variants are drawn."""
    asked = [sum(item.frame.certainty for item in drawn(open_quiz(module), seed)) for module in COURSE]
    assert sum(sorted(asked, reverse=True)[1:3]) >= ENOUGH
    assert sum(number > 0 for number in asked) == 3
