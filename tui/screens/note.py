"""The note at a block of a lesson, to write and to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from course.notes import LONGEST_NOTE
from tui.commands import Command, bindings
from tui.language import _
from tui.styled import said
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.prose import TextView
from tui.widgets.written import WritingBox

from .page import Column, Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.widgets import TextArea

    from tui.app import HansaApp


class NoteScreen(Window[str]):
    """A few lines of one's own; gives back the text, empty where the note is to go."""

    OFFERED: ClassVar = (
        Command("keep", "escape,ctrl+s", _("Keep"), _("Keep the note and go back.")),
        Command("delete", "f8", _("Delete"), _("Delete the note.")),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, about: str, text: str, keep: Callable[[str], None]) -> None:
        super().__init__()
        self._about = about
        self._text = text
        self._before = text
        self._keep = keep

    def compose(self) -> ComposeResult:
        """The words of the block, and the box to write in."""
        yield HeaderLine(_("Your note"), _("only you see it"))
        with Column():
            yield TextView(said(self._about, "italic $muted"), classes="gap")
            yield WritingBox()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the end of what stands there."""
        box = self.query_one(WritingBox)
        box.load_text(self._text)
        box.move_cursor(box.document.end)
        box.focus()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep the note within bounds."""
        if len(event.text_area.text) > LONGEST_NOTE:
            event.text_area.load_text(event.text_area.text[:LONGEST_NOTE])
        self._text = event.text_area.text

    def on_unmount(self) -> None:
        """Keep what was written when the application ends under it, such as by a lost terminal."""
        text = self._text.strip()
        if text and text != self._before and self.hansa.is_leaving:
            self._keep(text)

    @property
    def hansa(self) -> HansaApp:
        """The application."""
        return self.app  # type: ignore[return-value]

    def action_keep(self) -> None:
        """Give back the text."""
        self.dismiss(self.query_one(WritingBox).text.strip())

    def action_delete(self) -> None:
        """Give back nothing."""
        self.dismiss("")
