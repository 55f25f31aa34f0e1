"""How small a window may be."""

from __future__ import annotations

LEAST_WIDTH, LEAST_HEIGHT = 60, 18
"""Smallest window in which every page can be used."""


def is_too_small(width: int, height: int) -> bool:
    """Whether a window is smaller than that in either direction."""
    return width < LEAST_WIDTH or height < LEAST_HEIGHT
