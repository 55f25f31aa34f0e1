"""The first page: go on where you were, the modules, ask."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual import on, work
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from course.contents import Module
from course.errors import CourseError
from index.errors import GuideIndexError
from tui import garbage
from tui.commands import Command, bindings
from tui.language import _, plural
from tui.messages import Failed
from tui.styled import hang, said, spread, wrap
from tui.widgets.lines import LinesView
from tui.widgets.prose import TextView
from tui.widgets.question import QuestionInput
from tui.widgets.rows import Row, RowList

from .page import ASK, HELP, Page

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from course.contents import LessonHead
    from tui.standing import Standing

WARM_AFTER = 1.0
"""Seconds after which the guides are made ready, so that the first answer need not wait for them."""

MOST_MODULES, FEWEST_MODULES = 30, 4
"""Modules listed at once: every line is a widget, and a thousand of them take seconds."""

OTHER_LINES = 18
"""Lines of the window for all but the modules, so that the line for a question stands in view."""

REVIEW, PLAN = "review", "plan"
"""Values of the lines that lead to today's review and to the choice of a path."""

TOUR = "tour"
"""Value of the line that leads to the tour."""

GUIDES = Command("guides", "g", _("Guides"), _("List the guides, to read one."))

SEARCH = Command(
    "app.search", "slash", _("Search"), _("Look for words in lessons, questions and guides."), shown="/"
)

WORKBOOK = Command("workbook", "w", _("Workbook"), _("List the forms that you fill in."))

SELF_CHECKS = Command(
    "self_checks",
    "s",
    _("Self-checks"),
    _("See how ready your firm is, and what to learn first."),
    footer=False,
)


Line: TypeAlias = tuple[Content, Content, Content]
"""What stands in a line: at its left, at its right, and beneath it."""


class Columns(LinesView):
    """The headings over the list of modules."""

    def lay_out(self, width: int) -> list[Content]:
        """One line."""
        right = _("lessons").rjust(8) + "  " + _("quiz").rjust(12)
        return [Content("  ") + spread(said(_("Modules"), "bold"), said(right, "$muted"), width - 2)]


class Outcomes(LinesView):
    """What a learner can do after a module."""

    def __init__(self, module: Module, *, classes: str) -> None:
        super().__init__(classes=classes)
        self._words = tuple(module.outcomes.values())

    def lay_out(self, width: int) -> list[Content]:
        """A line that leads in, then one outcome under another."""
        lines = [said(_("Afterwards you can"))]
        for words in self._words:
            lines += hang("– ", "  ", wrap(said(words), width - 2))
        return [line.stylize("$muted") for line in lines]


