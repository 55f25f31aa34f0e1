"""The keys: which command has which, and how to give it another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message

from tui.commands import Command, bindings
from tui.language import _, plural
from tui.styled import said, wrap
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.lines import LinesView
from tui.widgets.prose import TextView
from tui.widgets.rows import Row, RowList

from .page import BACK, HELP, Page, Window

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from tui.app import HansaApp

RESTORE_ALL = "restore"
"""Value of the line that gives every command its own key back."""


class KeyRow(Row):
    """A command and its key."""

    def __init__(self, command: Command, keymap: Mapping[str, str]) -> None:
        super().__init__("", command)
        self.command = command
        """The command."""
        self.tell(keymap)

    def tell(self, keymap: Mapping[str, str]) -> None:
        """Write the key that the command has now."""
        changed = self.command.id in keymap
        key = said(self.command.key_name(keymap), "$accent bold" if changed else "$accent")
        self.show(said(self.command.title), key)

    def lay_out(self, width: int) -> list[Content]:
        """The command and its key; what it does stands beside it, or beneath where it would be cut."""
        title, words = said(self.command.title), said(self.command.help, "$muted")
        beside = title + "  " + words
        fits = beside.cell_length + self._right.cell_length + 4 <= width
        self._label, self._beneath = (beside, said("")) if fits else (title, words)
        return super().lay_out(width)


class KeysScreen(Page):
    """Every command whose key can be changed."""

    ABOUT = _(
        "enter on a line, then the new key. A key that has another meaning already is refused.\n"
        "Arrows, enter, esc, tab and space stay as they are, and so do the keys inside a question.\n"
        "delete gives a command its own key back."
    )
    OFFERED: ClassVar = (
        Command(
            "restore", "delete", _("Own key"), _("Give the marked command its own key back."), shown="del"
        ),
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Known(Message):
        """Every page was looked through for its commands."""

        commands: tuple[Command, ...]
        """Those whose key can be changed."""

    def __init__(self) -> None:
        super().__init__(where=_("Keys"))

    def body(self) -> ComposeResult:
        """Room for the lines."""
        with RowList(id="keys"):
            yield TextView(said(_("Looking for the commands …"), "$muted"), id="wait")

    def on_mount(self) -> None:
        """Find the commands."""
        self._find()

    @work(thread=True, exclusive=True, group="find", exit_on_error=False)
    def _find(self) -> None:
        from tui.keymap import rebindable  # noqa: PLC0415 - 0.3 s, loads every page

        self.post_message(self.Known(rebindable()))

    @on(Known)
    async def _show(self, event: Known) -> None:
        keymap = self.hansa.services.preferences.keys
        await self.query("#wait").remove()
        rows = [KeyRow(command, keymap) for command in event.commands]
        await self.query_one(RowList).mount_all(
            [*rows, Row(_("Give every command its own key back"), RESTORE_ALL)]
        )
        self.query(Row).first().focus()
        self._tell()

    def _tell(self) -> None:
        """The number of changes, and the key of each command."""
        keymap = self.hansa.services.preferences.keys
        self.header.how_far = changed_words(keymap)
        for row in self.query(KeyRow):
            row.tell(keymap)

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        if event.row.value == RESTORE_ALL:
            self._keep({})
        elif isinstance(event.row, KeyRow):
            command = event.row.command
            self.app.push_screen(NewKeyScreen(command), lambda key: self._give(command, key))

    def _give(self, command: Command, key: str | None) -> None:
        from tui.keymap import rebound  # noqa: PLC0415 - loaded by then

        if key is not None and command.id is not None:
            self._keep({**self.hansa.services.preferences.keys, command.id: rebound(command, key)})

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a key that was changed can be given back."""
        if action == "restore":
            keymap = self.hansa.services.preferences.keys
            return isinstance(self.focused, KeyRow) and self.focused.command.id in keymap
        return super().check_action(action, parameters)

    def action_restore(self) -> None:
        """Give the marked command its own key back."""
        if isinstance(self.focused, KeyRow):
            name = self.focused.command.id
            kept = self.hansa.services.preferences.keys
            self._keep({each: keys for each, keys in kept.items() if each != name})

    def _keep(self, keymap: dict[str, str]) -> None:
        self.hansa.prefer(keys=keymap)
        self._tell()
        self.refresh_bindings()


class KeyCatcher(LinesView, can_focus=True):
    """Waits for a key, and says why one cannot be taken."""

    DEFAULT_CSS = "KeyCatcher { margin: 1 2; }"

    @dataclass
    class Pressed(Message):
        """A key was pressed."""

        key: str
        """Its name."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.reason = ""
        """Why the last key was refused."""

    def lay_out(self, width: int) -> list[Content]:
        """What to do, and what came of it."""
        lines = wrap(said(self._words), width)
        return [*lines, said(""), *wrap(said(self.reason, "$warning bold"), width)] if self.reason else lines

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Every key but that which leaves."""
        return key != "escape"

    def on_key(self, event: events.Key) -> None:
        """Hand on every key but that which leaves."""
        if event.key != "escape":
            event.stop()
            event.prevent_default()
            self.post_message(self.Pressed(event.key))


class NewKeyScreen(Window[str | None]):
    """Asks for the new key of a command."""

    OFFERED: ClassVar = (Command("close", "escape", _("Leave it"), _("Leave the key as it is.")),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, command: Command) -> None:
        super().__init__()
        self._command = command

    def compose(self) -> ComposeResult:
        """The command, and what to do."""
        yield HeaderLine(self._command.title, self._command.help)
        yield KeyCatcher(_("Press the new key for “{title}”.").format(title=self._command.title))
        yield KeyBar()

    def on_mount(self) -> None:
        """Wait for the key."""
        self.query_one(KeyCatcher).focus()

    @on(KeyCatcher.Pressed)
    def _pressed(self, event: KeyCatcher.Pressed) -> None:
        from tui.keymap import refusal  # noqa: PLC0415 - loaded by then

        app: HansaApp = self.app  # type: ignore[assignment]
        kept = app.services.preferences
        reason = refusal(self._command, event.key, kept.keys, motions=kept.vim_motions)
        if not reason:
            self.dismiss(event.key)
            return
        catcher = self.query_one(KeyCatcher)
        catcher.reason = reason
        catcher.redraw()

    def action_close(self) -> None:
        """Leave the key as it is."""
        self.dismiss(None)


def changed_words(keymap: Mapping[str, str]) -> str:
    """How many keys were changed."""
    if not keymap:
        return _("as they come")
    return plural("{count} changed", "{count} changed", len(keymap))
