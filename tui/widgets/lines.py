"""A widget that lays out its own lines for the width it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Size

TEXT_WIDTH = 72
"""Widest line of running text, in cells."""


class LinesView(Widget):
    """Draws the lines that `lay_out` returns for a width."""

    DEFAULT_CSS = "LinesView { height: auto; width: 1fr; max-width: 72; }"

    _laid: tuple[int, list[Content]] | None = None

    def lay_out(self, width: int) -> list[Content]:
        """The lines of this widget, none wider than `width`."""
        raise NotImplementedError

    def lines(self, width: int) -> list[Content]:
        """The lines for a width, laid out once until `redraw`."""
        if self._laid is None or self._laid[0] != width:
            self._laid = (width, self.lay_out(max(1, width)))
        return self._laid[1]

    def redraw(self) -> None:
        """Lay out anew, after what is shown has changed."""
        self._laid = None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many rows as there are lines."""
        return len(self.lines(width))

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """As wide as the container allows."""
        return container.width

    def render(self) -> Content:
        """The lines as one text."""
        return Content("\n").join(self.lines(self.content_size.width))
