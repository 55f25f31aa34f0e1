"""Asks in which form a conversation is written to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from tui.clean import clean_line
from tui.commands import Command, bindings
from tui.language import _
from tui.styled import said
from tui.talk_export import Form
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.prose import TextView
from tui.widgets.rows import Row, RowList

from .page import Window

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult


class ExportScreen(Window[Form | None]):
    """The two forms; gives back the chosen one, or None."""

    OFFERED: ClassVar = (Command("close", "escape", _("Close"), _("Write nothing.")),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, title: str, folder: Path) -> None:
        super().__init__()
        self._title = title
        self._folder = folder

    def compose(self) -> ComposeResult:
        """The conversation, where its file goes, and the forms."""
        yield HeaderLine(_("Export this conversation"))
        with RowList():
            yield TextView(said(clean_line(self._title), "bold"), classes="gap")
            words = _("A new file is written into {folder}").format(folder=self._folder)
            yield TextView(said(words, "$muted"), classes="gap")
            yield Row(_("Markdown, to read and print"), Form.MARKDOWN)
            yield Row(_("JSON, for other programs"), Form.JSON)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the form to read."""
        self.query(Row).first().focus()

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        self.dismiss(event.row.value if isinstance(event.row.value, Form) else None)

    def action_close(self) -> None:
        """Write nothing."""
        self.dismiss(None)
