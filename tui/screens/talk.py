"""The scrolling talk: questions, answers and the lines between which the arrow keys move."""

from __future__ import annotations

from typing import ClassVar

from tui.commands import Command, bindings
from tui.language import _
from tui.widgets.question import TalkInput
from tui.widgets.rows import Row

from .page import Column


class TalkColumn(Column):
    """The questions and answers so far; the arrow keys move between sources and suggestions."""

    OFFERED: ClassVar = (
        Command("to_line", "tab", _("Type"), _("Go back to the line and type a question.")),
        Command("move(-1)", "up", _("Up"), _("Go to the source above."), footer=False, palette=False),
        Command("move(1)", "down", _("Down"), _("Go to the source below."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def action_to_line(self) -> None:
        """Go back to the line."""
        self.screen.query_one(TalkInput).focus()

    def action_move(self, step: int) -> None:
        """Go to another line that can be chosen."""
        rows = list(self.query(Row))
        if not rows:
            return
        here = (
            rows.index(focused) if isinstance(focused := self.screen.focused, Row) and focused in rows else -1
        )
        rows[max(0, min(len(rows) - 1, here + step))].focus()
