"""A page that asks the guides: makes them ready, tells how many are asked, and lets some be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from tui.clean import clean_line
from tui.commands import Command
from tui.guide_filter import GuideFilter, count_words
from tui.language import _
from tui.messages import Failed
from tui.preparing import PreparationStopped, preparing_words, ready_assistant

from .filtering import FilterScreen
from .page import Page

if TYPE_CHECKING:
    from index.model import GuideHead, Progress

FILTER = Command(
    "filter", "ctrl+g", _("Which guides"), _("Ask only guides in a language, on a topic, or one.")
)


class PreparedPage(Page):
    """Tells at the top which guides are asked, and who words the answers."""

    @dataclass
    class Preparing(Message):
        """The guides are being made ready."""

        words: str
        """How far that is."""

    @dataclass
    class Prepared(Message):
        """The guides can be asked."""

        heads: tuple[GuideHead, ...]
        """All of them."""
        keywords_only: bool
        """Whether meaning cannot be compared, only words."""
        model: str
        """The chat model that puts answers into words; empty for none."""

    def __init__(self, where: str = "", how_far: str = "") -> None:
        super().__init__(where, how_far)
        self._filter = GuideFilter()
        self._heads: tuple[GuideHead, ...] = ()

    def on_screen_resume(self) -> None:
        """Tell anew who answers, as the settings and the guides may have changed meanwhile."""
        self._prepare()

    @work(thread=True, exclusive=True, group="prepare", exit_on_error=False)
    def _prepare(self) -> None:
        try:
            assistant = ready_assistant(self.hansa.services, self._tell_progress)
        except PreparationStopped:
            return
        index, chat = assistant.index, assistant.chat
        model = chat.name if chat is not None else ""
        self.post_message(self.Prepared(tuple(index.guides()), index.keywords_only, model))
        if self.hansa.services.settings_problem:
            self.post_message(Failed(self.hansa.services.settings_problem))

    def _tell_progress(self, progress: Progress) -> None:
        self.post_message(self.Preparing(preparing_words(progress)))

    @on(Preparing)
    def _show_preparing(self, event: Preparing) -> None:
        self.header.how_far = event.words
        self.show_waiting(event.words)

    def show_waiting(self, words: str) -> None:
        """Tell how far the guides are to whatever waits for them."""

    @on(Prepared)
    def _show_prepared(self, event: Prepared) -> None:
        self._heads = event.heads
        count = count_words(self._filter, event.heads)
        if event.keywords_only:
            count = _("{guides} · by keywords only").format(guides=count)
        if event.model:
            count = _("{guides} · worded by {model}").format(guides=count, model=clean_line(event.model))
        self.header.how_far = count

    # Which guides

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to choose from before the guides are known."""
        if action == "filter":
            return bool(self._heads)
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        """Choose the guides that are asked from now on."""
        self.app.push_screen(FilterScreen(self._heads, self._filter), self._narrow)

    def _narrow(self, chosen: GuideFilter | None) -> None:
        if chosen is not None:
            self._filter = chosen
        self._prepare()
