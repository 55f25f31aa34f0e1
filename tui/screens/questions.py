"""Pages on which questions are answered: the answer is noted and judged in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from course.errors import CourseError, RunClosed
from tui.giving import give
from tui.language import _
from tui.messages import Failed
from tui.saving import saves
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
        hints: int = 0
        """Hints that were read before."""
        certainty: int | None = None
        """How sure the learner was."""

    @dataclass
    class Refused(Message):
        """The sitting takes no more answers."""

        sentence: str
        """Why."""

    run_id: int | None = None
    """The sitting to which answers belong."""

    @on(ItemView.Answered)
    def _note_and_judge(self, event: ItemView.Answered) -> None:
        event.stop()
        self._give(event)

    def earlier_tries(self, view: ItemView) -> int:
        """Tries that count against the answer just given."""
        return view.tried - 1

    @saves("answer")
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
                earlier=self.earlier_tries(view),
                seconds=event.seconds,
                certainty=event.certainty,
            )
        except RunClosed as error:
            self.post_message(self.Refused(error.message))
        except CourseError as error:
            sentence = _("Your answer could not be kept: {reason}").format(reason=error.message)
            self.app.call_later(view.show_failure)
            self.post_message(Failed(sentence))
        else:
            self.post_message(self.Judged(view, event.response, mark, event.hints, event.certainty))

    @on(Judged)
    async def _show_judgement(self, event: Judged) -> None:
        event.stop()
        await self.judged(event)

    async def judged(self, event: Judged) -> None:
        """Show the feedback at once; the right answer is held back while tries are left."""
        if not event.view.is_shown:
            return
        if event.view.tries_left and not event.mark.right:
            event.view.show_trial(event.mark)
        else:
            event.view.show_mark(event.mark)
