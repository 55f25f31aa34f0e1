"""When the collector of cyclic garbage may run: not while the application starts, and never over what stays.

What is loaded at the start, with the record and with the guides stays to the end. Looking through it finds nothing,
takes a sixth of the time of the start, and later holds a page up for as long as drawing it.
"""

from __future__ import annotations

import gc

SELDOM = (5_000, 10, 10)
"""New objects, and collections of younger ones, after which each generation is collected."""


def pause() -> None:
    """Collect nothing until `settle`, and more seldom from then on; the mark of a process that is the application."""
    gc.disable()
    gc.set_threshold(*SELDOM)


def settle() -> None:
    """Collect from now on, but never look through what is there already; does nothing where `pause` was not called."""
    if gc.get_threshold() == SELDOM:
        gc.freeze()
        gc.enable()
