"""A learner's checklist: ticks are kept in the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message

from tui.commands import Command, bindings
from tui.language import _
from tui.prose import block_lines
from tui.styled import carrying, hang, said

from .lines import LinesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from course.model import ListBlock
    from course.ticks import Entry


class ChecklistView(LinesView, can_focus=True):
    """Entries that can be ticked with space or a click."""

    OFFERED: ClassVar = (
        Command(
            "tick", "space", _("Tick"), _("Tick the marked entry, or take the tick away."), palette=False
        ),
        Command("move(-1)", "up", _("Up"), _("Go to the entry above."), footer=False, palette=False),
        Command("move(1)", "down", _("Down"), _("Go to the entry below."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)
    ALLOW_SELECT = False

    @dataclass
    class Ticked(Message):
        """An entry was ticked, or its tick taken away."""

        entry: Entry
        """Which one."""
        ticked: bool
        """How it is now."""

    def __init__(self, block: ListBlock, entries: Sequence[Entry], ticked: Sequence[bool | None]) -> None:
        super().__init__()
        self._block = block
        self._entries = entries
        self._ticked = [
            bool(item.ticked) if known is None else known
            for item, known in zip(block.items, ticked, strict=True)
        ]
        self._cursor = 0

    def lay_out(self, width: int) -> list[Content]:
        """The entries with their boxes."""
        lines: list[Content] = []
        for position, item in enumerate(self._block.items):
            here = self.has_focus and position == self._cursor
            box = "[x] " if self._ticked[position] else "[ ] "
            mark = said("▸ " if here else "  ", "$accent bold") + said(box, "bold" if here else "")
            inner = block_lines(item.blocks, width - 6) or [Content("")]
            lines += [carrying(line, entry=position) for line in hang(mark, " " * 6, inner)]
        return lines

    def action_tick(self) -> None:
        """Turn the tick of the marked entry."""
        ticked = self._ticked[self._cursor] = not self._ticked[self._cursor]
        self.redraw()
        self.post_message(self.Ticked(self._entries[self._cursor], ticked))

    def action_move(self, step: int) -> None:
        """Go to another entry; past the ends the text scrolls on."""
        position = self._cursor + step
        if 0 <= position < len(self._block.items):
            self._cursor = position
            self.redraw()
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def on_click(self, event: events.Click) -> None:
        """Tick the entry that was clicked."""
        entry = event.style.meta.get("entry")
        if entry is not None:
            event.stop()
            self._cursor = entry
            self.action_tick()

    def on_focus(self) -> None:
        """Show the mark."""
        self.redraw()

    def on_blur(self) -> None:
        """Take the mark away."""
        self.redraw()
