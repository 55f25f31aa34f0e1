"""What pages with a sitting share: the result, and every answer to look at again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from course.blank import blank_response
from course.grade import grade
from tui.commands import Command, bindings
from tui.language import _
from tui.quiz_pages import AGAIN, CERTIFICATE, EARLIER, HOME, LOOK, result_page
from tui.styled import said
from tui.widgets.item import ItemView
from tui.widgets.prose import TextView
from tui.widgets.rows import Row

from .page import BACK, HELP, Column
from .questions import QuestionPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from course.learning_paths import Leaf
    from course.model import Module
    from tui.quiz_run import Sat


class Pages(Column):
    """The column of a sitting; the arrow keys move between lines to choose, else they scroll."""

    OFFERED: ClassVar = (
        Command("move(-1)", "up", _("Up"), _("Go to the line above."), footer=False, palette=False),
        Command("move(1)", "down", _("Down"), _("Go to the line below."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def action_move(self, step: int) -> None:
        """Go to another line, or scroll where there is none."""
        rows = list(self.query(Row))
        focused = self.screen.focused
        if isinstance(focused, Row) and focused in rows:
            self.screen.set_focus(rows[max(0, min(len(rows) - 1, rows.index(focused) + step))])
        else:
            self.scroll_relative(y=step, animate=False)


class SittingPage(QuestionPage):
    """Shows the pages of a sitting one after another in one column."""

    OFFERED: ClassVar[tuple[Command, ...]] = (
        Command("next", "n,right", _("Next"), _("Look at the next answer.")),
        Command("previous", "p,left", _("Previous"), _("Look at the answer before.")),
        Command("result", "t", _("Result"), _("Go back to the result.")),
        BACK,
        HELP,
        Command("scroll", "space", _("Scroll"), _("Scroll the text down."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(
        self, where: str, sat: Sat | None, module: Module | None = None, onward: Leaf | None = None
    ) -> None:
        super().__init__(where=where)
        self.sat = sat
        """The sitting that is open, or that is looked at."""
        self.module = module
        """Module of the quiz; None when it is gone, or in a review."""
        self._onward = onward
        self._looking: int | None = None
        self._view: ItemView | None = None
        self._wanted = object()
        """Stands for the page that was asked for last."""

    def body(self) -> ComposeResult:
        """The scrolling column."""
        yield Pages(id="text")

    async def show_page(self, widgets: Sequence[Widget], how_far: str) -> bool:
        """Show widgets in place of the present ones; the first line to choose takes the keys.

        False where another page was asked for meanwhile, by a key that came before these were there.
        """
        wanted = self._wanted = object()
        column = self.query_one("#text", Pages)
        with self.app.batch_update():
            await column.remove_children()
            if wanted is not self._wanted:
                return False
            await column.mount_all(widgets)
        if wanted is not self._wanted:
            return False
        column.scroll_home(animate=False)
        self.header.how_far = how_far
        focused = next(iter(self.query(Row)), None)
        self.set_focus(focused or column, scroll_visible=False)
        self.refresh_bindings()
        return True

    # Result and answers

    def result_widgets(self, sat: Sat) -> list[Widget]:
        """What the result page tells."""
        return result_page(self.hansa.services.course, self.module, sat, self._onward)

    async def show_result(self) -> None:
        """Show how the sitting went."""
        self._looking = None
        if self.sat is not None:
            await self.show_page(self.result_widgets(self.sat), _("result"))

    async def show_answer(self, number: int) -> None:
        """Show a question, from 0, as it was asked, with its answer and feedback."""
        sat = self.sat
        if sat is None or not 0 <= number < len(sat.sitting.items):
            return
        self._looking = number
        item = sat.sitting.items[number]
        view = ItemView(item, sat.run.seed, again=False, leavable=False, hinted=False)
        words = _("answer {number} of {count}").format(number=number + 1, count=len(sat.sitting.items))
        given = sat.sitting.last(item)
        if given is None:
            remark = TextView(said(_("You gave no answer to this question."), "bold"), classes="gap")
            if not await self.show_page([remark, view], words):
                return
            nothing = blank_response(item, sat.run.seed)
            view.restore(nothing, grade(item, nothing))
        else:
            if not await self.show_page([view], words):
                return
            view.restore(given.response, given.mark)
        view.take_focus()

    @on(ItemView.Passed)
    async def _feedback_read(self, event: ItemView.Passed) -> None:
        event.stop()
        if self._looking is not None:
            await self.action_next()
        else:
            await self.go_on()

    async def go_on(self) -> None:
        """Go on after the feedback to an answer just given."""

    # Choosing

    @on(Row.Chosen)
    async def _line_chosen(self, event: Row.Chosen) -> None:
        event.stop()
        await self.choose(event.row.value)

    async def choose(self, value: object) -> None:
        """Do what a line stands for."""
        if value == LOOK:
            await self.show_answer(0)
        elif value == HOME:
            self.action_back()
        elif value == AGAIN and self.module is not None:
            self.hansa.open_place(self.module.quiz_id)
        elif value == CERTIFICATE and self.module is not None:
            self.hansa.open_certificate([self.module])
        elif value != EARLIER:
            self.hansa.open_place(str(value))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Moving between answers is offered while they are looked at."""
        if action == "previous":
            return bool(self._looking)
        if action in {"next", "result"}:
            return self._looking is not None
        return super().check_action(action, parameters)

    async def action_next(self) -> None:
        """Look at the next answer; after the last one at the result."""
        if self._looking is None or self.sat is None:
            return
        if self._looking + 1 < len(self.sat.sitting.items):
            await self.show_answer(self._looking + 1)
        else:
            await self.show_result()

    async def action_previous(self) -> None:
        """Look at the answer before."""
        if self._looking:
            await self.show_answer(self._looking - 1)

    async def action_result(self) -> None:
        """Go back to the result."""
        await self.show_result()

    def action_scroll(self) -> None:
        """Scroll a page down."""
        self.query_one("#text", Pages).scroll_page_down(animate=False)


class AttemptScreen(SittingPage):
    """An earlier attempt, exactly as it was: questions, order, answers, marks, feedback."""

    ABOUT = _(
        "An attempt is shown as it was, even when the module has changed since.\n"
        "n and p go from answer to answer, t goes back to the result."
    )

    def __init__(self, sat: Sat) -> None:
        started = sat.run.started.astimezone()
        super().__init__(f"{sat.sitting.terms.title} · {started:%Y-%m-%d %H:%M}", sat)

    async def on_mount(self) -> None:
        """Begin with the result."""
        await self.show_result()
