"""Prose of a section, with links that can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.messages import LinkFollowed
from tui.styled import LINK, wrap

from .lines import LinesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.content import Content

    from course.model import Block


class ProseView(LinesView):
    """Blocks that are only read."""

    def __init__(self, blocks: Sequence[Block], *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self.blocks = blocks
        """What is shown."""

    def lay_out(self, width: int) -> list[Content]:
        """The blocks, one under another."""
        from tui.prose import block_lines  # noqa: PLC0415 - 0.05 s with all kinds of blocks; home shows none

        return block_lines(self.blocks, width)

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
