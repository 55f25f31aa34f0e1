"""A list laid over a page: contents, links, headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from tui.commands import Command, bindings
from tui.language import _
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.rows import Row, RowList

from .page import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class ListScreen(Window[object]):
    """Lines to choose from; gives back the value of the chosen one, or None."""

    OFFERED: ClassVar = (Command("close", "escape,t,l", _("Close"), _("Close the list.")),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, title: str, of: str, rows: Sequence[Row], focused: int = 0) -> None:
        super().__init__()
        self._title = title
        self._of = of
        self._rows = rows
        self._focused = focused

    def compose(self) -> ComposeResult:
        """The title, the lines and the keys."""
        yield HeaderLine(self._title, self._of)
        yield RowList(*self._rows)
        yield KeyBar()

    def on_mount(self) -> None:
        """Start at the line where the learner stands."""
        if self._rows:
            self._rows[min(self._focused, len(self._rows) - 1)].focus()

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        self.dismiss(event.row.value)

    def action_close(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
