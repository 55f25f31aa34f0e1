"""A lesson with the assistant at hand: beside the text where there is room, else over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.block_topic import topic_of
from tui.commands import Command, bindings
from tui.language import _
from tui.styled import said, spread
from tui.widgets.lines import LinesView

from .found import FoundPage
from .talk_pane import TalkPane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content
    from textual.widget import Widget

    from tui.dialogue import Dialogue
    from tui.messages import LessonLoaded

ASK_BESIDE = Command("ask", "a,f5", _("Ask"), _("Ask the guides, beside the lesson or over it."))
"""Opens the assistant; f5 closes it as well."""


class TalkTitle(LinesView):
    """What the panel is, and which guides are asked."""

    def __init__(self, *, classes: str) -> None:
        super().__init__(classes=classes)
        self._extent = ""

    def tell(self, extent: str) -> None:
        """Tell which guides are asked."""
        self._extent = extent
        self.redraw()

    def lay_out(self, width: int) -> list[Content]:
        """One line."""
        return [spread(said(_("Ask the guides"), "bold"), said(self._extent, "$muted"), width)]


class LessonTalk(TalkPane):
    """The talk within a lesson."""

    OFFERED: ClassVar[tuple[Command, ...]] = (
        *TalkPane.OFFERED[:1],
        Command(
            "screen.end_talk", "f5,escape", _("Close"), _("Close the assistant; the lesson is as it was.")
        ),
        Command("screen.read_on", "shift+tab", _("Lesson"), _("Go back to the lesson, the assistant stays.")),
        Command("app.ask", "ctrl+o", _("Whole page"), _("Show this conversation on a page of its own.")),
        *TalkPane.OFFERED[1:],
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def above(self) -> Iterator[Widget]:
        """A title, as the header belongs to the lesson."""
        yield TalkTitle(classes="title")

    async def show(self, dialogue: Dialogue) -> None:
        """Show what changed, and which guides are asked."""
        self.query_one(TalkTitle).tell(dialogue.extent)
        await super().show(dialogue)


class AidedPage(FoundPage):
    """Opens the talk with the guides in the lesson, and closes it at the same line."""

    def __init__(self, loaded: LessonLoaded) -> None:
        super().__init__(loaded)
        self._left: Widget | None = None

    @property
    def talk(self) -> LessonTalk | None:
        """The assistant, while it is open."""
        return next((talk for talk in self.query(LessonTalk) if talk.display), None)

    @property
    def _talks(self) -> bool:
        """Whether keys go to the assistant."""
        focused = self.focused
        return focused is not None and any(isinstance(node, LessonTalk) for node in focused.ancestors)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While keys go to the assistant, those of the lesson rest."""
        if action == "end_talk":
            return self.talk is not None
        if action == "read_on":
            return self.talk is not None and self.has_class("-wide")
        if self._talks:
            return False
        return super().check_action(action, parameters)

    async def action_ask(self) -> None:
        """Open the assistant, or go to it."""
        await self.ask_guides()

    async def action_ask_about(self) -> None:
        """Open the assistant with a question on the block begun."""
        block = self.block_here()
        if block is not None and self.section is not None:
            await self.ask_guides(topic_of(block, self.section, self.lesson))

    async def ask_guides(self, words: str = "") -> None:
        """Open the assistant with a question begun, if there are words for it."""
        self._left = self.focused
        self.add_class("-asks")
        talk = next(iter(self.query(LessonTalk)), None)
        if talk is None:
            talk = LessonTalk()
            await self.query_one("#lesson").mount(talk)
        talk.display = True
        self.hansa.dialogue.prepare()
        if words:
            talk.draft(words)
        talk.line.focus()

    def action_read_on(self) -> None:
        """Go back to the lesson; the assistant stays beside it."""
        self.set_focus(self._left or self.column, scroll_visible=False)

    def action_end_talk(self) -> None:
        """Close the assistant, and go back to what was read or answered."""
        talk = self.talk
        if talk is not None:
            self.action_read_on()
            talk.display = False
            self.remove_class("-asks")
            self.refresh_bindings()
