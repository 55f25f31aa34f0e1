"""Ctrl+C, taken as a wish to stop at the next good moment; pressed again, at once."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class Stop:
    """Whether the user wants to stop."""

    def __init__(self) -> None:
        self.asked = False

    def heed(self) -> None:
        """Stop here, if that is wanted.

        Raises:
            KeyboardInterrupt: The user pressed Ctrl+C.
        """
        if self.asked:
            raise KeyboardInterrupt


@contextmanager
def stoppable() -> Iterator[Stop]:
    """A stretch of work that stops where it asks whether to."""
    stop = Stop()
    if current_thread() is not main_thread():
        yield stop
        return

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.asked = True

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
