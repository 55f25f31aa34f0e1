"""Asks before a web address is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.screen import ModalScreen

from tui.commands import Command, bindings
from tui.language import _
from tui.styled import said
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.prose import TextView
from tui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

OPEN, COPY, STAY = "open", "copy", "stay"


class WebScreen(ModalScreen[None]):
    """Open a web address, copy it, or leave it."""

    OFFERED: ClassVar = (Command("close", "escape", _("Close"), _("Leave the address alone.")),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def compose(self) -> ComposeResult:
        """The address and what can be done with it."""
        yield HeaderLine(_("A web address"))
        with RowList():
            yield TextView(said(_("This link leaves Hansa:")), classes="gap")
            yield TextView(said(self._address, "bold"), classes="gap")
            yield Row(_("Stay here"), STAY)
            yield Row(_("Copy the address"), COPY)
            yield Row(_("Open it in the browser"), OPEN)
        yield KeyBar()

    def on_mount(self) -> None:
        """Nothing is opened by a careless enter."""
        self.query(Row).first().focus()

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        if event.row.value == OPEN:
            self.app.open_url(self._address)
        elif event.row.value == COPY:
            self.app.copy_to_clipboard(self._address)
            self.app.notify(_("The address is copied."), markup=False)
        self.dismiss()

    def action_close(self) -> None:
        """Leave the address alone."""
        self.dismiss()
