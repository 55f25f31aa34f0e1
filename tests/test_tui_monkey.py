"""Random keys, clicks and window sizes on every page; `benchmarks/monkey.py` does far more of it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Stage

_SPEC = importlib.util.spec_from_file_location("monkey", Path(__file__).parent / "benchmarks" / "monkey.py")
monkey = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(monkey)

EVENTS = 40
PAGES = {scene.shows: place for place, scene in monkey.PLACES.items()}


@pytest.mark.parametrize("place", PAGES.values())
def test_nothing_that_is_pressed_breaks_a_page(place: str):
    monkey.play(place, EVENTS, "7")


async def test_a_window_that_shrinks_and_grows_at_once_goes_on(stage: Stage):
    app = stage.app("small/reading")
    async with app.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, "section 1 of 4")
        for _ in range(5):
            for size in ((1, 1), (80, 24), (40, 10), (120, 40)):
                await pilot.resize_terminal(*size)
        await stage.see(pilot, "section 1 of 4")
