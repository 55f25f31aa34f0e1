"""One entry of the glossary of a course, over the page that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.commands import Command, bindings
from tui.language import _
from tui.styled import said
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.prose import ProseView, TextView

from .page import Column, Window

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from course.model import Section


class TermScreen(Window[None]):
    """What a term means; goes back to where the reader was."""

    OFFERED: ClassVar = (Command("close", "escape,q", _("Close"), _("Go back to where you were.")),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, entry: Section) -> None:
        super().__init__()
        self._entry = entry

    def compose(self) -> ComposeResult:
        """The term and its explanation."""
        yield HeaderLine(_("Glossary"), _("esc goes back"))
        with Column(id="term"):
            yield TextView(said(self._entry.title, "bold"), classes="gap")
            yield ProseView(self._entry.blocks)
        yield KeyBar()

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(Column).focus()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()
