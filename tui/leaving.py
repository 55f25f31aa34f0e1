"""Runs the application and leaves it at once: what is being written is waited for, what can be broken off is not."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import current_thread
from threading import enumerate as all_threads
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Thread
    from types import FrameType

    from .app import HansaApp
    from .start import Start

PATIENCE = 5.0
"""Seconds to wait for a thread that writes, such as on a slow disk."""
TURN = 0.0001
"""Seconds after which a thread that computes gives way to the page, which has many short steps; 5 ms are usual."""
_POOL = "hansa-work"
_breakable: set[Thread] = set()
"""Threads whose present work survives being broken off."""


@contextmanager
def breakable() -> Iterator[None]:
    """A stretch of work that the end of the application may break off at any point: a kill there loses nothing."""
    thread = current_thread()
    nested = thread in _breakable
    _breakable.add(thread)
    try:
        yield
    finally:
        if not nested:
            _breakable.discard(thread)


def run(app: HansaApp) -> Start | None:
    """Run the application to its end, which is also that of its terminal; where it is to open anew, if it is."""
    sys.setswitchinterval(TURN)
    loop = asyncio.new_event_loop()
    pool = ThreadPoolExecutor(thread_name_prefix=_POOL)
    loop.set_default_executor(pool)
    asyncio.set_event_loop(loop)
    with suppress(NotImplementedError):  # not known on Windows
        loop.add_signal_handler(signal.SIGTERM, app.exit)
    _survive_hangup(app, loop)
    place = app.run(loop=loop)
    pool.shutdown(wait=False)
    for thread in all_threads():
        if thread.name.startswith(_POOL) and thread not in _breakable:
            thread.join(PATIENCE)
    loop.close()
    return place


def _survive_hangup(app: HansaApp, loop: asyncio.AbstractEventLoop) -> None:
    """Close the application when its terminal is lost; what it still writes goes nowhere.

    A write to the lost terminal would end the thread that writes, and the next ones would wait for that thread. So the
    terminal is replaced the moment the signal comes, before that of continuing, which follows it, is acted on.
    """
    terminals = [number for number in range(3) if os.isatty(number)]

    def hang_up(_signal: int, _frame: FrameType | None) -> None:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in terminals:
            os.dup2(nowhere, number)
        loop.call_soon_threadsafe(app.exit)

    with suppress(AttributeError):  # not known on Windows
        signal.signal(signal.SIGHUP, hang_up)


def leave(status: int) -> None:
    """End the process here: all is saved, and the interpreter would wait for every thread and clear up for long."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # the terminal may be gone
            stream.flush()
    os._exit(status)
