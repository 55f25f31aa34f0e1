"""The action plan: its form, the forms that it rests on, the learner's own rating, and one document of it all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message

from assistant.errors import AssistantError
from course.errors import CourseError
from tui.commands import Command, bindings
from tui.language import _
from tui.messages import Failed
from tui.saving import saves
from tui.styled import said
from tui.whole_files import write_new
from tui.widgets.form import FormView
from tui.widgets.prose import TextView
from tui.widgets.rows import Row, RowList
from tui.workbook_words import state_words

from .page import ASK, BACK, HELP, Page

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from tui.action_plan import ActionPlan, Filled


class ActionPlanScreen(Page):
    """How far the plan is, and what is missing where."""

    ABOUT = _(
        "The action plan rests on what you wrote into the forms of your path.\n"
        "enter opens the lesson in which a form is filled in; parts may stay empty.\n"
        "Below you rate the plan yourself, from 0 to 3 a line.\n"
        "m and d write everything as one document into the folder of your workbook."
    )
    OFFERED: ClassVar = (
        Command("write('.md')", "m", _("Markdown"), _("Write the plan as a document in Markdown.")),
        Command("write('.docx')", "d", _("DOCX"), _("Write the plan as a document for a word processor.")),
        ASK,
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Found(Message):
        """The forms and files were read."""

        plan: ActionPlan
        """What belongs to the plan."""

    @dataclass
    class Written(Message):
        """The document is on disk."""

        path: Path
        """Where it stands."""

    def __init__(self) -> None:
        super().__init__(where=_("Your action plan"))

    def body(self) -> ComposeResult:
        """A word until the forms are read."""
        with RowList(id="action-plan"):
            yield TextView(said(_("Looking for your files …"), "$muted"), id="waiting")

    def on_mount(self) -> None:
        """Read the forms."""
        self._load()

    @work(thread=True, exclusive=True, group="action-plan", exit_on_error=False)
    def _load(self) -> None:
        from tui.action_plan import action_plan  # noqa: PLC0415 - with the record, needed only here

        try:
            self.post_message(self.Found(action_plan(self.hansa.services)))
        except (CourseError, AssistantError) as error:
            self.call_later(self._tell_trouble, str(error))

    def _tell_trouble(self, sentence: str) -> None:
        """Say on the page why there is no plan to show."""
        self.query_one("#waiting", TextView).show(said(sentence, "$warning"))

    @on(Found)
    async def _show(self, event: Found) -> None:
        from tui.plan_rubric import rubric_form, rubric_words  # noqa: PLC0415 - needed only here

        plan, services = event.plan, self.hansa.services
        self.header.how_far = state_words(plan.plan.sheet)
        self.query_one("#waiting").display = False
        rows = [_row(plan.plan), *map(_row, plan.sources)]
        await self.query_one(RowList).mount_all(
            [
                rows[0],
                TextView(said(_("What it rests on"), "$muted"), classes="heading"),
                *rows[1:],
                TextView(said(rubric_words(), "$muted"), classes="heading"),
                FormView(rubric_form(), services.workbook, services.clock),
            ]
        )
        rows[0].focus()

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        self.hansa.open_place(str(event.row.value))

    def action_write(self, ending: str) -> None:
        """Write the document; what is being typed goes into it."""
        for form in self.query(FormView):
            form.save()
        self._write(ending)

    @saves("write", exclusive=True)
    def _write(self, ending: str) -> None:
        from tui.action_plan import action_plan, new_file, plan_docx, plan_markdown  # noqa: PLC0415 - as above

        services = self.hansa.services
        today = services.clock().astimezone().date()
        folder = services.workbook.folder
        try:
            plan = action_plan(services)
            data = plan_docx(plan, today) if ending == ".docx" else plan_markdown(plan, today).encode("utf-8")
            folder.mkdir(parents=True, exist_ok=True)
            path = new_file(folder, today, ending)
            write_new(path, (data,))
        except (CourseError, AssistantError) as error:
            self.post_message(Failed(str(error)))
        except OSError as error:
            sentence = _("The document could not be written: {reason}.").format(reason=error.strerror)
            self.post_message(Failed(sentence))
        else:
            self.post_message(self.Written(path))

    @on(Written)
    def _tell_written(self, event: Written) -> None:
        event.stop()
        self.hansa.tell(_("Written: {path}").format(path=event.path))


def _row(own: Filled) -> Row:
    return Row(own.sheet.title, own.task.section_id, right=said(state_words(own.sheet), "$muted"))
