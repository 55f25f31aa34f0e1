"""Draws docs/home.svg, docs/lesson.svg, docs/ask.svg and docs/progress.svg from the product itself, offline."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tui.app import HansaApp
from tui.paths import Paths
from tui.plan import write_plan
from tui.services import Services
from tui.start import Start
from tui.widgets.item import ItemView
from tui.widgets.talk import TurnView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

DOCS = Path(__file__).parent.parent / "docs"
SIZE = (80, 24)
SECTION = "open-innovation/the-sme-way#quilts-and-sleep"
QUESTIONS = ("How long did KISS ME run, and what was it worth?", "What did KISS ME spend on travel?")
LONGEST_WAIT = 300.0
"""Seconds; the guides are prepared anew in an empty home."""


async def wait_for(pilot: Pilot[None], happened: Callable[[], object]) -> None:
    """Let the application work until something has happened."""
    for _try in range(round(LONGEST_WAIT / 0.1)):
        if happened():
            await pilot.pause(0.3)
            return
        await pilot.pause(0.1)
    raise TimeoutError


def save(app: HansaApp, name: str) -> None:
    """Write what stands on the screen."""
    svg = app.export_screenshot(title="Hansa")
    DOCS.joinpath(name).write_text(
        "\n".join(line.rstrip() for line in svg.split("\n")) + "\n", encoding="utf-8"
    )
    print(f"docs/{name}")


def text_of(app: HansaApp) -> str:
    """What stands on the screen."""
    strips = app.screen._compositor.render_strips(app.size)  # noqa: SLF001 - the lines as they are painted
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def draw_home(services: Services) -> None:
    """Home, with a path chosen."""
    write_plan(services.paths.settings, "P1")
    app = HansaApp(services)
    async with app.run_test(size=SIZE) as pilot:
        await wait_for(pilot, lambda: getattr(app.screen, "_standing", None))
        save(app, "home.svg")


async def draw_lesson(services: Services) -> None:
    """A section with a question, its right option chosen and answered, and the progress after it."""
    app = HansaApp(services, Start.lesson(SECTION))
    async with app.run_test(size=SIZE) as pilot:
        await wait_for(pilot, lambda: app.screen.query(ItemView))
        await pilot.press("tab")
        view = app.screen.query(ItemView).first()
        options = view.item.options  # type: ignore[union-attr]
        right = next(place for place, option in enumerate(options) if option.right)
        order = view.area._order  # type: ignore[attr-defined]  # noqa: SLF001 - the order that is shown
        await pilot.press("abcdefgh"[order.index(right)], "enter")
        await wait_for(pilot, lambda: view.mark)
        save(app, "lesson.svg")
        app.open_progress()
        await wait_for(pilot, lambda: "Looking" not in text_of(app))
        save(app, "progress.svg")


async def draw_ask(services: Services) -> None:
    """An answer with its source, and a refusal."""
    app = HansaApp(services, Start.ask())
    async with app.run_test(size=SIZE) as pilot:
        await wait_for(pilot, lambda: "guide" in app.screen.query_one("HeaderLine").how_far)  # type: ignore[attr-defined]
        for count, question in enumerate(QUESTIONS, 1):
            app.ask_about(question)
            await wait_for(pilot, lambda count=count: answers(app) == count)  # type: ignore[misc]
        save(app, "ask.svg")


def answers(app: HansaApp) -> int:
    """How many questions are answered."""
    return sum(turn.answer is not None for turn in app.screen.query(TurnView))


async def main() -> int:
    """Draw all of them, each with an empty home."""
    DOCS.mkdir(exist_ok=True)
    for draw in (draw_lesson, draw_home, draw_ask):
        with TemporaryDirectory() as home:
            services = Services(Paths(Path(home)))
            try:
                await draw(services)
            finally:
                services.close()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
