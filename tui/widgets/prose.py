"""Prose of a section, with links that can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.half_blocks import without_pictures
from tui.messages import LinkFollowed
from tui.styled import LINK, wrap

from .lines import LinesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.content import Content
    from textual.selection import Selection

    from course.model import Block
    from tui.pictures import Gallery


class ProseView(LinesView):
    """Blocks that are only read."""

    def __init__(
        self, blocks: Sequence[Block], *, gallery: Gallery | None = None, classes: str | None = None
    ) -> None:
        super().__init__(classes=classes)
        self.blocks = blocks
        """What is shown."""
        self.gallery = gallery
        """Draws the pictures; they are words where there is none."""

    def lay_out(self, width: int) -> list[Content]:
        """The blocks, one under another."""
        from tui.prose import block_lines  # noqa: PLC0415 - 0.05 s with all kinds of blocks; home shows none

        return block_lines(self.blocks, width, self.gallery)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words that are selected: of a picture, those that stand for it."""
        selected = super().get_selection(selection)
        return selected and (without_pictures(selected[0]), selected[1])

    def on_click(self, event: events.Click) -> None:
        """Follow the link that was clicked."""
        target = event.style.meta.get(LINK)
        if target:
            event.stop()
            self.post_message(LinkFollowed(target))


class TextView(LinesView):
    """One text, wrapped; can be written anew."""

    def __init__(self, content: Content, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._content = content
        self.display = bool(content.plain)

    def show(self, content: Content) -> None:
        """Write another text."""
        self._content = content
        self.display = bool(content.plain)
        self.redraw()

    def lay_out(self, width: int) -> list[Content]:
        """The text in lines."""
        return wrap(self._content, width)
