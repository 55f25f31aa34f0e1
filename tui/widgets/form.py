"""A form to fill in; what is typed is kept in the learner's workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import TextArea

from course.errors import CourseError
from course.workbook import LONGEST_VALUE, Sheet
from tui.language import _
from tui.styled import hang, said, wrap

from .lines import LinesView
from .prose import TextView

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.timer import Timer

    from course.forms import Form, FormField
    from course.workbook import Workbook

SAVE_AFTER = 0.5
"""Seconds without a key after which what is typed is saved; leaving a field saves at once."""


class FieldLabel(LinesView):
    """The name of a field, what is wanted, and an example."""

    def __init__(self, field: FormField) -> None:
        super().__init__()
        self._field = field

    def lay_out(self, width: int) -> list[Content]:
        """The name with its hint, then the example."""
        name = said(self._field.title, "bold")
        hint = said(f"  {self._field.hint}" if self._field.hint else "", "$muted")
        lines = [Content(""), *wrap(name + hint, width)]
        if self._field.example:
            front = _("Example: ")
            rows = self._field.example.split("\n")
            drawn = [line for row in rows for line in wrap(said(row), width - len(front))]
            lines += [line.stylize_before("$muted") for line in hang(front, " " * len(front), drawn)]
        return lines


class FieldBox(TextArea):
    """Grows with what is written; enter begins a new line, and the arrow keys leave it at its ends."""

    DEFAULT_CSS = """
    FieldBox, FieldBox:focus {
        border: none; height: auto; min-height: 1; max-height: 8; max-width: 72; padding: 0 1; background: $panel;
    }
    """

    def __init__(self, field: FormField, text: str) -> None:
        super().__init__(text, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, compact=True)
        self.field = field
        """What is filled in."""

    def action_cursor_up(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - as Textual declares it
        """Go up a line, or to the field above."""
        if self.cursor_at_first_line and not select:
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - as Textual declares it
        """Go down a line, or to the field below."""
        if self.cursor_at_last_line and not select:
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)


class FormView(Vertical):
    """The fields of a form one under another; below them stands where they are saved."""

    DEFAULT_CSS = "FormView { height: auto; }"

    def __init__(self, form: Form, workbook: Workbook, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.form = form
        """What is filled in."""
        self._workbook = workbook
        self._clock = clock
        self._fault = ""
        self._dirty = False
        self._saving: Timer | None = None
        try:
            self._sheet = workbook.sheet(form)
        except CourseError as error:
            self._sheet = Sheet(form.id, form.title).fitted(form)
            self._fault = error.message

    def compose(self) -> ComposeResult:
        """Title, fields, and where they are saved."""
        yield TextView(said(self.form.title, "bold"))
        yield TextView(said(self._introduction(), "$muted"))
        for field in self.form.fields:
            yield FieldLabel(field)
            box = FieldBox(field, self._sheet.values[field.name])
            box.disabled = bool(self._fault)
            yield box
        yield TextView(
            said(self._fault or self._where(), "$warning" if self._fault else "$muted"), classes="told"
        )

    def _introduction(self) -> str:
        keys = _("Fill in what you know: tab goes on, enter begins a new line.")
        if not self.form.example_of:
            return keys
        return keys + " " + _("The examples: {owner}.").format(owner=self.form.example_of)

    def _where(self) -> str:
        path = self._workbook.path(self.form.id)
        words = _("Saved in {path}") if self._sheet.source is not None else _("It will be saved in {path}")
        return "\n" + words.format(path=path)

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        """Take what was typed, and save it after a pause."""
        event.stop()
        box = event.text_area
        if not isinstance(box, FieldBox):
            return
        if len(box.text) > LONGEST_VALUE:
            box.load_text(box.text[:LONGEST_VALUE])
        changed = self._sheet.filled_in(box.field.name, box.text)
        if changed != self._sheet:
            self._sheet, self._dirty = changed, True
            if self._saving is not None:
                self._saving.stop()
            self._saving = self.set_timer(SAVE_AFTER, self.save)

    def on_descendant_blur(self) -> None:
        """Save when a field is left."""
        self.save()

    def on_unmount(self) -> None:
        """Save when the page is left."""
        self._write()

    def save(self) -> None:
        """Save what is not saved yet, and say where; a few milliseconds for a small file."""
        if not self._dirty:
            return
        told = self._write()
        self.query_one(".told", TextView).show(said(told or self._where(), "$warning" if told else "$muted"))

    def _write(self) -> str:
        """Write the file when something changed; gives what the learner must be told."""
        if not self._dirty:
            return ""
        try:
            self._sheet, kept = self._workbook.save(self._sheet, self._clock().astimezone().date())
        except CourseError as error:
            return "\n" + error.message
        self._dirty = False
        if kept is None:
            return ""
        words = _("Another program changed the file meanwhile. Its version is kept in {path}")
        return "\n" + words.format(path=kept)
