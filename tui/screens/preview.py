"""A lesson as its author writes it: the reader of learners, what the checker says, and every change at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Container, VerticalScroll
from textual.message import Message
from textual.screen import Screen

from course.check import files_of
from course.digest import item_digest
from course.model import Lesson, Paragraph, Section, Span
from tui.commands import Command, bindings
from tui.language import _
from tui.messages import LessonLoaded
from tui.previewing import read_file
from tui.widgets.find import FindLine
from tui.widgets.problems import ProblemsView
from tui.widgets.rows import Row

from .found import FINDING
from .lesson import LessonScreen
from .lists import ListScreen
from .page import HELP, Column

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual.app import ComposeResult

    from course.model import Module
    from tui.messages import Earlier
    from tui.previewing import Reading


_KEPT = frozenset(
    {"contents", "stop(1)", "stop(-1)", "links", "language", "scroll", "retrace(True)", "retrace(False)"}
)
"""What an author may do as a learner does."""


class PreviewScreen(LessonScreen, inherit_bindings=False):
    """Shows a file of a module, and shows it again whenever something in the module changes."""

    ABOUT = _(
        "This is how a learner sees the file, with what the checker says beside it.\n"
        "Save the file in your editor, and the page follows; your place is kept.\n"
        "n and p move between the sections; a quiz has one page for each question.\n"
        "Answers that you give here are not kept."
    )
    OFFERED: ClassVar[tuple[Command, ...]] = (
        *FINDING,
        *(own for own in LessonScreen.OFFERED if own.action in {"next", "previous"}),
        Command("files", "f", _("Files"), _("Choose another file of the module.")),
        Command("reread", "r", _("Read again"), _("Read the file again, should a change have been missed.")),
        Command("back", "escape", _("Leave"), _("End the preview.")),
        HELP,
        *(own for own in LessonScreen.OFFERED if own.action in _KEPT),
    )
    BINDINGS: ClassVar = [*Screen.BINDINGS, *bindings(OFFERED)]

    @dataclass
    class Read(Message):
        """The file was read."""

        reading: Reading
        """As it stands now."""

    def __init__(self, reading: Reading, module: Module, guides: Collection[str]) -> None:
        super().__init__(LessonLoaded(module, reading.lesson or _not_yet(reading.path), 0))
        self._reading = reading
        self._guides = guides
        self._where = self._heading()

    def body(self) -> ComposeResult:
        """The text, and the problems beside it or, in narrow windows, below."""
        with Container(id="preview"):
            yield Column(id="text")
            with VerticalScroll(id="problems"):
                yield ProblemsView()
        yield FindLine()

    async def on_mount(self) -> None:
        """Show the first page and begin to watch."""
        await super().on_mount()
        self._tell_problems()
        self._watch()

    @property
    def path(self) -> Path:
        """The file that is shown."""
        return self._reading.path

    # Reading anew

    @work(group="watch", exclusive=True, exit_on_error=False)
    async def _watch(self) -> None:
        """Read the file whenever something in the folder of its module changes."""
        from watchfiles import awatch  # noqa: PLC0415 - 0.05 s, needed only here

        module = self._reading.module
        folder = module.path if module else self.path.parent
        async for _changes in awatch(folder):
            self._read(self.path)

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self, path: Path) -> None:
        reading = read_file(path, self._guides, self.hansa.services.paths.modules)
        self.post_message(self.Read(reading))

    @on(Read)
    async def _show_reading(self, event: Read) -> None:
        """Show what was read: the pages if they can be shown, the problems in any case."""
        event.stop()
        fresh, moved = event.reading, event.reading.path != self.path
        self._reading = fresh
        self.hansa.services.course = fresh.course
        if fresh.lesson is not None:
            await self._show_lesson(fresh.lesson, moved=moved)
            self.look_at_pictures()
        self._tell_problems()
        if moved:
            self._watch()

    async def _show_lesson(self, lesson: Lesson, *, moved: bool) -> None:
        before, at = self.lesson, self.section
        self.lesson = lesson
        self.header.where = self._heading()
        self.earlier = {} if moved else self._kept(before, lesson)
        if moved:
            await self.show(0)
            return
        ids = [section.id for section in lesson.sections]
        if at is not None and at.id in ids:
            position = ids.index(at.id)
        else:
            position = min(self.position, len(ids) if at is None else max(0, len(ids) - 1))
        if position != self.position or self.section != at:
            await self.show(position)
        else:
            self._tell_place()

    def _kept(self, before: Lesson, after: Lesson) -> dict[str, Earlier]:
        """Answers to questions that are still the same."""
        digests = {item.frame.id: item_digest(item) for item in before.all_items}
        same = {item.frame.id for item in after.all_items if digests.get(item.frame.id) == item_digest(item)}
        return {name: answer for name, answer in self.earlier.items() if name in same}

    def _heading(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"

    def _tell_problems(self) -> None:
        reading = self._reading
        self.query_one(ProblemsView).show(reading.report.problems, outdated=reading.lesson is None)

    # Going elsewhere

    def action_reread(self) -> None:
        """Read the file again."""
        self._read(self.path)
        self.hansa.tell(_("The file is read again."))

    def action_files(self) -> None:
        """Let the author choose another file of the module."""
        module = self._reading.module
        files = files_of(module) if module else (self.path,)
        rows = [Row(str(path.relative_to(module.path)) if module else path.name, path) for path in files]
        now = next((at for at, path in enumerate(files) if path.resolve() == self.path.resolve()), 0)
        self.app.push_screen(
            ListScreen(_("Files"), module.title if module else "", rows, now), self._go_to_file
        )

    def _go_to_file(self, path: object) -> None:
        if isinstance(path, Path):
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Show another file from its first page on."""
        self._read(path)

    def action_back(self) -> None:
        """End the preview."""
        self.app.exit()


def _not_yet(path: Path) -> Lesson:
    """A page in place of a file that could not be read so far."""
    words = _("This file cannot be read yet. Mend it, and the page follows.")
    section = Section(f"{path.name}#start", path.name, (Paragraph((Span(words),), 1),), 1)
    return Lesson(path.name, path.name, (section,), path)
