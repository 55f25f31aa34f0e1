"""The keys of a question, in place: what can be pressed before and after the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from tui.answering import is_typed
from tui.language import _, plural
from tui.styled import carrying, said, spread

from .lines import LinesView

if TYPE_CHECKING:
    from textual import events

    from .item import ItemView


class FootLine(LinesView, can_focus=True):
    """The keys of a question, in place; holds the focus once the question is answered."""

    DEFAULT_CSS = "FootLine { margin-top: 1; }"
    ALLOW_SELECT = False

    SEARCHED: ClassVar = False

    def __init__(self, view: ItemView) -> None:
        super().__init__()
        self._view = view
        self.can_focus = False

    def lay_out(self, width: int) -> list[Content]:
        """What can be pressed now."""
        view = self._view
        if not view.has_focus_within:
            label = _("See the answer again") if view.mark else _("Answer this question")
            return [spread(Content(""), _key("tab", label, "focus"), width)]
        if view.mark is not None:
            left = _key("r", _("Try again"), "again") if view.can_repeat else Content("")
            return [spread(left, _key("enter", _("Go on"), "go_on"), width)]
        if view.asks_how_sure:
            levels = (_("Unsure"), _("Fairly sure"), _("Certain"))
            keys = [_key(str(at), words, f"certain({at})") for at, words in enumerate(levels, 1)]
            return [spread(Content(""), Content("   ").join(keys), width)]
        key, label = view.area.next_step()
        return [spread(self._while_answering(), _key(key, label, "step"), width)]

    def _while_answering(self) -> Content:
        view = self._view
        if not view.hints_left:
            return Content("")
        label = plural("Hint, {count} left", "Hint, {count} left", view.hints_left)
        return _key("ctrl+t" if is_typed(view.item) else "h", label, "hint")

    async def on_mouse_down(self, event: events.MouseDown) -> None:
        """Do what was pressed; the mouse has already taken the focus away, so it is given back."""
        action = event.style.meta.get("press")
        if action is None:
            return
        event.stop()
        self._view.take_focus()
        if action != "focus" and self._view.check_action(action.partition("(")[0], ()):
            await self._view.run_action(action)


def _key(key: str, label: str, action: str) -> Content:
    return carrying(said(key, "$accent bold") + Content(" ") + said(label), press=action)
