"""A self-check group by group: every answer is kept at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import Input, Static

from course.assessments import LONGEST_EVIDENCE
from course.errors import CourseError
from course.model import Likert
from tui.commands import Command, bindings
from tui.language import _
from tui.messages import Failed, SelfCheckLoaded
from tui.saving import saves
from tui.self_check_run import Filling, taken
from tui.styled import said
from tui.widgets.area import Area
from tui.widgets.prose import ProseView, TextView
from tui.widgets.question import PlainInput
from tui.widgets.self_check import SelfCheckArea

from .page import ASK, BACK, HELP, Column, Page

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from tui.self_check_run import Taken


class SelfCheckScreen(Page):
    """What it is for, then one group a page."""

    ABOUT = _(
        "Rate each statement for your firm as it is now: 1 to 5, or k for “I do not know”.\n"
        "The arrow keys go from statement to statement; left and right change a rating.\n"
        "tab goes to the line for one fact. enter goes on to the next group.\n"
        "Every answer is saved at once; you can leave at any time and go on later."
    )
    OFFERED: ClassVar = (
        Command("go_on", "enter,n", _("Go on"), _("Go to the next group, or finish.")),
        Command("go_back", "p", _("Back a group"), _("Go to the group before.")),
        ASK,
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, state: Taken) -> None:
        super().__init__(where=_("{title} · self-check").format(title=state.check.title))
        self._check = state.check
        begun = state.open
        self._filling: Filling | None = None
        self._begun_id = begun.id if begun else None
        self._ratings = dict(begun.ratings) if begun else {}
        self._evidence = dict(begun.evidence) if begun else {}
        self._page = self._first_open() if begun else 0
        self._fact_of, self._fact = "", ""
        self._done = False

    def body(self) -> ComposeResult:
        """Room for a page."""
        yield Column(id="self-check")

    async def on_mount(self) -> None:
        """Show the introduction, or the group where the learner stopped."""
        self._filling = Filling(self.hansa.services, self._check.id, self._begun_id)
        await self._show()

    def _first_open(self) -> int:
        """The page of the first group with an open statement; the last one when none is."""
        for number, dimension in enumerate(self._check.dimensions, 1):
            if any(own.id not in self._ratings for own in dimension.statements):
                return number
        return len(self._check.dimensions)

    # A page

    async def _show(self) -> None:
        column = self.query_one(Column)
        count = len(self._check.dimensions)
        words = _("group {number} of {count}").format(number=self._page, count=count)
        self.header.how_far = words if self._page else _("about {n} minutes").format(n=self._check.minutes)
        with self.app.batch_update():
            await column.remove_children()
            await column.mount_all(self._introduction() if not self._page else self._group())
        column.scroll_home(animate=False)
        area = next(iter(self.query(SelfCheckArea)), None)
        (area or column).focus(scroll_visible=False)
        self.refresh_bindings()

    def _introduction(self) -> list[Widget]:
        keys = _("enter begins with the first group.")
        return [
            Static(self._check.title, classes="title", markup=False),
            ProseView(self._check.introduction, classes="block"),
            TextView(said(keys, "$muted")),
        ]

    def _group(self) -> list[Widget]:
        dimension = self._check.dimensions[self._page - 1]
        items = (item for section in self._check.sections for item in section.items)
        scale = [item for item in items if isinstance(item, Likert)][self._page - 1]
        line = PlainInput(_("One fact on this, if you like"), id="evidence")
        line.max_length = LONGEST_EVIDENCE
        self._fact_of, self._fact = dimension.id, self._evidence.get(dimension.id, "")
        line.value = self._fact
        return [
            Static(dimension.title, classes="title", markup=False),
            SelfCheckArea(self._check, dimension, scale, self._ratings),
            line,
            TextView(said(""), id="missing"),
        ]

    # Answers

    @on(Area.Changed)
    def _rated(self, event: Area.Changed) -> None:
        """Keep what was rated anew."""
        event.stop()
        self._collect()
        for line in self.query("#missing").results(TextView):
            line.show(said(""))
        self._write()

    def _collect(self) -> None:
        """Queue what was given on this page and is new; a key that leaves the page may be faster than the message."""
        for area in self.query(SelfCheckArea):
            for name, rating in area.ratings().items():
                if name not in self._ratings or self._ratings[name] != rating:
                    self._ratings[name] = rating
                    self._queue().rate(name, rating)
        for line in self.query("#evidence").results(Input):
            self._fact = line.value
        self._keep_fact()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """Remember what is typed; it is kept when the line is left."""
        event.stop()
        if event.input in self.query(Input):
            self._fact = event.value

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        event.stop()
        self._keep_fact()
        self._write()

    @on(Input.Submitted)
    async def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self.action_go_on()

    def _keep_fact(self) -> None:
        """Queue what was noted for a group, if that is new."""
        words = " ".join(self._fact.split())
        if self._fact_of and words != self._evidence.get(self._fact_of, ""):
            self._evidence[self._fact_of] = words
            self._queue().note(self._fact_of, words)

    def _queue(self) -> Filling:
        if self._filling is None:
            raise RuntimeError("The page is not mounted.")
        return self._filling

    @saves("self-check")
    def _write(self) -> None:
        try:
            self._queue().write()
        except CourseError as error:
            sentence = _("Your answer could not be kept: {reason}").format(reason=error.message)
            self.post_message(Failed(sentence))

    def on_unmount(self) -> None:
        """Keep what was given last when the page is left; some milliseconds."""
        if not self._done:
            self._collect()
        try:
            self._queue().write()
        except CourseError as error:
            self.hansa.tell(error.message, error=True)

    # Going on

    async def action_go_on(self) -> None:
        """Go to the next group; at the end finish."""
        self._collect()
        if self._page and self._told_missing():
            return
        if self._page < len(self._check.dimensions):
            self._page += 1
            await self._show()
            self._write()
            return
        left = [own for own in self._check.statements if own.id not in self._ratings]
        if left:
            self._page = self._first_open()
            await self._show()
            self._told_missing()
        elif not self._done:
            self._done = True
            self._queue().finish()
            self._finish()

    def _told_missing(self) -> bool:
        """Whether statements of this group are open; then the first of them is marked."""
        area = self.query_one(SelfCheckArea)
        if area.response() is not None:
            return False
        words = area.missing() + " " + _("k is an answer too.")
        self.query_one("#missing", TextView).show(said(words, "$warning"))
        area.go_to_open()
        return True

    async def action_go_back(self) -> None:
        """Go to the group before."""
        self._collect()
        self._page = max(0, self._page - 1)
        await self._show()
        self._write()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no group before the introduction."""
        if action == "go_back" and not self._page:
            return False
        return super().check_action(action, parameters)

    @saves("finish", exclusive=True)
    def _finish(self) -> None:
        try:
            self._queue().write()
            state = taken(self.hansa.services, self._check.id)
        except CourseError as error:
            self.post_message(Failed(error.message))
        else:
            self.post_message(SelfCheckLoaded(state))
