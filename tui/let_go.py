"""Letting go of what a page drew, once it is left."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from textual._styles_cache import StylesCache
from textual.style import Style

if TYPE_CHECKING:
    from textual.color import Color


@lru_cache(256)
def _grounds(base: Color, own: Color) -> tuple[Style, Style]:
    """The ground of a widget and the one beneath it, as `StylesCache.get_inner_outer` tells them."""
    return Style(background=base + own), Style(background=base)


def let_go_of_lines() -> None:
    """Have Textual 8.2.8 forget the lines of a widget with the widget.

    It remembers the two grounds of up to 1,024 widgets together with the widgets' lines: 25 MB of lessons that were
    left long ago.
    """
    StylesCache.get_inner_outer = staticmethod(_grounds)  # type: ignore[method-assign, assignment]
