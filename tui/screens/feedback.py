"""Asks what is wrong with an answer, and what a right one would say."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import Input

from assistant.conversation import Feedback, Reason
from tui.commands import Command, bindings
from tui.feedback_words import reasons_for
from tui.language import _
from tui.styled import said
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.prose import TextView
from tui.widgets.question import PlainInput
from tui.widgets.rows import Row, RowList

from .page import Window

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from assistant.model import Answer

DIGITS = "1234"


class FeedbackScreen(Window[Feedback | None]):
    """First the reason, then, where it is known, what should have been said; gives back the feedback or None."""

    OFFERED: ClassVar = (
        Command("reason({key})", ",".join(DIGITS), _("Choose"), _("Choose what is wrong."), shown="1-4"),
        Command("close", "escape", _("Close"), _("Note nothing.")),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._answer = answer
        self._reason: Reason | None = None

    def compose(self) -> ComposeResult:
        """The reasons; the line comes when one was chosen."""
        yield HeaderLine(_("What is wrong with this answer?"))
        with RowList():
            yield TextView(said(self._answer.meant, "bold"), classes="gap")
            for number, (reason, words) in enumerate(reasons_for(self._answer), 1):
                yield Row(f"{number}  {words}", reason)
            yield TextView(said(""), id="then", classes="heading")
            yield PlainInput(_("for instance: 54 months; 30 June 2021"), id="expected")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the reasons."""
        self.query_one("#expected").display = False
        self.query(Row).first().focus()

    def action_reason(self, number: int) -> None:
        """Choose a reason by its number."""
        rows = list(self.query(Row))
        if number <= len(rows):
            self._choose(rows[number - 1])

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        self._choose(event.row)

    def _choose(self, row: Row) -> None:
        if not isinstance(row.value, Reason):
            return
        self._reason = row.value
        if self._reason is Reason.UNFOUNDED:
            self._finish(())
            return
        row.focus()
        question = _(
            "What must a right answer hold? Part several things by ; or press enter if you do not know."
        )
        self.query_one("#then", TextView).show(said(question))
        line = self.query_one("#expected", Input)
        line.display = True
        line.focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._finish(tuple(part.strip() for part in event.value.split(";") if part.strip()))

    def _finish(self, expected: tuple[str, ...]) -> None:
        self.dismiss(Feedback(good=False, reason=self._reason, expected=expected))

    def action_close(self) -> None:
        """Note nothing."""
        self.dismiss(None)
