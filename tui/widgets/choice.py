"""Single choice, multiple choice, true or false."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from course.response import Chosen
from tui.commands import Command, bindings
from tui.language import _
from tui.mark_words import wanted_words
from tui.styled import hang, said, styled, wrap

from .area import LETTERS, DrawnArea, remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course.model import Choice, Option
    from course.response import Response

_INDENT = 9


class ChoiceArea(DrawnArea):
    """Options by letter, with `( )` for one and `[ ]` for several."""

    OFFERED: ClassVar = (
        Command("choose", "space", _("Choose"), _("Choose the marked option."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, item: Choice, order: Sequence[int]) -> None:
        super().__init__()
        self._item = item
        self._order = tuple(order)
        self._picked: set[int] = set()

    def rows(self) -> int:
        """One row an option."""
        return len(self._order)

    def letters(self) -> int:
        """One letter an option."""
        return len(self._order)

    def pick(self, letter: int) -> None:
        """Choose the option, or take the choice back when several are allowed."""
        self.cursor = letter
        option = self._order[letter]
        if not self._item.multiple:
            self._picked = {option}
        else:
            self._picked ^= {option}
        self.change()

    def clicked(self, meta: dict[str, int]) -> None:
        """Choose the option that was clicked."""
        self.focus()
        self.pick(meta["row"])

    def action_choose(self) -> None:
        """Choose the option under the cursor."""
        self.pick(self.cursor)

    def response(self) -> Response | None:
        """The chosen options, once they are as many as are wanted."""
        enough = bool(self._picked) if not self._item.counted else len(self._picked) == self._wanted
        return Chosen(options=tuple(sorted(self._picked))) if enough else None

    @property
    def _wanted(self) -> int:
        """How many options are to be chosen, as the line above the question says."""
        return sum(option.right for option in self._item.options) if self._item.multiple else 1

    def missing(self) -> str:
        """Nothing is chosen yet, or not as many as are wanted."""
        if not self._picked:
            return _("Choose an answer first: press its letter.")
        words = _("{wanted}. You have chosen {count}.")
        return words.format(wanted=wanted_words(self._item), count=len(self._picked))

    def restore(self, response: Response) -> None:
        """Show the options chosen before."""
        if isinstance(response, Chosen):
            self._picked = {option for option in response.options if option < len(self._item.options)}
            self.redraw()

    def reset(self) -> None:
        """Choose nothing."""
        self.mark = None
        self._picked = set()
        self.change()

    def lay_out(self, width: int) -> list[Content]:
        """The options; after the answer, each with its judgement and feedback."""
        lines: list[Content] = []
        for row, position in enumerate(self._order):
            self.add_row(lines, row, self._row(row, position, width), width)
        return lines

    def _row(self, row: int, position: int, width: int) -> list[Content]:
        option = self._item.options[position]
        front = self.pointer(row) + said(LETTERS[row], "$accent bold") + Content("  ") + self._glyph(position)
        lines = hang(front, " " * _INDENT, wrap(styled(option.text), width - _INDENT))
        if self.mark is None:
            return lines
        return [
            *_judged(lines, self._judgement(position, option), width),
            *remark(option.feedback, _INDENT, width),
        ]

    def _glyph(self, position: int) -> Content:
        picked = position in self._picked
        if self._item.multiple:
            return said("[x] " if picked else "[ ] ", "bold" if picked else "")
        return said("(•) " if picked else "( ) ", "bold" if picked else "")

    def _judgement(self, position: int, option: Option) -> Content:
        if position in self._picked:
            if option.right:
                return said(_("✓ your answer · correct"), "$right bold")
            return said(_("✗ your answer · not right"), "$wrong bold")
        return said(_("✓ correct"), "$right") if option.right else Content("")


def _judged(lines: list[Content], judgement: Content, width: int) -> list[Content]:
    """A judgement at the right end of the last line, or on its own line."""
    if not judgement.plain:
        return lines
    room = width - lines[-1].cell_length - judgement.cell_length
    if room >= 2:
        return [*lines[:-1], lines[-1] + Content(" " * room) + judgement]
    return [*lines, Content(" " * _INDENT) + judgement]
