"""The lines above and below the answer of a question: what is wanted, hints, and what is said afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from tui.answering import how_to_answer
from tui.item_words import is_told_below, said_after, said_between, verdict
from tui.language import _
from tui.mark_words import wanted_words
from tui.prose import block_lines
from tui.quiz_words import tries_words
from tui.styled import said, spread, wrap

from .lines import LinesView

if TYPE_CHECKING:
    from .item import ItemView


class WantedLine(LinesView):
    """What is wanted and which keys give it; after the answer, how it was judged."""

    SEARCHED: ClassVar = False

    def __init__(self, view: ItemView) -> None:
        super().__init__()
        self._view = view

    def lay_out(self, width: int) -> list[Content]:
        """One line, or two when the words need them."""
        item, mark = self._view.item, self._view.mark
        kind = said(wanted_words(item), "$muted")
        if mark is not None and not is_told_below(item):
            return [spread(verdict(item, mark), kind, width)]
        keys = how_to_answer(item)
        if mark is None and keys and self._view.has_focus_within:
            kind += said(f" · {keys}", "$muted")
        return wrap(kind, width)


class Remarks(LinesView):
    """Hints before the answer; what is said to it afterwards."""

    sentence = ""
    """What is missing in the answer."""

    SEARCHED: ClassVar = False

    def __init__(self, view: ItemView) -> None:
        super().__init__()
        self._view = view

    def lay_out(self, width: int) -> list[Content]:
        """Remarks with an empty line above each."""
        lines: list[Content] = []
        for part in self._parts(width):
            lines += [Content(""), *part]
        return lines

    def _parts(self, width: int) -> list[list[Content]]:
        view = self._view
        frame = view.item.frame
        parts = []
        hints = frame.hints[: view.hints_shown] if view.mark is None else ()
        for number, hint in enumerate(hints, 1):
            label = said(_("Hint {number}").format(number=number), "bold $muted")
            parts.append([label, *block_lines(hint, width)])
        if view.trial is not None and view.mark is None:
            parts.append(wrap(said(tries_words(view.tries_left), "bold $wrong"), width))
            parts += [block_lines(blocks, width) for blocks in said_between(view.trial)]
        if self.sentence and view.mark is None:
            parts.append(wrap(said(self.sentence, "bold"), width))
        if view.mark is not None:
            if is_told_below(view.item):
                parts.append(wrap(verdict(view.item, view.mark), width))
            parts += [wrap(said(change), width) for change in view.changes]
            parts += [block_lines(blocks, width) for blocks in said_after(view.item, view.mark) if blocks]
        return parts
