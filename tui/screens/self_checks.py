"""The list of self-checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message

from course.errors import CourseError
from tui.commands import bindings
from tui.language import _
from tui.messages import Failed
from tui.styled import said
from tui.widgets.prose import TextView
from tui.widgets.rows import Row, RowList

from .page import ASK, BACK, HELP, Page

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.self_check_run import Taken


class SelfChecksScreen(Page):
    """Each self-check with its last result."""

    ABOUT = _(
        "A self-check shows where your firm stands, and what to learn first.\n"
        "enter opens one: it begins, goes on, or shows the last result.\n"
        "Your answers stay on this machine unless you export them."
    )
    OFFERED: ClassVar = (ASK, BACK, HELP)
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Listed(Message):
        """The self-checks and the record were read."""

        states: tuple[Taken, ...]
        """Each with what the record holds of it."""

    def __init__(self) -> None:
        super().__init__(where=_("Self-checks"), how_far=_("how ready your firm is"))

    def body(self) -> ComposeResult:
        """A word until the list is there."""
        with RowList(id="self-checks"):
            yield TextView(said(_("Looking up your results …"), "$muted"), id="waiting")

    def on_screen_resume(self) -> None:
        """Read the results anew whenever the learner comes back."""
        self._load()

    @work(thread=True, exclusive=True, group="self-checks", exit_on_error=False)
    def _load(self) -> None:
        from tui.self_check_run import taken  # noqa: PLC0415 - 0.3 s with its Markdown parser

        services = self.hansa.services
        try:
            states = tuple(taken(services, head.id) for head in services.self_checks)
        except CourseError as error:
            self.post_message(Failed(error.message))
        else:
            self.post_message(self.Listed(states))

    @on(Listed)
    async def _show_list(self, event: Listed) -> None:
        from tui.self_check_words import state_words  # noqa: PLC0415 - not before the list is read

        self.query_one("#waiting").display = False
        await self.query(Row).remove()
        rows = [
            Row(
                f"{state.check.code}  {state.check.title}",
                state.check.ref,
                right=said(state_words(state), "$muted"),
                beneath=said(
                    "     " + _("about {minutes} minutes").format(minutes=state.check.minutes), "$muted"
                ),
            )
            for state in event.states
        ]
        await self.query_one(RowList).mount_all(rows)
        for row in rows[:1]:
            row.focus()

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        self.hansa.open_place(str(event.row.value))
