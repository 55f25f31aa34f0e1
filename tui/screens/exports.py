"""Pages from which a conversation is written to a file."""

from __future__ import annotations

from textual import work

from assistant.errors import HistoryError
from tui.commands import Command
from tui.console.failure import describe
from tui.language import _
from tui.messages import Failed
from tui.talk_export import Form, write_talk

from .exporting import ExportScreen
from .page import Page

EXPORT = Command(
    "export", "ctrl+s", _("Export"), _("Write this conversation to a file, as Markdown or JSON.")
)


class ExportingPage(Page):
    """Asks for the form, writes the file in the background, and tells where it is."""

    def export(self, number: int, title: str) -> None:
        """Ask in which form the conversation with a number is written."""
        folder = self.hansa.services.paths.exports
        self.app.push_screen(ExportScreen(title, folder), lambda form: self._export(number, form))

    def _export(self, number: int, form: Form | None) -> None:
        if form is not None:
            self._write(number, form)

    @work(thread=True, group="export", exit_on_error=False)
    def _write(self, number: int, form: Form) -> None:
        services = self.hansa.services
        try:
            path = write_talk(services.history.conversation(number), services.paths.exports, form)
        except (HistoryError, OSError) as error:
            self.post_message(Failed(describe(error)))
        else:
            self.app.call_from_thread(self.hansa.tell, _("Written to {path}").format(path=path))
