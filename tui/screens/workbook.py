"""The workbook: every form of the course, how far it is filled in, and the way to its lesson."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message

from course.errors import CourseError
from course.workbook import State, tasks_of
from tui.commands import Command, bindings
from tui.language import _
from tui.messages import Failed
from tui.styled import said
from tui.widgets.prose import TextView
from tui.widgets.rows import Row, RowList
from tui.workbook_words import state_words

from .page import ASK, BACK, HELP, Page

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from course.workbook import Sheet, Task


class WorkbookScreen(Page):
    """Lists the forms by module."""

    ABOUT = _(
        "The workbook holds what you write under “Your turn” in the lessons.\n"
        "enter opens the lesson in which a form is filled in.\n"
        "Each form is a text file of your own; you may change it with any program.\n"
        "`hansa workbook export` makes one document of them.\n"
        "p shows your action plan with the forms that it rests on."
    )
    OFFERED: ClassVar = (
        Command(
            "plan", "p", _("Action plan"), _("See your action plan, rate it, and write it as one document.")
        ),
        ASK,
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Listed(Message):
        """The forms and files were read."""

        sheets: tuple[tuple[Task, Sheet | None], ...]
        """Each form with what stands in its file; None when that cannot be read."""

    def __init__(self) -> None:
        super().__init__(where=_("Your workbook"))

    def body(self) -> ComposeResult:
        """A word until the list is there."""
        with RowList(id="workbook"):
            yield TextView(said(_("Looking for your files …"), "$muted"), id="waiting")

    def on_mount(self) -> None:
        """Read the list."""
        self._load()

    @work(thread=True, exclusive=True, group="workbook", exit_on_error=False)
    def _load(self) -> None:
        services = self.hansa.services
        try:
            tasks = tasks_of(services.course)
        except CourseError as error:
            self.post_message(Failed(error.message))
            return
        sheets: list[tuple[Task, Sheet | None]] = []
        for task in tasks:
            try:
                sheets.append((task, services.workbook.sheet(task.form)))
            except CourseError as error:
                self.post_message(Failed(error.message))
                sheets.append((task, None))
        self.post_message(self.Listed(tuple(sheets)))

    @on(Listed)
    async def _show_list(self, event: Listed) -> None:
        begun = sum(sheet is not None and sheet.state is not State.EMPTY for _task, sheet in event.sheets)
        self.header.how_far = _("{begun} of {count} begun").format(begun=begun, count=len(event.sheets))
        folder = _("Your files: {folder}").format(folder=self.hansa.services.workbook.folder)
        empty = _("The lessons have no forms to fill in.")
        self.query_one("#waiting", TextView).show(said(folder if event.sheets else empty, "$muted"))
        rows = _rows(event.sheets)
        await self.query_one(RowList).mount_all(rows)
        for row in self.query(Row):
            row.focus()
            break

    def action_plan(self) -> None:
        """Show the action plan."""
        self.hansa.open_action_plan()

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        self.hansa.open_place(str(event.row.value))


def _rows(sheets: tuple[tuple[Task, Sheet | None], ...]) -> list[Widget]:
    """A heading for each module, and under it a line for each form."""
    rows: list[Widget] = []
    module = ""
    for task, sheet in sheets:
        if task.module.title != module:
            module = task.module.title
            heading = f"{task.module.number}  {module}"
            rows.append(TextView(said(heading, "$muted"), classes="heading"))
        words = _("cannot be read") if sheet is None else state_words(sheet)
        rows.append(Row(task.form.title, task.section_id, right=said(words, "$muted")))
    return rows
