"""The paths through the course: one can be chosen, and the Continue key follows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message

from course.errors import CourseError
from tui.commands import Command, bindings
from tui.language import _
from tui.messages import Failed
from tui.saving import saves
from tui.settings import SettingsError
from tui.styled import said
from tui.widgets.prose import TextView
from tui.widgets.rows import Row, RowList

from .page import BACK, HELP, Page

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from course.learning_paths import Route


class PathRow(Row):
    """Chooses a path."""

    OFFERED: ClassVar = (
        Command("choose", "enter,space", _("Choose"), _("Choose the path that is marked."), palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)


class PlanScreen(Page):
    """Each path with its steps and the time that is left."""

    ABOUT = _(
        "A path is an order in which to take parts of the course.\n"
        "enter chooses the marked one; from then on Continue follows it.\n"
        "You can change the path at any time. What you did counts on every path.\n"
        "The order is advice: every lesson stays open.\n"
        "c shows the certificate of the marked path, or which steps are left for it."
    )
    OFFERED: ClassVar = (
        Command("certificate", "c", _("Certificate"), _("See the certificate of the marked path.")),
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Listed(Message):
        """The paths and the record were read."""

        routes: tuple[Route, ...]
        """Every path, as far as the learner has come on it."""
        chosen: str
        """Short name of the chosen one; empty when there is none."""

    @dataclass
    class Kept(Message):
        """The choice is on disk."""

    def __init__(self) -> None:
        super().__init__(where=_("Plan"), how_far=_("paths through the course"))

    def body(self) -> ComposeResult:
        """A word until the list is there."""
        with RowList(id="plan-list"):
            yield TextView(said(_("Looking up how far you are …"), "$muted"), id="waiting")

    def on_mount(self) -> None:
        """Read the list."""
        self._load()

    @work(thread=True, exclusive=True, group="plan", exit_on_error=False)
    def _load(self) -> None:
        from tui.plan import all_routes, read_plan  # noqa: PLC0415 - with the record, not before it is needed

        services, chosen = self.hansa.services, ""
        try:
            chosen = read_plan(services.paths.settings)
        except SettingsError as error:
            self.post_message(Failed(str(error)))
        try:
            self.post_message(self.Listed(all_routes(services), chosen))
        except CourseError as error:
            self.post_message(Failed(error.message))

    @on(Listed)
    async def _show_list(self, event: Listed) -> None:
        from tui.plan import time_words  # noqa: PLC0415 - as above

        self.query_one("#waiting").display = False
        rows = []
        for route in event.routes:
            path = route.path
            mark = "✓ " if path.id == event.chosen else "· "
            left = time_words(route.minutes_left) if route.minutes_left else _("done")
            label = said(mark, "$muted") + said(f"{path.id}  {path.title}")
            beneath = said(path.about + "\n" + steps_words(route), "$muted")
            rows.append(PathRow(label, path.id, right=said(left, "$muted"), beneath=beneath))
        mark = "· " if event.chosen else "✓ "
        rows.append(PathRow(said(mark, "$muted") + said(_("No path: module after module")), ""))
        await self.query_one(RowList).mount_all(rows)
        chosen = (row for row in rows if event.chosen and row.value == event.chosen)
        next(chosen, rows[0]).focus()

    def action_certificate(self) -> None:
        """Show the certificate of the marked path."""
        value = self.focused.value if isinstance(self.focused, PathRow) else ""
        path = self.hansa.services.learning_paths.path(str(value))
        if path is None:
            self.hansa.tell(_("Go to a path with the arrow keys first: each has a certificate of its own."))
        else:
            self.hansa.open_certificate(path)

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        self._keep(str(event.row.value))

    @saves("keep", exclusive=True)
    def _keep(self, path_id: str) -> None:
        try:
            self.hansa.services.choose_path(path_id)
        except SettingsError as error:
            self.post_message(Failed(str(error)))
        except OSError as error:
            sentence = _("The choice could not be kept: {reason}.").format(reason=error.strerror)
            self.post_message(Failed(sentence))
        else:
            self.post_message(self.Kept())

    @on(Kept)
    def _leave(self, event: Kept) -> None:
        event.stop()
        self.dismiss()


def steps_words(route: Route) -> str:
    """The steps of a path in order, those that are done with a tick; modules without their second title."""
    short = (
        (step.title.partition(":")[0] if step.is_module else step.title, step.done) for step in route.steps
    )
    return " · ".join(f"✓ {title}" if done else title for title, done in short)
