"""Memory that is free within this process, given back to the system.

The C library of Linux keeps what is freed in small pieces or late, tens of megabytes after a model was loaded or guides
were read. Other systems give it back themselves.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def give_back() -> None:
    """Give back what is free, a few milliseconds' work; nothing happens where the system has no such call."""
    trim = _trim()
    if trim:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    if sys.platform != "linux":
        return None
    import ctypes  # noqa: PLC0415 - needed only where much was freed

    return getattr(ctypes.CDLL(None), "malloc_trim", None)
