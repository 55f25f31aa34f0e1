"""The line at the foot of a lesson in which words are looked for, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.widgets import Input

from tui.commands import Command, bindings
from tui.language import _
from tui.styled import said

from .prose import TextView
from .question import PlainInput

if TYPE_CHECKING:
    from textual.app import ComposeResult

LONGEST_WORDS = 100
"""Characters that may be looked for."""


class FindInput(PlainInput):
    """One line to type the words in."""

    OFFERED: ClassVar = (
        Command("submit", "enter", _("Find"), _("Look for these words."), palette=False),
        Command("screen.end_find", "escape", _("Close"), _("Look for nothing."), palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self) -> None:
        super().__init__(_("Words to find in this lesson"))
        self.max_length = LONGEST_WORDS


class FindLine(Horizontal):
    """Hidden until something is looked for; first the words are typed, then it tells what was found."""

    DEFAULT_CSS = """
    FindLine { display: none; height: auto; padding: 0 2; dock: bottom; margin-bottom: 2; }
    FindLine .label { width: auto; margin-right: 1; }
    FindLine .told { max-width: 100%; }
    """

    def compose(self) -> ComposeResult:
        """The line, and a text in its place once something was looked for."""
        yield FindInput()
        yield TextView(said(""), classes="told")

    def ask(self, words: str) -> None:
        """Let the reader type, beginning with the words looked for last."""
        self.display = True
        self.query_one(TextView).show(said(""))
        line = self.query_one(Input)
        line.display = True
        line.value = words
        line.action_select_all()
        line.focus()

    def tell(self, sentence: str) -> None:
        """Tell what was found."""
        self.query_one(Input).display = False
        self.query_one(TextView).show(said(sentence, "$muted"))

    def close(self) -> None:
        """Hide the line."""
        self.display = False
