"""Matching and classifying: each row takes a letter of the list above."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from course.model import Matching, plain
from course.response import Grouped, Paired
from tui.commands import Command, bindings
from tui.language import _, plural
from tui.styled import carrying, hang, said, styled, wrap

from .area import LETTERS, DrawnArea, remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course.model import Classify, Pair, Text
    from course.response import Response

_INDENT = 5
_SHORT = 14
"""Longest choice that is written out beside its row."""


class PairingArea(DrawnArea):
    """Lettered choices at the top, rows beneath; a letter answers the row under the cursor."""

    OFFERED: ClassVar = (
        Command(
            "clear",
            "backspace,delete",
            _("Clear"),
            _("Take the letter of the marked row away."),
            footer=False,
        ),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, item: Matching | Classify, order: Sequence[int], letters: Sequence[int]) -> None:
        super().__init__()
        self._item = item
        self._pairs = item.pairs if isinstance(item, Matching) else item.cards
        self._choices = item.choices if isinstance(item, Matching) else item.groups
        self._order = tuple(order)
        self._letters = tuple(letters)
        self._given: list[int | None] = [None] * len(self._pairs)

    def rows(self) -> int:
        """One row a left side."""
        return len(self._order)

    def letters(self) -> int:
        """One letter a right side."""
        return len(self._letters)

    def pick(self, letter: int) -> None:
        """Join the row under the cursor to a choice and go to the next open row."""
        self._given[self._order[self.cursor]] = self._letters[letter]
        later = [row for row in range(self.rows()) if self._given[self._order[row]] is None]
        after = [row for row in later if row > self.cursor]
        self.cursor = next(iter(after or later), self.cursor)
        self.change()

    def clicked(self, meta: dict[str, int]) -> None:
        """A row takes the cursor, a choice answers the row that has it."""
        self.focus()
        if "letter" in meta:
            self.pick(meta["letter"])
        else:
            self.cursor = meta["row"]
            self.redraw()

    def action_clear(self) -> None:
        """Take the letter of the row away."""
        self._given[self._order[self.cursor]] = None
        self.change()

    def response(self) -> Response | None:
        """The letters of all rows, once every row has one."""
        if None in self._given:
            return None
        given = tuple(self._given)
        return Paired(rights=given) if isinstance(self._item, Matching) else Grouped(groups=given)

    def missing(self) -> str:
        """How many rows are open."""
        return plural(
            "{count} row has no letter yet.", "{count} rows have no letter yet.", self._given.count(None)
        )

    def restore(self, response: Response) -> None:
        """Show the letters given before."""
        values = response.rights if isinstance(response, Paired) else ()
        values = response.groups if isinstance(response, Grouped) else values
        if len(values) == len(self._given):
            self._given = [value if value in self._letters else None for value in values]
            self.redraw()

    def reset(self) -> None:
        """Take every letter away."""
        self.mark = None
        self.cursor = 0
        self._given = [None] * len(self._pairs)
        self.change()

    def lay_out(self, width: int) -> list[Content]:
        """The lettered choices, then the rows."""
        lines = [*self._choice_lines(width), Content("")]
        for row, position in enumerate(self._order):
            self.add_row(lines, row, self._row(row, position, width), width)
        return lines

    def _choice_lines(self, width: int) -> list[Content]:
        """The lettered choices: side by side when they fit one line, else one a line."""
        drawn: list[list[Content]] = []
        for letter, choice in enumerate(self._letters):
            front = Content("  ") + said(LETTERS[letter], "$accent bold") + Content("  ")
            lines = hang(front, " " * _INDENT, wrap(styled(self._choices[choice]), width - _INDENT))
            drawn.append([carrying(line, letter=letter) for line in lines])
        if sum(lines[0].cell_length for lines in drawn) <= width and all(len(lines) == 1 for lines in drawn):
            return [Content("").join([lines[0] for lines in drawn])]
        return [line.pad_right(max(0, width - line.cell_length)) for lines in drawn for line in lines]

    def _row(self, row: int, position: int, width: int) -> list[Content]:
        pair = self._pairs[position]
        given = self._given[position]
        tag = self._tag(given)
        room = width - 2 - self._tag_width() - 2
        drawn = hang(self.pointer(row), " " * 4, wrap(styled(pair.left), room - 2))
        lines = [line.pad_right(max(0, room + 2 - line.cell_length)) for line in drawn]
        lines[0] = lines[0] + Content("  ") + carrying(tag)
        if self.mark is None:
            return lines
        return [*lines, *self._judged(pair, given, width)]

    def _tag(self, given: int | None) -> Content:
        if given is None:
            return said("→ __", "$muted")
        letter = LETTERS[self._letters.index(given)]
        words = plain(self._choices[given])
        label = f"→ {letter}  {words}" if self._written_out() else f"→ {letter}"
        return said(label, "bold")

    def _written_out(self) -> bool:
        return max(len(plain(choice)) for choice in self._choices) <= _SHORT

    def _tag_width(self) -> int:
        longest = max(len(plain(choice)) for choice in self._choices)
        return 5 + longest if self._written_out() else 4

    def _judged(self, pair: Pair, given: int | None, width: int) -> list[Content]:
        own: Text = self._choices[given] if given is not None else ()
        if plain(own) == plain(pair.right):
            verdict = said(_("✓ right"), "$right bold")
        else:
            words = _("✗ not right · it belongs to: {right}").format(right=plain(pair.right))
            verdict = said(words, "$wrong bold")
        return [*hang("    ", "    ", wrap(verdict, width - 4)), *remark(pair.feedback, 4, width)]
