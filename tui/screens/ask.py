"""The talk with the guides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input
from textual.worker import get_current_worker

from assistant.errors import AssistantError
from assistant.model import Citation, Option, Sentence
from index.errors import GuideIndexError
from tui.answer_text import as_markdown
from tui.commands import Command, bindings
from tui.guide_filter import GuideFilter, narrowed
from tui.language import _
from tui.lesson_links import LessonLink
from tui.preparing import PreparationStopped, ready_assistant
from tui.styled import said
from tui.talking import Said, Talk
from tui.widgets.keybar import ThinRule
from tui.widgets.prose import TextView
from tui.widgets.question import TalkInput
from tui.widgets.rows import Row
from tui.widgets.source import SourcePane
from tui.widgets.talk import TurnView, choices

from .answered import DIGITS, AnsweredPage
from .exports import EXPORT
from .guide import GuideScreen
from .history import HistoryScreen
from .page import BACK, HELP
from .prepared import FILTER
from .talk import TalkColumn
from .why import WhyScreen

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from assistant.conversation import Conversation


class AskScreen(AnsweredPage):
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
    OFFERED: ClassVar = (
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
        FILTER,
        EXPORT,
        Command("new", "ctrl+n", _("New"), _("Begin a new conversation.")),
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Proved(Message):
        """A sentence of a chat model was proved, and the answer goes on."""

        number: int
        """Which question it belongs to."""
        sentence: Sentence
        """The sentence with the numbers of its sources."""

    @dataclass
    class Answered(Message):
        """A reply is there."""

        number: int
        """Which question it belongs to."""
        said: Said
        """The reply."""

    @dataclass
    class NotAnswered(Message):
        """There is no reply."""

        number: int
        """Which question it belongs to."""
        sentence: str
        """Why, and what to do."""

    def __init__(self) -> None:
        super().__init__(where=_("Ask the guides"))
        self._asked = 0
        self._working = False

    def body(self) -> ComposeResult:
        """The talk and, on wide terminals, the source."""
        with Horizontal(id="beside"):
            with Vertical(id="talk-side"):
                with TalkColumn(id="talk"):
                    yield TextView(said(_invitation(), "$muted"), id="invitation")
                yield ThinRule()
                yield TalkInput(id="line")
            yield SourcePane(id="source")

    def on_mount(self) -> None:
        """Make the guides ready; ask at once what the start brought."""
        self.query_one(TalkInput).focus()
        question = self.hansa.start.question
        if question:
            self.ask(question)

    # Asking

    @on(Input.Submitted)
    async def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        question = event.value.strip()
        if question:
            self.query_one(TalkInput).remember(question)
            await self._add_turn(question)

    def ask(self, question: str) -> None:
        """Ask as if it had been typed."""
        self.call_after_refresh(self._add_turn, question)

    def draft(self, words: str) -> None:
        """Begin a question, which the learner ends."""
        self.call_after_refresh(self._draft, words)

    def _draft(self, words: str) -> None:
        line = self.query_one(TalkInput)
        line.value = words
        line.cursor_position = len(words)
        line.focus()

    async def _add_turn(self, question: str) -> None:
        self.query_one("#invitation").display = False
        self.workers.cancel_group(self, "next")
        if self._turn is not None:
            await self._turn.drop_suggestions()
        self._asked += 1
        turn = self._waiting[self._asked] = TurnView(question)
        await self.query_one(TalkColumn).mount(turn)
        self._show_turn(turn)
        self._work_on_next()

    def _work_on_next(self) -> None:
        """Begin with the question that waits longest, unless one is being worked on."""
        if self._waiting and not self._working:
            number, turn = next(iter(self._waiting.items()))
            self._working = True
            self._talk = self._talk or Talk(self.hansa.services)
            self._work_on(number, turn.question, self._talk, self._filter)

    @work(thread=True, group="ask", exit_on_error=False)
    def _work_on(self, number: int, question: str, talk: Talk, chosen: GuideFilter) -> None:
        try:
            assistant = narrowed(ready_assistant(self.hansa.services, self._tell_progress), chosen)
            said = talk.ask(question, assistant, tell=lambda proved: self._tell_sentence(number, proved))
        except PreparationStopped:
            return
        except (AssistantError, GuideIndexError) as error:
            self.post_message(self.NotAnswered(number, str(error)))
        except Exception as error:  # noqa: BLE001 - whatever it was, the talk goes on
            reason = str(error) or type(error).__name__
            sentence = _("That did not work: {reason}. Ask again, or run `hansa doctor`.")
            self.post_message(self.NotAnswered(number, sentence.format(reason=reason.rstrip("."))))
        else:
            self.post_message(self.Answered(number, said))

    def _tell_sentence(self, number: int, sentence: Sentence) -> None:
        if get_current_worker().is_cancelled:
            raise PreparationStopped
        self.post_message(self.Proved(number, sentence))

    @on(Proved)
    async def _show_sentence(self, event: Proved) -> None:
        event.stop()
        turn = self._waiting.get(event.number)
        if turn is not None and not self.hansa.services.preferences.reduced_motion:
            await turn.show_sentence(event.sentence)

    @on(Answered)
    async def _show_answer(self, event: Answered) -> None:
        event.stop()
        turn = self._finished(event.number)
        if turn is not None:
            if event.said.warning:
                self.hansa.tell(event.said.warning, error=True)
            await turn.show_answer(event.said.exchange)
            self._take_up(turn)
            if not self._waiting:
                self._find_next(turn, event.said.exchange.answer)
        self._work_on_next()

    def _finished(self, number: int) -> TurnView | None:
        """The turn of a question that was worked on; None when it was dropped meanwhile."""
        self._working = False
        return self._waiting.pop(number, None)

    @on(NotAnswered)
    async def _show_failure(self, event: NotAnswered) -> None:
        event.stop()
        turn = self._finished(event.number)
        if turn is not None:
            await turn.show_failure(event.sentence)
        self._work_on_next()

    def on_unmount(self) -> None:
        """Leaving Hansa does not wait for a chat model."""
        self.hansa.services.leave_chat()

    # What can be done with an answer

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the last answer allows."""
        if action in {"why", "copy", "good", "bad"}:
            return self._answer is not None
        if action == "new":
            return bool(self.query(TurnView))
        if action == "case":
            return self._can_be_case()
        if action == "export":
            return self._talk is not None and self._talk.number is not None
        if action == "source":
            return self._answer is not None and self._has_source(parameters)
        return super().check_action(action, parameters)

    def _has_source(self, parameters: tuple[object, ...]) -> bool:
        numbers = {row.number for row in choices(self._answer)} if self._answer else set()
        return not parameters or parameters[0] in numbers

    def action_source(self, number: int) -> None:
        """Open a source of the last answer."""
        if self._turn is not None:
            self._turn.choose(number)

    @on(TalkInput.Left)
    def _go_to_answer(self) -> None:
        rows = self._turn.rows() if self._turn is not None else []
        (rows[0] if rows else self.query_one(TalkColumn)).focus()

    @on(Row.Chosen)
    async def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        value = event.row.value
        if isinstance(value, Citation):
            self._open(value)
        elif isinstance(value, LessonLink):
            self.hansa.open_place(value.ref)
        elif isinstance(value, str | Option):
            self.query_one(TalkInput).focus()
            await self._add_turn(value.name if isinstance(value, Option) else value)

    def _open(self, citation: Citation) -> None:
        if self.has_class("-wide"):
            self.query_one(SourcePane).show(citation)
        else:
            place = (citation.start, citation.end)
            self.app.push_screen(GuideScreen(citation.guide, quote=place, words=citation.quote))

    def action_why(self) -> None:
        """Show how the last answer came about."""
        if self._answer is not None:
            self.app.push_screen(WhyScreen(self._answer))

    def action_copy(self) -> None:
        """Copy the last answer with its sources."""
        if self._answer is not None:
            self.app.copy_to_clipboard(as_markdown(self._answer))
            self.hansa.tell(_("The answer and its sources are copied, as Markdown."))

    # One conversation and another

    async def action_new(self) -> None:
        """Begin anew; the talk so far can be found again."""
        self.hansa.services.give_up_chat()
        await self._clear()
        self.query_one("#invitation").display = True

    async def _clear(self) -> None:
        self.workers.cancel_group(self, "next")
        self._waiting.clear()
        self._turn = self._talk = None
        await self.query(TurnView).remove()
        self.query_one(SourcePane).close()
        line = self.query_one(TalkInput)
        line.free_keys = frozenset({"question_mark"})
        line.value = ""
        line.focus()
        self.refresh_bindings()

    def action_history(self) -> None:
        """Show earlier conversations."""
        self.app.push_screen(HistoryScreen(), self._reopen)

    async def _reopen(self, conversation: Conversation | None) -> None:
        """Show an earlier conversation, to go on with it."""
        if conversation is None:
            return
        await self._clear()
        self.query_one("#invitation").display = False
        self._talk = Talk(self.hansa.services, conversation)
        column = self.query_one(TalkColumn)
        for exchange in conversation.exchanges:
            turn = TurnView(exchange.answer.question)
            await column.mount(turn)
            await turn.show_answer(exchange)
            self._take_up(turn)

    def action_back(self) -> None:
        """Close the source beside the talk, else return to the course."""
        pane = self.query_one(SourcePane)
        if pane.display:
            pane.close()
            self.query_one(TalkInput).focus()
        else:
            self.hansa.return_to_course()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """A source beside the talk needs room."""
        if not self.has_class("-wide"):
            self.query_one(SourcePane).close()


def _invitation() -> str:
    return _(
        "Ask what a programme pays for, what a project did, or which partner fits. "
        "The answer comes from the guides alone, and shows where each sentence stands."
    )
