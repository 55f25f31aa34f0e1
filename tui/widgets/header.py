"""The first line of every page: where I am, and how far."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.clean import clean_line
from tui.styled import said, shortened, spread


class HeaderLine(Widget):
    """Where the reader stands, how far that is, and a thin rule beneath."""

    DEFAULT_CSS = "HeaderLine { dock: top; height: 2; padding: 0 1; }"

    where: reactive[str] = reactive("")
    """Title at the left."""
    how_far: reactive[str] = reactive("")
    """Extent at the right."""

    def __init__(self, where: str = "", how_far: str = "") -> None:
        super().__init__()
        self.set_reactive(HeaderLine.where, where)
        self.set_reactive(HeaderLine.how_far, how_far)

    def render(self) -> Content:
        """Title, extent and rule."""
        width = self.content_size.width
        title = said(clean_line(self.where), "bold")
        extent = said(clean_line(self.how_far), "$muted")
        left = min(title.cell_length, width // 3)
        extent = shortened(extent, max(1, width - left - 4))
        line = spread(Content(" ") + title, extent + Content(" "), width)
        return line + Content("\n") + said("─" * width, "$faint")
