"""A review: questions that are due, one after another, with feedback at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from course.errors import CourseError
from course.sitting import Given
from tui.language import _
from tui.messages import Failed
from tui.quiz_pages import BEGIN, HOME, LOOK
from tui.quiz_run import Sat, hand_in
from tui.review_run import begin_review, known_words, skip, spread_words, start_id, today_words
from tui.saving import saves
from tui.styled import said
from tui.widgets.item import ItemView
from tui.widgets.prose import TextView
from tui.widgets.rows import Row

from .questions import QuestionPage
from .sitting import SittingPage

if TYPE_CHECKING:
    from textual.widget import Widget

    from tui.messages import ReviewLoaded

SKIP, ONWARD = "skip", "onward"
"""Values of the lines that can be chosen."""


class ReviewScreen(SittingPage):
    """Takes a learner through what is due today, or through two questions before a module."""

    ABOUT = _(
        "A review asks again what you answered before, in time before you forget it.\n"
        "What you most likely forgot comes first. You hear after each answer how it was.\n"
        "Hansa decides from your answers when a question comes back: you need not judge yourself.\n"
        "Leave at any time with esc; what you answered counts."
    )

    @dataclass
    class Begun(Message):
        """A review stands in the record, or goes on."""

        sat: Sat
        """The review."""

    @dataclass
    class Finished(Message):
        """The review is closed."""

        sat: Sat
        """The review."""

    @dataclass
    class Skipped(Message):
        """The questions before a module were not wanted."""

    def __init__(self, loaded: ReviewLoaded) -> None:
        super().__init__(_("Review"), loaded.sat, loaded.module)
        self._loaded = loaded

    async def on_mount(self) -> None:
        """Go on with an open review; else tell what is due."""
        if self.sat is not None and self.sat.is_open:
            await self._show_question()
        else:
            await self.show_page(self._start_widgets(), _("not begun"))

    def _start_widgets(self) -> list[Widget]:
        loaded = self._loaded
        if loaded.module is not None:
            return self._before_module_widgets()
        words = today_words(loaded.plan)
        if not words:
            sentence = _("Nothing is due today. Questions you answer come back here when it is time.")
            return [TextView(said(sentence), classes="gap"), Row(_("Go home"), HOME)]
        title = said(_("Today's review: {words}").format(words=words), "bold")
        page: list[Widget] = [TextView(title, classes="gap")]
        spread = spread_words(loaded.plan)
        if spread:
            page.append(TextView(said(spread), classes="gap"))
        return [*page, Row(_("Begin"), BEGIN), Row(_("Go home"), HOME)]

    def _before_module_widgets(self) -> list[Widget]:
        title = _("Before module {number}: {title}").format(
            number=self._loaded.module.number if self._loaded.module else 0,
            title=self._loaded.module.title if self._loaded.module else "",
        )
        words = _("A look back first: {words} from earlier modules.").format(
            words=today_words(self._loaded.plan)
        )
        return [
            TextView(said(title, "bold"), classes="gap"),
            TextView(said(words), classes="gap"),
            Row(_("Answer them"), BEGIN),
            Row(_("Skip them and go to the lesson"), SKIP),
        ]

    # Answering

    async def _show_question(self) -> None:
        sat = self.sat
        if sat is None or (item := sat.sitting.current) is None:
            return
        self.run_id = sat.run.id
        view = self._view = ItemView(item, sat.run.seed, again=False, leavable=False)
        words = _("question {number} of {count}")
        how_far = words.format(number=sat.sitting.position, count=len(sat.sitting.items))
        if await self.show_page([view], how_far):
            view.take_focus()

    async def judged(self, event: QuestionPage.Judged) -> None:
        """Show the feedback."""
        view = event.view
        if self.sat is None or view is not self._view:
            return
        given = Given(
            view.item.frame.id, event.response, event.mark, view.tried, event.hints, event.certainty
        )
        self.sat = replace(self.sat, sitting=self.sat.sitting.noted(given))
        await super().judged(event)

    async def go_on(self) -> None:
        """Ask the next question, or finish."""
        if self.sat is not None and self.sat.sitting.finished:
            self._finish(self.sat)
        else:
            await self._show_question()

    @on(QuestionPage.Refused)
    def _close_after_refusal(self, event: QuestionPage.Refused) -> None:
        """Another window closed this review."""
        event.stop()
        self.hansa.tell(event.sentence)
        if self.sat is not None:
            self._finish(self.sat)

    # The record

    @saves("begin")
    def _begin(self) -> None:
        loaded = self._loaded
        try:
            if loaded.module is None:
                sat = begin_review(self.hansa.services, loaded.plan.today)
            else:
                sat = begin_review(self.hansa.services, loaded.plan.today, start_id(loaded.module))
            self.post_message(self.Begun(sat) if sat.sitting.items else self.Skipped())
        except CourseError as error:
            self.post_message(Failed(error.message))

    @saves("sitting", exclusive=True)
    def _finish(self, sat: Sat) -> None:
        try:
            self.post_message(self.Finished(hand_in(self.hansa.services, sat)))
        except CourseError as error:
            self.post_message(Failed(error.message))

    @saves("begin")
    def _skip(self) -> None:
        try:
            if self._loaded.module is not None:
                skip(self.hansa.services, self._loaded.module)
            self.post_message(self.Skipped())
        except CourseError as error:
            self.post_message(Failed(error.message))

    @on(Begun)
    async def _show_first_question(self, event: Begun) -> None:
        self.sat = event.sat
        await self._show_question()

    @on(Finished)
    async def _show_finished(self, event: Finished) -> None:
        self.sat = event.sat
        await self.show_result()

    @on(Skipped)
    def _go_to_lesson(self) -> None:
        if self._loaded.onward:
            self.hansa.open_place(self._loaded.onward)
        else:
            self.action_back()

    # Choosing

    def result_widgets(self, sat: Sat) -> list[Widget]:
        """How many were known, and what follows."""
        page: list[Widget] = [TextView(said(known_words(sat), "bold"), classes="gap")]
        words = _("What you missed comes back soon, what you knew later.")
        page.append(TextView(said(words), classes="gap"))
        if self._loaded.onward:
            page.append(Row(_("Go on to the lesson"), ONWARD))
        return [*page, Row(_("Look at every answer"), LOOK), Row(_("Go home"), HOME)]

    async def choose(self, value: object) -> None:
        """Begin, skip, or go on."""
        if value in {BEGIN, SKIP}:
            if not self.is_at_work("begin"):
                self._begin() if value == BEGIN else self._skip()
        elif value == ONWARD:
            self.hansa.open_place(self._loaded.onward)
        else:
            await super().choose(value)
