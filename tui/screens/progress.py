"""Progress: what was reached, how long it took, how sure the learner was, and what comes back when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message

from course.errors import CourseError
from course.learning_paths import LearningPath
from course.overview import ModuleStanding
from tui.commands import Command, bindings
from tui.language import _
from tui.messages import Failed
from tui.overviews import read_overview
from tui.plan import chosen_path
from tui.progress_words import (
    certainty_paragraphs,
    outcome_paragraphs,
    overview_words,
    question_paragraphs,
    reached_words,
    review_paragraphs,
    standing_words,
)
from tui.styled import said
from tui.widgets.paragraphs import ParagraphsView
from tui.widgets.prose import TextView
from tui.widgets.rows import Row, RowList

from .page import BACK, HELP, Page

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from course.overview import Overview

CERTIFICATE = Command(
    "certificate", "c", _("Certificate"), _("See the certificate, or what is missing for it.")
)


class ProgressScreen(Page):
    """The whole course: a line for each module, then certainty and reviews."""

    ABOUT = _(
        "What you reached, as your answers tell.\n"
        "enter on a module shows its outcomes and every question that you answered.\n"
        "Time counts from one thing that you did to the next; pauses of more than ten minutes do not.\n"
        "Below stand how sure you were and what comes back in the next two weeks: pgdn goes there.\n"
        "`hansa progress` prints the same."
    )
    OFFERED: ClassVar = (CERTIFICATE, BACK, HELP)
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Known(Message):
        """The record was read."""

        overview: Overview
        """What it says."""
        path: LearningPath | None
        """The path that was chosen."""

    def __init__(self) -> None:
        super().__init__(where=_("Your progress"))

    def body(self) -> ComposeResult:
        """A word until the record is read."""
        with RowList(id="progress"):
            yield TextView(said(_("Looking up what you did …"), "$muted"), id="told", classes="gap")
            yield ParagraphsView(id="more")

    def on_screen_resume(self) -> None:
        """Read the record anew whenever the learner comes back."""
        self._read()

    @work(thread=True, exclusive=True, group="progress", exit_on_error=False)
    def _read(self) -> None:
        try:
            services = self.hansa.services
            self.post_message(self.Known(read_overview(services), chosen_path(services)))
        except CourseError as error:
            self.post_message(Failed(error.message))

    @on(Known)
    async def _show(self, event: Known) -> None:
        found = event.overview
        done = _("{done} of {count} modules")
        self.header.how_far = done.format(done=found.completed, count=len(found.modules))
        self.query_one("#told", TextView).show(said(overview_words(found)))
        focused = self.focused
        place = next((place for place, row in enumerate(self.query(Row)) if row is focused), 0)
        most = max((len(standing.outcomes) for standing in found.modules), default=0)
        rows = [_module_row(standing, most) for standing in found.modules]
        if event.path is not None:
            words = _("Certificate of the path {id} {title}")
            rows.append(Row(words.format(id=event.path.id, title=event.path.title), event.path))
        rows.append(Row(_("Certificate of the whole course")))
        with self.app.batch_update():
            await self.query(Row).remove()
            await self.query_one(RowList).mount_all(rows, before="#more")
        more = (*certainty_paragraphs(found.levels), *review_paragraphs(found.days))
        self.query_one(ParagraphsView).show(more)
        rows[min(place, len(rows) - 1)].focus()

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        standing = event.row.value
        if isinstance(standing, ModuleStanding):
            self.app.push_screen(ModuleProgressScreen(standing))
        elif isinstance(standing, LearningPath):
            self.hansa.open_certificate(standing)
        else:
            self.action_certificate()

    def action_certificate(self) -> None:
        """Show the certificate of the whole course."""
        self.hansa.open_certificate(self.hansa.services.course.modules)


def _module_row(standing: ModuleStanding, most: int) -> Row:
    """The line of a module; `most` outcomes have the longest bar of all."""
    return Row(
        f"{standing.module.number:>2}  {standing.module.title}",
        standing,
        right=said(reached_words(standing) + " " * (most - len(standing.outcomes)), "$muted"),
        beneath=said(standing_words(standing), "$muted"),
    )


class ModuleProgressScreen(Page):
    """One module: its outcomes and the history of its questions."""

    ABOUT = _(
        "The outcomes of a module, each with the best result of your quizzes,\n"
        "and every question that you answered: how often, how last, and when it comes back."
    )
    OFFERED: ClassVar = (CERTIFICATE, BACK, HELP)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, standing: ModuleStanding) -> None:
        super().__init__(where=standing.module.title, how_far=reached_words(standing))
        self._standing = standing

    def body(self) -> ComposeResult:
        """What is reached, the way to the certificate, outcomes and questions."""
        standing = self._standing
        today = self.hansa.services.clock().astimezone().date()
        questions = question_paragraphs(standing.questions, today)
        with RowList(id="progress-of-module"):
            yield TextView(said(standing_words(standing)), classes="gap")
            yield Row(_certificate_words(standing))
            yield ParagraphsView((*outcome_paragraphs(standing), *questions))

    def on_mount(self) -> None:
        """Stand on the line that can be chosen."""
        self.query_one(Row).focus()

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        self.action_certificate()

    def action_certificate(self) -> None:
        """Show the certificate of the module."""
        self.hansa.open_certificate([self._standing.module])


def _certificate_words(standing: ModuleStanding) -> str:
    if standing.completion is not None:
        return _("Get your certificate")
    return _("What is missing for the certificate")