class ContinueRow(Row):
    """Goes on where the learner was."""

    OFFERED: ClassVar = (
        Command("choose", "enter,space", _("Continue"), _("Go on where you were."), palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)


class MoreRow(Row):
    """Leads to the modules before or after those that are listed."""

    def __init__(self, words: str, start: int) -> None:
        super().__init__(said("  " + words, "$muted"))
        self.start = start
        """Place of the first module to list, from 0."""


class HomeScreen(Page):
    """Modules with progress; one key goes on."""

    ABOUT = _(
        "Hansa teaches in short lessons with questions, and answers from guides.\n"
        "enter goes on where you were. The arrow keys move between the lines.\n"
        "enter on a module shows its lessons and its quiz.\n"
        "Everything you do is saved at once; you can leave at any time with q.\n"
        "Nobody but you sees your answers."
    )
    OFFERED: ClassVar = (
        Command("go_on", "c", _("Continue"), _("Go on where you were."), footer=False),
        Command("review", "r", _("Review"), _("Look again at what is due today.")),
        Command("plan", "p", _("Plan"), _("Choose a path through the course."), footer=False),
        ASK,
        GUIDES,
        SEARCH,
        WORKBOOK,
        SELF_CHECKS,
        Command("progress", "o", _("Progress"), _("See what you reached and what comes back."), footer=False),
        Command("app.quit", "q", _("Quit"), _("Leave Hansa; everything is saved already.")),
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Known(Message):
        """The learner's record was read."""

        standing: Standing
        """Progress and the next step."""

    def __init__(self) -> None:
        super().__init__(where="Hansa")
        self._standing: Standing | None = None
        self._first = 0

    def body(self) -> ComposeResult:
        """What can be told before the record is read."""
        with RowList(id="home"):
            yield TextView(said(""), id="welcome")
            yield ContinueRow("", id="continue")
            yield Row("", REVIEW, id="review")
            yield Row("", PLAN, id="plan")
            yield Row("", TOUR, id="tour")
            yield Columns()
            yield from self._module_rows(0)
            yield TextView(said(self._troubles(), "$warning"), id="troubles")
            with Horizontal(id="ask-line"):
                yield Static(_("Ask the guides"), markup=False, id="ask-title")
                yield QuestionInput(id="ask")

    def on_mount(self) -> None:
        """Tell the course and read the record once the page is painted."""
        course = self.hansa.services.course
        lessons = sum(len(module.lessons) for module in course)
        self.header.how_far = plural("{count} lesson", "{count} lessons", lessons)
        self._tell_next()
        self.query_one("#review").display = self.query_one("#tour").display = False
        self.query_one(ContinueRow).focus()
        self.set_timer(WARM_AFTER, self._warm_up)

    @work(thread=True, exclusive=True, group="warm", exit_on_error=False)
    def _warm_up(self) -> None:
        from tui.preparing import PreparationStopped, ready_assistant  # noqa: PLC0415 - not before the first paint

        with suppress(PreparationStopped, GuideIndexError):  # the page of the assistant tells what is wrong
            ready_assistant(self.hansa.services)

    def on_screen_resume(self) -> None:
        """Read the record anew whenever the learner comes back."""
        # By way of the application, which takes no message before the first page is laid out.
        self.app.call_later(self.call_after_refresh, self._read_record)

    # The record

    @work(thread=True, exclusive=True, group="standing", exit_on_error=False)
    def _read_record(self) -> None:
        from tui.leaving import breakable  # noqa: PLC0415 - not before the first paint

        try:
            with breakable():
                from tui.standing import read_standing  # noqa: PLC0415 - 0.2 s with SQLAlchemy

                standing = read_standing(self.hansa.services)
        except CourseError as error:
            self.post_message(Failed(error.message))
        else:
            self.post_message(self.Known(standing))

    @on(Known)
    async def _show_standing(self, event: Known) -> None:
        first_time, self._standing = self._standing is None, event.standing
        if first_time:
            garbage.settle()
        for section, place in event.standing.places.items():
            self.hansa.scroll_places.setdefault(section, place)
        self._tell_next()
        self._tell_review(event.standing)
        self._tell_plan(event.standing)
        if event.standing.trouble:
            self.post_message(Failed(event.standing.trouble))
        await self._list_what_fits(self._stretch_of_next() if first_time else self._first)
        self._tell_modules()

    def _tell_modules(self) -> None:
        """Bring the lines of the modules, and of what stands below an opened one, up to date."""
        rows = list(self.query(Row).results())
        listed = [row.value for row in rows if isinstance(row.value, Module)]
        heads = {head.id: head for module in listed for head in module.lessons}
        quizzes = {module.quiz_id: module for module in listed}
        for row in rows:
            value = row.value
            if isinstance(value, Module):
                opened = bool(self.query(f".of-{value.number}"))
                row.show(module_words(value, opened=opened), self._module_standing(value))
            elif value in heads:
                row.show(*self._lesson_line(heads[str(value)]))
            elif value in quizzes:
                row.show(*self._quiz_line(quizzes[str(value)]))

    def _troubles(self) -> str:
        """What could not be read, told once, with where to look."""
        count = len(self.hansa.services.course.problems)
        if not count:
            return ""
        return plural(
            "{count} problem in the course files. `hansa course check` shows it.",
            "{count} problems in the course files. `hansa course check` shows them.",
            count,
        )

    def _tell_next(self) -> None:
        """Write what comes next, and a welcome before the first lesson."""
        standing = self._standing
        row = self.query_one(ContinueRow)
        if standing is None:
            row.show(said(_("Looking up where you were …"), "$muted"))
            return
        fresh = not standing.begun
        welcome = _(
            "Welcome. Press enter to begin with the first lesson, or f6 for a tour of three minutes. "
            "? tells which keys there are."
        )
        self.query_one("#welcome", TextView).show(said(welcome if fresh else ""))
        tour = self.query_one("#tour", Row)
        tour.show(_("Take the tour: how Hansa works"), said(_("3 min"), "$muted"))
        tour.display = fresh
        if standing.next_ref is None:
            row.show(_("You have finished every module. Read or practise anything again."))
            return
        words = _("Begin     {title}") if fresh else _("Continue  {title}")
        row.show(
            said(words.format(title=standing.next_title)),
            _about(standing.minutes),
            said(" " * 10 + standing.next_words, "$muted"),
        )

    def _tell_review(self, standing: Standing) -> None:
        """Show what is due today; no line when nothing is."""
        row = self.query_one("#review", Row)
        row.display = bool(standing.review)
        words = _("Today     {words}").format(words=standing.review)
        row.show(words, _about(standing.review_minutes), said(standing.review_note, "$muted"))

    def _tell_plan(self, standing: Standing) -> None:
        """Show the chosen path and what is left of it, or that one can be chosen."""
        words = _("Plan      {words}").format(words=standing.plan or _("Choose a path through the course"))
        self.query_one("#plan", Row).show(words, said(standing.plan_left, "$muted"))

    # Modules

    @on(Row.Chosen)
    async def _line_chosen(self, event: Row.Chosen) -> None:
        event.stop()
        value = event.row.value
        if isinstance(event.row, ContinueRow):
            self.action_go_on()
        elif isinstance(event.row, MoreRow):
            await self._list_from(event.row.start)
        elif value == TOUR:
            self.hansa.action_tour()
        elif value == REVIEW:
            self.action_review()
        elif value == PLAN:
            self.action_plan()
        elif isinstance(value, Module):
            await self._open_or_close(event.row, value)
        elif isinstance(value, str):
            self.hansa.open_place(value)

    def _most(self) -> int:
        """How many modules are listed at once: as many as the window has room for, one less under a welcome."""
        welcome = self._standing is not None and not self._standing.begun
        return max(FEWEST_MODULES, min(MOST_MODULES, self.app.size.height - OTHER_LINES - welcome))

    def _module_rows(self, start: int) -> list[Row]:
        """A stretch of the modules, and lines that lead to those before and after it."""
        modules = self.hansa.services.course.modules
        self._first, end = start, start + self._most()
        before, after = start, len(modules) - end
        rows: list[Row] = []
        if before > 0:
            words = plural("{count} module before", "{count} modules before", before)
            rows.append(MoreRow(words, start - self._most()))
        rows += [
            Row(module_words(module), module, right=self._module_standing(module))
            for module in modules[start:end]
        ]
        if after > 0:
            rows.append(MoreRow(plural("{count} module more", "{count} modules more", after), end))
        for row in rows:
            row.add_class("listed")
        return rows

    async def _list_from(self, start: int) -> None:
        """List another stretch of the modules."""
        next(row for row in await self._relist(start) if isinstance(row.value, Module)).focus()

    async def _relist(self, start: int) -> list[Row]:
        rows = self._module_rows(max(0, start))
        with self.app.batch_update():
            await self.query(".listed").remove()
            await self.query_one(RowList).mount_all(rows, before="#troubles")
        return rows

    async def on_resize(self) -> None:
        """List as many modules as there is room for now."""
        await self._list_what_fits(self._first)

    def _stretch_of_next(self) -> int:
        """Where the stretch begins that holds the module in which the learner goes on."""
        ref = self._standing.next_ref if self._standing is not None else None
        ids = [module.id for module in self.hansa.services.course]
        own = (ref or "").partition("/")[0]
        return ids.index(own) // self._most() * self._most() if own in ids else 0

    async def _list_what_fits(self, start: int) -> None:
        listed = sum(isinstance(row.value, Module) for row in self.query(Row))
        left = len(self.hansa.services.course.modules) - start
        if not self.query("#troubles") or (start == self._first and listed == min(left, self._most())):
            return
        focused = self.focused
        rows = await self._relist(start)
        if isinstance(focused, Row) and focused.has_class("listed"):
            same = (row for row in rows if row.value is not None and row.value == focused.value)
            next(same, self.query_one(ContinueRow)).focus()

    async def _open_or_close(self, row: Row, module: Module) -> None:
        """Show or hide the lessons of a module."""
        shown = list(self.query(f".of-{module.number}"))
        if shown:
            await self.query_one(RowList).remove_children(shown)
        else:
            await self.query_one(RowList).mount_all(self._inside(module), after=row)
            home = self.query_one(RowList)
            home.call_after_refresh(home.scroll_to_widget, row, animate=False, top=True)
        row.show(module_words(module, opened=not shown), self._module_standing(module))

    def _inside(self, module: Module) -> list[Widget]:
        """What a module is good for, what is better read first, its lessons and its quiz."""
        classes = f"listed inside of-{module.number}"
        advice = said(self._better_first(module.id), "$muted")
        return [
            *([Outcomes(module, classes=classes)] if module.outcomes else []),
            *([TextView(advice, classes=classes)] if advice.plain else []),
            *self._lesson_rows(module),
        ]

    def _better_first(self, ref: str) -> str:
        """What is better read before a module or lesson; empty when nothing is."""
        titles = self._standing.advice.get(ref, ()) if self._standing else ()
        return _("Better read first: {titles}.").format(titles=", ".join(titles)) if titles else ""

    def _lesson_rows(self, module: Module) -> list[Row]:
        classes = f"listed of-{module.number}"
        rows = [_row(self._lesson_line(head), head.id, classes) for head in module.lessons]
        if module.quiz_path is not None:
            rows.append(_row(self._quiz_line(module), module.quiz_id, classes))
        return rows

    def _lesson_line(self, head: LessonHead) -> Line:
        done = self._standing is not None and head.id in self._standing.finished
        title = said("     " + ("✓ " if done else "· "), "$muted") + said(head.title)
        advice = self._better_first(head.id)
        return title, minutes_words(head.minutes), said(f"       {advice}" if advice else "", "$muted")

    def _quiz_line(self, module: Module) -> Line:
        return said("       " + _("Quiz")), said(self._quiz_words(module), "$muted"), Content("")

    def _module_standing(self, module: Module) -> Content:
        if self._standing is None:
            return said("")
        done = sum(head.id in self._standing.finished for head in module.lessons)
        lessons = _("{done} of {count}").format(done=done, count=len(module.lessons))
        return said(f"{lessons:>8}  {self._quiz_words(module):>12}", "$muted")

    def _quiz_words(self, module: Module) -> str:
        quiz = self._standing.quizzes.get(module.id) if self._standing else None
        if quiz is None:
            return ""
        if quiz.open_run is not None:
            return _("begun")
        if quiz.best is None:
            return "–"
        words = _("passed {percent} %") if quiz.passed else _("best {percent} %")
        return words.format(percent=quiz.best)

    # Doing

    def action_go_on(self) -> None:
        """Go on where the learner was."""
        if self._standing is not None and self._standing.next_ref is not None:
            self.hansa.open_place(self._standing.next_ref)

    def action_review(self) -> None:
        """Open today's review."""
        self.hansa.open_review()

    def action_plan(self) -> None:
        """Choose a path."""
        self.hansa.open_plan()

    def action_guides(self) -> None:
        """List the guides."""
        self.hansa.open_guides()

    def action_workbook(self) -> None:
        """List the forms that the learner fills in."""
        self.hansa.open_workbook()

    def action_self_checks(self) -> None:
        """List the self-checks."""
        self.hansa.open_self_checks()

    def action_progress(self) -> None:
        """Show how far the learner is."""
        self.hansa.open_progress()

    @on(Input.Submitted)
    def _ask(self, event: Input.Submitted) -> None:
        event.stop()
        question = event.value.strip()
        if question:
            event.input.value = ""
            self.hansa.ask_about(question)


def _row(line: Line, value: str, classes: str) -> Row:
    title, right, beneath = line
    return Row(title, value, right=right, beneath=beneath, classes=classes)


def module_words(module: Module, *, opened: bool = False) -> Content:
    """The number and the title of a module; a sign tells whether its lessons are shown."""
    sign = "− " if opened else "+ "
    return said(sign, "$muted") + said(f"{module.number:>2}  {module.title}")


def _about(minutes: int) -> Content:
    """About how long something takes."""
    return said(_("about {minutes} min").format(minutes=minutes) if minutes else "", "$muted")


def minutes_words(minutes: int) -> Content:
    """How long a lesson takes."""
    return said(_("{minutes} min").format(minutes=minutes) if minutes else "", "$muted")
