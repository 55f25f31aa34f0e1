"""One guide to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import Input

from tui.commands import Command, bindings
from tui.folded import places_of, query_words
from tui.language import _
from tui.widgets.guide import CONTEXT, GuideView
from tui.widgets.question import PlainInput
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
        "space and the arrow keys scroll; t shows the headings; esc goes back to where you were.\n"
        "/ looks for words in this guide; enter and n go to the next place, p to the one before."
    )
    OFFERED: ClassVar = (
        Command("scroll", "space", _("Scroll"), _("Scroll the text down.")),
        Command("headings", "t", _("Contents"), _("Show the headings of this guide.")),
        Command("look_for", "slash", _("Find"), _("Look for words in this guide."), shown="/"),
        Command("next(1)", "n", _("Next"), _("Go to the next place that holds the words.")),
        Command("next(-1)", "p", _("Previous"), _("Go to the place before that holds the words.")),
        Command("quote", "q", _("Marked words"), _("Go back to the marked words.")),
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
        self._found: list[int] = []
        self._place = 0

    def body(self) -> ComposeResult:
        """The scrolling guide."""
        yield SourcePane(id="guide")
        yield PlainInput(_("Type words to look for in this guide"), id="words")

    def on_mount(self) -> None:
        """Read the guide."""
        self.line.display = False
        pane = self.query_one(SourcePane)
        pane.open(self._slug, quote=self._quote, words=self._words, heading=self._heading)
        pane.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Marked words are offered only where there are some."""
        if action == "quote":
            return self._quote is not None
        if action == "next":
            return bool(self._found)
        return super().check_action(action, parameters)

    # Looking for words

    @property
    def line(self) -> PlainInput:
        """The line for words; hidden until it is wanted."""
        return self.query_one("#words", PlainInput)

    def action_look_for(self) -> None:
        """Go to the line for words."""
        self.line.display = True
        self.set_focus(self.line)

    @on(Input.Changed)
    def _look_for(self, event: Input.Changed) -> None:
        event.stop()
        for view in self.query(GuideView):
            view.show_found(places_of(query_words(event.value), view.guide.text))
            self.call_after_refresh(self._go_to_first, view)

    def _go_to_first(self, view: GuideView) -> None:
        """Show the first place from the top of the page on; when there is none below, the first of all."""
        self._found = view.found_lines()
        top = self.query_one(SourcePane).scroll_offset.y
        below = [number for number, line in enumerate(self._found) if line >= top]
        self._show_place(below[0] if below else 0)

    def _show_place(self, number: int) -> None:
        self._place = number
        if self._found:
            self.query_one(SourcePane).go_to_line(max(0, self._found[number] - CONTEXT))
            place = _("{place} of {count} places").format(place=number + 1, count=len(self._found))
        else:
            place = _("found nowhere in this guide") if query_words(self.line.value) else ""
        self.header.how_far = place or _("esc goes back")
        self.refresh_bindings()

    @on(Input.Submitted)
    def _leave_line(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_focus(self.query_one(SourcePane))

    def action_next(self, step: int) -> None:
        """Go to the next place that holds the words, round the end."""
        if self._found:
            self._show_place((self._place + step) % len(self._found))

    def action_back(self) -> None:
        """Put the line for words away, else leave the guide."""
        if not self.line.display:
            self.dismiss()
            return
        self.line.value = ""
        self.line.display = False
        self.query_one(SourcePane).focus()

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
