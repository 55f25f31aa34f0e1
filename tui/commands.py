"""What can be done and with which key: bindings, footer, palette and help all derive from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType
from textual.keys import key_to_character

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.dom import DOMNode


FIXED_KEYS = frozenset(
    {
        *("enter", "escape", "tab", "shift+tab", "space", "up", "down", "left", "right"),
        *("pageup", "pagedown", "home", "end", "delete", "backspace", "ctrl+c", "ctrl+q", "ctrl+p", "f1"),
    }
)
"""Keys that mean the same everywhere and stay as they are."""


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
    def id(self) -> str | None:
        """The name under which the user may choose another key; None for keys that stay as they are.

        Commands of several pages with the same action and key share it, as they share the key.
        """
        first = self.keys.split(",")[0]
        return None if first in FIXED_KEYS or "{" in self.action else f"{self.action}.{first}"

    def keys_in(self, keymap: Mapping[str, str]) -> list[str]:
        """The keys that work where the user chose some of their own."""
        return keymap.get(self.id or "", self.keys).split(",")

    def key_name(self, keymap: Mapping[str, str]) -> str:
        """How the key is written."""
        if self.shown and self.id not in keymap:
            return self.shown
        return name_of_key(self.keys_in(keymap)[0])

    def choices(self) -> list[tuple[str, str]]:
        """Title and action; where `{key}` stands in the action, one for each key, which follows the title."""
        if "{key}" not in self.action:
            return [(self.title, self.action)]
        return [(f"{self.title} {key}", self.action.format(key=key)) for key in self.keys.split(",")]

    def bindings(self) -> list[Binding]:
        """The Textual bindings of this command; `{key}` in the action becomes the key pressed."""
        return [
            Binding(
                key,
                self.action.format(key=key),
                self.title,
                show=self.footer,
                key_display=self.key_name({}),
                tooltip=self.help,
                id=self.id,
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


def name_of_key(key: str) -> str:
    """How a key is written: its sign where it has one."""
    sign = key_to_character(key) or ""
    return KEY_NAMES.get(key) or (sign if sign.isprintable() and not sign.isspace() else "") or key


def bindings(commands: tuple[Command, ...]) -> list[BindingType]:
    """The Textual bindings of some commands."""
    return [binding for command in commands for binding in command.bindings()]


def commands_from(node: DOMNode | None) -> Iterator[tuple[DOMNode, Command]]:
    """Every command within reach of a node, the nearest first."""
    while node is not None:
        for command in getattr(node, "OFFERED", ()):
            yield node, command
        node = node.parent
