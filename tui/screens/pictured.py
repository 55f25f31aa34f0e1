"""Pictures of a lesson: measured before their section is shown, so that it keeps its place while they are decoded."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.message import Message
from textual.worker import get_current_worker

from tui.leaving import breakable
from tui.pictures import Picture, drawn_sources, manner_of
from tui.widgets.prose import ProseView

from .reader import ReaderPage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from course.model import Section
    from tui.messages import LessonLoaded
    from tui.reading import SectionPage
    from tui.trail import Spot


class PicturedPage(ReaderPage):
    """Draws the pictures of the section shown, where they are wanted and the terminal can."""

    @dataclass
    class Decoded(Message):
        """A picture can be drawn, or it is known why not."""

        picture: Picture
        """Which one."""

    def __init__(self, loaded: LessonLoaded) -> None:
        super().__init__(loaded)
        self._anchor: _Anchor | None = None

    @on(events.Mount)
    def _follow_look(self) -> None:
        """What is transparent shows the ground of the look, and not every look can draw."""
        for column in self.query("#text"):
            self.watch(column, "virtual_size", self._stay, init=False)
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._look_if_seen())

    @on(events.Unmount)
    def _follow_no_more(self) -> None:
        """A signal holds on to what follows it."""
        self.app.theme_changed_signal.unsubscribe(self)

    def on_screen_resume(self) -> None:
        """Follow a setting that was changed on another page."""
        self._look_if_seen()

    def on_resize(self) -> None:
        """Follow the window: a taller one has room for taller pictures."""
        self._look_if_seen()

    async def show(self, position: int, spot: Spot | None = None) -> None:
        """Show another section, with room for its pictures; they follow as they are decoded."""
        manner = manner_of(self.hansa)
        sections = self.lesson.sections
        section = sections[position] if position < len(sections) else None
        pictures = await self._looked_up(section) if manner is not None else {}
        self._anchor = None
        self.gallery.manner, self.gallery.pictures = manner, pictures
        await super().show(position, spot)
        self._decode_waiting()

    async def _looked_up(self, section: Section | None) -> dict[str, Picture]:
        sources = drawn_sources(section.blocks) if section is not None else []
        if not sources:
            return {}
        return await asyncio.to_thread(self.hansa.pictures.look_up, sources, self.lesson.path)

    def _look_if_seen(self) -> None:
        if self.is_current and self.section is not None:
            self.look_at_pictures()

    @work(group="look", exclusive=True, exit_on_error=False)
    async def look_at_pictures(self) -> None:
        """Draw the pictures as is wanted now, from their files as they are now; the reader stays at the same line."""
        section, manner = self.section, manner_of(self.hansa)
        pictures = await self._looked_up(section) if manner is not None else {}
        if section is not self.section or not self.is_attached:
            return
        gallery = self.gallery
        if (gallery.manner, gallery.pictures) == (manner, pictures):
            return

        def change() -> None:
            gallery.manner, gallery.pictures = manner, pictures

        self._redraw(change)
        self._decode_waiting()

    def _decode_waiting(self) -> None:
        waiting = [picture for picture in self.gallery.pictures.values() if picture.waits]
        if waiting:
            self._decode(waiting)

    @work(thread=True, group="pictures", exclusive=True, exit_on_error=False)
    def _decode(self, pictures: Sequence[Picture]) -> None:
        worker = get_current_worker()
        with breakable():
            for picture in pictures:
                if worker.is_cancelled:
                    return
                picture.decode()
                self.post_message(self.Decoded(picture))

    @on(Decoded)
    def _show_decoded(self, event: Decoded) -> None:
        event.stop()
        sources = {source for source, known in self.gallery.pictures.items() if known is event.picture}
        if sources:
            self._redraw(only=sources)

    def _redraw(self, change: Callable[[], None] = lambda: None, only: set[str] | None = None) -> None:
        """Draw the prose that holds pictures anew, and stay with the block that is read, whatever grew above it."""
        page = self.page
        views = [view for view in self.query(ProseView) if _holds(view, only)]
        if page is None or not views:
            change()
            return
        line = round(self.column.scroll_y)
        place = page.place_at(line)
        anchor = _Anchor(page, place, page.span_of(place)[0], line)
        rows = _rows(views)
        change()
        for view in views:
            view.redraw()
        if self._anchor is None and _rows(views) != rows:
            self._anchor = anchor

    def _stay(self) -> None:
        """Scroll by as many rows as the block that is read was moved, now that the page is laid out."""
        anchor, self._anchor = self._anchor, None
        if anchor is not None and anchor.page is self.page:
            line = anchor.line + anchor.page.span_of(anchor.place)[0] - anchor.top
            self.column.scroll_to(y=max(0, line), animate=False, immediate=True)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What is read on a page that is about to be laid out anew."""

    page: SectionPage
    place: int
    """The first block that begins at the top of the window or below."""
    top: int
    """Its first row in the column."""
    line: int
    """The row of the column at the top of the window."""


def _holds(view: ProseView, sources: set[str] | None) -> bool:
    """Whether some prose holds one of some pictures, or any picture."""
    drawn = drawn_sources(view.blocks)
    return bool(drawn if sources is None else sources.intersection(drawn))


def _rows(views: Sequence[ProseView]) -> int:
    """Rows that some prose takes, as far as it has its width."""
    widths = [(view, view.content_size.width) for view in views]
    return sum(len(view.lines(width)) for view, width in widths if width)
