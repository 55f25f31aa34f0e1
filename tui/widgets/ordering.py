"""Ordering: rows are carried up and down."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from course.response import Ordered
from tui.commands import Command, bindings
from tui.language import _
from tui.styled import carrying, hang, said, styled, wrap

from .area import DrawnArea, remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course.model import Ordering
    from course.response import Response

_INDENT = 6
_ARROWS = 5


class OrderingArea(DrawnArea):
    """Steps in the order that the learner gives them."""

    OFFERED: ClassVar = (
        Command("carry(-1)", "u,shift+up,left_square_bracket", _("Move up"), _("Carry the marked step up.")),
        Command(
            "carry(1)", "d,shift+down,right_square_bracket", _("Move down"), _("Carry the marked step down.")
        ),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, item: Ordering, order: Sequence[int]) -> None:
        super().__init__()
        self._item = item
        self._first = tuple(order)
        self._arranged = list(order)

    def rows(self) -> int:
        """One row a step."""
        return len(self._arranged)

    def letters(self) -> int:
        """Steps have no letters."""
        return 0

    def pick(self, letter: int) -> None:
        """Nothing to take by letter."""

    def clicked(self, meta: dict[str, int]) -> None:
        """A row takes the cursor; its arrows carry it."""
        self.focus()
        self.cursor = meta.get("row", self.cursor)
        if "step" in meta:
            self.action_carry(meta["step"])
        else:
            self.redraw()

    def action_carry(self, step: int) -> None:
        """Exchange the step under the cursor with its neighbour."""
        here, there = self.cursor, self.cursor + step
        if 0 <= there < self.rows():
            arranged = self._arranged
            arranged[here], arranged[there] = arranged[there], arranged[here]
            self.cursor = there
            self.change()

    def response(self) -> Response | None:
        """The order as it stands."""
        return Ordered(order=tuple(self._arranged))

    def missing(self) -> str:
        """An order is never incomplete."""
        return ""

    def restore(self, response: Response) -> None:
        """Show the order given before."""
        if isinstance(response, Ordered) and sorted(response.order) == sorted(self._first):
            self._arranged = list(response.order)
            self.redraw()

    def reset(self) -> None:
        """Go back to the first order."""
        self.mark = None
        self.cursor = 0
        self._arranged = list(self._first)
        self.change()

    def lay_out(self, width: int) -> list[Content]:
        """The steps with their numbers; arrows stand beside the one under the cursor."""
        lines: list[Content] = []
        for row, position in enumerate(self._arranged):
            self.add_row(lines, row, self._row(row, position, width), width)
        return lines

    def _row(self, row: int, position: int, width: int) -> list[Content]:
        step = self._item.steps[position]
        front = self.pointer(row) + said(f"{row + 1:>2}", "bold") + Content("  ")
        room = width - _INDENT - _ARROWS
        lines = hang(front, " " * _INDENT, wrap(styled(step.text), room))
        if self.mark is None:
            if row == self.cursor:
                lines[0] = lines[0].pad_right(width - _ARROWS - lines[0].cell_length) + _arrows()
            return lines
        return [*lines, *self._judged(row, position, width)]

    def _judged(self, row: int, position: int, width: int) -> list[Content]:
        if row == position:
            verdict = said(_("✓ right place"), "$right bold")
        else:
            verdict = said(_("✗ belongs at place {place}").format(place=position + 1), "$wrong bold")
        step = self._item.steps[position]
        return [Content(" " * _INDENT) + verdict, *remark(step.feedback, _INDENT, width)]


def _arrows() -> Content:
    up = carrying(said("↑", "$accent bold"), step=-1)
    down = carrying(said("↓", "$accent bold"), step=1)
    return Content(" ") + up + Content(" ") + down
