"""A guide to read, scrolled to its quoted words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tui.styled import said, wrap

from .lines import LinesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.model import Guide
    from tui.guide_text import GuidePage

CONTEXT = 3
"""Lines shown above the quoted words."""


class GuideView(LinesView):
    """The text of one guide."""

    def __init__(self, guide: Guide, quote: tuple[int, int] | None = None) -> None:
        super().__init__()
        self.guide = guide
        """What is read."""
        self.quote = quote
        """Offsets of the words to mark."""
        self._found: Sequence[tuple[int, int]] = ()
        self._page: tuple[int, GuidePage] | None = None

    def page(self, width: int) -> GuidePage:
        """The guide laid out for a width."""
        from tui.guide_text import lay_out_guide  # noqa: PLC0415 - pydantic, loaded with the first guide

        if self._page is None or self._page[0] != width:
            self._page = (width, lay_out_guide(self.guide, width, self.quote, self._found))
        return self._page[1]

    def show_found(self, places: Sequence[tuple[int, int]]) -> None:
        """Mark other words; offsets in order."""
        self._found, self._page = places, None
        self.redraw()

    def found_lines(self) -> list[int]:
        """Each line that holds words that were looked for."""
        offset = self._offset()
        return [line + offset for line in self.page(self.content_size.width).found]

    def lay_out(self, width: int) -> list[Content]:
        """Title, text, and where the facts come from."""
        title = [Content("  ") + line for line in wrap(said(self.guide.title, "bold"), width - 2)]
        return [*title, Content(""), *self.page(width).lines]

    def _offset(self) -> int:
        return len(wrap(said(self.guide.title), self.content_size.width - 2)) + 1

    def target_line(self, heading: str = "") -> int:
        """Where to scroll: some lines above the quoted words, or the heading."""
        from tui.guide_text import heading_line  # noqa: PLC0415 - the same

        page = self.page(self.content_size.width)
        if page.marked is not None:
            return max(0, page.marked + self._offset() - CONTEXT)
        line = heading_line(page, heading) if heading else None
        return 0 if line is None else line + self._offset()

    def headings(self) -> list[tuple[int, int, str]]:
        """Line, level and words of each heading."""
        page = self.page(self.content_size.width)
        return [(line + self._offset(), level, words) for line, level, words in page.headings]
