"""Opinion scales: statements, each rated with a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from course.response import Rated
from tui.commands import Command, bindings
from tui.language import _, plural
from tui.styled import carrying, hang, said, spread, styled, wrap

from .area import DrawnArea, remark

if TYPE_CHECKING:
    from textual import events

    from course.model import Likert
    from course.response import Response

_INDENT = 2


class RatingArea(DrawnArea):
    """The words of the scale at the top, then each statement over its numbers."""

    OFFERED: ClassVar = (
        Command("shift(-1)", "left", _("Less"), _("Rate one step lower."), footer=False, palette=False),
        Command("shift(1)", "right", _("More"), _("Rate one step higher."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, item: Likert) -> None:
        super().__init__()
        self._item = item
        self._given: list[int | None] = [None] * len(item.statements)

    def rows(self) -> int:
        """One row a statement."""
        return len(self._given)

    def letters(self) -> int:
        """Numbers answer here, not letters."""
        return 0

    def pick(self, letter: int) -> None:
        """Give the marked statement a value, counted from 0, and go to the next open one."""
        self._given[self.cursor] = self.values()[letter]
        waiting = [row for row, value in enumerate(self._given) if value is None]
        after = [row for row in waiting if row > self.cursor]
        self.cursor = next(iter(after or waiting), self.cursor)
        self.change()

    def values(self) -> tuple[int, ...]:
        """What can be given to a statement, in the order shown."""
        return self._item.steps

    def key_for(self, value: int) -> str:
        """How a value is written, and the key that gives it."""
        return str(value)

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Whether a key gives a value."""
        return self.mark is None and len(key) == 1 and key in map(self.key_for, self.values())

    def on_key(self, event: events.Key) -> None:
        """A key that gives a value rates the marked statement."""
        if self.check_consume_key(event.key, event.character):
            event.stop()
            event.prevent_default()
            self.pick([self.key_for(value) for value in self.values()].index(event.key))

    def clicked(self, meta: dict[str, int]) -> None:
        """A statement takes the cursor, a number rates it."""
        self.focus()
        self.cursor = meta["row"]
        if "step" in meta:
            self.pick(meta["step"])
        else:
            self.redraw()

    def action_shift(self, by: int) -> None:
        """Rate the marked statement one step lower or higher; from nothing to the middle."""
        steps = self._item.steps
        value = self._given[self.cursor]
        place = steps.index(value) + by if value in steps else len(steps) // 2
        self._given[self.cursor] = steps[max(0, min(len(steps) - 1, place))]
        self.change()

    def response(self) -> Response | None:
        """The numbers of all statements, once every one is rated."""
        return None if None in self._given else Rated(values=tuple(self._given))

    def missing(self) -> str:
        """How many statements are open."""
        open_rows = self._given.count(None)
        return plural(
            "{count} statement is not rated yet.", "{count} statements are not rated yet.", open_rows
        )

    def restore(self, response: Response) -> None:
        """Show the numbers given before."""
        if isinstance(response, Rated) and len(response.values) == len(self._given):
            steps = self._item.steps
            self._given = [value if value in steps else None for value in response.values]
            self.redraw()

    def reset(self) -> None:
        """Keep the numbers, so that a change of mind needs one key."""
        self.mark = None
        self.cursor = 0
        self.change()

    def lay_out(self, width: int) -> list[Content]:
        """The words of the scale, then the statements with their numbers."""
        lines = [*self.legend(width), Content("")] if self._item.labels else []
        for row, statement in enumerate(self._item.statements):
            text = hang(self.pointer(row), " " * _INDENT, wrap(styled(statement.text), width - _INDENT))
            said_after = remark(self.mark.parts[row].feedback, _INDENT, width) if self.mark else []
            self.add_row(lines, row, [*text, *self._numbers(row, width), *said_after], width)
        return lines

    def legend(self, width: int) -> list[Content]:
        """What the steps mean, in words."""
        labels, steps = self._item.labels, self._item.steps
        if len(labels) == len(steps):
            words = ["{} = {}".format(*pair) for pair in zip(steps, labels, strict=True)]
            return hang("  ", "  ", wrap(said(" · ".join(words), "$muted"), width - _INDENT))
        low, high = f"{steps[0]} = {labels[0]}", f"{steps[-1]} = {labels[-1]}"
        if len(low) + len(high) + _INDENT + 2 > width:
            return [Content("  ") + said(words, "$muted") for words in (low, high)]
        return [Content("  ") + spread(said(low, "$muted"), said(high, "$muted"), width - _INDENT)]

    def _numbers(self, row: int, width: int) -> list[Content]:
        """The steps of a row; the one taken stands in brackets."""
        given = self._given[row]
        entries = [
            carrying(self._entry(value, taken=value == given), row=row, step=place)
            for place, value in enumerate(self.values())
        ]
        room = max(1, (width - 4) // max(entry.cell_length for entry in entries))
        return [
            Content("    ") + Content("").join(entries[start : start + room])
            for start in range(0, len(entries), room)
        ]

    def _entry(self, value: int, *, taken: bool) -> Content:
        key = self.key_for(value)
        return said(f"({key})".center(6), "bold") if taken else said(key.center(6), "$accent")
