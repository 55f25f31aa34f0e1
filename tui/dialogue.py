"""The talk with the guides, one for all pages that show it: what was asked, what came of it, and what waits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from textual.signal import Signal
from textual.worker import get_current_worker

from assistant.errors import AssistantError, HistoryError
from course.errors import CourseError
from index.errors import GuideIndexError

from .clean import clean_line
from .guide_filter import GuideFilter, count_words, narrowed
from .language import _
from .preparing import PreparationStopped, preparing_words, ready_assistant
from .talking import Said, Talk

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.conversation import Conversation, Exchange, Feedback
    from assistant.model import Answer, Sentence
    from index.model import GuideHead, Progress

    from .app import HansaApp
    from .lesson_links import LessonLink


@dataclass(eq=False, slots=True)
class Turn:
    """A question, and what came of it so far."""

    question: str
    """As it was asked."""
    exchange: Exchange | None = None
    """The reply as it is kept, once it is there."""
    failure: str = ""
    """Why there is no reply, and what to do."""
    sentences: tuple[Sentence, ...] = ()
    """What a chat model said so far, each sentence proved."""
    questions: tuple[str, ...] = ()
    """What could be asked next."""
    lessons: tuple[LessonLink, ...] = ()
    """Where the course teaches it."""

    @property
    def answer(self) -> Answer | None:
        """The reply, once it is there."""
        return self.exchange.answer if self.exchange else None

    @property
    def waits(self) -> bool:
        """Whether nothing came of it yet."""
        return self.exchange is None and not self.failure


class Dialogue:
    """Asks one question after another in the background, and signals every change to the pages that show it."""

    def __init__(self, app: HansaApp) -> None:
        self._app = app
        self.changed: Signal[Dialogue] = Signal(app, "dialogue")
        """Published after every change, in the thread of the application."""
        self.turns: list[Turn] = []
        """Every question, oldest first."""
        self.turn: Turn | None = None
        """The one that was answered last: keys work on it."""
        self.heads: tuple[GuideHead, ...] = ()
        """All guides; none before they are ready."""
        self.extent = ""
        """Which guides are asked and who words the answers, or how far they are made ready."""
        self.preparing = ""
        """How far the guides are made ready; empty once they are."""
        self.chosen = GuideFilter()
        """Which guides are asked."""
        self._talk: Talk | None = None
        self._working = False

    def _run(self, work: Callable[[], object], group: str, *, exclusive: bool = False) -> None:
        self._app.run_worker(work, thread=True, group=group, exclusive=exclusive, exit_on_error=False)

    def _signal(self) -> None:
        self.changed.publish(self)

    def _tell(self, sentence: str) -> None:
        """Show a sentence about something that went wrong; from any thread."""
        self._app.call_later(partial(self._app.tell, sentence, error=True))

    # Making the guides ready

    def prepare(self) -> None:
        """Make the guides ready and tell who answers, which the settings may have changed meanwhile."""
        self._run(self._prepare, "prepare", exclusive=True)

    def _prepare(self) -> None:
        services = self._app.services
        try:
            assistant = ready_assistant(services, self.tell_progress)
        except PreparationStopped:
            return
        index, chat = assistant.index, assistant.chat
        model = chat.name if chat is not None else ""
        heads = tuple(index.guides())
        self._app.call_later(partial(self._prepared, heads, model, keywords_only=index.keywords_only))
        if services.settings_problem:
            self._tell(services.settings_problem)

    def tell_progress(self, progress: Progress) -> None:
        """Tell how far the guides are made ready; from any thread."""
        self._app.call_later(self._show_progress, preparing_words(progress))

    def _show_progress(self, words: str) -> None:
        self.preparing = self.extent = words
        self._signal()

    def _prepared(self, heads: tuple[GuideHead, ...], model: str, *, keywords_only: bool) -> None:
        self.heads, self.preparing = heads, ""
        count = count_words(self.chosen, heads)
        if keywords_only:
            count = _("{guides} · by keywords only").format(guides=count)
        if model:
            count = _("{guides} · worded by {model}").format(guides=count, model=clean_line(model))
        self.extent = count
        self._signal()

    def choose(self, chosen: GuideFilter) -> None:
        """Ask only some guides from now on."""
        self.chosen = chosen
        self.prepare()

    # Asking

    def ask(self, question: str) -> None:
        """Ask the next question; it waits for those before it."""
        self._end_suggestions()
        self.turns.append(Turn(question))
        self._signal()
        self._work_on_next()

    def _end_suggestions(self) -> None:
        self._app.workers.cancel_group(self._app, "next")
        if self.turn is not None:
            self.turn.questions, self.turn.lessons = (), ()

    @property
    def _waiting(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.waits]

    def _work_on_next(self) -> None:
        """Begin with the question that waits longest, unless one is being worked on."""
        waiting = self._waiting
        if waiting and not self._working:
            self._working = True
            self._talk = self._talk or Talk(self._app.services)
            self._run(partial(self._work_on, waiting[0], self._talk, self.chosen), "ask")

    def _work_on(self, turn: Turn, talk: Talk, chosen: GuideFilter) -> None:
        try:
            assistant = narrowed(ready_assistant(self._app.services, self.tell_progress), chosen)
            said = talk.ask(turn.question, assistant, tell=partial(self._hear, turn))
        except PreparationStopped:
            return
        except (AssistantError, GuideIndexError) as error:
            self._app.call_later(self._failed, turn, str(error))
        except Exception as error:  # noqa: BLE001 - whatever it was, the talk goes on
            reason = str(error) or type(error).__name__
            sentence = _("That did not work: {reason}. Ask again, or run `hansa doctor`.")
            self._app.call_later(self._failed, turn, sentence.format(reason=reason.rstrip(".")))
        else:
            self._app.call_later(self._answered, turn, said)

    def _hear(self, turn: Turn, sentence: Sentence) -> None:
        if get_current_worker().is_cancelled:
            raise PreparationStopped
        if not self._app.services.preferences.reduced_motion:
            self._app.call_later(self._proved, turn, sentence)

    def _proved(self, turn: Turn, sentence: Sentence) -> None:
        turn.sentences = (*turn.sentences, sentence)
        self._signal()

    def _answered(self, turn: Turn, said: Said) -> None:
        self._working = False
        if turn in self.turns:
            if said.warning:
                self._tell(said.warning)
            turn.exchange, self.turn = said.exchange, turn
            self._signal()
            if not self._waiting:
                self._run(partial(self._find_next, turn, said.exchange.answer), "next", exclusive=True)
        self._work_on_next()

    def _failed(self, turn: Turn, sentence: str) -> None:
        self._working = False
        turn.failure = sentence
        self._signal()
        self._work_on_next()

    # What follows an answer

    def _find_next(self, turn: Turn, answer: Answer) -> None:
        """Look for what could be asked and read next, after the answer is shown; a new question stops it."""
        from .lesson_links import lessons_on  # noqa: PLC0415 - with the words of questions, not to be waited for

        services, worker = self._app.services, get_current_worker()
        earlier = self._talk.answers if self._talk else ()
        try:
            lessons = lessons_on(answer, services.course)
            assistant = narrowed(services.assistant(), self.chosen)
            questions = assistant.suggest(answer, earlier, lambda: not worker.is_cancelled)
        except (AssistantError, CourseError, GuideIndexError):
            # The answer stands; it is only not known what could follow.
            return
        if not worker.is_cancelled:
            self._app.call_later(self._suggest, turn, questions, lessons)

    def _suggest(self, turn: Turn, questions: tuple[str, ...], lessons: tuple[LessonLink, ...]) -> None:
        if turn is self.turn and not self._waiting:
            turn.questions, turn.lessons = questions, lessons
            self._signal()

    def rate(self, turn: Turn, feedback: Feedback | None) -> None:
        """Note what is thought of an answer."""
        if self._talk is not None and turn.exchange is not None:
            self._run(partial(self._rate, self._talk, turn, turn.exchange, feedback), "rate")

    def _rate(self, talk: Talk, turn: Turn, exchange: Exchange, feedback: Feedback | None) -> None:
        try:
            rated = talk.rate(exchange, feedback)
        except HistoryError as error:
            self._tell(str(error))
        else:
            self._app.call_later(self._rated, turn, rated)

    def _rated(self, turn: Turn, exchange: Exchange) -> None:
        turn.exchange = exchange
        self._signal()

    def keep_as_case(self) -> None:
        """Keep the last question, found bad, to test the assistant with."""
        turn = self.turn
        if turn is not None and turn.exchange is not None and turn.exchange.feedback is not None:
            self.rate(turn, replace(turn.exchange.feedback, is_case=True))

    # One conversation and another

    @property
    def number(self) -> int | None:
        """Under which the conversation is kept; None before its first answer is."""
        return self._talk.number if self._talk is not None else None

    def begin_anew(self) -> None:
        """Begin anew; the talk so far can be found again."""
        self._app.services.give_up_chat()
        self._forget()
        self._signal()

    def _forget(self) -> None:
        self._end_suggestions()
        self.turns, self.turn, self._talk = [], None, None

    def reopen(self, conversation: Conversation) -> None:
        """Go on with an earlier conversation."""
        self._forget()
        self._talk = Talk(self._app.services, conversation)
        self.turns = [Turn(each.answer.question, each) for each in conversation.exchanges]
        self.turn = self.turns[-1] if self.turns else None
        self._signal()
