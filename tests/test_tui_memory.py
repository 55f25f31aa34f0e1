"""What a page drew goes with the page."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING
from weakref import ref

from tui.screens.talk_pane import TalkPane

if TYPE_CHECKING:
    from conftest import Stage


def forgotten(kept: list[ref[object]]) -> bool:
    gc.unfreeze()  # a page that was open when more was imported is set aside with it
    gc.collect()
    return not any(part() for part in kept)


async def test_the_widgets_and_lines_of_a_lesson_that_was_left_are_forgotten(stage: Stage):
    app = stage.app("small/reading")
    async with app.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, "section 1 of 4")
        page = app.screen
        kept = [ref(part) for widget in page.query("*") for part in (widget, widget._styles_cache)]
        assert kept
        del page
        app.open_place("small/practice")
        await stage.see(pilot, "section 1 of 9")
        await stage.until(pilot, lambda: forgotten(kept), tries=50)


async def test_a_talk_beside_a_lesson_that_was_left_is_forgotten(stage: Stage):
    app = stage.app("small/reading")
    async with app.run_test(size=(140, 30)) as pilot:
        await stage.see(pilot, "section 1 of 4")
        await pilot.press("a")
        await stage.until(pilot, lambda: bool(app.screen.query(TalkPane)))
        kept = [ref(widget) for widget in app.screen.query("*")]
        app.open_place("small/practice")
        await stage.see(pilot, "section 1 of 9")
        await stage.until(pilot, lambda: forgotten(kept), tries=50)
