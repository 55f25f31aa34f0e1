"""Whether memory stays flat while a learner goes from lesson to lesson.

usage: python tests/benchmarks/switching.py [SWITCHES]

Opens the shipped lessons one after another, 200 times unless told otherwise, and prints the memory of the
process and the number of widgets along the way. Memory after the first 50 switches, when most lessons were
open once, is set against the end.

The guides are prepared before the first switch: the application does so once, in the background, which takes 40 MB
at any moment of the first minute and would be counted as growth.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tui.app import HansaApp
from tui.paths import Paths
from tui.services import Services

WARM = 50
"""Switches before memory is compared."""
ALLOWED = 1.10
"""What the end may be of that."""


def resident() -> float:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


async def switch(home: Path, switches: int) -> list[float]:
    """Memory after each switch."""
    services = Services(Paths(home))
    services.assistant()
    app = HansaApp(services)
    heads = [head for _, head in services.course.lesson_heads()]
    found = []
    async with app.run_test(size=(80, 24)) as pilot:
        for count in range(switches):
            wanted = heads[count % len(heads)].section_ids[-1]
            app.open_place(wanted)
            while getattr(getattr(app.screen, "section", None), "id", "") != wanted:
                await pilot.pause(0.01)
                if type(app.screen).__name__ == "ReviewScreen":
                    await pilot.press("escape")
                    break
            gc.collect()
            found.append(resident())
            if (count + 1) % WARM == 0:
                widgets = len(app.screen.query("*"))
                print(
                    f"{count + 1:4} switches: {found[-1]:6.1f} MB, {widgets} widgets on the page", flush=True
                )
    services.close()
    return found


def main() -> int:
    """Print memory along the way, and whether it grew."""
    switches = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as home:
        found = asyncio.run(switch(Path(home), switches))
    ratio = found[-1] / found[min(WARM, len(found)) - 1]
    print(
        f"\nend against {WARM} switches: {ratio:.2f} ×, allowed {ALLOWED} ×: {'yes' if ratio <= ALLOWED else 'NO'}"
    )
    return int(ratio > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
