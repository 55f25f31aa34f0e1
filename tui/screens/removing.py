"""Asks before a guide is taken out of the collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from tui.clean import clean_line
from tui.commands import Command, bindings
from tui.language import _
from tui.styled import said
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.prose import TextView
from tui.widgets.rows import Row, RowList

from .page import Window

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from index.model import GuideHead


class RemoveGuideScreen(Window[bool]):
    """What removing means, and two lines to choose from."""

    OFFERED: ClassVar = (Command("close", "escape", _("Close"), _("Keep the guide.")),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, head: GuideHead) -> None:
        super().__init__()
        self._head = head

    def compose(self) -> ComposeResult:
        """The guide and the choice."""
        yield HeaderLine(_("Remove this guide?"))
        with RowList():
            yield TextView(said(clean_line(self._head.title), "bold"), classes="gap")
            words = _(
                "The assistant will not answer from it any more. Your file stays where it is; you can add it again."
            )
            yield TextView(said(words), classes="gap")
            yield TextView(said(clean_line(self._head.path), "$muted"), classes="gap")
            yield Row(_("Keep it"), value=False)
            yield Row(_("Remove it"), value=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Nothing is removed by a careless enter."""
        self.query(Row).first().focus()

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        self.dismiss(bool(event.row.value))

    def action_close(self) -> None:
        """Keep the guide."""
        self.dismiss(result=False)
