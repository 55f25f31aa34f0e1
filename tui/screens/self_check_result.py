"""The result of a self-check: words and numbers first, bars beside them, lessons that open."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import Input

from course.errors import CourseError, NotFound
from course.references import find
from tui.commands import Command, bindings
from tui.language import _
from tui.messages import Failed, SelfCheckLoaded
from tui.saving import saves
from tui.self_check_files import take_in
from tui.self_check_run import result_of, taken
from tui.self_check_words import day_words, result_parts
from tui.styled import hang, said, spread, wrap
from tui.typed_path import path_typed
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.lines import LinesView
from tui.widgets.prose import ProseView, TextView
from tui.widgets.question import PlainInput
from tui.widgets.rows import Row, RowList

from .page import ASK, BACK, HELP, Page, Window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widget import Widget

    from tui.self_check_run import Taken
    from tui.self_check_words import Line, Part


class ScoreLines(LinesView):
    """Lines in words, each with its bar at the right; a bar that finds no room stands beneath."""

    def __init__(self, lines: tuple[Line, ...], *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._lines = lines

    def lay_out(self, width: int) -> list[Content]:
        """The lines, one under another."""
        return [drawn for line in self._lines for drawn in self._drawn(line, width)]

    @staticmethod
    def _drawn(line: Line, width: int) -> list[Content]:
        words, bar = said(line.words), said(line.bar, "$muted")
        if line.bar and words.cell_length + len(line.bar) + 2 <= width:
            return [spread(words, bar, width)]
        return [
            *hang("", "  ", wrap(words, width - 2)),
            *([spread(said(""), bar, width)] if line.bar else []),
        ]


class SelfCheckResultScreen(Page):
    """One result; earlier ones are a key away."""

    ABOUT = _(
        "The two lowest groups come first, whatever the total.\n"
        "enter on a lesson opens it. n takes the self-check again: best after three to six months,\n"
        "with the same people. i takes in the result of a colleague, to compare.\n"
        "left and right show earlier and later results.\n"
        "`hansa self-check SA1 --export --name NAME` makes a file of yours for a colleague."
    )
    OFFERED: ClassVar = (
        Command("again", "n", _("Take it again"), _("Take the self-check again; this result stays.")),
        Command("import", "i", _("Colleague"), _("Take in the result of a colleague, to compare.")),
        Command("show(-1)", "left", _("Earlier"), _("Show the result before.")),
        Command("show(1)", "right", _("Later"), _("Show the result after."), footer=False),
        ASK,
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)
    AUTO_FOCUS = ""
    """The first link is marked without leaving the top of the page."""

    def __init__(self, state: Taken) -> None:
        super().__init__(where=_("{title} · self-check").format(title=state.check.title))
        self._state = state
        self._number = len(state.finished)

    def body(self) -> ComposeResult:
        """Room for the result."""
        yield RowList(id="self-check-result")

    async def on_mount(self) -> None:
        """Show the last result."""
        await self._show()

    async def _show(self) -> None:
        result = result_of(self._state, self._number)
        count = len(self._state.finished)
        day = day_words(result.assessment.started)
        words = _("{day}, result {number} of {count}").format(day=day, number=self._number, count=count)
        self.header.how_far = words if count > 1 else day
        page = self.query_one(RowList)
        with self.app.batch_update():
            await page.remove_children()
            await page.mount_all(widget for part in result_parts(result) for widget in self._widgets(part))
        first = next(iter(self.query(Row)), None)
        page.can_focus = first is None
        (first or page).focus(scroll_visible=False)
        self.call_after_refresh(page.scroll_home, animate=False)
        self.refresh_bindings()

    def _widgets(self, part: Part) -> Iterator[Widget]:
        if part.heading:
            yield TextView(said(part.heading, "bold"), classes="heading")
        if part.lines:
            yield ScoreLines(part.lines, classes="" if part.heading else "apart")
        if part.blocks:
            yield ProseView(part.blocks)
        course = self.hansa.services.course
        for words, ref in part.links:
            with suppress(NotFound):
                found = find(course, ref)
                title = found.lesson.title if found.lesson else found.module.title
                minutes = found.lesson.minutes if found.lesson else found.module.minutes
                right = _("{minutes} min").format(minutes=minutes) if minutes else ""
                yield Row(title or words, ref, right=said(right, "$muted"))

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        self.hansa.open_place(str(event.row.value))

    async def action_show(self, by: int) -> None:
        """Show another result."""
        self._number = max(1, min(len(self._state.finished), self._number + by))
        await self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only results that there are can be shown; a file of the machine is not for everybody."""
        if action == "show":
            by = parameters[0] if parameters else 0
            wanted = self._number + (by if isinstance(by, int) else 0)
            return 1 <= wanted <= len(self._state.finished)
        if action == "import":
            return not self.hansa.services.refusal
        return super().check_action(action, parameters)

    def action_again(self) -> None:
        """Take the self-check again."""
        self.post_message(SelfCheckLoaded(self._state, anew=True))

    def key_i(self) -> None:
        """Say why no file is taken in, where it is not offered."""
        if self.hansa.services.refusal:
            self.hansa.tell(self.hansa.services.refusal)

    def action_import(self) -> None:
        """Ask for the file of a colleague."""
        self.app.push_screen(ImportScreen(), self._import)

    def _import(self, path: Path | None) -> None:
        if path is not None:
            self._take_in(path)

    @saves("import", exclusive=True)
    def _take_in(self, path: Path) -> None:
        services = self.hansa.services
        try:
            own, _new = take_in(services, path)
            state = taken(services, own.check_id)
        except (CourseError, PermissionError) as error:
            self.post_message(Failed(str(error)))
        else:
            self.post_message(SelfCheckLoaded(state))


class ImportScreen(Window[Path | None]):
    """Asks where the result of a colleague stands; gives back the path, or None."""

    OFFERED: ClassVar = (Command("close", "escape", _("Close"), _("Take in nothing.")),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def compose(self) -> ComposeResult:
        """One line to type in."""
        yield HeaderLine(_("The result of a colleague"))
        words = _("Your colleague makes the file with `hansa self-check SA1 --export --name NAME -o FILE`.")
        yield TextView(said(words), classes="gap")
        yield PlainInput(_("Path of the file, then enter"), id="path")
        yield KeyBar()

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(path_typed(event.value))

    def action_close(self) -> None:
        """Take in nothing."""
        self.dismiss(None)
