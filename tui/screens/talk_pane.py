"""The talk with the guides as a part of a page: beside or over a lesson, or a whole page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from assistant.conversation import Feedback
from tui.answer_text import as_markdown
from tui.commands import Command, bindings
from tui.language import _
from tui.messages import LinkFollowed
from tui.styled import said
from tui.widgets.keybar import ThinRule
from tui.widgets.prose import TextView
from tui.widgets.question import TalkInput
from tui.widgets.rows import Row
from tui.widgets.source import SourcePane
from tui.widgets.talk import TurnView, choices

from .exports import EXPORT, Exporting
from .talk import TalkColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.widget import Widget
    from textual.worker import Worker

    from assistant.conversation import Conversation
    from assistant.model import Answer, Citation
    from tui.app import HansaApp
    from tui.dialogue import Dialogue, Turn
    from tui.guide_filter import GuideFilter

DIGITS = "123456789"
"""Keys of the numbered lines under an answer."""
ROOM = 120
"""Cells in which a source stands beside the talk; in less it stands over it."""


class TalkPane(Horizontal, Exporting):
    """Shows the dialogue of the application: questions, answers with sources, and a line to ask in."""

    OFFERED: ClassVar[tuple[Command, ...]] = (
        Command(
            "source({key})",
            ",".join(DIGITS),
            _("Source"),
            _("Open the source with that number."),
            shown="1-9",
            palette=False,
        ),
        Command("good", "plus", _("Good"), _("Note that the last answer is good."), shown="+"),
        Command("bad", "minus", _("Bad"), _("Note what is wrong with the last answer."), shown="-"),
        Command("history", "ctrl+r", _("Earlier"), _("Find, open and erase earlier conversations.")),
        Command("case", "ctrl+t", _("Test"), _("Keep the last question to test the assistant with.")),
        Command("why", "i", _("Why"), _("Show how the last answer came about.")),
        Command("copy", "y", _("Copy"), _("Copy the last answer with its sources.")),
        Command(
            "filter", "ctrl+g", _("Which guides"), _("Ask only guides in a language, on a topic, or one.")
        ),
        EXPORT,
        Command("new", "ctrl+n", _("New"), _("Begin a new conversation.")),
    )
    BINDINGS: ClassVar = bindings(OFFERED)
    DEFAULT_CSS = """
    TalkPane { height: 1fr; }
    TalkPane #talk-side { width: 1fr; }
    TalkPane #talk { height: 1fr; padding: 1 2 0 2; }
    TalkPane #line { margin: 0 2; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._views: dict[Turn, TurnView] = {}

    @property
    def dialogue(self) -> Dialogue:
        """What is shown."""
        return cast("HansaApp", self.app).dialogue

    @property
    def line(self) -> TalkInput:
        """Where a question is typed."""
        return self.query_one(TalkInput)

    def compose(self) -> ComposeResult:
        """The talk and, where there is room, the source."""
        with Vertical(id="talk-side"):
            yield from self.above()
            with TalkColumn(id="talk"):
                yield TextView(said(_invitation(), "$muted"), id="invitation")
            yield ThinRule()
            yield TalkInput(id="line")
        yield SourcePane(id="source")

    def above(self) -> Iterator[Widget]:
        """What stands above the talk."""
        yield from ()

    async def on_mount(self) -> None:
        """Show the talk as it is now, and follow it."""
        self.dialogue.changed.subscribe(self, self.show)
        await self.show(self.dialogue)

    def on_unmount(self) -> None:
        """Follow the talk no more: a signal holds on to what follows it."""
        self.dialogue.changed.unsubscribe(self)

    # Showing

    async def show(self, dialogue: Dialogue) -> None:
        """Show what changed since the last time."""
        for turn in [turn for turn in self._views if turn not in dialogue.turns]:
            await self._views.pop(turn).remove()
        self.query_one("#invitation").display = not dialogue.turns
        moved = None
        for turn in dialogue.turns:
            view, known = self._views.get(turn), turn in self._views
            if view is None:
                view = self._views[turn] = TurnView(turn.question)
                await self.query_one(TalkColumn).mount(view)
            if await view.show(turn) or not known:
                moved = view
            if turn.waits and dialogue.preparing:
                view.show_waiting(dialogue.preparing)
        count = min(9, len(choices(self._answer))) if self._answer else 0
        answered = {"plus", "minus", *DIGITS[:count]} if self._answer else set()
        self.line.free_keys = frozenset({"question_mark", *answered})
        if moved is not None:
            self.call_after_refresh(
                self.query_one(TalkColumn).scroll_to_widget, moved, animate=False, top=True
            )
        self.screen.refresh_bindings()

    @property
    def _answer(self) -> Answer | None:
        return self.dialogue.turn.answer if self.dialogue.turn is not None else None

    @property
    def _view(self) -> TurnView | None:
        """The question that keys work on."""
        return self._views.get(self.dialogue.turn) if self.dialogue.turn is not None else None

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Put an unforeseen failure of background work into words."""
        cast("HansaApp", self.app).on_worker_state_changed(event)

    # Asking

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        question = event.value.strip()
        if question:
            self.line.remember(question)
            self.dialogue.ask(question)

    def draft(self, words: str) -> None:
        """Begin a question, which the learner ends."""
        self.line.value = words
        self.line.cursor_position = len(words)
        self.line.focus()

    @on(TalkInput.Left)
    def _go_to_answer(self) -> None:
        rows = self._view.rows() if self._view is not None else []
        (rows[0] if rows else self.query_one(TalkColumn)).focus()

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        from assistant.model import Citation, Option  # noqa: PLC0415 - pydantic, loaded with the first answer
        from tui.lesson_links import LessonLink  # noqa: PLC0415 - loaded with the first answer

        event.stop()
        value = event.row.value
        if isinstance(value, Citation):
            self._open(value)
        elif isinstance(value, LessonLink):
            self.post_message(LinkFollowed(f"lesson:{value.ref}"))
        elif isinstance(value, str | Option):
            self.line.focus()
            self.dialogue.ask(value.name if isinstance(value, Option) else value)

    def _open(self, citation: Citation) -> None:
        from .guide import GuideScreen  # noqa: PLC0415 - loaded when it is opened, as the pages below

        if self.size.width >= ROOM:
            self.query_one(SourcePane).show(citation)
        else:
            place = (citation.start, citation.end)
            self.app.push_screen(GuideScreen(citation.guide, quote=place, words=citation.quote))

    def close_source(self) -> bool:
        """Put the source beside the talk away; tells whether there was one."""
        pane = self.query_one(SourcePane)
        shown = pane.display
        if shown:
            pane.close()
            self.line.focus()
        return shown

    def on_resize(self) -> None:
        """A source beside the talk needs room."""
        if self.size.width < ROOM:
            self.query_one(SourcePane).close()

    # What can be done with an answer

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the last answer allows."""
        if action in {"why", "copy", "good", "bad"}:
            return self._answer is not None
        if action == "new":
            return bool(self._views)
        if action == "case":
            exchange = self.dialogue.turn.exchange if self.dialogue.turn else None
            feedback = exchange.feedback if exchange else None
            return feedback is not None and not feedback.good and not feedback.is_case
        if action == "export":
            return self.dialogue.number is not None
        if action == "filter":
            return bool(self.dialogue.heads)
        if action == "source":
            return self._answer is not None and self._has_source(self._answer, parameters)
        return super().check_action(action, parameters)

    @staticmethod
    def _has_source(answer: Answer, parameters: tuple[object, ...]) -> bool:
        return not parameters or parameters[0] in {row.number for row in choices(answer)}

    def action_source(self, number: int) -> None:
        """Open a source of the last answer."""
        if self._view is not None:
            self._view.choose(number)

    def action_why(self) -> None:
        """Show how the last answer came about."""
        from .why import WhyScreen  # noqa: PLC0415

        if self._answer is not None:
            self.app.push_screen(WhyScreen(self._answer))

    def action_copy(self) -> None:
        """Copy the last answer with its sources."""
        if self._answer is not None:
            self.app.copy_to_clipboard(as_markdown(self._answer))
            self._tell(_("The answer and its sources are copied, as Markdown."))

    def action_export(self) -> None:
        """Write the conversation to a file."""
        if self.dialogue.number is not None:
            self.export(self.dialogue.number, self.dialogue.turns[0].question)

    def action_good(self) -> None:
        """Note that the last answer is good; once more takes it back."""
        turn = self.dialogue.turn
        if turn is not None and turn.exchange is not None:
            noted = turn.exchange.feedback
            self.dialogue.rate(turn, None if noted and noted.good else Feedback(good=True))

    def action_bad(self) -> None:
        """Ask what is wrong with the last answer; once more takes back what was noted."""
        from .feedback import FeedbackScreen  # noqa: PLC0415

        turn = self.dialogue.turn
        if turn is None or turn.exchange is None:
            return
        noted = turn.exchange.feedback
        if noted is not None and not noted.good:
            self.dialogue.rate(turn, None)
        else:
            self.app.push_screen(
                FeedbackScreen(turn.exchange.answer), lambda feedback: self._rate_bad(turn, feedback)
            )

    def _rate_bad(self, turn: Turn, feedback: Feedback | None) -> None:
        if feedback is not None:
            self.dialogue.rate(turn, feedback)
            self._tell(_("Noted. ctrl+t keeps the question to test the assistant with."))

    def action_case(self) -> None:
        """Keep the last question, found bad, to test the assistant with."""
        self.dialogue.keep_as_case()

    def _tell(self, sentence: str) -> None:
        cast("HansaApp", self.app).tell(sentence)

    # Which guides, and which conversation

    def action_filter(self) -> None:
        """Choose the guides that are asked from now on."""
        from .filtering import FilterScreen  # noqa: PLC0415

        self.app.push_screen(FilterScreen(self.dialogue.heads, self.dialogue.chosen), self._narrow)

    def _narrow(self, chosen: GuideFilter | None) -> None:
        if chosen is not None:
            self.dialogue.choose(chosen)

    def action_new(self) -> None:
        """Begin a new conversation."""
        self.query_one(SourcePane).close()
        self.dialogue.begin_anew()
        self.draft("")

    def action_history(self) -> None:
        """Show earlier conversations."""
        from .history import HistoryScreen  # noqa: PLC0415

        self.app.push_screen(HistoryScreen(), self._reopen)

    def _reopen(self, conversation: Conversation | None) -> None:
        if conversation is not None:
            self.query_one(SourcePane).close()
            self.dialogue.reopen(conversation)
            self.draft("")


def _invitation() -> str:
    return _(
        "Ask what a programme pays for, what a project did, or which partner fits. "
        "The answer comes from the guides alone, and shows where each sentence stands."
    )
