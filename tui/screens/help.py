"""The keys of a page, and what the page is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from tui.commands import Command, bindings, commands_from
from tui.language import _
from tui.styled import said
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.lines import LinesView
from tui.widgets.prose import TextView

from .page import Column, Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.app import ComposeResult
    from textual.screen import Screen


class KeyTable(LinesView):
    """Keys with a sentence each."""

    def __init__(self, commands: list[Command], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._entries = [(command.key_name(keymap), command.help) for command in commands]

    def lay_out(self, width: int) -> list[Content]:
        """One command a row."""
        room = max(len(name) for name, _words in self._entries) + 3
        lines: list[Content] = []
        for name, words in self._entries:
            key = said(f"{name:<{room}}", "$accent bold")
            first, *rest = said(words).wrap(width - room)
            lines += [key + first, *(Content(" " * room) + line for line in rest)]
        return lines


class HelpScreen(Window[None]):
    """Help for the page beneath."""

    OFFERED: ClassVar = (
        Command("close", "escape,question_mark,f1,q", _("Close"), _("Go back to the page.")),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, page: Screen[object], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._about = getattr(page, "ABOUT", "")
        self._keymap = keymap
        self._commands = list(_once(page))

    def compose(self) -> ComposeResult:
        """What the page is for, then its keys."""
        yield HeaderLine(_("Help"), _("the keys of this page"))
        with Column():
            for line in str(self._about).splitlines():
                yield TextView(said(line))
            yield TextView(said(_("Keys"), "bold"), classes="heading")
            if self._keymap:
                words = _("You changed some keys: this list holds where a sentence names another.")
                yield TextView(said(words, "$muted"))
            yield KeyTable(self._commands, self._keymap)
            yield TextView(
                said(_("The mouse works as well: click a key, a line, an option or a link.")),
                classes="heading",
            )
        yield KeyBar()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


def _once(page: Screen[object]) -> Iterator[Command]:
    """Every command that works on the page now, each key once."""
    seen: set[tuple[str, str]] = set()
    for node, command in commands_from(page.focused or page):
        key = (command.keys, command.title)
        if key not in seen and node.check_action(command.action.split("(")[0], ()) is not False:
            seen.add(key)
            yield command
