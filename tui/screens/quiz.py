"""A quiz: one question at a time, then the result, then every answer to look at again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from course.errors import CourseError
from course.model import QuizMode
from course.sitting import Given
from tui.language import _
from tui.messages import Failed
from tui.places import short_title
from tui.quiz_pages import AGAIN, BEGIN, EARLIER, start_page
from tui.quiz_run import Sat, attempts_of, begin, hand_in, sat_of
from tui.quiz_words import attempt_words
from tui.saving import saves
from tui.widgets.item import ItemView
from tui.widgets.rows import Row

from .lists import ListScreen
from .questions import QuestionPage
from .sitting import AttemptScreen, SittingPage

if TYPE_CHECKING:
    from course.history import Run
    from course.score import Score
    from tui.messages import QuizLoaded


class QuizScreen(SittingPage):
    """Takes a learner through a quiz; leaving it loses nothing."""

    ABOUT = _(
        "A quiz asks one question after another.\n"
        "Each answer is saved when you press enter. Leave at any time with esc:\n"
        "you go on at the same question when you come back.\n"
        "At the end you see your result, and every question with its feedback."
    )

    @dataclass
    class Begun(Message):
        """A new sitting stands in the record."""

        sat: Sat
        """The sitting."""

    @dataclass
    class Finished(Message):
        """The sitting is closed."""

        sat: Sat
        """The sitting."""

    @dataclass
    class Listed(Message):
        """The earlier attempts were read."""

        runs: list[tuple[Run, Score]]
        """Newest first."""

    @dataclass
    class Found(Message):
        """An earlier attempt was read."""

        sat: Sat
        """The attempt."""

    def __init__(self, loaded: QuizLoaded) -> None:
        where = _("{module} · Quiz").format(module=short_title(loaded.module))
        super().__init__(where, loaded.sat, loaded.module, loaded.onward)
        self.quiz = loaded.quiz
        """The quiz."""

    async def on_mount(self) -> None:
        """Go on where the learner was; else tell what the quiz is."""
        if self.sat is not None and self.sat.is_open:
            await self.show_open()
        else:
            await self._show_start()

    async def _show_start(self) -> None:
        self._looking = None
        await self.show_page(start_page(self.quiz, self.sat), _("not begun"))

    # Answering

    async def show_open(self) -> None:
        """Show the first question without an answer."""
        sat = self.sat
        if sat is None or (item := sat.sitting.current) is None:
            return
        self.run_id = sat.run.id
        practice = sat.sitting.mode is QuizMode.PRACTICE
        tries = (sat.sitting.tries_left(item) or 0) if practice else 0
        view = self._view = ItemView(
            item, sat.run.seed, again=practice, leavable=False, hinted=practice, tries=tries
        )
        words = _("question {number} of {count}")
        how_far = words.format(number=sat.sitting.position, count=len(sat.sitting.items))
        if await self.show_page([view], how_far):
            view.take_focus()

    async def judged(self, event: QuestionPage.Judged) -> None:
        """In practice the feedback comes at once, else the next question does."""
        view = event.view
        if self.sat is None or view is not self._view:
            return
        given = Given(
            view.item.frame.id, event.response, event.mark, view.tried, event.hints, event.certainty
        )
        self.sat = replace(self.sat, sitting=self.sat.sitting.noted(given))
        if self.sat.sitting.mode is QuizMode.PRACTICE:
            await super().judged(event)
        else:
            await self.go_on()

    async def go_on(self) -> None:
        """Ask the next question, or finish."""
        if self.sat is not None and self.sat.sitting.finished:
            self.close_sitting(self.sat)
        else:
            await self.show_open()

    # The record

    @saves("begin")
    def _begin(self, before: Sat | None) -> None:
        if self.module is None:
            return
        try:
            self.post_message(self.Begun(begin(self.hansa.services, self.quiz, self.module, before)))
        except CourseError as error:
            self.post_message(Failed(error.message))

    @saves("sitting", exclusive=True)
    def close_sitting(self, sat: Sat) -> None:
        """Close the sitting, and read it anew: another window may have answered as well."""
        services = self.hansa.services
        try:
            run = hand_in(services, sat).run
            self.post_message(self.Finished(sat_of(services, run, self.quiz.items)))
        except CourseError as error:
            self.post_message(Failed(error.message))

    @work(thread=True, exclusive=True, group="sitting", exit_on_error=False)
    def _list_attempts(self) -> None:
        try:
            self.post_message(self.Listed(attempts_of(self.hansa.services, self.quiz.id)))
        except CourseError as error:
            self.post_message(Failed(error.message))

    @work(thread=True, exclusive=True, group="sitting", exit_on_error=False)
    def _find_attempt(self, run: Run) -> None:
        try:
            self.post_message(self.Found(sat_of(self.hansa.services, run, self.quiz.items)))
        except CourseError as error:
            self.post_message(Failed(error.message))

    @on(Begun)
    async def _show_first_question(self, event: Begun) -> None:
        self.sat = event.sat
        await self.show_open()

    @on(Finished)
    async def _show_finished(self, event: Finished) -> None:
        self.sat = event.sat
        await self.show_result()

    @on(QuestionPage.Refused)
    async def _close_after_refusal(self, event: QuestionPage.Refused) -> None:
        """Another window handed the sitting in, or the time is over: show what counts."""
        event.stop()
        self.hansa.tell(event.sentence)
        if self.sat is not None:
            self.close_sitting(self.sat)

    @on(Listed)
    def _show_attempts(self, event: Listed) -> None:
        rows = [Row(attempt_words(run, score), run) for run, score in event.runs]
        self.app.push_screen(ListScreen(_("Earlier attempts"), self.quiz.title, rows), self._attempt_chosen)

    def _attempt_chosen(self, run: object) -> None:
        if run is not None:
            self._find_attempt(run)

    @on(Found)
    def _show_attempt(self, event: Found) -> None:
        self.app.push_screen(AttemptScreen(event.sat))

    # Choosing

    async def choose(self, value: object) -> None:
        """Begin, begin again, or look at an earlier attempt."""
        if value in {BEGIN, AGAIN}:
            if not self.is_at_work("begin"):
                self._begin(self.sat)
        elif value == EARLIER:
            self._list_attempts()
        else:
            await super().choose(value)

    def action_back(self) -> None:
        """Leave; tell that nothing is lost when the quiz is under way."""
        if self.sat is not None and self.sat.is_open:
            self.hansa.tell(self.leaving_words())
        super().action_back()

    def leaving_words(self) -> str:
        """What is told to a learner who leaves in the middle."""
        return _("Your answers are saved. You go on at the same question.")
