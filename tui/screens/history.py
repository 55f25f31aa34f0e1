"""Earlier conversations: found again, opened, copied, erased."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message
from textual.widgets import Input

from assistant.conversation import Conversation, ConversationHead
from assistant.errors import HistoryError
from assistant.export import as_markdown
from tui.clean import clean, clean_line
from tui.commands import Command, bindings
from tui.language import _, plural
from tui.messages import Failed
from tui.saving import saves
from tui.styled import said
from tui.widgets.prose import TextView
from tui.widgets.rows import Row

from .exports import EXPORT, Exporting
from .finder import FIND, MOVES, FinderPage
from .page import BACK, HELP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.history import History

LISTED = 200
"""Conversations shown at once; more are found by their words."""


class HistoryScreen(FinderPage, Exporting):
    """Every conversation, the newest first; gives back the one to go on with."""

    ABOUT = _(
        "Every conversation with the guides is kept on this computer alone.\n"
        "Type words to find those in which all of them stand.\n"
        "Choose one with the arrow keys and enter to read it and go on with it.\n"
        "ctrl+s writes the marked one to a file; `hansa history export` writes them all."
    )
    OFFERED: ClassVar = (
        *MOVES,
        Command("erase", "delete,d", _("Erase"), _("Erase this conversation."), shown="d"),
        Command("undo", "ctrl+z,u", _("Undo"), _("Put back what was erased last."), shown="u"),
        Command("copy", "y", _("Copy"), _("Copy this conversation with its sources, as Markdown.")),
        EXPORT,
        FIND,
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)
    PROMPT = _("Type words to look for")

    @dataclass
    class Found(Message):
        """What was looked for is known."""

        words: str
        """What was looked for."""
        heads: tuple[ConversationHead, ...]
        """Those that hold the words, the newest first."""

    @dataclass
    class Read(Message):
        """A conversation was read."""

        conversation: Conversation
        """What was said."""
        is_copied: bool
        """Whether it is copied; else it is opened."""

    def __init__(self) -> None:
        super().__init__(where=_("Earlier conversations"))
        self._erased: list[Conversation] = []

    def above(self) -> Iterator[TextView]:
        """A word where there is nothing."""
        yield TextView(said(""), id="none")

    def on_mount(self) -> None:
        """List them all."""
        self.set_focus(self.line)
        self._look_for("")

    # Finding

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._look_for(event.value)

    @work(thread=True, exclusive=True, group="history", exit_on_error=False)
    def _look_for(self, words: str) -> None:
        try:
            found = self.hansa.services.history.heads(words)
        except HistoryError as error:
            self.post_message(Failed(str(error)))
        else:
            self.post_message(self.Found(words, found))

    @on(Found)
    async def _show_found(self, event: Found) -> None:
        if event.words != self.line.value:
            return
        self.header.how_far = plural("{count} conversation", "{count} conversations", len(event.heads))
        empty = _("No conversation holds these words.") if self.words else _("Nothing was asked yet.")
        self.query_one("#none", TextView).show(said("" if event.heads else empty, "$muted"))
        await self.show_found([_row(each) for each in event.heads[:LISTED]])

    # What can be done with one

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the marked line allows."""
        if action in {"erase", "copy", "export"}:
            return self.marked is not None
        if action == "undo":
            return bool(self._erased)
        return super().check_action(action, parameters)

    def _head(self) -> ConversationHead | None:
        value = self.marked.value if self.marked else None
        return value if isinstance(value, ConversationHead) else None

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        if isinstance(event.row.value, ConversationHead):
            self._read(event.row.value.id, is_copied=False)

    def action_copy(self) -> None:
        """Copy the marked conversation."""
        head = self._head()
        if head is not None:
            self._read(head.id, is_copied=True)

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self, number: int, *, is_copied: bool) -> None:
        try:
            conversation = self.hansa.services.history.conversation(number)
        except HistoryError as error:
            self.post_message(Failed(str(error)))
        else:
            self.post_message(self.Read(conversation, is_copied))

    @on(Read)
    def _use(self, event: Read) -> None:
        if event.is_copied:
            self.app.copy_to_clipboard(clean(as_markdown([event.conversation])))
            self.hansa.tell(_("The conversation and its sources are copied, as Markdown."))
        else:
            self.dismiss(event.conversation)  # type: ignore[arg-type]

    def action_export(self) -> None:
        """Write the marked conversation to a file."""
        head = self._head()
        if head is not None:
            self.export(head.id, head.title)

    def action_erase(self) -> None:
        """Erase the marked conversation."""
        head = self._head()
        if head is not None:
            self._change(self.line.value, lambda history: self._erase(history, head.id))

    def action_undo(self) -> None:
        """Put back what was erased last."""
        if self._erased:
            self._change(self.line.value, self._put_back)

    def _erase(self, history: History, number: int) -> str:
        self._erased.append(history.erase(number))
        return _("The conversation is erased; u puts it back as long as you stay on this page.")

    def _put_back(self, history: History) -> str:
        history.put_back(self._erased[-1])
        self._erased.pop()
        return _("The conversation is back.")

    @saves("change")
    def _change(self, listed: str, change: Callable[[History], str]) -> None:
        """Change what is kept, tell it, and list anew what was listed by these words."""
        history = self.hansa.services.history
        try:
            words = change(history)
            found = history.heads(listed)
        except HistoryError as error:
            self.post_message(Failed(str(error)))
        else:
            self.app.call_later(self.hansa.tell, words)
            self.post_message(self.Found(listed, found))


def _row(head: ConversationHead) -> Row:
    count = plural("{count} question", "{count} questions", head.questions)
    when = f"{head.began.astimezone():%Y-%m-%d %H:%M}"
    return Row(clean_line(head.title), head, right=said(f"{count} · {when}", "$muted"))
