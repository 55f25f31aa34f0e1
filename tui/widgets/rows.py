"""Lines that can be chosen, and the list that moves between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message

from tui.commands import Command, bindings
from tui.language import _
from tui.styled import hang, said, spread, wrap

from .lines import LinesView

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

CHOOSE = Command("choose", "enter", _("Open"), _("Open the line that is marked."), palette=False)


class Row(LinesView, can_focus=True):
    """A line that can be chosen by enter or a click; a mark at its left shows where the focus is."""

    OFFERED: ClassVar = (CHOOSE,)
    BINDINGS: ClassVar = bindings(OFFERED)
    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """A line was chosen."""

        row: Row
        """The line; its `value` tells what for."""

        @property
        def control(self) -> Row:
            """The line."""
            return self.row

    def __init__(
        self,
        label: Content | str,
        value: object = None,
        *,
        right: Content | str = "",
        beneath: Content | str = "",
        wrapped: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.value = value
        """What the line stands for."""
        self._label = _content(label)
        self._right = _content(right)
        self._beneath = _content(beneath)
        self._wrapped = wrapped

    def show(self, label: Content | str, right: Content | str = "", beneath: Content | str = "") -> None:
        """Write the line anew."""
        self._label, self._right, self._beneath = _content(label), _content(right), _content(beneath)
        self.redraw()

    def lay_out(self, width: int) -> list[Content]:
        """The line, cut or wrapped to the width, and what stands beneath it."""
        mark = said("▸ ", "$accent bold") if self.has_focus else Content("  ")
        look = "bold" if self.has_focus else ""
        label = self._label.stylize_before(look) if look else self._label
        if self._wrapped:
            return hang(mark, "  ", wrap(label, width - 2))
        lines = [mark + spread(label, self._right, width - 2)]
        if self._beneath.plain:
            lines += [Content("  ") + line for line in wrap(self._beneath, width - 2)]
        return lines

    def on_focus(self) -> None:
        """Show the mark."""
        self.redraw()

    def on_blur(self) -> None:
        """Take the mark away."""
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Choose the line."""
        event.stop()
        self.action_choose()

    def action_choose(self) -> None:
        """Tell that the line was chosen."""
        self.post_message(self.Chosen(self))


def _content(text: Content | str) -> Content:
    return text if isinstance(text, Content) else said(text)


class RowList(VerticalScroll, can_focus=False):
    """Lines and text; the arrow keys move between what can be chosen."""

    DEFAULT_CSS = "RowList { padding: 0 2 0 0; scrollbar-size-vertical: 1; }"
    OFFERED: ClassVar = (
        Command("move(-1)", "up", _("Up"), _("Go to the line above."), footer=False, palette=False),
        Command("move(1)", "down", _("Down"), _("Go to the line below."), footer=False, palette=False),
        Command("edge(0)", "home", _("First"), _("Go to the first line."), footer=False, palette=False),
        Command("edge(-1)", "end", _("Last"), _("Go to the last line."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, *rows: Row, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows = rows

    def compose(self) -> ComposeResult:
        """The lines given at the start."""
        yield from self._rows

    def action_move(self, step: int) -> None:
        """Move the focus to the next line that can be chosen, in either direction."""
        if step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_edge(self, place: int) -> None:
        """Move the focus to the first or the last line that can be chosen."""
        rows = [row for row in self.query(Row) if row.display and row.focusable]
        if rows:
            rows[place].focus()
