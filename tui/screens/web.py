"""Asks before a web address, or a file of a lesson, is opened by another program."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on

from tui.commands import Command, bindings
from tui.language import _
from tui.styled import said
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.prose import TextView
from tui.widgets.rows import Row, RowList

from .page import Window

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from tui.app import HansaApp

OPEN, COPY, STAY = "open", "copy", "stay"


class WebScreen(Window[None]):
    """Open a web address, copy it, or leave it."""

    OFFERED: ClassVar = (Command("close", "escape", _("Close"), _("Leave the address alone.")),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._shown = address

    @property
    def _refusal(self) -> str:
        return cast("HansaApp", self.app).services.refusal

    def compose(self) -> ComposeResult:
        """The address and what can be done with it."""
        yield HeaderLine(_("A web address"))
        with RowList():
            yield TextView(said(_("This link leaves Hansa:")), classes="gap")
            yield TextView(said(self._shown, "bold"), classes="gap")
            yield Row(_("Stay here"), STAY)
            yield Row(_("Copy the address"), COPY)
            if self._refusal:
                yield TextView(said(_("Copy the address into your browser; nothing is opened from here.")))
            else:
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
            self.app.copy_to_clipboard(self._shown)
            self.app.notify(_("The address is copied."), markup=False)
        self.dismiss()

    def action_close(self) -> None:
        """Leave the address alone."""
        self.dismiss()


HARMLESS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf", ".csv", ".txt", ".md"})
"""Endings of files that another program shows and does not run."""


class FileScreen(WebScreen):
    """Open a picture or another file of a lesson with the program for such files, copy its path, or leave it."""

    def __init__(self, path: Path, words: str) -> None:
        super().__init__(path.resolve().as_uri())
        self._shown = str(path.resolve())
        self._words = words
        self._opens = path.suffix.lower() in HARMLESS

    def compose(self) -> ComposeResult:
        """What the file shows, where it stands, and what can be done with it."""
        yield HeaderLine(_("A file of this lesson"))
        with RowList():
            yield TextView(said(self._words), classes="gap")
            yield TextView(said(self._shown, "bold"), classes="gap")
            yield Row(_("Stay here"), STAY)
            yield Row(_("Copy the path"), COPY)
            if self._opens:
                yield Row(_("Open it with the program for such files"), OPEN)
        yield KeyBar()
