"""Words looked for in a lesson: marked, counted, and visited one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on

from course.lookup import Hit, find_words, words_pattern
from tui.commands import Command
from tui.language import _
from tui.trail import Spot
from tui.widgets.find import FindLine
from tui.widgets.lines import LinesView
from tui.widgets.question import PlainInput
from tui.widgets.stretch import Stretch

from .marked import MarkedPage

if TYPE_CHECKING:
    import re

    from textual.app import ComposeResult
    from textual.widget import Widget
    from textual.widgets import Input

    from tui.messages import LessonLoaded

FINDING = (
    Command("hit(1)", "n", _("Next match"), _("Go to the next place where the words stand.")),
    Command("hit(-1)", "N", _("Match before"), _("Go to the place before where the words stand.")),
    Command("end_find", "escape", _("End search"), _("Take the marks of the search away.")),
    Command("find", "slash", _("Find"), _("Find words in this lesson."), shown="/", footer=False),
)
"""The keys of a search; n and esc do other things without one."""

_NOT_WHILE_FINDING = frozenset({"next", "previous", "contents", "ask", "back", "point"})
_GAP = r"[\s│┃▌]+"
"""What may stand between two words on the screen: a line may end between them."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for and where it stands."""

    words: str
    hits: tuple[Hit, ...]
    at: int
    """Which of the places the reader is at, from 0."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds the words in lines on the screen."""
        return words_pattern(self.words, _GAP)

    @property
    def hit(self) -> Hit:
        """Where the reader is."""
        return self.hits[self.at]


class FoundPage(MarkedPage):
    """Finds words in its lesson."""

    def __init__(self, loaded: LessonLoaded) -> None:
        super().__init__(loaded)
        self._found: Found | None = None
        self._words = ""

    def body(self) -> ComposeResult:
        """The lesson, and the line of the search."""
        yield from super().body()
        yield FindLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While there are matches, n and N go from one to the next."""
        name = action.partition("(")[0]
        if name in {"hit", "end_find"}:
            return self._found is not None or (name == "end_find" and self.query_one(FindLine).display)
        if name in _NOT_WHILE_FINDING and self._found is not None:
            return False
        return super().check_action(action, parameters)

    def action_find(self) -> None:
        """Let the reader type what to look for."""
        self.query_one(FindLine).ask(self._words)

    @on(PlainInput.Submitted)
    async def _look(self, event: Input.Submitted) -> None:
        event.stop()
        self._words = " ".join(event.value.split())
        hits = find_words(self.lesson, self._words)
        if not hits:
            self._found = None
            if self._words:
                self.hansa.tell(_("“{words}” does not stand in this lesson.").format(words=self._words))
            self.action_end_find()
            return
        self.hansa.trail.leave(self.here())
        self._point(None)
        first = next((at for at, hit in enumerate(hits) if hit.section >= self.position), 0)
        self.set_focus(self.column)
        await self._visit_hit(Found(self._words, hits, first))

    async def action_hit(self, step: int) -> None:
        """Go to the next place or the one before; after the last comes the first."""
        found = self._found
        if found is not None:
            at = (found.at + step) % len(found.hits)
            await self._visit_hit(Found(found.words, found.hits, at))

    async def _visit_hit(self, found: Found) -> None:
        self._found = found
        told = _("“{words}”: match {number} of {count}")
        number, count = found.at + 1, len(found.hits)
        self.query_one(FindLine).tell(told.format(words=found.words, number=number, count=count))
        if found.hit.section != self.position:
            await self.show(found.hit.section, Spot(line=0))
        else:
            self._mark_found()
        self.refresh_bindings()

    def began(self, spot: Spot) -> None:
        """Mark the words in the section that is shown now."""
        super().began(spot)
        self._mark_found()

    def _mark_found(self) -> None:
        """Mark every match on the page, and scroll to the one that the reader is at."""
        found = self._found
        pattern = found.pattern if found is not None else None
        for view in self._searched(self.column):
            view.mark_words(pattern)
        if found is None or found.hit.section != self.position or self.page is None:
            return
        hit = found.hit
        if hit.block is None:
            self.column.scroll_to(y=0, animate=False)
            return
        holder = self.page.holder(hit.block)
        if holder is None:
            return
        top, end = self.page.span_of(hit.block)
        places = [
            (view, row, start)
            for view in self._searched(holder)
            for row, start in self._rows(view, found)
            if not isinstance(view, Stretch) or top <= row < end
        ]
        if places:
            view, top, start = places[min(hit.number, len(places) - 1)]
            view.mark_words(pattern, start)
        height = self.column.size.height
        if not round(self.column.scroll_y) <= top < round(self.column.scroll_y) + height - 1:
            self.column.scroll_to(y=max(0, top - height // 3), animate=False)

    def _rows(self, view: LinesView, found: Found) -> list[tuple[int, int]]:
        """Row in the column and offset in the view of each match in a view."""
        top = view.region.y - self.column.region.y + round(self.column.scroll_y)
        return [(top + line, start) for line, start in view.found(found.pattern)]

    @staticmethod
    def _searched(widget: Widget) -> list[LinesView]:
        views = widget.query(LinesView).results(LinesView)
        own = [widget] if isinstance(widget, LinesView) else []
        return [view for view in (*own, *views) if view.SEARCHED and view.display]

    def action_end_find(self) -> None:
        """Take the marks away."""
        self._found = None
        self.query_one(FindLine).close()
        self.set_focus(self.column)
        self._mark_found()
        self.refresh_bindings()
