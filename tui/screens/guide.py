"""One guide to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from tui.commands import Command, bindings
from tui.language import _
from tui.widgets.guide import GuideView
from tui.widgets.rows import Row
from tui.widgets.source import SourcePane

from .lists import ListScreen
from .page import ASK, BACK, HELP, Page

if TYPE_CHECKING:
    from textual.app import ComposeResult


class GuideScreen(Page):
    """A guide, scrolled to the words that an answer quotes or to a heading."""

    ABOUT = _(
        "This is a guide that answers are taken from, as it stands.\n"
        "Words quoted in an answer are marked, with a bar at their left.\n"
        "space and the arrow keys scroll; t shows the headings; esc goes back to where you were."
    )
    OFFERED: ClassVar = (
        Command("scroll", "space", _("Scroll"), _("Scroll the text down.")),
        Command("headings", "t", _("Contents"), _("Show the headings of this guide.")),
        Command("quote", "q", _("Quoted words"), _("Go back to the quoted words.")),
        ASK,
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(
        self, slug: str, *, quote: tuple[int, int] | None = None, words: str = "", heading: str = ""
    ) -> None:
        super().__init__(where=_("Guide"), how_far=_("esc goes back"))
        self._slug = slug
        self._quote = quote
        self._words = words
        self._heading = heading

    def body(self) -> ComposeResult:
        """The scrolling guide."""
        yield SourcePane(id="guide")

    def on_mount(self) -> None:
        """Read the guide."""
        pane = self.query_one(SourcePane)
        pane.open(self._slug, quote=self._quote, words=self._words, heading=self._heading)
        pane.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Quoted words are offered only where there are some."""
        if action == "quote":
            return self._quote is not None
        return super().check_action(action, parameters)

    def action_scroll(self) -> None:
        """Scroll a page down."""
        self.query_one(SourcePane).scroll_page_down(animate=False)

    def action_quote(self) -> None:
        """Scroll back to the quoted words."""
        for view in self.query(GuideView):
            self.query_one(SourcePane).go_to_line(view.target_line())

    def action_headings(self) -> None:
        """Let the reader choose a heading."""
        for view in self.query(GuideView):
            rows = [Row("  " * max(0, level - 2) + words, line) for line, level, words in view.headings()]
            self.app.push_screen(ListScreen(_("Contents"), view.guide.title, rows), self._go_to)

    def _go_to(self, value: object) -> None:
        if isinstance(value, int):
            self.query_one(SourcePane).go_to_line(value)

    @on(SourcePane.Opened)
    def _tell_title(self, event: SourcePane.Opened) -> None:
        self.header.where = event.guide.title
