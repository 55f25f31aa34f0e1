"""A stretch of prose in a lesson: blocks that can be pointed at, with what the learner noted under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message

from tui.language import _
from tui.prose import drawn_block
from tui.styled import LINK, hang, said, wrap

from .lines import LinesView
from .prose import ProseView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events

    from course.model import Block
    from course.notes import Note
    from tui.pictures import Gallery

GUTTER = 2
"""Cells at the left in which the mark of a block stands."""


def noted(notes: Sequence[Note], width: int) -> list[Content]:
    """Bookmarks and notes as they stand under their block."""
    lines: list[Content] = []
    for note in notes:
        front, words = ("✎ ", note.text) if note.text else ("◆ ", _("Bookmark"))
        for row in words.split("\n"):
            lines += hang(said(front, "$accent"), "  ", wrap(said(row, "italic $muted"), width - 2))
            front = "  "
    return lines


class NotedLines(LinesView):
    """What a learner noted at a block that is a widget of its own."""

    SEARCHED: ClassVar = False

    def __init__(self, notes: Sequence[Note], *, classes: str) -> None:
        super().__init__(classes=classes)
        self._notes = notes

    def lay_out(self, width: int) -> list[Content]:
        """One under another."""
        return noted(self._notes, width)


class Stretch(ProseView):
    """Blocks of a section in one piece; a section of thousands of lines is a few widgets."""

    DEFAULT_CSS = "Stretch { max-width: 74; }"

    @dataclass
    class Clicked(Message):
        """A block was clicked."""

        block: int
        """Its place in the section, from 0."""

    def __init__(
        self,
        blocks: Sequence[Block],
        first: int,
        *,
        own: Mapping[int, Sequence[Note]],
        gallery: Gallery | None,
        classes: str,
    ) -> None:
        super().__init__(blocks, gallery=gallery, classes=classes)
        self.first = first
        """Place of the first block in its section, from 0."""
        self.pointed: int | None = None
        """Place of the block that is pointed at."""
        self._own = own
        self._spans: list[tuple[int, int]] = []

    def lay_out(self, width: int) -> list[Content]:
        """The blocks, what was noted under each, and a bar at the one that is pointed at."""
        lines: list[Content] = []
        self._spans = []
        for place, block in enumerate(self.blocks, self.first):
            drawn = drawn_block(block, width - GUTTER, self.gallery)
            drawn += noted(self._own.get(place, ()), width - GUTTER)
            if lines and drawn:
                lines.append(Content(""))
            self._spans.append((len(lines), len(lines) + len(drawn)))
            front = said("▌ ", "$accent bold") if place == self.pointed else Content(" " * GUTTER)
            lines += [front + line for line in drawn]
        return lines

    def span_of(self, place: int) -> tuple[int, int]:
        """First line of a block and the line after it, as laid out."""
        self.lines(self.content_size.width)
        return self._spans[place - self.first]

    def point(self, place: int | None) -> None:
        """Move the bar to a block, or take it away."""
        if self.pointed != place:
            self.pointed = place
            self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Tell which block was clicked; a link is followed by the handler of any prose."""
        if event.style.meta.get(LINK):
            return
        for place, (first, end) in enumerate(self._spans, self.first):
            if first <= event.y < end:
                self.post_message(self.Clicked(place))
