"""Open questions: a text to write, then the model answer beside a list to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import TextArea

from course.response import Written
from tui.commands import Command, bindings
from tui.language import _
from tui.styled import hang, said, styled, wrap

from .area import LETTERS, Area, DrawnArea
from .lines import LinesView
from .prose import ProseView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from course.grade import Mark
    from course.model import Open
    from course.response import Response

LONGEST_TEXT = 10_000
"""Characters that an open answer may have."""

_INDENT = 9


class WritingBox(TextArea):
    """A few lines to write in; enter begins a new line, tab leaves the box."""

    DEFAULT_CSS = """
    WritingBox, WritingBox:focus { border: none; height: 6; padding: 0 1; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__(soft_wrap=True, tab_behavior="focus", show_line_numbers=False, compact=True)


class CheckRows(DrawnArea):
    """The points of the model answer, each to be ticked by its letter, space or a click."""

    OFFERED: ClassVar = (
        Command("tick", "space", _("Tick"), _("Tick the marked point."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, item: Open) -> None:
        super().__init__()
        self._item = item
        self.ticked: set[int] = set()
        """Points found in the own text."""

    def rows(self) -> int:
        """One row a point."""
        return len(self._item.checks)

    def letters(self) -> int:
        """One letter a point."""
        return len(self._item.checks)

    def pick(self, letter: int) -> None:
        """Tick a point, or take the tick away."""
        self.cursor = letter
        self.ticked ^= {letter}
        self.change()

    def clicked(self, meta: dict[str, int]) -> None:
        """Tick the point that was clicked."""
        self.focus()
        self.pick(meta["row"])

    def action_tick(self) -> None:
        """Tick the point under the cursor."""
        self.pick(self.cursor)

    def lay_out(self, width: int) -> list[Content]:
        """The points with their boxes."""
        lines: list[Content] = []
        for row, check in enumerate(self._item.checks):
            ticked = row in self.ticked
            box = said("[x] " if ticked else "[ ] ", "bold" if ticked else "")
            front = (
                self.pointer(row) + said(LETTERS[row % len(LETTERS)], "$accent bold") + Content("  ") + box
            )
            drawn = hang(front, " " * _INDENT, wrap(styled(check.text), width - _INDENT))
            self.add_row(lines, row, drawn, width)
        return lines


class _Label(LinesView):
    """A line of its own above a part."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def lay_out(self, width: int) -> list[Content]:
        """The words."""
        return [Content(""), *wrap(said(self._words, "bold $muted"), width)]


class WrittenArea(Area, Vertical):
    """First the own text; once it is compared, the model answer and its points too."""

    DEFAULT_CSS = """
    WrittenArea { height: auto; }
    WrittenArea .model { display: none; height: auto; }
    WrittenArea.compared .model { display: block; }
    """
    OFFERED: ClassVar = (
        Command(
            "compare", "ctrl+s", _("Compare"), _("Compare your text with the model answer."), palette=False
        ),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, item: Open) -> None:
        super().__init__()
        self._item = item

    def compose(self) -> ComposeResult:
        """The box, then what the text is compared with."""
        yield WritingBox()
        with Vertical(classes="model"):
            if self._item.model:
                yield _Label(_("A model answer"))
                yield ProseView(self._item.model)
            yield _Label(_("Tick what your own text holds"))
            yield CheckRows(self._item)

    @property
    def _box(self) -> WritingBox:
        return self.query_one(WritingBox)

    @property
    def _checks(self) -> CheckRows:
        return self.query_one(CheckRows)

    @property
    def compared(self) -> bool:
        """Whether the model answer is shown."""
        return self.has_class("compared")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to compare only once."""
        if action == "compare":
            return not self.compared and self.mark is None
        return super().check_action(action, parameters)

    def action_compare(self) -> None:
        """Show the model answer, once something is written."""
        if self._box.text.strip():
            self._show_model()
            self._checks.focus()
        else:
            self.app.notify(self.missing(), markup=False)
        self.post_message(self.Changed())

    def advance(self) -> bool:
        """Compare first, then answer."""
        if self.compared or not self._box.text.strip():
            return False
        self.action_compare()
        return True

    def next_step(self) -> tuple[str, str]:
        """Comparing has a key of its own, as enter begins a new line."""
        return super().next_step() if self.compared else ("ctrl+s", _("Compare"))

    def response(self) -> Response | None:
        """The text and its ticks, once it was compared."""
        if not self.compared:
            return None
        return Written(text=self._box.text.strip(), ticked=tuple(sorted(self._checks.ticked)))

    def typed(self) -> str:
        """The text as it stands."""
        return self._box.text

    def type_again(self, text: str) -> None:
        """Put back the text."""
        self._box.load_text(text)

    def missing(self) -> str:
        """Nothing is written yet."""
        return _("Write your answer first.")

    def restore(self, response: Response) -> None:
        """Show the text and the ticks given before."""
        if isinstance(response, Written):
            self._box.load_text(response.text)
            self._checks.ticked = {place for place in response.ticked if place < len(self._item.checks)}
            self._show_model()

    def reveal(self, mark: Mark) -> None:
        """Lock the text and the ticks."""
        self.mark = mark
        self._checks.reveal(mark)

    def reset(self) -> None:
        """Let the learner go on with the same text; the ticks are taken away."""
        self.mark = None
        self.remove_class("compared")
        self._box.read_only = False
        self._checks.mark = None
        self._checks.ticked = set()
        self._checks.redraw()
        self.post_message(self.Changed())

    def take_focus(self) -> None:
        """Put the cursor into the text, or onto the first point."""
        (self._checks if self.compared else self._box).focus(scroll_visible=False)

    def _show_model(self) -> None:
        self.add_class("compared")
        self._box.read_only = True

    @on(TextArea.Changed)
    def _text_changed(self, event: TextArea.Changed) -> None:
        """Keep the text within bounds and tell that it changed."""
        event.stop()
        if len(event.text_area.text) > LONGEST_TEXT:
            event.text_area.load_text(event.text_area.text[:LONGEST_TEXT])
        self.post_message(self.Changed())
