from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from tui.screens.aided import LessonTalk
from tui.screens.ask import AskScreen

if TYPE_CHECKING:
    from conftest import Stage

    from assistant.model import Answer

SIZES = ((80, 24), (120, 40))
RAN = "How long did the ferry run?"
COST = "The ferry ran for 54 months."


@pytest.fixture
def reading(stage: Stage) -> Stage:
    stage.assistant.will_answer(RAN, "The ferry ran for 54 months [1].", [COST])
    return stage


@pytest.mark.parametrize("size", SIZES)
async def test_one_key_opens_and_closes_the_assistant_at_the_same_line(reading: Stage, size: tuple[int, int]):
    app = reading.app("small/reading#what-the-page-can-show")
    async with app.run_test(size=size) as pilot:
        await reading.see(pilot, "section 2 of 4")
        await pilot.press("pagedown")
        await pilot.pause()
        before = reading.text(app)
        await pilot.press("f5")
        text = await reading.see(pilot, "1 guide")
        assert "Ask the guides" in text
        assert "section 2 of 4" in text
        assert ("code [b]line[/b]" in text) is (size[0] >= 120), "beside the text, or over it"
        await pilot.press(*RAN, "enter")
        await reading.see(pilot, "ferry ran for 54")
        await pilot.press("1")
        await reading.see(pilot, "▌ The ferry ran")
        await pilot.press("escape")
        await reading.see(pilot, "ferry ran for 54")
        await pilot.press("f5")
        await reading.until(pilot, lambda: reading.text(app) == before)


@pytest.mark.parametrize("size", SIZES)
async def test_the_talk_is_the_one_of_the_page_of_its_own(reading: Stage, size: tuple[int, int]):
    app = reading.app("small/reading")
    async with app.run_test(size=size) as pilot:
        await reading.see(pilot, "section 1 of 4")
        await pilot.press("a")
        await reading.see(pilot, "1 guide")
        await pilot.press(*RAN, "enter")
        await reading.see(pilot, "ferry ran for 54")
        await pilot.press("ctrl+o")
        await reading.until(pilot, lambda: isinstance(app.screen, AskScreen))
        await reading.see(pilot, "ferry ran for 54")
        await pilot.press("ctrl+n")
        await reading.until(pilot, lambda: "for 54" not in reading.text(app))
        await pilot.press("escape")
        await reading.see(pilot, "section 1 of 4")
        assert "for 54" not in reading.text(app)
        assert reading.assistant.asked == [RAN]


async def test_an_answer_comes_though_the_lesson_was_left(reading: Stage):
    held, reply = Event(), reading.assistant.ask

    def slow(question: str, *given: object, **options: object) -> Answer:
        held.wait(60)
        return reply(question, *given, **options)

    reading.assistant.ask = slow
    app = reading.app("small/reading")
    async with app.run_test() as pilot:
        await reading.see(pilot, "section 1 of 4")
        await pilot.press("a")
        await reading.see(pilot, "1 guide")
        await pilot.press(*RAN, "enter")
        await reading.see(pilot, "Looking in the guides")
        await pilot.press("escape", "escape")
        await reading.see(pilot, "Modules")
        held.set()
        await pilot.press("a")
        await reading.see(pilot, "ferry ran for 54")


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_on_a_block_is_begun_beside_it(reading: Stage, size: tuple[int, int]):
    app = reading.app("small/reading#what-the-page-can-show")
    async with app.run_test(size=size) as pilot:
        await reading.see(pilot, "section 2 of 4")
        await pilot.press("A")
        await reading.until(pilot, lambda: bool(app.screen.query(LessonTalk)))
        line = app.screen.query_one(LessonTalk).line
        await reading.until(pilot, lambda: line.has_focus and line.value == "About strong: ")
        assert "section 2 of 4" in reading.text(app)


async def test_beside_the_assistant_the_lesson_can_be_read_on(reading: Stage):
    app = reading.app("small/reading")
    async with app.run_test(size=(120, 40)) as pilot:
        await reading.see(pilot, "section 1 of 4")
        await pilot.press("a")
        await reading.see(pilot, "1 guide")
        await pilot.press("shift+tab", "n")
        text = await reading.see(pilot, "section 2 of 4")
        assert "1 guide" in text
        await pilot.press("a", *"n")
        await reading.until(pilot, lambda: app.screen.query_one(LessonTalk).line.value == "n")
        assert "section 2 of 4" in reading.text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_assistant_is_opened_and_closed_with_mouse_and_palette(
    reading: Stage, size: tuple[int, int]
):
    app = reading.app("small/reading")
    async with app.run_test(size=size) as pilot:
        await reading.see(pilot, "section 1 of 4")
        await reading.click_words(pilot, "a Ask")
        await reading.see(pilot, "1 guide")
        await reading.click_words(pilot, "f5 Close")
        await reading.until(pilot, lambda: app.screen.talk is None)
        await pilot.press("ctrl+p", *"beside the lesson")
        await reading.see(pilot, "Ask the guides, beside")
        await pilot.press("enter", "enter")
        await reading.until(pilot, lambda: getattr(app.screen, "talk", None) is not None)


async def test_the_assistant_moves_over_the_text_when_the_window_shrinks(reading: Stage):
    app = reading.app("small/reading")
    async with app.run_test(size=(120, 40)) as pilot:
        await reading.see(pilot, "In this lesson")
        await pilot.press("a")
        await reading.until(pilot, lambda: "In this lesson" not in reading.text(app))
        await pilot.press(*"Who")
        await pilot.resize_terminal(80, 24)
        await reading.until(pilot, lambda: app.screen.query_one(LessonTalk).region.width == 80)
        assert app.screen.query_one(LessonTalk).line.value == "Who"
        await pilot.press("escape")
        await reading.see(pilot, "Welcome to the small lesson.")
