"""Keys that users choose: the commands that may have another key, and what speaks against one."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from textual.binding import BindingsMap
from textual.widgets import Input, TextArea

from . import screens, widgets
from .app import HansaApp
from .commands import FIXED_KEYS, Command, name_of_key
from .language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

LETTERS_OF_OPTIONS = frozenset("abcdefgh")
"""Letters that pick options in questions."""

_FIRST = ("home", "lesson", "ask")
"""Pages whose commands stand first, and whose words hold where others share a key with them."""

_WHILE_TYPING = re.compile(r"(ctrl|alt)\+.+|f\d+")
"""Keys that work while a text is typed."""


@cache
def _offered() -> tuple[tuple[str, Command], ...]:
    """Every command of the interface with the name of the package that offers it; loads every page, 0.3 s."""
    found = [("tui", command) for command in HansaApp.OFFERED]
    for package in (screens, widgets):
        names = sorted((each.name for each in iter_modules(package.__path__)), key=_order)
        for name in names:
            module = import_module(f"{package.__name__}.{name}")
            found += [(package.__name__, command) for command in _commands_of(module)]
    return tuple(found)


def _order(name: str) -> tuple[int, str]:
    """The pages that everybody uses come first."""
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)


def _commands_of(module: ModuleType) -> Iterator[Command]:
    for value in vars(module).values():
        if isinstance(value, type) and value.__module__ == module.__name__:
            yield from vars(value).get("OFFERED", ())


def rebindable() -> tuple[Command, ...]:
    """The commands of pages whose key may be changed, one of those that share it; keys inside a question stay."""
    found: dict[str, Command] = {}
    for package, command in _offered():
        if command.id and package != widgets.__name__:
            found.setdefault(command.id, command)
    return tuple(found.values())


def rebound(command: Command, key: str) -> str:
    """The keys of a command with another first one."""
    return ",".join((key, *command.keys.split(",")[1:]))


def refusal(command: Command, key: str, keymap: Mapping[str, str], *, motions: bool) -> str:
    """Why a command cannot have a key, in a sentence; empty if it can."""
    name = name_of_key(key)
    if key in command.keys_in(keymap):
        return _("{key} is its key already.").format(key=name)
    if key in FIXED_KEYS:
        return _("{key} means the same everywhere and stays as it is.").format(key=name)
    if key in LETTERS_OF_OPTIONS or key.isdigit():
        return _("Letters from a to h and digits choose answers and sources: take another key.")
    for _package, other in _offered():
        if other.id == command.id or (other.action.startswith("motion") and not motions):
            continue
        if key in other.keys_in(keymap):
            taken = _("{key} is the key of “{title}”: take another, or change that one first.")
            return taken.format(key=name, title=other.title)
    if _WHILE_TYPING.fullmatch(command.keys.split(",")[0]):
        if not _WHILE_TYPING.fullmatch(key):
            return _("This command works while you type, so it needs a key with ctrl, or one from f1 to f12.")
        if key in _editing_keys():
            return _("{key} edits text where you type: take another key.").format(key=name)
    return ""


def _editing_keys() -> frozenset[str]:
    maps = (BindingsMap(Input.BINDINGS), BindingsMap(TextArea.BINDINGS))
    return frozenset(chain.from_iterable(each.key_to_bindings for each in maps))
