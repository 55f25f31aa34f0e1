"""Cloze: numbered gaps in a running text, filled in beneath it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from course.model import Gap
from course.response import Filled
from tui.clean import clean_line
from tui.language import _, plural
from tui.styled import carrying, said, styled, wrap

from .area import LETTERS, Area
from .lines import LinesView
from .typed import AnswerInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult

    from course.grade import Mark, Part
    from course.model import Cloze
    from course.response import Response


class GapMenu(LinesView, can_focus=True):
    """The choices of one gap, by letter."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar = []

    def __init__(self, number: int, menu: tuple[str, ...], changed: Callable[[], None]) -> None:
        super().__init__()
        self._number = number
        self._menu = menu
        self._changed = changed
        self.value = ""
        """The choice taken."""
        self.locked = False
        """Whether the answer was judged."""

    def set_value(self, value: str) -> None:
        """Take a choice without telling."""
        self.value = value
        self.redraw()

    def lay_out(self, width: int) -> list[Content]:
        """The number of the gap and its choices."""
        pointer = said("▸ ", "$accent bold") if self.has_focus and not self.locked else Content("  ")
        front = pointer + said(f"{self._number}", "bold") + Content("  ")
        entries = [self._entry(position, words) for position, words in enumerate(self._menu)]
        row = Content("   ").join(entries)
        if front.cell_length + row.cell_length <= width:
            return [front + row]
        return [
            (front if not position else Content("     ")) + entry for position, entry in enumerate(entries)
        ]

    def _entry(self, position: int, words: str) -> Content:
        taken = words == self.value
        glyph = said(" (•) " if taken else " ( ) ", "bold" if taken else "")
        return carrying(
            said(LETTERS[position], "$accent bold") + glyph + said(clean_line(words)), choice=position
        )

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Whether a key is the letter of a choice."""
        position = LETTERS.find(key) if len(key) == 1 else -1
        return not self.locked and 0 <= position < len(self._menu)

    def on_key(self, event: events.Key) -> None:
        """A letter takes a choice."""
        if self.check_consume_key(event.key, event.character):
            event.stop()
            event.prevent_default()
            self._take(LETTERS.index(event.key))

    def on_click(self, event: events.Click) -> None:
        """A click takes a choice."""
        position = event.style.meta.get("choice")
        if position is not None and not self.locked:
            event.stop()
            self._take(position)

    def _take(self, position: int) -> None:
        self.set_value(self._menu[position])
        self._changed()

    def on_focus(self) -> None:
        """Show the mark."""
        self.redraw()

    def on_blur(self) -> None:
        """Take the mark away."""
        self.redraw()


class GapLine(Horizontal):
    """The line of a gap that is typed."""

    DEFAULT_CSS = """
    GapLine { height: 1; }
    GapLine Static { width: auto; padding: 0 1 0 2; text-style: bold; }
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def compose(self) -> ComposeResult:
        """The number and the line."""
        yield Static(f"{self._number}", markup=False)
        yield AnswerInput(placeholder=_("Type here"))

    @property
    def value(self) -> str:
        """What is typed; nothing as long as there is no line to type in: the text above may be laid out before."""
        return next((line.value.strip() for line in self.query(Input)), "")


class ClozeText(LinesView):
    """The running text with its gaps as they are filled now."""

    def __init__(self, item: Cloze, value: Callable[[int], str], part: Callable[[int], Part | None]) -> None:
        super().__init__()
        self._item = item
        self._value = value
        self._part = part

    def lay_out(self, width: int) -> list[Content]:
        """The paragraphs; each gap shows its number or what was filled in."""
        lines: list[Content] = []
        number = 0
        for paragraph in self._item.paragraphs:
            pieces: list[Content] = []
            for piece in paragraph:
                if isinstance(piece, Gap):
                    pieces.append(self._gap(number))
                    number += 1
                else:
                    pieces.append(styled(piece))
            if lines:
                lines.append(Content(""))
            lines += wrap(Content("").join(pieces), width)
        return lines

    def _gap(self, number: int) -> Content:
        value = clean_line(self._value(number))
        part = self._part(number)
        if part is None:
            return said(f"[{number + 1}: {value or '____'}]", "bold")
        if part.right:
            return said(f"[{number + 1}: {value} ✓]", "bold $right")
        return said(f"[{number + 1}: {value} ✗]", "bold $wrong")


class ClozeArea(Area, Vertical):
    """The text, and a line or a menu for each gap."""

    DEFAULT_CSS = """
    ClozeArea { height: auto; }
    ClozeArea ClozeText { margin-bottom: 1; }
    """

    def __init__(self, item: Cloze) -> None:
        super().__init__()
        self._item = item

    def compose(self) -> ComposeResult:
        """The text, then the gaps by number."""
        yield ClozeText(self._item, self._value, self._part)
        for number, gap in enumerate(self._item.gaps, 1):
            yield GapMenu(number, gap.menu, self._tell) if gap.menu else GapLine(number)

    def _fields(self) -> list[GapMenu | GapLine]:
        return [child for child in self.children if isinstance(child, GapMenu | GapLine)]

    def _value(self, number: int) -> str:
        fields = self._fields()
        if number >= len(fields):
            return ""
        return fields[number].value

    def _part(self, number: int) -> Part | None:
        if self.mark is None or number >= len(self.mark.parts):
            return None
        return self.mark.parts[number]

    def _tell(self) -> None:
        self.query_one(ClozeText).redraw()
        self.post_message(self.Changed())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is typed in the text too."""
        event.stop()
        self._tell()

    def response(self) -> Response | None:
        """What stands in the gaps, once each holds something."""
        values = tuple(self._value(number) for number in range(len(self._item.gaps)))
        return Filled(gaps=values) if all(values) else None

    def typed(self) -> str:
        """The gaps as they stand, a line each."""
        return "\n".join(self._value(number) for number in range(len(self._item.gaps)))

    def type_again(self, text: str) -> None:
        """Put back what stood in the gaps."""
        values = tuple(text.split("\n"))
        if len(values) == len(self._item.gaps):
            self._fill(values)

    def missing(self) -> str:
        """How many gaps are empty."""
        empty = sum(not self._value(number) for number in range(len(self._item.gaps)))
        return plural("{count} gap is still empty.", "{count} gaps are still empty.", empty)

    def restore(self, response: Response) -> None:
        """Show what was filled in before."""
        if isinstance(response, Filled) and len(response.gaps) == len(self._item.gaps):
            self._fill(response.gaps)

    def _fill(self, values: tuple[str, ...]) -> None:
        for field, value in zip(self._fields(), values, strict=True):
            if isinstance(field, GapMenu):
                field.set_value(value)
            else:
                field.query_one(Input).value = value
        self.query_one(ClozeText).redraw()

    def _lock(self, *, locked: bool) -> None:
        for field in self._fields():
            if isinstance(field, GapMenu):
                field.locked = locked
                field.redraw()
            else:
                field.query_one(Input).disabled = locked

    def reveal(self, mark: Mark) -> None:
        """Mark each gap right or wrong."""
        self.mark = mark
        self._lock(locked=True)
        self.query_one(ClozeText).redraw()

    def reset(self) -> None:
        """Empty every gap."""
        self.mark = None
        self._lock(locked=False)
        self._fill(("",) * len(self._item.gaps))

    def take_focus(self) -> None:
        """Put the cursor into the first gap."""
        first = self._fields()[0]
        (first if isinstance(first, GapMenu) else first.query_one(Input)).focus(scroll_visible=False)
