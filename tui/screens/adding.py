"""Asks which file or folder to take guides from."""

from __future__ import annotations

import os
from asyncio import to_thread
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.suggester import Suggester
from textual.widgets import Input

from tui.commands import Command, bindings
from tui.language import _
from tui.styled import said
from tui.typed_path import home_expanded, is_there, path_typed
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.prose import TextView
from tui.widgets.question import PlainInput
from tui.widgets.rows import RowList

from .page import Window

if TYPE_CHECKING:
    from textual.app import ComposeResult


class PathInput(PlainInput):
    """The line of a path; tab completes it."""

    OFFERED: ClassVar = (
        Command("submit", "enter", _("Add"), _("Take in what is there."), palette=False),
        Command("cursor_right", "tab", _("Complete"), _("Take the path that is suggested."), palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)


class AddGuidesScreen(Window[Path | None]):
    """The path of a file or folder; gives it back, or None."""

    OFFERED: ClassVar = (Command("close", "escape", _("Close"), _("Add nothing.")),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def compose(self) -> ComposeResult:
        """What can be added, and the line for its path."""
        yield HeaderLine(_("Add guides"))
        with RowList():
            words = _(
                "Give the path of a file, or of a folder with all in it. Hansa reads Markdown, text, HTML, PDF "
                "and DOCX. Your files stay where they are, and nothing is sent anywhere."
            )
            yield TextView(said(words), classes="gap")
            yield PathInput(_("for instance ~/Documents/handbook.pdf"), id="path")
            yield TextView(said(""), id="wrong", classes="heading")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the line."""
        line = self.query_one("#path", Input)
        line.suggester = PathSuggester()
        line.focus()

    @on(Input.Submitted)
    async def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        wrong = self.query_one("#wrong", TextView)
        path = path_typed(event.value)
        if path is None:
            wrong.show(said(_("Type a path first."), "$warning"))
        elif await to_thread(is_there, path):
            self.dismiss(path)
        else:
            words = _("{path} does not exist: check the spelling.").format(path=path)
            wrong.show(said(words, "$warning"))

    def action_close(self) -> None:
        """Add nothing."""
        self.dismiss(None)


class PathSuggester(Suggester):
    """Completes the last part of a path by what stands in its folder."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The path with the first name that goes on like that; folders end with their mark."""
        return await to_thread(_completed, value)


def _completed(value: str) -> str | None:
    folder, mark, begun = value.rpartition(os.sep)
    if not mark or not begun:
        return None
    try:
        with os.scandir(home_expanded(folder + mark)) as entries:
            names = sorted(
                entry.name + (os.sep if entry.is_dir() else "")
                for entry in entries
                if entry.name.startswith(begun)
            )
    except (OSError, ValueError):
        return None
    return folder + mark + names[0] if names else None
