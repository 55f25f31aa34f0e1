"""When the collector of cyclic garbage may run: not while the application starts, and then while nobody waits.

What is loaded at the start, with the record and with the guides stays to the end. Looking through it finds nothing,
takes a sixth of the time of the start, and later holds a page up for 100 to 290 ms, as long as drawing it.
"""

from __future__ import annotations

import gc
import sys
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

CALM = 1.0
"""Seconds without a key after which nobody waits."""
THRESHOLDS = (2_000, 10, 100)
"""Young garbage goes at once; a full collection comes by itself only where a reader is never calm."""

WORTH = 3
"""Collections of young garbage after which there is enough to collect, some 60,000 objects."""

_paused = False
"""Whether this process is the application, in which `pause` was called."""
_settled = 0
"""How many modules were loaded when what they hold was set aside."""


def pause() -> None:
    """Collect nothing until `settle`."""
    global _paused  # noqa: PLW0603 - there is one collector in a process
    _paused = True
    gc.disable()


def settle() -> None:
    """Collect from now on, but never look through what is there already; does nothing where `pause` was not called."""
    if _paused:
        gc.freeze()
        gc.enable()


class Tidying:
    """Collects garbage for an application, once it is calm."""

    def __init__(self) -> None:
        self._before = gc.get_threshold()
        self._touched = monotonic()

    def begin(self, app: App[Any]) -> None:
        """Look every second whether the application is calm."""
        gc.set_threshold(*THRESHOLDS)
        app.set_interval(CALM, self.tidy)

    def touched(self) -> None:
        """A key was pressed, or the mouse was used."""
        self._touched = monotonic()

    def tidy(self) -> None:
        """Set aside for good what was imported, which holds no garbage, or collect what pages left behind."""
        global _settled  # noqa: PLW0603 - there is one collector in a process
        if monotonic() - self._touched < CALM:
            return
        if len(sys.modules) > _settled:
            _settled = len(sys.modules)
            gc.freeze()
        elif gc.get_count()[2] >= WORTH:
            gc.collect()

    def end(self) -> None:
        """Leave the collector as it was."""
        gc.set_threshold(*self._before)
