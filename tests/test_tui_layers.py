"""Pages and windows one over another: what is left late, or twice, takes nothing else away."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from assistant.chat_settings import ChatSettings
from tui.screens.chat_model import ChatModelScreen
from tui.screens.lists import ListScreen
from tui.screens.plan import PlanScreen
from tui.settings import SettingsError

if TYPE_CHECKING:
    import pytest
    from conftest import Stage


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
