"""The talk with the guides."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.commands import bindings
from tui.language import _

from .page import BACK, HELP, Page
from .talk_pane import TalkPane

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.dialogue import Dialogue


class AskScreen(Page):
    """Questions, answers with sources, and the source beside them when there is room."""

    ABOUT = _(
        "Ask in your own words. Every sentence of an answer carries the number of its source.\n"
        "Press the number, with an empty line, to see the very words in the guide.\n"
        "What the guides do not say is not answered: you see what came nearest.\n"
        "A question may go on from the last one: “and its budget?”\n"
        "+ and - on an empty line tell whether an answer is good; with - you say why.\n"
        "ctrl+g chooses which guides are asked; ctrl+s writes the conversation to a file.\n"
        "tab goes from the line to the answer, and back. esc returns to where you came from."
    )
    OWN_RULE = True
    OFFERED: ClassVar = (BACK, HELP)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self) -> None:
        super().__init__(where=_("Ask the guides"))

    def body(self) -> ComposeResult:
        """The talk."""
        yield TalkPane(id="whole-talk")

    @property
    def pane(self) -> TalkPane:
        """The talk."""
        return self.query_one(TalkPane)

    def on_mount(self) -> None:
        """Ask at once what the start brought."""
        dialogue = self.hansa.dialogue
        dialogue.changed.subscribe(self, self._tell_extent)
        self.pane.line.focus()
        if self.hansa.start.question:
            dialogue.ask(self.hansa.start.question)

    def on_screen_resume(self) -> None:
        """Tell anew who answers, once the page is drawn: the settings and the guides may have changed meanwhile."""
        self.call_after_refresh(self.hansa.dialogue.prepare)

    def _tell_extent(self, dialogue: Dialogue) -> None:
        self.header.how_far = dialogue.extent

    def action_back(self) -> None:
        """Close the source beside the talk, else return to the course."""
        if not self.pane.close_source():
            self.hansa.return_to_course()
