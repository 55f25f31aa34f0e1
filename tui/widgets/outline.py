"""The sections of a lesson, beside the text when there is room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from tui.language import _
from tui.styled import carrying, hang, said, wrap

from .lines import LinesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events


class OutlineView(LinesView):
    """Titles of the sections; a mark stands at the one that is shown, ✓ at those that were open."""

    DEFAULT_CSS = """
    OutlineView { display: none; width: 40; padding: 1 2; color: $muted; }
    """
    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """A section was clicked."""

        position: int
        """Its number, from 0."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = titles
        self._position = 0
        self._read: Sequence[bool] = ()

    def show(self, position: int, read: Sequence[bool]) -> None:
        """Move the mark, and tell of each section whether it was read."""
        self._position = position
        self._read = read
        self.redraw()

    def lay_out(self, width: int) -> list[Content]:
        """A title a section."""
        lines = [said(_("In this lesson"), "bold"), Content("")]
        for number, title in enumerate(self._titles):
            here = number == self._position
            sign = "▸" if here else "✓" if any(self._read[number : number + 1]) else " "
            front = said(f"{sign} {number + 1}  ", "$accent bold" if here else "")
            drawn = wrap(said(title, "bold" if here else ""), width - 5)
            lines += [carrying(line, section=number) for line in hang(front, " " * 5, drawn)]
        return lines

    def on_click(self, event: events.Click) -> None:
        """Go to the section that was clicked."""
        section = event.style.meta.get("section")
        if section is not None:
            event.stop()
            self.post_message(self.Chosen(section))
