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
from tui.styled import said
from tui.widgets.prose import TextView
from tui.widgets.question import PlainInput
from tui.widgets.rows import Row, RowList

from .page import HELP, Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from assistant.history import History

LISTED = 200
"""Conversations shown at once; more are found by their words."""


class HistoryScreen(Page):
    """Every conversation, the newest first; gives back the one to go on with."""

    ABOUT = _(
        "Every conversation with the guides is kept on this computer alone.\n"
        "Type words to find those in which all of them stand.\n"
        "Choose one with the arrow keys and enter to read it and go on with it.\n"
        "`hansa history export` writes them to a file."
    )
    OFFERED: ClassVar = (
        Command("move(-1)", "up", _("Up"), _("Go to the line above."), footer=False, palette=False),
        Command("move(1)", "down", _("Down"), _("Go to the line below."), footer=False, palette=False),
        Command("erase", "delete,d", _("Erase"), _("Erase this conversation."), shown="d"),
        Command("undo", "ctrl+z,u", _("Undo"), _("Put back what was erased last."), shown="u"),
        Command("copy", "y", _("Copy"), _("Copy this conversation with its sources, as Markdown.")),
        Command("search", "slash", _("Search"), _("Go back to the words to look for."), shown="/"),
        Command("back", "escape", _("Back"), _("Go back to where you came from.")),
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Found(Message):
        """What was looked for is known."""

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

    def body(self) -> ComposeResult:
        """The words to look for, and the conversations."""
        yield PlainInput(_("Type words to look for"), id="words")
        with RowList(id="conversations"):
            yield TextView(said(""), id="none")

    def on_mount(self) -> None:
        """List them all."""
        self.query_one("#words").focus()
        self._look_for("")

    # Finding

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._look_for(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_move(1)

    @work(thread=True, exclusive=True, group="history", exit_on_error=False)
    def _look_for(self, words: str) -> None:
        try:
            found = self.hansa.services.history.heads(words)
        except HistoryError as error:
            self.post_message(Failed(str(error)))
        else:
            self.post_message(self.Found(found))

    @on(Found)
    async def _show_found(self, event: Found) -> None:
        place, typing = self._place(), self.focused is self.query_one("#words")
        listing = self.query_one(RowList)
        self.header.how_far = plural("{count} conversation", "{count} conversations", len(event.heads))
        await listing.query(Row).remove()
        empty = _("No conversation holds these words.") if self._words() else _("Nothing was asked yet.")
        self.query_one("#none", TextView).show(said("" if event.heads else empty, "$muted"))
        await listing.mount_all([_row(each) for each in event.heads[:LISTED]])
        if not typing and self._rows():
            self._go_to(place or 0)
        elif not typing:
            # Nothing is left to stand on; the keys of the page still work, and are not typed as words.
            self.set_focus(None)
        self.refresh_bindings()

    def _words(self) -> str:
        return self.query_one("#words", Input).value.strip()

    # Moving

    def _rows(self) -> list[Row]:
        return list(self.query(Row))

    def _place(self) -> int | None:
        """Number of the line that is marked; None while words are typed."""
        rows = self._rows()
        return rows.index(focused) if isinstance(focused := self.focused, Row) and focused in rows else None

    def _go_to(self, place: int) -> None:
        rows = self._rows()
        if rows and place >= 0:
            rows[min(place, len(rows) - 1)].focus()
        else:
            self.query_one("#words").focus()

    def action_move(self, step: int) -> None:
        """Go to another line; above the first one stand the words to look for."""
        place = self._place()
        self._go_to(step - 1 if place is None and step > 0 else -1 if place is None else place + step)

    def action_search(self) -> None:
        """Go back to the words."""
        self.query_one("#words").focus()

    # What can be done with one

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the marked line allows."""
        if action in {"erase", "copy"}:
            return self._place() is not None
        if action == "undo":
            return bool(self._erased)
        if action == "search":
            return self.focused is not self.query_one("#words")
        return super().check_action(action, parameters)

    def on_descendant_focus(self) -> None:
        """Other keys work on a line than while words are typed."""
        self.refresh_bindings()

    def _marked(self) -> ConversationHead | None:
        place = self._place()
        value = None if place is None else self._rows()[place].value
        return value if isinstance(value, ConversationHead) else None

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        if isinstance(event.row.value, ConversationHead):
            self._read(event.row.value.id, is_copied=False)

    def action_copy(self) -> None:
        """Copy the marked conversation."""
        head = self._marked()
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

    def action_erase(self) -> None:
        """Erase the marked conversation."""
        head = self._marked()
        if head is not None:
            self._change(lambda history: self._erase(history, head.id))

    def action_undo(self) -> None:
        """Put back what was erased last."""
        if self._erased:
            self._change(self._put_back)

    def _erase(self, history: History, number: int) -> str:
        self._erased.append(history.erase(number))
        return _("The conversation is erased; u puts it back as long as you stay on this page.")

    def _put_back(self, history: History) -> str:
        history.put_back(self._erased[-1])
        self._erased.pop()
        return _("The conversation is back.")

    @work(thread=True, group="change", exit_on_error=False)
    def _change(self, change: Callable[[History], str]) -> None:
        """Change what is kept, tell it, and list anew."""
        history = self.hansa.services.history
        try:
            words = change(history)
            found = history.heads(self._words())
        except HistoryError as error:
            self.post_message(Failed(str(error)))
        else:
            self.app.call_from_thread(self.hansa.tell, words)
            self.post_message(self.Found(found))


def _row(head: ConversationHead) -> Row:
    count = plural("{count} question", "{count} questions", head.questions)
    when = f"{head.began.astimezone():%Y-%m-%d %H:%M}"
    return Row(clean_line(head.title), head, right=said(f"{count} · {when}", "$muted"))
