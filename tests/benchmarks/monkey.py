"""Random keys, clicks, pasted text and window sizes on every page, from a seed, to find what breaks.

usage: python tests/benchmarks/monkey.py [EVENTS] [SEED] [PART/PARTS]

Begins at each scene of `tests/scenes.py` in turn, which is every page in all its states, and adds guides besides.
10,000 events in all unless told otherwise, spread evenly over the scenes; each scene is reached anew after 50 events
at most, as the monkey wanders off. `2/4` plays the second quarter of the scenes. Prints a line a scene; what broke is
printed with the seed, and a failure in the background, which the application tells in a sentence, counts as well.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
import traceback
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import pytest  # noqa: E402 - after the path
from scenes import SCENES, Scene, build_app, furnish, own_guides, reach  # noqa: E402
from textual import events  # noqa: E402
from textual.errors import NoWidget  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import Stage
    from textual.pilot import Pilot

    from tui.app import HansaApp

KEYS = (
    *"abcdefghijklmnopqrstuvwxyz0123456789?+-.,ABEN",
    *("enter", "escape", "tab", "shift+tab", "space", "up", "down", "left", "right", "pageup", "pagedown"),
    *("home", "end", "backspace", "delete", "slash", "alt+left", "ctrl+q", "ctrl+c", "ctrl+r", "ctrl+n"),
    *("ctrl+t", "ctrl+p", "ctrl+s", "ctrl+g", "f1", "f2", "f3", "f4", "f5", "f6"),
)
SIZES = ((80, 24), (120, 40), (60, 20), (40, 10), (200, 60), (1, 1), (80, 8))
PASTED = ("a [b]word[/b]", "two\nlines", "\x1b[2J\x07", "é" * 300, "https://example.org/?a=1", "")
ANEW = 50
"""Events after which a scene is reached anew."""

PLACES: Mapping[str, Scene] = {
    **SCENES,
    "guides-adding": Scene("GuidesScreen", keys="g plus n e w enter", app=own_guides),
}
"""Where the monkey begins."""
SPARED: Mapping[str, frozenset[str]] = {"guides-add": frozenset({"slash", ".", "~"})}
"""Keys left out on a page, lest all files of the machine are added as guides."""


async def let_loose(stage: Stage, place: str, count: int, seed: str) -> None:
    """Reach a page and do random things there.

    Raises:
        Exception: what broke; the application never ends by itself.
    """
    random = Random(f"{seed} {place}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_COLOR", "")
        app = build_app(PLACES[place], stage)
        patch.setattr(app, "exit", lambda *_, **__: None)
        patch.setattr(app, "open_url", lambda *_, **__: None)
        failed: list[str] = []
        patch.setattr("tui.app.unforeseen", lambda worker: failed.append(repr(worker.error)) or "It failed.")
        async with app.run_test(size=SIZES[0]) as pilot:
            await reach(PLACES[place], stage, pilot)
            for _ in range(count):
                await _event(pilot, random, SPARED.get(place, frozenset()))
            await pilot.resize_terminal(*SIZES[0])
            await pilot.pause()
        app.services.close()
        if failed:
            raise RuntimeError(failed)


async def _event(pilot: Pilot[Any], random: Random, spared: frozenset[str]) -> None:
    """A key that does something here, another one, a click, a wheel, a pasted text or a size."""
    app: HansaApp = pilot.app
    kind = random.random()
    if kind < 0.85:
        keys = sorted(app.screen.active_bindings) if kind < 0.4 else KEYS
        key = random.choice(keys or KEYS)
        if key not in spared:
            await pilot.press(key)
    elif kind < 0.95:
        width, height = app.size
        if width and height:
            with contextlib.suppress(NoWidget):  # a page that is just opening has nothing there yet
                await pilot.click(offset=(random.randrange(width), random.randrange(height)))
    elif kind < 0.97:
        app.screen.post_message(events.Paste(random.choice(PASTED)))
        await pilot.pause()
    else:
        await pilot.resize_terminal(*random.choice(SIZES))


def play(place: str, count: int, seed: str) -> None:
    """Begin at a page as often as it takes for so many events.

    Raises:
        Exception: what broke.
    """
    from conftest import Stage, _write_course  # noqa: PLC0415 - the tests' own course

    for begun in range(0, count, ANEW):
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            patch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 200)
            patch.setattr("textual._wait.SLEEP_IDLE", 1 / 2000)
            stage = Stage(Path(folder) / "home", _write_course(Path(folder) / "course"))
            furnish(stage, patch)
            patch.setattr(stage.assistant.index, "search", lambda *_, **__: (), raising=False)
            add_new_guides(Path(folder) / "new")
            asyncio.run(let_loose(stage, place, min(ANEW, count - begun), f"{seed} {begun}"))


def add_new_guides(folder: Path) -> None:
    """A folder of guides that can be added, one of them broken."""
    folder.mkdir()
    for number in range(20):
        text = f"# Quay {number}\n\n" + f"The quay {number} is long. " * 200
        (folder / f"quay-{number}.md").write_text(text, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")


def main() -> int:
    """Every scene once."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = sys.argv[2] if len(sys.argv) > 2 else "1"
    part, _, parts = (sys.argv[3] if len(sys.argv) > 3 else "1/1").partition("/")
    each = -(-every // len(PLACES))
    places = list(PLACES)[int(part) - 1 :: int(parts)]
    broken = 0
    for place in places:
        try:
            play(place, each, seed)
        except Exception:  # noqa: BLE001 - whatever broke is what is looked for
            broken += 1
            print(f"{place}: BROKEN with seed {seed}\n{traceback.format_exc()}", flush=True)
        else:
            print(f"{place}: {each} events, nothing broke", flush=True)
    print(f"\n{len(places)} scenes, {each} events each, seed {seed}: {broken} broke")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
