"""The list of guides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message

from index.errors import GuideIndexError
from tui.commands import bindings
from tui.language import _, language_name, plural
from tui.messages import Failed
from tui.preparing import preparing_words
from tui.styled import said
from tui.widgets.prose import TextView
from tui.widgets.rows import Row, RowList

from .page import ASK, BACK, HELP, Page

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from index.model import GuideHead, Progress


class GuidesScreen(Page):
    """Every guide with its language."""

    ABOUT = _(
        "Guides are what the assistant answers from.\n"
        "Choose one with the arrow keys and enter, or with a click.\n"
        "`hansa guides add` takes in guides of your own."
    )
    OFFERED: ClassVar = (ASK, BACK, HELP)
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Listed(Message):
        """The guides are known."""

        heads: tuple[GuideHead, ...]
        """The guides."""

    @dataclass
    class Preparing(Message):
        """The guides are being made ready."""

        words: str
        """How far that is."""

    def __init__(self) -> None:
        super().__init__(where=_("Guides"))

    def body(self) -> ComposeResult:
        """A word until the list is there."""
        with RowList(id="guides"):
            yield TextView(
                said(
                    _("Looking for the guides … The first time they are prepared, which takes a minute."),
                    "$muted",
                ),
                id="waiting",
            )

    def on_mount(self) -> None:
        """Read the list."""
        self._load()

    @work(thread=True, exclusive=True, group="guides", exit_on_error=False)
    def _load(self) -> None:

        try:
            heads = self.hansa.services.assistant(self._tell_progress).index.guides()
        except GuideIndexError as error:
            self.post_message(Failed(str(error)))
        else:
            self.post_message(self.Listed(tuple(heads)))

    def _tell_progress(self, progress: Progress) -> None:
        self.post_message(self.Preparing(preparing_words(progress)))

    @on(Preparing)
    def _show_preparing(self, event: Preparing) -> None:
        self.query_one("#waiting", TextView).show(said(event.words, "$muted"))

    @on(Listed)
    async def _show_list(self, event: Listed) -> None:
        self.header.how_far = plural("{count} guide", "{count} guides", len(event.heads))
        empty = _("There are no guides yet. `hansa guides add` takes some in.")
        self.query_one("#waiting", TextView).show(said("" if event.heads else empty))
        rows = [
            Row(head.title, head.slug, right=said(language_name(head.language), "$muted"))
            for head in event.heads
        ]
        await self.query_one(RowList).mount_all(rows)
        if rows:
            rows[0].focus()

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        self.hansa.open_guide(str(event.row.value))
