"""A guide in a scrolling pane: loaded in the background, scrolled to the quoted words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from index.errors import GuideIndexError
from tui.language import _
from tui.messages import Failed

from .guide import GuideView

if TYPE_CHECKING:
    from textual.worker import Worker

    from assistant.model import Citation
    from index.model import Guide
    from tui.app import HansaApp


class SourcePane(VerticalScroll):
    """Shows one guide; hidden while it has none."""

    DEFAULT_CSS = "SourcePane { display: none; padding: 0 2; scrollbar-size-vertical: 1; }"

    @dataclass
    class Opened(Message):
        """A guide was read."""

        guide: Guide
        """The guide."""
        quote: tuple[int, int] | None
        """Offsets of the words to mark."""
        heading: str
        """Heading to scroll to."""

    def show(self, citation: Citation) -> None:
        """Show the guide of a citation at its words."""
        self.open(citation.guide, quote=(citation.start, citation.end), words=citation.quote)

    def open(
        self, slug: str, *, quote: tuple[int, int] | None = None, words: str = "", heading: str = ""
    ) -> None:
        """Show a guide; of the place of a quote, the `words` are looked for if they moved since."""
        self.display = True
        self._load(slug, quote, words, heading)

    def close(self) -> None:
        """Hide the pane."""
        self.display = False

    @work(thread=True, exclusive=True, group="guide", exit_on_error=False)
    def _load(self, slug: str, quote: tuple[int, int] | None, words: str, heading: str) -> None:

        try:
            guide = cast("HansaApp", self.app).services.assistant(None).index.guide(slug)
        except (GuideIndexError, KeyError) as error:
            reason = str(error) or slug
            self.post_message(Failed(_("This guide cannot be opened: {reason}").format(reason=reason)))
        else:
            place = quote_place(guide.text, quote, words)
            self.post_message(self.Opened(guide, place, heading))
            if quote and place is None:
                sentence = _("The guide has changed since: the quoted words do not stand in it any more.")
                self.post_message(Failed(sentence))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Put an unforeseen failure of background work into words."""
        cast("HansaApp", self.app).on_worker_state_changed(event)

    @on(Opened)
    async def _show_guide(self, event: Opened) -> None:
        await self.remove_children()
        view = GuideView(event.guide, event.quote)
        await self.mount(view, Static(sources_words(event.guide), markup=False, classes="notes"))
        self.call_after_refresh(self._scroll_to_target, event.heading)

    def _scroll_to_target(self, heading: str) -> None:
        for view in self.query(GuideView):
            self.scroll_to(y=view.target_line(heading), animate=False)

    def go_to_line(self, line: int) -> None:
        """Scroll to a line of the guide."""
        self.scroll_to(y=line, animate=False)


def quote_place(text: str, quote: tuple[int, int] | None, words: str) -> tuple[int, int] | None:
    """Where quoted words stand now: where they stood, else the nearest place that holds them, else None."""
    if quote is None or not words or text[quote[0] : quote[1]] == words:
        return quote
    places = [match.start() for match in re.finditer(re.escape(words), text)]
    nearest = min(places, key=lambda place: abs(place - quote[0]), default=None)
    return None if nearest is None else (nearest, nearest + len(words))


def sources_words(guide: Guide) -> str:
    """When the guide was checked and under which licence it stands."""
    parts = []
    if guide.checked_on:
        parts.append(_("Checked on {date}.").format(date=guide.checked_on))
    if guide.licence:
        parts.append(_("Licence: {licence}.").format(licence=guide.licence))
    return "  " + " ".join(parts) if parts else ""
