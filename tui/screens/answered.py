"""A page on which answers are given: what is thought of the last one, and what could be asked after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from assistant.conversation import Exchange, Feedback
from assistant.errors import AssistantError, HistoryError
from course.errors import CourseError
from index.errors import GuideIndexError
from tui.guide_filter import narrowed
from tui.language import _
from tui.lesson_links import LessonLink, lessons_on
from tui.messages import Failed
from tui.widgets.question import TalkInput
from tui.widgets.talk import choices

from .exports import ExportingPage
from .feedback import FeedbackScreen
from .prepared import PreparedPage
from .talk import TalkColumn

if TYPE_CHECKING:
    from assistant.model import Answer
    from tui.talking import Talk
    from tui.widgets.talk import TurnView


DIGITS = "123456789"
"""Keys of the numbered lines under an answer."""


class AnsweredPage(PreparedPage, ExportingPage):
    """Rates the last answer, and looks for questions and lessons that follow it."""

    @dataclass
    class Continued(Message):
        """It is known what could be asked and read next."""

        turn: TurnView
        """The question it follows."""
        questions: tuple[str, ...]
        """Questions that the guides answer."""
        lessons: tuple[LessonLink, ...]
        """Where the course teaches it."""

    @dataclass
    class Rated(Message):
        """What is thought of an answer was noted."""

        turn: TurnView
        """The answer."""
        exchange: Exchange
        """The answer with what was noted."""

    def __init__(self, where: str = "", how_far: str = "") -> None:
        super().__init__(where, how_far)
        self._talk: Talk | None = None
        self._turn: TurnView | None = None
        self._waiting: dict[int, TurnView] = {}

    @property
    def _answer(self) -> Answer | None:
        return self._turn.answer if self._turn is not None else None

    def show_waiting(self, words: str) -> None:
        """Tell how far the guides are under the questions that wait."""
        for turn in self._waiting.values():
            turn.show_waiting(words)

    # What follows an answer

    def _take_up(self, turn: TurnView) -> None:
        """Make a turn the one that keys work on."""
        self._turn = turn
        count = min(9, len(choices(turn.answer))) if turn.answer else 0
        self.query_one(TalkInput).free_keys = frozenset({"question_mark", "plus", "minus", *DIGITS[:count]})
        self._show_turn(turn)
        self.refresh_bindings()

    def _show_turn(self, turn: TurnView) -> None:
        self.call_after_refresh(self.query_one(TalkColumn).scroll_to_widget, turn, animate=False, top=True)

    @work(thread=True, exclusive=True, group="next", exit_on_error=False)
    def _find_next(self, turn: TurnView, answer: Answer) -> None:
        """Look for what could be asked and read next, after the answer is shown; a new question stops it."""
        services, worker = self.hansa.services, get_current_worker()
        earlier = self._talk.answers if self._talk else ()
        try:
            lessons = lessons_on(answer, services.course)
            assistant = narrowed(services.assistant(), self._filter)
            questions = assistant.suggest(answer, earlier, lambda: not worker.is_cancelled)
        except (AssistantError, CourseError, GuideIndexError):
            # The answer stands; it is only not known what could follow.
            return
        if not worker.is_cancelled:
            self.post_message(self.Continued(turn, questions, lessons))

    @on(Continued)
    async def _show_next(self, event: Continued) -> None:
        event.stop()
        if event.turn is self._turn and not self._waiting:
            await event.turn.show_next(event.questions, event.lessons)
            self._show_turn(event.turn)

    def action_export(self) -> None:
        """Write the conversation to a file."""
        if self._talk is not None and self._talk.number is not None:
            self.export(self._talk.number, self._talk.answers[0].question)

    # What is thought of an answer

    def action_good(self) -> None:
        """Note that the last answer is good; once more takes it back."""
        if self._turn is not None and self._turn.exchange is not None:
            noted = self._turn.exchange.feedback
            self._rate(self._turn, None if noted and noted.good else Feedback(good=True))

    def action_bad(self) -> None:
        """Ask what is wrong with the last answer; once more takes back what was noted."""
        turn = self._turn
        if turn is None or turn.exchange is None:
            return
        noted = turn.exchange.feedback
        if noted is not None and not noted.good:
            self._rate(turn, None)
        else:
            self.app.push_screen(
                FeedbackScreen(turn.exchange.answer), lambda feedback: self._rate_bad(turn, feedback)
            )

    def _rate_bad(self, turn: TurnView, feedback: Feedback | None) -> None:
        if feedback is not None:
            self._rate(turn, feedback)
            self.hansa.tell(_("Noted. ctrl+t keeps the question to test the assistant with."))

    def _can_be_case(self) -> bool:
        feedback = self._turn.exchange.feedback if self._turn and self._turn.exchange else None
        return feedback is not None and not feedback.good and not feedback.is_case

    def action_case(self) -> None:
        """Keep the last question, found bad, to test the assistant with."""
        if self._turn is not None and self._turn.exchange is not None and self._turn.exchange.feedback:
            self._rate(self._turn, replace(self._turn.exchange.feedback, is_case=True))

    @work(thread=True, group="rate", exit_on_error=False)
    def _rate(self, turn: TurnView, feedback: Feedback | None) -> None:
        if self._talk is None or turn.exchange is None:
            return
        try:
            self.post_message(self.Rated(turn, self._talk.rate(turn.exchange, feedback)))
        except HistoryError as error:
            self.post_message(Failed(str(error)))

    @on(Rated)
    async def _show_rated(self, event: Rated) -> None:
        event.stop()
        event.turn.exchange = event.exchange
        await event.turn.show_feedback(event.exchange.feedback)
        self.refresh_bindings()
