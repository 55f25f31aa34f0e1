"""Your data: where it stands, what it is, what is sent where; taking it away and erasing it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message
from textual.widgets import Input

from assistant.chat_settings import ChatSettings
from assistant.errors import AssistantError
from course.errors import CourseError
from tui.clean import clean_line
from tui.commands import Command, bindings
from tui.language import _
from tui.messages import Failed
from tui.saving import saves
from tui.sending import sending_words
from tui.stored import RECORD, WORKBOOK, Stored, export_to, size_words, stored
from tui.styled import said, spread
from tui.typed_path import path_typed
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.lines import LinesView
from tui.widgets.prose import TextView
from tui.widgets.question import PlainInput
from tui.widgets.rows import Row, RowList

from .page import BACK, HELP, Page, Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.content import Content

EXPORT = "export"
"""Value of the line that leads to the export; the others have what they erase."""


class SizeTable(LinesView):
    """What is kept, with its size."""

    DEFAULT_CSS = "SizeTable { margin: 0 0 1 2; }"

    def __init__(self) -> None:
        super().__init__()
        self._kept: Sequence[Stored] = ()

    def show(self, kept: Sequence[Stored]) -> None:
        """Show these."""
        self._kept = kept
        self.redraw()

    def lay_out(self, width: int) -> list[Content]:
        """A line each; what can be made again in grey."""
        return [
            spread(
                said(each.what, "" if each.own else "$muted"), said(size_words(each.size), "$muted"), width
            )
            for each in self._kept
        ]


class DataScreen(Page):
    """The folder, what stands in it, what leaves it, and three things to do."""

    ABOUT = _(
        "Everything that Hansa keeps stands in one folder on this machine.\n"
        "The export is a file that another Hansa takes in: hansa import FILE\n"
        "What is erased cannot be brought back."
    )
    OFFERED: ClassVar = (BACK, HELP)
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Measured(Message):
        """The folder was looked through."""

        kept: tuple[Stored, ...]
        """What stands in it."""

    @dataclass
    class Done(Message):
        """Something was exported or erased."""

        words: str
        """What, in a sentence."""

    def __init__(self) -> None:
        super().__init__(where=_("Your data"))

    def body(self) -> ComposeResult:
        """The folder, its content, what is sent, and the lines."""
        home = self.hansa.services.paths.home
        with RowList(id="data"):
            yield TextView(
                said(_("Everything stands in {home}").format(home=clean_line(str(home)))), classes="gap"
            )
            yield SizeTable()
            yield TextView(said(""), id="sent", classes="gap")
            yield Row(_("Export your progress and conversations"), EXPORT)
            yield Row(_("Erase your progress and conversations"), RECORD)
            yield Row(_("Erase your workbook"), WORKBOOK)

    def on_mount(self) -> None:
        """Measure, and say what is sent."""
        self.query_one("#sent", TextView).show(said("\n".join(self._sent())))
        self.query(Row).first().focus()
        self._measure()

    def _sent(self) -> list[str]:
        try:
            settings = self.hansa.services.chat_settings()
        except AssistantError:
            settings = ChatSettings()
        if settings.is_on:
            return [_("Sent, as a chat model is used:"), *sending_words(settings)]
        return [_("Nothing is sent anywhere: no chat model is used, and nothing else leaves this machine.")]

    @work(thread=True, exclusive=True, group="measure", exit_on_error=False)
    def _measure(self) -> None:
        self.post_message(self.Measured(stored(self.hansa.services.paths)))

    @on(Measured)
    def _show_sizes(self, event: Measured) -> None:
        self.query_one(SizeTable).show(event.kept)
        self.header.how_far = size_words(sum(each.size for each in event.kept))

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        if event.row.value == EXPORT and self.hansa.services.refusal:
            self._export(self._own_file())
        elif event.row.value == EXPORT:
            self.app.push_screen(ExportScreen(self._default_file()), self._export_to)
        elif event.row.value == RECORD:
            words = _("Every visit, answer, result and conversation goes, and cannot be brought back.")
            self.app.push_screen(EraseScreen(words), lambda agreed: self._erase(RECORD, agreed=agreed))
        else:
            words = _("Everything that you wrote into forms goes, and cannot be brought back.")
            self.app.push_screen(EraseScreen(words), lambda agreed: self._erase(WORKBOOK, agreed=agreed))

    def _erase(self, what: str, *, agreed: bool | None) -> None:
        if agreed:
            self.hansa.erase(what)

    def _default_file(self) -> Path:
        day = self.hansa.services.clock().astimezone().date()
        return Path.home() / f"hansa-{day.isoformat()}.jsonl"

    def _own_file(self) -> Path:
        """A new file in the folder of the user, who may not name one."""
        services = self.hansa.services
        day = services.clock().astimezone().date().isoformat()
        files = (services.paths.exports / f"hansa-{day}-{number}.jsonl" for number in count(1))
        return next(file for file in files if not file.exists())

    def _export_to(self, path: Path | None) -> None:
        if path is not None:
            self._export(path)

    @saves("data", exclusive=True)
    def _export(self, path: Path) -> None:
        try:
            if self.hansa.services.refusal:
                path.parent.mkdir(parents=True, exist_ok=True)
            export_to(self.hansa.services, path)
        except FileExistsError:
            words = _("{file} exists already: choose another name.")
        except (OSError, CourseError, AssistantError) as error:
            self.post_message(Failed(getattr(error, "strerror", None) or str(error)))
            return
        else:
            words = _("Written: {file}")
        self.post_message(self.Done(words.format(file=clean_line(str(path)))))

    @on(Done)
    def _tell(self, event: Done) -> None:
        self.hansa.tell(event.words)


class ExportScreen(Window[Path | None]):
    """Asks for the file to write."""

    OFFERED: ClassVar = (Command("close", "escape", _("Close"), _("Write nothing.")),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def compose(self) -> ComposeResult:
        """The line with a name that is free most days."""
        yield HeaderLine(_("Export"))
        with RowList(id="data"):
            yield TextView(said(_("The file to write, a line of JSON for each thing:")), classes="gap")
            yield PlainInput("", id="file")
            yield Row(_("Write it"))
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin in the line."""
        line = self.query_one(Input)
        line.value = str(self._path)
        line.focus()

    @on(Input.Submitted)
    @on(Row.Chosen)
    def _write(self, event: Message) -> None:
        event.stop()
        path = path_typed(self.query_one(Input).value)
        if path is not None:
            self.dismiss(path)

    def action_close(self) -> None:
        """Write nothing."""
        self.dismiss(None)


class EraseScreen(Window[bool]):
    """Asks for a word before something is erased."""

    OFFERED: ClassVar = (Command("close", "escape", _("Close"), _("Erase nothing.")),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """What would go, and the line for the word."""
        yield HeaderLine(_("Erase"))
        with RowList():
            yield TextView(said(self._words, "bold"), classes="gap")
            ask = _("Type “{word}” and press enter to erase it; esc keeps it.")
            yield TextView(said(ask.format(word=erase_word())), classes="gap")
            yield PlainInput("", id="word")
            yield TextView(said(""), id="refused", classes="gap")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _confirmed(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip().casefold() == erase_word().casefold():
            self.dismiss(result=True)
            return
        words = _("That is another word; nothing was erased.")
        self.query_one("#refused", TextView).show(said(words, "$warning"))

    def action_close(self) -> None:
        """Erase nothing."""
        self.dismiss(result=False)


def erase_word() -> str:
    """The word to type."""
    return _("erase")
