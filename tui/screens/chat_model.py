"""Which chat model, if any, puts answers into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message

from assistant.chat_settings import ChatSettings
from assistant.errors import AssistantError
from assistant.local_servers import LocalServer, find_servers
from tui.clean import clean_line
from tui.commands import Command, bindings
from tui.language import _
from tui.saving import saves
from tui.sending import sending_words
from tui.styled import said
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.prose import TextView
from tui.widgets.rows import Row, RowList

from .page import BACK, HELP, Page, Window

if TYPE_CHECKING:
    from textual.app import ComposeResult

AGREE, STAY, TURN_OFF = "agree", "stay", "off"
MOST_MODELS = 12
"""Models listed for each server; `hansa model list` shows them all."""


class ChatModelScreen(Page):
    """What is used now, what runs on this machine, and how to turn it off."""

    ABOUT = _(
        "Answers are quotes from the guides, unless you choose a chat model to put them into words.\n"
        "Hansa looks for one on this machine only, and asks before it uses it.\n"
        "Whatever a model writes is compared with the guides; what they do not prove is left out.\n"
        "For a model elsewhere, run: hansa model use NAME --address URL"
    )
    OFFERED: ClassVar = (
        Command("look", "r", _("Look again"), _("Look again for chat models on this machine.")),
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Found(Message):
        """This machine was looked through."""

        servers: tuple[LocalServer, ...]
        """What runs on it."""

    def __init__(self) -> None:
        super().__init__(where=_("Chat model"))
        self._settings = ChatSettings()

    def body(self) -> ComposeResult:
        """What is used, and room for what is found."""
        with RowList(id="settings"):
            yield TextView(said(""), id="used", classes="gap")
            yield Row(_("Turn it off"), TURN_OFF, id="turn-off")
            yield TextView(said(""), id="found", classes="gap")

    def on_mount(self) -> None:
        """Read what is chosen, and look around."""
        self._read()
        self.action_look()

    def _read(self) -> None:
        try:
            self._settings = self.hansa.services.chat_settings()
        except AssistantError as error:
            self._settings = ChatSettings()
            self.hansa.tell(str(error), error=True)
        used = _("No chat model is used: answers are quotes from the guides, and nothing is sent anywhere.")
        if self._settings.is_on:
            used = _("{model} puts answers into words.").format(model=self._settings.destination)
        self.query_one("#used", TextView).show(said(used, "bold"))
        self.query_one("#turn-off").display = self._settings.is_on
        self._focus_first()

    def action_look(self) -> None:
        """Look for servers; not on a machine of others."""
        if self.hansa.services.chat_refusal:
            self.query_one("#found", TextView).show(said(self.hansa.services.chat_refusal, "$muted"))
            return
        self.query_one("#found", TextView).show(
            said(_("Looking for chat models on this machine …"), "$muted")
        )
        self._look()

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def _look(self) -> None:
        self.post_message(self.Found(find_servers()))

    @on(Found)
    async def _show_found(self, event: Found) -> None:
        await self.query(".server").remove()
        words = _("Chat models that run on this machine:")
        if not any(server.models for server in event.servers):
            words = _("No chat model runs on this machine. Start one, such as Ollama, and look again with r.")
        self.query_one("#found", TextView).show(said(words))
        choices = [
            Row(
                clean_line(model),
                ChatSettings(model=model, address=server.address),
                right=said(clean_line(f"{server.name} · {server.address}"), "$muted"),
                classes="server",
            )
            for server in event.servers
            for model in server.models[:MOST_MODELS]
        ]
        await self.query_one(RowList).mount_all(choices)
        self._focus_first()

    def _focus_first(self) -> None:
        """Stand on a line that is there."""
        rows = [row for row in self.query(Row) if row.display]
        if self.focused not in rows:
            self.set_focus(rows[0] if rows else None)

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        value = event.row.value
        if value == TURN_OFF:
            self._choose(ChatSettings())
        elif isinstance(value, ChatSettings):
            self.app.push_screen(ConsentScreen(value), lambda agreed: self._agreed(value, agreed=agreed))

    def _agreed(self, settings: ChatSettings, *, agreed: bool | None) -> None:
        if agreed:
            self._choose(settings.agreed_to())

    @saves("choose", exclusive=True)
    def _choose(self, settings: ChatSettings) -> None:
        # In a thread: the assistant may be busy being made ready, and the model's library takes a second to load.
        try:
            self.hansa.services.choose_chat(settings.model_copy(update={"tracing": self._settings.tracing}))
        except (AssistantError, OSError) as error:
            self.app.call_later(self.hansa.tell, str(error), error=True)
        self.call_later(self._read)


class ConsentScreen(Window[bool]):
    """What a model would be sent, and whether to use it."""

    OFFERED: ClassVar = (Command("close", "escape", _("Close"), _("Do not use it.")),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, settings: ChatSettings) -> None:
        super().__init__()
        self._settings = settings

    def compose(self) -> ComposeResult:
        """What is sent where, and two lines to choose from."""
        yield HeaderLine(_("Use this chat model?"), clean_line(self._settings.model))
        with RowList():
            yield TextView(said(_("What it would be sent:"), "bold"), classes="gap")
            for sentence in sending_words(self._settings):
                yield TextView(said(sentence), classes="gap")
            yield Row(_("Do not use it"), STAY)
            yield Row(_("Use it"), AGREE)
        yield KeyBar()

    def on_mount(self) -> None:
        """Nothing is agreed to by a careless enter."""
        self.query(Row).first().focus()

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        self.dismiss(result=event.row.value == AGREE)

    def action_close(self) -> None:
        """Do not use it."""
        self.dismiss(result=False)
