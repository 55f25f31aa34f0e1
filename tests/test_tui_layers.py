"""Pages and windows one over another: what is left late, or twice, takes nothing else away."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from assistant.chat_settings import ChatSettings
from course.catalog import open_quiz
from course.solve import right_response
from tui.giving import give
from tui.quiz_run import begin, hand_in
from tui.screens.chat_model import ChatModelScreen
from tui.screens.lists import ListScreen
from tui.screens.plan import PlanScreen
from tui.settings import SettingsError
from tui.widgets.item import ItemView

if TYPE_CHECKING:
    from conftest import Stage

    from course.grade import Mark


async def test_a_page_that_is_left_twice_leaves_the_one_beneath(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "Begin")
        home = app.screen
        app.open_plan()
        await stage.see(pilot, "No path")
        page = app.screen
        assert isinstance(page, PlanScreen)
        for _twice in range(2):
            page.post_message(PlanScreen.Kept())
            page.action_back()
        await stage.until(pilot, lambda: app.screen is home)
        assert app.screen_stack == [home]


async def test_work_that_ends_under_a_window_leaves_the_window(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "Begin")
        app.open_plan()
        await stage.see(pilot, "No path")
        page, window = app.screen, ListScreen("Over it", "", ())
        await app.push_screen(window)
        page.post_message(PlanScreen.Kept())
        await pilot.pause()
        assert app.screen_stack[-2:] == [page, window]


async def test_a_chat_model_that_is_refused_late_finds_its_page_gone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    app, go = stage.app(), Event()

    def choose(_settings: ChatSettings) -> None:
        go.wait(60)
        raise SettingsError("The disk is full.")

    monkeypatch.setattr(app.services, "choose_chat", choose)
    async with app.run_test() as pilot:
        await stage.see(pilot, "Begin")
        page = ChatModelScreen()
        await app.push_screen(page)
        page.call_later(page._choose, ChatSettings())
        await pilot.pause()
        await pilot.press("escape")
        await stage.until(pilot, lambda: not page.is_attached)
        go.set()
        await stage.until(pilot, lambda: len(app._notifications) > 0)
        await stage.see(pilot, "Begin")


async def test_a_judgement_that_comes_late_finds_its_question_gone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    app, go = stage.app("small/practice"), Event()

    def slow(*arguments: Any, **more: Any) -> Mark:  # noqa: ANN401 - as `give` takes them
        go.wait(60)
        return give(*arguments, **more)

    monkeypatch.setattr("tui.screens.questions.give", slow)
    async with app.run_test() as pilot:
        await stage.see(pilot, "Which one floats?")
        await pilot.press("tab", "a", "enter")
        page = app.screen
        view = page.query_one(ItemView)
        await stage.until(pilot, lambda: view.tried == 1)
        await pilot.press("n")
        await stage.see(pilot, "section 2 of 9")
        go.set()
        await stage.until(pilot, lambda: "small/practice#single" in page.earlier)
        await pilot.press("p")
        await stage.see(pilot, "See the answer again")


async def test_the_end_of_a_lesson_that_is_asked_for_twice_opens_it_once(stage: Stage):
    app = stage.app("other/more")
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 1 of 1")
        await asyncio.gather(app.screen.action_next(), app.screen.action_next())
        await stage.see(pilot, "You have reached the end of this lesson.")


@pytest.mark.parametrize(
    ("ref", "words"), [("small/practice", "section 3 of 9"), ("small/reading", "section 3 of 4")]
)
async def test_of_two_sections_that_are_asked_for_at_once_the_last_is_shown(
    stage: Stage, ref: str, words: str
):
    app = stage.app(ref)
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 1 of")
        page = app.screen
        await asyncio.gather(page.show(1), page.show(2))
        await stage.see(pilot, words)
        assert len(page.query(".title")) == 1


async def test_of_two_answers_that_are_asked_for_at_once_the_last_is_shown(stage: Stage):
    services = stage.services()
    module = services.course.modules[0]
    quiz = open_quiz(module)
    sat = begin(services, quiz, module, None)
    for item in sat.sitting.items:
        give(services, item, right_response(item), run_id=sat.run.id)
    hand_in(services, sat)
    services.close()
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "Look at your answers")
        page = app.screen
        await asyncio.gather(page.show_answer(0), page.show_answer(1), page.show_answer(2))
        await stage.see(pilot, "What carries salt?")
        assert len(page.query(ItemView)) == 1
