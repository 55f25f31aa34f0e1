"""The line in which a question to the guides is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.widgets import Input

from tui.commands import Command, bindings
from tui.language import _

if TYPE_CHECKING:
    from textual import events

    from tui.app import HansaApp

LONGEST_QUESTION = 1000
"""Characters that a question may have."""


class PlainInput(Input):
    """One line without a box."""

    DEFAULT_CSS = """
    PlainInput, PlainInput:focus {
        border: none; height: 1; padding: 0 1; background: $panel; max-width: 74;
    }
    """

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(placeholder=placeholder, max_length=LONGEST_QUESTION, select_on_focus=False, id=id)


class QuestionInput(PlainInput):
    """The line of a question; its keys for an empty line stay free."""

    OFFERED: ClassVar[tuple[Command, ...]] = (
        Command("submit", "enter", _("Ask"), _("Ask the guides."), palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    free_keys: frozenset[str] = frozenset({"question_mark"})
    """Keys that are not typed while the line is empty."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(_("Type a question about programmes, projects or partners"), id=id)

    def on_mount(self) -> None:
        """Put back what was typed here before the application ended."""
        self.value = self._hansa.services.drafts.take(f"#{self.id}")
        self.cursor_position = len(self.value)

    def on_unmount(self) -> None:
        """Keep what was typed and not asked, as the application ends."""
        if self.value and self._hansa.is_leaving:
            self._hansa.services.drafts.keep(f"#{self.id}", self.value)

    @property
    def _hansa(self) -> HansaApp:
        return self.app  # type: ignore[return-value]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is typed here."""
        if not self.value and self._is_free(key):
            return False
        return super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        """Leave a free key to the page."""
        if not self.value and self._is_free(event.key):
            event.prevent_default()

    def _is_free(self, key: str) -> bool:
        """Whether a key stays free; where the user chose another for it, that one does."""
        keys = self._hansa.services.preferences.keys
        mine = {
            own.partition(",")[0] for name, own in keys.items() if name.rpartition(".")[2] in self.free_keys
        }
        return key in self.free_keys or key in mine


class TalkInput(QuestionInput):
    """The line of a talk: earlier questions come back with the up arrow."""

    OFFERED: ClassVar = (
        Command("to_answer", "tab", _("To the answer"), _("Go to the answer, to its sources and keys.")),
        Command(
            "recall(-1)",
            "up",
            _("Earlier"),
            _("Bring back an earlier question."),
            footer=False,
            palette=False,
        ),
        Command("recall(1)", "down", _("Later"), _("Go to a later question."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._asked: list[str] = []
        self._place = 0

    def remember(self, question: str) -> None:
        """Keep a question that was asked, and empty the line."""
        if not self._asked or self._asked[-1] != question:
            self._asked.append(question)
        self._place = len(self._asked)
        self.value = ""

    def action_recall(self, step: int) -> None:
        """Show an earlier or later question."""
        place = max(0, min(len(self._asked), self._place + step))
        if place != self._place:
            self._place = place
            self.value = self._asked[place] if place < len(self._asked) else ""
            self.cursor_position = len(self.value)

    def action_to_answer(self) -> None:
        """Leave the line for the answer."""
        self.post_message(self.Left(self))

    class Left(Message):
        """The learner goes to the answer."""

        def __init__(self, line: TalkInput) -> None:
            super().__init__()
            self.line = line
            """The line that was left."""
