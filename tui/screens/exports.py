"""Parts of the interface from which a conversation is written to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.widget import Widget

from assistant.errors import HistoryError
from tui.commands import Command
from tui.console.failure import describe
from tui.language import _
from tui.messages import Failed
from tui.saving import saves
from tui.talk_export import Form, write_talk

from .exporting import ExportScreen

if TYPE_CHECKING:
    from tui.app import HansaApp

EXPORT = Command(
    "export", "ctrl+s", _("Export"), _("Write this conversation to a file, as Markdown or JSON.")
)


class Exporting(Widget):
    """Asks for the form, writes the file in the background, and tells where it is."""

    def export(self, number: int, title: str) -> None:
        """Ask in which form the conversation with a number is written."""
        folder = cast("HansaApp", self.app).services.paths.exports
        self.app.push_screen(ExportScreen(title, folder), lambda form: self._export(number, form))

    def _export(self, number: int, form: Form | None) -> None:
        if form is not None:
            self._write(number, form)

    @saves("export")
    def _write(self, number: int, form: Form) -> None:
        app = cast("HansaApp", self.app)
        services = app.services
        try:
            path = write_talk(services.history.conversation(number), services.paths.exports, form)
        except (HistoryError, OSError) as error:
            self.post_message(Failed(describe(error)))
        else:
            app.call_later(app.tell, _("Written to {path}").format(path=path))
