"""The tour: a lesson apart from the course, offered at the first start and always at hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from course.catalog import load_course, open_lesson, shipped_modules, shipped_tour
from course.check import check
from course.model import ListBlock
from course.solve import right_response
from tui.giving import give
from tui.places import TOUR, load_place
from tui.review_run import todays_plan
from tui.standing import read_standing

if TYPE_CHECKING:
    from conftest import Stage

SIZES = [(80, 24), (120, 40), (60, 20)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_tour_is_offered_at_the_first_start(stage: Stage, size: tuple[int, int]):
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "▸ Begin")
        assert "f6 for a tour of three minutes" in " ".join(stage.text(app).split())
        await stage.click_words(pilot, "Take the tour")
        text = await stage.see(pilot, "section 1 of 6")
        assert "Press n to turn the page" in text
        await stage.until(pilot, lambda: bool(app.services.record.visits()))
        await pilot.press("escape")
        await stage.see(pilot, "Modules")
        await stage.until(pilot, lambda: "Take the tour" not in stage.text(app))


async def test_the_tour_is_taken_with_the_keys_it_names(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("f6")
        await stage.see(pilot, "section 1 of 6")
        await pilot.press("n")
        await stage.see(pilot, "Which key shows a hint")
        await pilot.press("tab", "h")
        await stage.see(pilot, "you have just pressed it")
        await pilot.press("b", "enter")
        await stage.see(pilot, "your answer · correct")
        await pilot.press("enter")
        await stage.see(pilot, "[ ] I turned a page.")
        await pilot.press("tab", "space")
        await stage.see(pilot, "[x] I turned a page.")
        await pilot.press("n")
        await stage.see(pilot, "You may mark what matters to you")
        await pilot.press("m", "e", *"Mine")
        await pilot.press("escape")
        await stage.see(pilot, "✎ Mine")
        await pilot.press("escape", "B")
        assert "Three minutes with Hansa" in await stage.see(pilot, "▸ Mine")
        await pilot.press("escape", "n")
        await stage.see(pilot, "Press a. A line for your question opens")
        await pilot.press("a")
        await stage.see(pilot, "Type a question")
        await pilot.press("escape")
        await stage.see(pilot, "section 5 of 6")
        await pilot.press("n")
        await stage.see(pilot, "lists everything that can be done here")
        await pilot.press("escape")
        await stage.see(pilot, "Modules")


async def test_the_tour_is_found_in_the_help_and_the_palette(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(80, 50)) as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("question_mark")
        assert "f6" in await stage.see(pilot, "Learn in three minutes how Hansa works.")
        await pilot.press("escape", "ctrl+p", *"tour")
        await stage.until(pilot, lambda: "Tour" in stage.text(app))
        await pilot.press("enter")
        await stage.see(pilot, "section 1 of 6")


def test_the_tour_has_no_fault():
    report = check(shipped_tour())
    assert report.problems == ()
    assert report.files == 2


def test_the_tour_holds_a_question_with_hints_and_a_list_to_tick():
    (module,) = load_course(shipped_tour())
    lesson = open_lesson(module, module.lessons[0])
    assert module.id == TOUR
    assert len(lesson.items[0].frame.hints) == 2
    blocks = [block for section in lesson.sections for block in section.blocks]
    assert any(isinstance(block, ListBlock) and block.is_checklist for block in blocks)
    assert module.id not in {other.id for other in load_course(shipped_modules())}


def test_the_tour_leaves_no_trace_in_the_course(stage: Stage):
    services = stage.services()
    before = read_standing(services)
    tour = load_place(services, TOUR)
    for item in tour.lesson.items:
        response = right_response(item)
        assert response is not None
        assert give(services, item, response).right
    services.record.visit(tour.lesson.sections[0].id, 3, services.clock())
    after = read_standing(services)
    assert after.next_ref == before.next_ref
    assert after.finished == frozenset()
    stage.moment += timedelta(days=30)
    assert not todays_plan(services).today
