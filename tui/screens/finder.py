"""A page with a line for words and the lines that they find beneath it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from tui.commands import Command
from tui.language import _
from tui.widgets.question import PlainInput
from tui.widgets.rows import Row, RowList

from .page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

MOVES = (
    Command("move(-1)", "up", _("Up"), _("Go to the line above."), footer=False, palette=False),
    Command("move(1)", "down", _("Down"), _("Go to the line below."), footer=False, palette=False),
)
"""Keys between the words and the lines."""

FIND = Command("find", "slash", _("Find"), _("Go back to the words to look for."), shown="/")


PAUSE = 0.15
"""Seconds without a key after which slow looking begins."""


class FinderPage(Page):
    """Moves between the words to look for and what was found; the words stand above the first line."""

    AUTO_FOCUS = ""
    PROMPT = ""
    """What the line for words says while it is empty."""

    _waiting_to_look: Timer | None = None

    def body(self) -> ComposeResult:
        """The words to look for, and what is found."""
        yield PlainInput(self.PROMPT, id="words")
        with RowList(id="found"):
            yield from self.above()

    def above(self) -> Iterator[Widget]:
        """What stands above the lines that are found."""
        yield from ()

    @property
    def line(self) -> Input:
        """The line for words."""
        return self.query_one("#words", Input)

    @property
    def words(self) -> str:
        """The words to look for."""
        return self.line.value.strip()

    @property
    def marked(self) -> Row | None:
        """The line that is marked; None while words are typed."""
        return self.focused if isinstance(self.focused, Row) else None

    @property
    def place(self) -> int | None:
        """Number of the line that is marked; None while words are typed."""
        rows = self.rows()
        return rows.index(self.marked) if self.marked in rows else None

    def rows(self) -> list[Row]:
        """What was found."""
        return list(self.query_one(RowList).query(Row))

    def go_to(self, place: int) -> None:
        """Mark a line, the last one where there are fewer; the words stand above the first."""
        rows = self.rows()
        self.set_focus(rows[min(place, len(rows) - 1)] if rows and place >= 0 else self.line)

    def after_pause(self, look: Callable[[], object]) -> None:
        """Look once no key was pressed for a moment; only the last of several calls counts."""
        if self._waiting_to_look is not None:
            self._waiting_to_look.stop()
        self._waiting_to_look = self.set_timer(PAUSE, look)

    async def show_found(self, widgets: Sequence[Widget]) -> None:
        """Show other lines in place of those before; the mark stays where it was."""
        place, typing = self.place, self.focused is self.line
        listing = self.query_one(RowList)
        with self.app.batch_update():
            await listing.query(".found").remove()
            for widget in widgets:
                widget.add_class("found")
            await listing.mount_all(widgets)
        if typing:
            listing.scroll_home(animate=False)
        elif self.rows():
            self.go_to(place or 0)
        else:
            # Nothing is left to stand on; the keys of the page still work, and are not typed as words.
            self.set_focus(None)
        self.refresh_bindings()

    @on(Input.Submitted, "#words")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_move(1)

    def action_move(self, step: int) -> None:
        """Go to another line; above the first one stand the words to look for."""
        place = self.place
        self.go_to(step - 1 if place is None and step > 0 else -1 if place is None else place + step)

    def action_find(self) -> None:
        """Go back to the words."""
        self.set_focus(self.line)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The way to the words is offered where they are not being typed."""
        if action == "find":
            return self.focused is not self.line
        return super().check_action(action, parameters)

    def on_descendant_focus(self) -> None:
        """Other keys work on a line than while words are typed."""
        self.refresh_bindings()
