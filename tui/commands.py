"""What can be done and with which key: bindings, footer, palette and help all derive from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.dom import DOMNode


@dataclass(frozen=True, slots=True)
class Command:
    """One action of a screen or widget."""

    action: str
    """Name of the action method, without `action_`."""
    keys: str
    """Keys joined by commas."""
    title: str
    """One or two words, for the footer and the palette."""
    help: str
    """One sentence, for the help page and the palette."""
    shown: str = ""
    """How the key is written; the first key when empty."""
    footer: bool = True
    """Whether it stands in the footer."""
    palette: bool = True
    """Whether it stands in the palette; moves within a list do not."""

    @property
    def key_name(self) -> str:
        """How the key is written."""
        return self.shown or KEY_NAMES.get(first := self.keys.split(",")[0], first)

    def bindings(self) -> list[Binding]:
        """The Textual bindings of this command; `{key}` in the action becomes the key pressed."""
        return [
            Binding(
                key,
                self.action.format(key=key),
                self.title,
                show=self.footer,
                key_display=self.key_name,
                tooltip=self.help,
            )
            for key in self.keys.split(",")
        ]


KEY_NAMES = {
    "escape": "esc",
    "question_mark": "?",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "shift+up": "shift+↑",
    "shift+down": "shift+↓",
}
"""Written names of keys that Textual calls otherwise."""


def bindings(commands: tuple[Command, ...]) -> list[BindingType]:
    """The Textual bindings of some commands."""
    return [binding for command in commands for binding in command.bindings()]


def commands_from(node: DOMNode | None) -> Iterator[tuple[DOMNode, Command]]:
    """Every command within reach of a node, the nearest first."""
    while node is not None:
        for command in getattr(node, "OFFERED", ()):
            yield node, command
        node = node.parent
