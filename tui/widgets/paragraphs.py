"""Paragraphs on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.paragraphs import Look
from tui.styled import hang, said, wrap

from .lines import LinesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from tui.paragraphs import Paragraph


class ParagraphsView(LinesView):
    """Paragraphs one under another; can be written anew."""

    def __init__(self, paragraphs: Sequence[Paragraph] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._paragraphs = paragraphs

    def show(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show another document."""
        self._paragraphs = paragraphs
        self.redraw()

    def lay_out(self, width: int) -> list[Content]:
        """The paragraphs, a blank line between them unless they are entries of a list."""
        lines: list[Content] = []
        before: Look | None = None
        for paragraph in self._paragraphs:
            if before is not None and not before is paragraph.look is Look.ITEM:
                lines.append(said(""))
            lines += _lines_of(paragraph, width)
            before = paragraph.look
        return lines


def _lines_of(paragraph: Paragraph, width: int) -> list[Content]:
    if paragraph.look is Look.ITEM:
        return hang("• ", "  ", wrap(said(paragraph.text), width - 2))
    bold = paragraph.look in {Look.TITLE, Look.HEADING, Look.SUBHEADING, Look.LABEL}
    muted = "$muted" if paragraph.look is Look.NOTE else ""
    return wrap(said(paragraph.text, "bold" if bold else muted), width)
