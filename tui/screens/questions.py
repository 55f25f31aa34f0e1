"""Pages on which questions are answered: the answer is noted and judged in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from course.errors import CourseError
from tui.giving import give
from tui.language import _
from tui.messages import Failed
from tui.widgets.item import ItemView

from .page import Page

if TYPE_CHECKING:
    from course.grade import Mark
    from course.response import Response


class QuestionPage(Page):
    """Takes answers, keeps them, and tells `judged` how they were."""

    @dataclass
    class Judged(Message):
        """An answer is on disk and was judged."""

        view: ItemView
        """The question."""
        response: Response
        """What was given."""
        mark: Mark
        """How it was judged."""

    run_id: int | None = None
    """The sitting to which answers belong."""

    @on(ItemView.Answered)
    def _note_and_judge(self, event: ItemView.Answered) -> None:
        event.stop()
        self._give(event)

    @work(thread=True, group="answer", exit_on_error=False)
    def _give(self, event: ItemView.Answered) -> None:

        view = event.view
        try:
            mark = give(
                self.hansa.services,
                view.item,
                event.response,
                seed=view.seed,
                hints=event.hints,
                run_id=self.run_id,
            )
        except CourseError as error:
            sentence = _("Your answer could not be kept: {reason}").format(reason=error.message)
            self.app.call_from_thread(view.show_failure)
            self.post_message(Failed(sentence))
        else:
            self.post_message(self.Judged(view, event.response, mark))

    @on(Judged)
    async def _show_judgement(self, event: Judged) -> None:
        event.stop()
        await self.judged(event.view, event.response, event.mark)

    async def judged(self, view: ItemView, response: Response, mark: Mark) -> None:  # noqa: ARG002
        """Show the feedback at once."""
        view.show_mark(mark)
