"""What a page drew goes with the page."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING
from weakref import ref

if TYPE_CHECKING:
    from conftest import Stage


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

        def forgotten() -> bool:
            gc.unfreeze()  # a page that was open when more was imported is set aside with it
            gc.collect()
            return not any(part() for part in kept)

        await stage.until(pilot, forgotten, tries=50)
