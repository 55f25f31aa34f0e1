"""Short text and numbers: one line to type in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from course.errors import ResponseError
from course.model import Numeric
from course.response import Typed, read_response
from tui.commands import Command, bindings
from tui.language import _, language_in_use

from .area import Area

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from course.grade import Mark
    from course.model import ShortText
    from course.response import Response

LONGEST_ANSWER = 400
"""Characters that an answer may have."""


class AnswerInput(Input):
    """A line to type in, without a box."""

    DEFAULT_CSS = """
    AnswerInput, AnswerInput:focus {
        border: none; height: 1; padding: 0 1; background: $panel; max-width: 60;
    }
    """

    OFFERED: ClassVar = (Command("submit", "enter", _("Answer"), _("Give your answer."), palette=False),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, max_length=LONGEST_ANSWER, select_on_focus=False, id=id)


class TypedArea(Area, Vertical):
    """One line to type a few words or a number in."""

    DEFAULT_CSS = """
    TypedArea { height: auto; }
    TypedArea Horizontal { height: 1; padding-left: 2; }
    TypedArea .number { width: 20; }
    TypedArea .unit { width: auto; padding-left: 1; }
    """

    def __init__(self, item: ShortText | Numeric) -> None:
        super().__init__()
        self._item = item

    def compose(self) -> ComposeResult:
        """The line and its unit."""
        number = isinstance(self._item, Numeric)
        with Horizontal():
            line = AnswerInput(placeholder=_("Type a number") if number else _("Type your answer"))
            line.set_class(number, "number")
            yield line
            if isinstance(self._item, Numeric) and self._item.unit:
                yield Static(self._item.unit, markup=False, classes="unit")

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    def response(self) -> Response | None:
        """What was typed, when it can be read as an answer."""
        try:
            return read_response(self._item, self._input.value)
        except ResponseError:
            return None

    def typed(self) -> str:
        """The line as it stands."""
        return self._input.value

    def type_again(self, text: str) -> None:
        """Put back the line."""
        self._input.value = text

    def missing(self) -> str:
        """Nothing is typed yet, or no number."""
        try:
            read_response(self._item, self._input.value, language=language_in_use())
        except ResponseError as error:
            return error.message if self._input.value.strip() else _("Type your answer first.")
        return ""

    def restore(self, response: Response) -> None:
        """Show what was typed before."""
        if isinstance(response, Typed):
            self._input.value = response.text

    def reveal(self, mark: Mark) -> None:
        """Lock the line."""
        self.mark = mark
        self._input.disabled = True

    def reset(self) -> None:
        """Empty the line."""
        self.mark = None
        self._input.disabled = False
        self._input.value = ""

    def take_focus(self) -> None:
        """Put the cursor into the line."""
        self._input.focus(scroll_visible=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell that the answer changed."""
        event.stop()
        self.post_message(self.Changed())
