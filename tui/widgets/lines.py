"""A widget that lays out its own lines for the width it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    import re

    from textual.geometry import Size

TEXT_WIDTH = 72
"""Widest line of running text, in cells."""

FOUND, FOUND_HERE = "bold underline", "bold reverse"
"""Looks of the words that are looked for, and of those the reader is at; visible without colour."""


class LinesView(Widget):
    """Draws the lines that `lay_out` returns for a width."""

    DEFAULT_CSS = "LinesView { height: auto; width: 1fr; max-width: 72; }"

    SEARCHED: ClassVar = True
    """Whether words are looked for here; not in what Hansa itself says."""

    _sought: re.Pattern[str] | None = None
    _sought_here: int | None = None
    _laid: tuple[int, list[Content]] | None = None

    def lay_out(self, width: int) -> list[Content]:
        """The lines of this widget, none wider than `width`."""
        raise NotImplementedError

    def lines(self, width: int) -> list[Content]:
        """The lines for a width, laid out once until `redraw`."""
        if self._laid is None or self._laid[0] != width:
            self._laid = (width, self.lay_out(max(1, width)))
        return self._laid[1]

    def mark_words(self, wanted: re.Pattern[str] | None, here: int | None = None) -> None:
        """Mark every place that fits a pattern, and the one that begins at the offset `here` as the reader's."""
        if (self._sought, self._sought_here) != (wanted, here):
            self._sought, self._sought_here = wanted, here
            self.refresh()

    def found(self, wanted: re.Pattern[str]) -> list[tuple[int, int]]:
        """Line and offset of each place that fits a pattern, in the lines as they are laid out."""
        text = "\n".join(line.plain for line in self.lines(self.content_size.width))
        starts = (match.start() for match in wanted.finditer(text))
        return [(text.count("\n", 0, start), start) for start in starts]

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
        content = Content("\n").join(self.lines(self.content_size.width))
        for match in self._sought.finditer(content.plain) if self._sought else ():
            look = FOUND_HERE if match.start() == self._sought_here else FOUND
            content = content.stylize(look, *match.span())
        return content
