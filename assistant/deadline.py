"""Waiting for a stream that may never go on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HELD = 64
"""Fragments that wait to be taken, at most."""
_GLANCE = 0.2
"""Seconds after which either side notices that the other has given up."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds."""

    first: float = 90.0
    """For the first fragment; a local server may load the model before."""
    between: float = 30.0
    """From one fragment to the next."""
    whole: float = 180.0
    """From the beginning to the end."""


class TooSlowError(Exception):
    """The stream did not go on in time, or nobody waits for it any more."""


def within(read: Callable[[], Iterator[str]], patience: Patience, given_up: Event) -> Iterator[str]:
    """The fragments of a stream that is read in a thread of its own.

    The thread outlives a stream that hangs, but neither the wait nor the end of the program.

    Args:
        read: Opens the stream.
        patience: How long to wait.
        given_up: Set by any thread to end the wait at once.

    Raises:
        TooSlowError: if the patience is over or the wait given up.
        Exception: what the stream itself raises.
    """
    waiting: Queue[str | Exception | None] = Queue(_HELD)
    unwanted = Event()
    Thread(target=_pump, args=(read, waiting, unwanted), name="chat model", daemon=True).start()
    end = monotonic() + patience.whole
    pause = patience.first
    try:
        while (fragment := _next(waiting, min(end, monotonic() + pause), given_up)) is not None:
            if isinstance(fragment, Exception):
                raise fragment
            pause = patience.between
            yield fragment
    finally:
        unwanted.set()


def _next(waiting: Queue[str | Exception | None], until: float, given_up: Event) -> str | Exception | None:
    while not given_up.is_set() and (left := until - monotonic()) > 0:
        with suppress(Empty):
            return waiting.get(timeout=min(left, _GLANCE))
    raise TooSlowError


def _pump(read: Callable[[], Iterator[str]], waiting: Queue[str | Exception | None], unwanted: Event) -> None:
    try:
        for fragment in read():
            _put(waiting, fragment, unwanted)
            if unwanted.is_set():
                return
    except Exception as error:  # noqa: BLE001 - handed to the one who waits
        _put(waiting, error, unwanted)
    else:
        _put(waiting, None, unwanted)


def _put(waiting: Queue[str | Exception | None], item: str | Exception | None, unwanted: Event) -> None:
    while not unwanted.is_set():
        with suppress(Full):
            waiting.put(item, timeout=_GLANCE)
            return
