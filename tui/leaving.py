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

    from .app import HansaApp
    from .start import Start

PATIENCE = 5.0
"""Seconds to wait for a thread that writes, such as on a slow disk."""
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
    loop = asyncio.new_event_loop()
    pool = ThreadPoolExecutor(thread_name_prefix=_POOL)
    loop.set_default_executor(pool)
    asyncio.set_event_loop(loop)
    for name in ("SIGHUP", "SIGTERM"):
        with suppress(AttributeError, NotImplementedError):  # neither is known on Windows
            loop.add_signal_handler(getattr(signal, name), app.exit)
    place = app.run(loop=loop)
    pool.shutdown(wait=False)
    for thread in all_threads():
        if thread.name.startswith(_POOL) and thread not in _breakable:
            thread.join(PATIENCE)
    loop.close()
    return place


def leave(status: int) -> None:
    """End the process here: all is saved, and the interpreter would wait for every thread and clear up for long."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # the terminal may be gone
            stream.flush()
    os._exit(status)
