"""A quiz: one question at a time, then the result, then every answer to look at again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message

from course.errors import CourseError
from course.model import QuizMode
from course.sitting import Given
from tui.commands import Command, bindings
from tui.language import _
from tui.messages import Failed
from tui.places import short_title
from tui.quiz_pages import AGAIN, BEGIN, HOME, LOOK, result_page, start_page
from tui.quiz_run import Sat, begin, finish
from tui.widgets.item import ItemView
from tui.widgets.rows import Row

from .page import BACK, HELP, Column
from .questions import QuestionPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from course.grade import Mark
    from course.response import Response
    from tui.messages import QuizLoaded


class QuizScreen(QuestionPage):
    """Takes a learner through a quiz; leaving it loses nothing."""

    ABOUT = _(
        "A quiz asks one question after another.\n"
        "Each answer is saved when you press enter. Leave at any time with esc:\n"
        "you go on at the same question when you come back.\n"
        "At the end you see your result, and every question with its feedback."
    )
    OFFERED: ClassVar = (
        Command("next", "n,right", _("Next"), _("Look at the next answer.")),
        Command("previous", "p,left", _("Previous"), _("Look at the answer before.")),
        Command("result", "t", _("Result"), _("Go back to the result.")),
        BACK,
        HELP,
        Command("scroll", "space", _("Scroll"), _("Scroll the text down."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Begun(Message):
        """A new sitting stands in the record."""

        sat: Sat
        """The sitting."""

    @dataclass
    class Finished(Message):
        """The last question is answered and the sitting is closed."""

        sat: Sat
        """The sitting."""

    def __init__(self, loaded: QuizLoaded) -> None:
        super().__init__(where=_("{module} · Quiz").format(module=short_title(loaded.module)))
        self.module = loaded.module
        """Module of the quiz."""
        self.quiz = loaded.quiz
        """The quiz."""
        self.sat = loaded.sat
        """The sitting that is open, or the last one."""
        self._looking: int | None = None
        self._view: ItemView | None = None

    def body(self) -> ComposeResult:
        """The scrolling column."""
        yield Column(id="text")

    async def on_mount(self) -> None:
        """Go on at the open question; else tell what the quiz is."""
        if self.sat is not None and self.sat.is_open:
            await self._show_question()
        else:
            await self._show_start()

    # Pages

    async def _show(self, widgets: Sequence[Widget], how_far: str) -> None:
        column = self.query_one("#text", Column)
        with self.app.batch_update():
            await column.remove_children()
            await column.mount_all(widgets)
        column.scroll_home(animate=False)
        self.header.how_far = how_far
        focused = next(iter(self.query(Row)), None)
        (focused or column).focus(scroll_visible=False)
        self.refresh_bindings()

    async def _show_start(self) -> None:
        self._looking = None
        await self._show(start_page(self.quiz, self.sat), _("not begun"))

    async def _show_question(self) -> None:
        sat = self.sat
        if sat is None or (item := sat.sitting.current) is None:
            return
        self.run_id = sat.run.id
        practice = self.quiz.mode is QuizMode.PRACTICE
        view = self._view = ItemView(item, sat.run.seed, again=practice, leavable=False)
        words = _("question {number} of {count}")
        how_far = words.format(number=sat.sitting.position, count=len(sat.sitting.items))
        await self._show([view], how_far)
        view.take_focus()

    async def _show_result(self) -> None:
        self._looking = None
        if self.sat is not None:
            course = self.hansa.services.course
            await self._show(result_page(course, self.module, self.sat), _("result"))

    async def _show_answer(self, number: int) -> None:
        sat = self.sat
        if sat is None or not 0 <= number < len(sat.sitting.items):
            return
        self._looking = number
        item = sat.sitting.items[number]
        view = ItemView(item, sat.run.seed, again=False, leavable=False)
        words = _("answer {number} of {count}")
        await self._show([view], words.format(number=number + 1, count=len(sat.sitting.items)))
        given = next((given for given in sat.sitting.given if given.item_id == item.frame.id), None)
        if given is not None:
            view.restore(given.response, given.mark)
            view.take_focus()

    # Answering

    async def judged(self, view: ItemView, response: Response, mark: Mark) -> None:
        """In practice the feedback comes at once, else the next question does."""
        if self.sat is None or view is not self._view:
            return
        sitting = self.sat.sitting
        kept = tuple(given for given in sitting.given if given.item_id != view.item.frame.id)
        given = Given(view.item.frame.id, response, mark)
        self.sat = replace(self.sat, sitting=replace(sitting, given=(*kept, given)))
        if self.quiz.mode is QuizMode.PRACTICE:
            view.show_mark(mark)
        else:
            await self._go_on()

    @on(ItemView.Passed)
    async def _feedback_read(self, event: ItemView.Passed) -> None:
        event.stop()
        if self._looking is not None:
            await self.action_next()
        else:
            await self._go_on()

    async def _go_on(self) -> None:
        if self.sat is not None and self.sat.sitting.finished:
            self._finish(self.sat)
        else:
            await self._show_question()

    # The record

    @work(thread=True, exclusive=True, group="sitting", exit_on_error=False)
    def _begin(self, before: Sat | None) -> None:

        try:
            self.post_message(self.Begun(begin(self.hansa.services, self.quiz, before)))
        except CourseError as error:
            self.post_message(Failed(error.message))

    @work(thread=True, exclusive=True, group="sitting", exit_on_error=False)
    def _finish(self, sat: Sat) -> None:

        try:
            self.post_message(self.Finished(finish(self.hansa.services, sat)))
        except CourseError as error:
            self.post_message(Failed(error.message))

    @on(Begun)
    async def _show_first_question(self, event: Begun) -> None:
        self.sat = event.sat
        await self._show_question()

    @on(Finished)
    async def _show_finished(self, event: Finished) -> None:
        self.sat = event.sat
        await self._show_result()

    # Choosing

    @on(Row.Chosen)
    async def _line_chosen(self, event: Row.Chosen) -> None:
        event.stop()
        value = event.row.value
        if value in {BEGIN, AGAIN}:
            self._begin(self.sat)
        elif value == LOOK:
            await self._show_answer(0)
        elif value == HOME:
            self.action_back()
        else:
            self.hansa.open_place(str(value))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Moving between answers is offered while they are looked at."""
        if action in {"next", "previous", "result"}:
            return self._looking is not None
        return super().check_action(action, parameters)

    async def action_next(self) -> None:
        """Look at the next answer; after the last one at the result."""
        if self._looking is None or self.sat is None:
            return
        if self._looking + 1 < len(self.sat.sitting.items):
            await self._show_answer(self._looking + 1)
        else:
            await self._show_result()

    async def action_previous(self) -> None:
        """Look at the answer before."""
        if self._looking:
            await self._show_answer(self._looking - 1)

    async def action_result(self) -> None:
        """Go back to the result."""
        await self._show_result()

    def action_scroll(self) -> None:
        """Scroll a page down."""
        self.query_one("#text", Column).scroll_page_down(animate=False)

    def action_back(self) -> None:
        """Leave; tell that nothing is lost when the quiz is under way."""
        if self.sat is not None and self.sat.is_open:
            self.hansa.tell(_("Your answers are saved. You go on at the same question."))
        super().action_back()
