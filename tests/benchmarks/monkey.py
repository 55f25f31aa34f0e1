"""Random keys, clicks and window sizes on every page, from a seed, to find what breaks.

usage: python tests/benchmarks/monkey.py [EVENTS] [SEED]

10,000 events a page unless told otherwise. Prints a line a page; what broke is printed with the seed.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import traceback
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conftest import Stage
    from textual.pilot import Pilot

    from tui.app import HansaApp

KEYS = (
    *"abcdefghijklmnoprstuvwxyz0123456789?/+-",
    *(
        "enter",
        "escape",
        "tab",
        "shift+tab",
        "space",
        "up",
        "down",
        "left",
        "right",
        "pageup",
        "pagedown",
        "home",
    ),
    *("end", "backspace", "delete", "f1", "f2", "f4", "ctrl+r", "ctrl+n", "ctrl+t", "ctrl+p", "ctrl+c"),
)
"""Every key but those that leave, which are q and ctrl+q."""
SIZES = ((80, 24), (120, 40), (60, 20), (40, 10), (200, 60), (1, 1), (80, 8))

PLACES: Mapping[str, Callable[[HansaApp], object]] = {
    "home": lambda _: None,
    "lesson": lambda app: app.open_place("small/reading"),
    "questions": lambda app: app.open_place("small/practice"),
    "quiz": lambda app: app.open_place("small/quiz"),
    "practice quiz": lambda app: app.open_place("other/quiz"),
    "review": lambda app: app.open_review(),
    "self-check": lambda app: app.open_place("self-checks/open-innovation-readiness"),
    "self-checks": lambda app: app.open_self_checks(),
    "ask": lambda app: app.ask_about("Who led it?"),
    "guides": lambda app: app.open_guides(),
    "guide": lambda app: app.open_guide("ferry"),
    "progress": lambda app: app.open_progress(),
    "plan": lambda app: app.open_plan(),
    "action plan": lambda app: app.open_action_plan(),
    "workbook": lambda app: app.open_workbook(),
    "certificate": lambda app: app.open_certificate(app.services.course.modules),
    "settings": lambda app: app.action_settings(),
    "help": lambda app: app.action_help(),
}
"""How each page is opened."""


async def let_loose(stage: Stage, place: str, events: int, seed: int) -> None:
    """Open a page and do random things there; it is opened anew now and then, as the monkey wanders off.

    Raises:
        Exception: what broke; the application never ends by itself.
    """
    random = Random(f"{seed} {place}")
    stage.assistant.will_answer("Who led it?", "The harbour led it.", ["The harbour of Lübeck"])
    app = stage.app()
    app.exit = lambda *_, **__: None  # type: ignore[method-assign]  # the palette offers to quit as well
    async with app.run_test(size=SIZES[0]) as pilot:
        for count in range(events):
            if count % 100 == 0:
                await _open(pilot, place)
            await _event(pilot, random)
        await pilot.resize_terminal(*SIZES[0])
        await pilot.pause()


async def _open(pilot: Pilot[None], place: str) -> None:
    app: HansaApp = pilot.app  # type: ignore[assignment]
    await pilot.resize_terminal(*SIZES[0])
    while len(app.screen_stack) > 1:
        app.pop_screen()
        await pilot.pause()
    PLACES[place](app)
    await pilot.pause(0.05)


async def _event(pilot: Pilot[None], random: Random) -> None:
    """One key, click or size; many keys in a row are not waited for."""
    kind = random.random()
    if kind < 0.85:
        await pilot.press(random.choice(KEYS))
    elif kind < 0.97:
        width, height = pilot.app.size
        if width and height:
            await pilot.click(offset=(random.randrange(width), random.randrange(height)))
    else:
        await pilot.resize_terminal(*random.choice(SIZES))


def main() -> int:
    """Every page once."""
    from conftest import Stage, _write_course  # noqa: PLC0415 - the tests' own course

    events = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    broken = 0
    for place in PLACES:
        with tempfile.TemporaryDirectory() as folder:
            stage = Stage(Path(folder) / "home", _write_course(Path(folder) / "course"))
            try:
                asyncio.run(let_loose(stage, place, events, seed))
            except Exception:  # noqa: BLE001 - whatever broke is what is looked for
                broken += 1
                print(f"{place}: BROKEN with seed {seed}\n{traceback.format_exc()}", flush=True)
            else:
                print(f"{place}: {events} events, nothing broke", flush=True)
    print(f"\n{len(PLACES)} pages, {events} events each, seed {seed}: {broken} broke")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
