"""How long the event loop stands still while the assistant gets ready and answers.

usage: python tests/benchmarks/heartbeat.py [--where]

The application runs without a terminal, with an empty home, and as `hansa` begins it. A timer beats every 5 ms in its
event loop; a gap between two beats is time in which no key could be taken. On a busy machine a gap also holds the time
that other programs had, so the processor time of this process within the gap stands beside it. The limit is 100 ms.
`--where` tells what the other threads were doing at the end of each gap beyond it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path
from threading import current_thread
from threading import enumerate as all_threads
from time import perf_counter, process_time
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tui import garbage, leaving
from tui.app import HansaApp
from tui.paths import Paths
from tui.services import Services
from tui.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

LIMIT = 100.0
"""Milliseconds."""
BEAT = 0.005
QUESTION = "How long did KISS ME run?"
PATIENCE = 300.0


@dataclass
class Gap:
    """The longest stretch without a beat in one phase."""

    elapsed: float = 0.0
    processor: float = 0.0
    """Milliseconds of this process within the gap with the most of them."""
    beyond: int = 0
    """Gaps with more processor time than the limit."""


class Heartbeat:
    """Beats in the event loop and notes the gaps."""

    def __init__(self, *, where: bool) -> None:
        self.phase = "start"
        self.gaps: dict[str, Gap] = {}
        self._where = where

    async def beat(self) -> None:
        at, spent = perf_counter(), process_time()
        while True:
            await asyncio.sleep(BEAT)
            now, used = perf_counter(), process_time()
            gap = self.gaps.setdefault(self.phase, Gap())
            elapsed, processor = 1000 * (now - at), 1000 * (used - spent)
            gap.elapsed, gap.processor = max(gap.elapsed, elapsed), max(gap.processor, processor)
            if processor > LIMIT:
                gap.beyond += 1
                if self._where:
                    print(f"{self.phase}: {processor:.0f} ms of processor time, {elapsed:.0f} ms in all")
                    tell_threads()
            at, spent = perf_counter(), process_time()


def tell_threads() -> None:
    """Where every other thread is."""
    frames = sys._current_frames()
    for thread in all_threads():
        if thread is not current_thread() and thread.ident in frames:
            stack = traceback.extract_stack(frames[thread.ident])
            own = [
                line
                for line in stack
                if "site-packages" not in line.filename and "/lib/python" not in line.filename
            ]
            for line in (own or stack)[-2:]:
                print(f"    {thread.name}: {Path(line.filename).name}:{line.lineno} {line.line}")


async def until(pilot: Pilot[None], happened: Callable[[], object]) -> None:
    began = perf_counter()
    while not happened():
        if perf_counter() - began > PATIENCE:
            raise TimeoutError
        await pilot.pause(0.02)


async def measure(home: Path, heartbeat: Heartbeat) -> None:
    """Prepare the guides, load the model, answer twice."""
    from tui.widgets.talk import TurnView  # noqa: PLC0415 - not before the first paint

    services = Services(Paths(home))
    app = HansaApp(services, Start())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: getattr(app.screen, "_standing", None))
        beating = asyncio.create_task(heartbeat.beat())
        heartbeat.phase = "getting the assistant ready"
        await pilot.press("a")
        await until(pilot, lambda: app.screen.query_one("HeaderLine").how_far.split()[-1:] == ["guides"])  # type: ignore[attr-defined]
        for count, phase in enumerate(("first answer", "second answer"), 1):
            heartbeat.phase = phase
            app.ask_about(QUESTION)
            await until(
                pilot,
                lambda count=count: (
                    sum(turn.answer is not None for turn in app.screen.query(TurnView)) == count
                ),
            )  # type: ignore[misc]
            await pilot.pause(1.0)
        beating.cancel()
    services.close()


def main() -> int:
    """Print a line a phase."""
    heartbeat = Heartbeat(where="--where" in sys.argv)
    garbage.pause()
    sys.setswitchinterval(leaving.TURN)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start\n")
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(measure(Path(home), heartbeat))
    print(
        f"{'longest gap in the event loop':<34} {'elapsed':>9}  {'of which ours':>13}  {'beyond 100 ms':>13}"
    )
    for phase, gap in heartbeat.gaps.items():
        print(f"{phase:<34} {gap.elapsed:6.0f} ms  {gap.processor:10.0f} ms  {gap.beyond:>13}")
    return int(any(gap.beyond for gap in heartbeat.gaps.values()))


if __name__ == "__main__":
    sys.exit(main())
