"""What every kind of answer area can do: take an answer, show how it was judged, start again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import ScrollableContainer
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from tui.commands import Command, bindings
from tui.language import _
from tui.prose import block_lines
from tui.styled import carrying

from .lines import LinesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from course.grade import Mark
    from course.model import Block
    from course.response import Response

LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""Names of options, in the order shown."""


class Area(Widget):
    """The part of a question in which the answer is given."""

    mark: Mark | None = None
    """How the answer was judged, once it was."""

    @dataclass
    class Changed(Message):
        """The learner changed the answer, which is not given yet."""

    def response(self) -> Response | None:
        """The answer as it stands, or None while something is missing."""
        raise NotImplementedError

    def missing(self) -> str:
        """A sentence that tells what is missing."""
        raise NotImplementedError

    def typed(self) -> str:
        """What was typed so far, also where it is no answer yet; empty where nothing is typed."""
        return ""

    def type_again(self, text: str) -> None:
        """Put back what was typed before."""

    def advance(self) -> bool:
        """Go to the next step of an answer that is given in steps; False where only the answer is left."""
        return False

    def next_step(self) -> tuple[str, str]:
        """The key that goes on, and what it does, in a word."""
        return "enter", _("Answer")

    def restore(self, response: Response) -> None:
        """Show an answer that was given before."""
        raise NotImplementedError

    def reveal(self, mark: Mark) -> None:
        """Show how the answer was judged; it cannot be changed until `reset`."""
        raise NotImplementedError

    def reset(self) -> None:
        """Start again."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Make the keys work here, without moving the page."""
        self.focus(scroll_visible=False)


class DrawnArea(LinesView, Area, can_focus=True):
    """An area that draws its rows itself: a cursor, letters, clicks on rows."""

    OFFERED: ClassVar[tuple[Command, ...]] = (
        Command("move(-1)", "up", _("Up"), _("Go to the row above."), footer=False, palette=False),
        Command("move(1)", "down", _("Down"), _("Go to the row below."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)
    ALLOW_SELECT = False

    cursor = 0
    """Row on which the keys work."""

    def __init__(self) -> None:
        super().__init__()
        self._row_places: dict[int, tuple[int, int]] = {}

    def rows(self) -> int:
        """How many rows the cursor can visit."""
        raise NotImplementedError

    def letters(self) -> int:
        """How many letters are in use."""
        raise NotImplementedError

    def pick(self, letter: int) -> None:
        """Take the choice with that letter, counted from 0."""
        raise NotImplementedError

    def clicked(self, meta: dict[str, int]) -> None:
        """Act on the part of a row that was clicked."""
        raise NotImplementedError

    def change(self) -> None:
        """Draw the changed answer and tell about it."""
        self.redraw()
        self.call_after_refresh(self.show_cursor)
        self.post_message(self.Changed())

    def add_row(self, lines: list[Content], row: int, drawn: list[Content], width: int) -> None:
        """Draw a row that can be clicked, and remember where it stands."""
        self._row_places[row] = (len(lines), len(drawn))
        lines += [clickable(line, width, row=row) for line in drawn]

    def show_cursor(self) -> None:
        """Scroll the page so that the row under the cursor can be seen."""
        page = next((node for node in self.ancestors if isinstance(node, ScrollableContainer)), None)
        place = self._row_places.get(self.cursor)
        if page is not None and place is not None:
            top = self.region.y - page.region.y + round(page.scroll_y) + place[0]
            page.scroll_to_region(Region(0, top, 1, place[1]), animate=False)

    def pointer(self, row: int) -> Content:
        """The mark of the row under the cursor."""
        here = self.has_focus and row == self.cursor and self.mark is None
        return Content("▸ ").stylize("$accent bold") if here else Content("  ")

    def reveal(self, mark: Mark) -> None:
        """Show how the answer was judged."""
        self.mark = mark
        self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be changed once the answer was judged."""
        return super().check_action(action, parameters) if self.mark is None else False

    def action_move(self, step: int) -> None:
        """Move the cursor within the rows."""
        self.cursor = max(0, min(self.rows() - 1, self.cursor + step))
        self.redraw()
        self.call_after_refresh(self.show_cursor)

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Whether a key is the letter of a choice."""
        letter = LETTERS.find(key) if len(key) == 1 else -1
        return self.mark is None and 0 <= letter < self.letters()

    def on_key(self, event: events.Key) -> None:
        """Letters take choices."""
        if self.check_consume_key(event.key, event.character):
            letter = LETTERS.index(event.key)
            event.stop()
            event.prevent_default()
            self.pick(letter)

    def on_click(self, event: events.Click) -> None:
        """Clicks on a row do what its keys do."""
        if self.mark is None and event.style.meta.keys() & {"row", "letter", "step"}:
            event.stop()
            self.clicked(event.style.meta)

    def on_focus(self) -> None:
        """Show the cursor."""
        self.redraw()

    def on_blur(self) -> None:
        """Take the cursor away."""
        self.redraw()


def clickable(line: Content, width: int, **meta: int) -> Content:
    """A line that tells a click anywhere on it what it stands for."""
    return carrying(line.pad_right(max(0, width - line.cell_length)), **meta)


def remark(blocks: Sequence[Block], indent: int, width: int) -> list[Content]:
    """Feedback under a row."""
    return [
        Content(" " * indent) + line.stylize_before("$muted") for line in block_lines(blocks, width - indent)
    ]
