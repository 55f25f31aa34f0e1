"""Blocks of a lesson that a reader points at: to bookmark, note, copy them or ask about them."""

from __future__ import annotations

from dataclasses import replace
from secrets import token_hex
from typing import TYPE_CHECKING

from textual import on, work

from course.block_words import words_of
from course.errors import CourseError
from course.notes import Note, anchor_of, blocks_of, located
from tui.commands import Command
from tui.copying import copied_text, keep_copy
from tui.language import _
from tui.messages import Failed
from tui.places import lesson_titles
from tui.saving import saves
from tui.styled import said, shortened
from tui.trail import Spot
from tui.widgets.rows import Row
from tui.widgets.stretch import Stretch

from .lists import ListScreen
from .note import NoteScreen
from .pictured import PicturedPage

if TYPE_CHECKING:
    from datetime import datetime

    from course.model import Block
    from tui.messages import LessonLoaded

ASK_ABOUT = Command("ask_about", "A", _("Ask about this"), _("Ask the guides about this block."))
MARKING = (
    Command("point", "m", _("Mark"), _("Choose a block: to bookmark, note, copy it or ask about it.")),
    Command("point_to(-1)", "up", _("Up"), _("Go to the block above."), footer=False, palette=False),
    Command("point_to(1)", "down", _("Down"), _("Go to the block below."), footer=False, palette=False),
    Command("bookmark", "b", _("Bookmark"), _("Put a bookmark at this block, or take it away.")),
    Command("note", "e", _("Note"), _("Write a note at this block, or change it.")),
    Command("copy", "y", _("Copy"), _("Copy this block.")),
    ASK_ABOUT,
    Command("unpoint", "escape", _("Done"), _("Go back to reading."), palette=False),
    Command("marks", "B", _("Your notes"), _("Show your notes and bookmarks in this course."), footer=False),
    Command("undo", "u", _("Undo"), _("Bring back the note or bookmark that you deleted."), footer=False),
)
"""What can be done with a block."""

_ONLY_WHILE_POINTING = frozenset({"point_to", "unpoint"})
_NOT_WHILE_POINTING = frozenset({"next", "previous", "contents", "point", "ask", "back"})
_WORDS = 40
"""Cells of a block's words that name it in a message."""


class MarkedPage(PicturedPage):
    """Keeps notes and bookmarks; each acts on the block that is pointed at, else on the first in view."""

    def __init__(self, loaded: LessonLoaded) -> None:
        super().__init__(loaded)
        self._pointed: int | None = None
        self._deleted: Note | None = None

    # Pointing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys of a block only while one is pointed at."""
        name = action.partition("(")[0]
        pointing = self._pointed is not None
        if name in _ONLY_WHILE_POINTING:
            return pointing
        if pointing and name in _NOT_WHILE_POINTING:
            return False
        if name in {"point", "bookmark", "note", "copy", "ask_about"}:
            return self._blocks() > 0
        if name == "undo":
            return self._deleted is not None
        return super().check_action(action, parameters)

    def _blocks(self) -> int:
        return self.page.count if self.page is not None else 0

    def _here(self) -> int:
        """The block that is pointed at, else the first one in view."""
        if self._pointed is not None:
            return self._pointed
        row = round(self.column.scroll_y)
        return min(self.page.place_at(row), self._blocks() - 1) if self.page is not None else 0

    def action_point(self) -> None:
        """Begin to point, at the first block in view."""
        self.set_focus(None)
        self._point(self._here())

    def action_point_to(self, step: int) -> None:
        """Point at another block."""
        if self._pointed is not None:
            self._point(max(0, min(self._blocks() - 1, self._pointed + step)))

    def action_unpoint(self) -> None:
        """Go back to reading."""
        self._point(None)
        self.set_focus(self.column)

    @on(Stretch.Clicked)
    def _block_clicked(self, event: Stretch.Clicked) -> None:
        event.stop()
        if self._pointed is not None and event.block < self._blocks():
            self._point(event.block)

    def on_descendant_focus(self) -> None:
        """Who answers a question points no more; a click on the text only moves the bar."""
        if self._pointed is None or self.focused is None:
            return
        if self.focused is self.column:
            self.set_focus(None)
        else:
            self._point(None)

    def _point(self, place: int | None) -> None:
        self._pointed = place
        if self.page is not None:
            self.page.point(place)
            if place is not None:
                self.call_after_refresh(self._show_pointed)
        self.refresh_bindings()

    def _show_pointed(self) -> None:
        if self.page is None or self._pointed is None:
            return
        top, end = self.page.span_of(self._pointed)
        if self._pointed == self._blocks() - 1:
            end = self.column.virtual_size.height
        first, height = round(self.column.scroll_y), self.column.size.height
        if top < first or end - top >= height:
            self.column.scroll_to(y=max(0, top - 1), animate=False)
        elif end > first + height:
            self.column.scroll_to(y=end - height + 1, animate=False)

    async def show(self, position: int, spot: Spot | None = None) -> None:
        """Show another section; nothing is pointed at in it."""
        self._pointed = None
        await super().show(position, spot)

    def began(self, spot: Spot) -> None:
        """Point at the block of the note that was looked for."""
        super().began(spot)
        if spot.anchor is not None and spot.block is not None:
            self.set_focus(None)
            self._point(spot.block)
        elif self.page is not None:
            self.page.point(self._pointed)

    # Notes and bookmarks

    async def action_bookmark(self) -> None:
        """Put a bookmark at the block, or take it away."""
        place = self._here()
        known = next((note for note in self.notes_here().get(place, ()) if not note.text), None)
        if known is not None:
            await self._remove(known)
        else:
            await self._keep(place, "", None)
            self.hansa.tell(_("Bookmark at “{words}”.").format(words=self._begins(place)))

    def action_note(self) -> None:
        """Write the note of the block."""
        place = self._here()
        known = next((note for note in self.notes_here().get(place, ()) if note.text), None)

        async def written(text: str | None) -> None:
            if text and (known is None or text != known.text):
                await self._keep(place, text, known)
            elif not text and known is not None:
                await self._remove(known)

        def ending(text: str) -> None:
            note = self._noted_at(place, text, known)
            if note is not None:
                self._keep_now(note)

        screen = NoteScreen(self._begins(place, 400), known.text if known else "", ending)
        self.app.push_screen(screen, written)

    def _noted_at(self, place: int, text: str, known: Note | None) -> Note | None:
        if self.section is None:
            return None
        anchor = anchor_of(self.section, place)
        return Note(known.id if known else token_hex(8), anchor, text, self.hansa.services.clock())

    async def _keep(self, place: int, text: str, known: Note | None) -> None:
        note = self._noted_at(place, text, known)
        if note is None:
            return
        self.notes[note.id] = note
        self._write(note)
        await self._show_noted()

    async def _remove(self, note: Note) -> None:
        del self.notes[note.id]
        self._deleted = note
        self._erase(note.id, self.hansa.services.clock())
        await self._show_noted()
        told = _("The note is deleted; u brings it back.")
        self.hansa.tell(told if note.text else _("The bookmark is taken away; u brings it back."))

    async def action_undo(self) -> None:
        """Bring back what was deleted last."""
        note, self._deleted = self._deleted, None
        if note is None:
            return
        note = replace(note, at=self.hansa.services.clock())
        if note.anchor.lesson_id == self.lesson.id:
            self.notes[note.id] = note
        self._write(note)
        await self._show_noted()

    async def _show_noted(self) -> None:
        """Show the section with what is noted now, pointing at the same block."""
        pointed = self._pointed
        await self.redraw_section()
        if pointed is not None:
            self.set_focus(None)
            self._point(pointed)

    @saves("note")
    def _write(self, note: Note) -> None:
        self._keep_now(note)

    def _keep_now(self, note: Note) -> None:
        try:
            self.hansa.services.record.keep_note(note)
        except CourseError as error:
            self._tell_unkept(error)

    @saves("note")
    def _erase(self, note_id: str, at: datetime) -> None:
        try:
            self.hansa.services.record.remove_note(note_id, at)
        except CourseError as error:
            self._tell_unkept(error)

    def _tell_unkept(self, error: CourseError) -> None:
        sentence = _("Your note could not be kept: {reason}").format(reason=error.message)
        self.post_message(Failed(sentence))

    def action_marks(self) -> None:
        """Show every note and bookmark; the record is read first."""
        self._read_marks()

    @work(thread=True, exclusive=True, group="marks", exit_on_error=False)
    def _read_marks(self) -> None:
        try:
            noted = self.hansa.services.record.noted()
        except CourseError as error:
            self.post_message(Failed(error.message))
        else:
            self.call_later(self._list_marks, noted)

    def _list_marks(self, noted: tuple[Note, ...]) -> None:
        if self.app.screen is not self:
            return
        if not noted:
            self.hansa.tell(_("There are no notes or bookmarks yet: m marks a block."))
            return
        titles = lesson_titles(self.hansa.services)
        rows = []
        for note in noted:
            where = titles.get(note.anchor.lesson_id, _("a lesson that is gone"))
            label = note.text.split("\n")[0] if note.text else _("Bookmark")
            rows.append(
                Row(label, note, right=said(where, "$muted"), beneath=said(note.anchor.words, "$muted"))
            )
        self.app.push_screen(ListScreen(_("Your notes and bookmarks"), "", rows), self._go_to_mark)

    async def _go_to_mark(self, value: object) -> None:
        if not isinstance(value, Note):
            return
        if value.anchor.lesson_id != self.lesson.id:
            self.hansa.trail.leave(self.here())
            self.hansa.open_place(value.anchor.lesson_id, Spot(anchor=value.anchor))
            return
        place = located(value.anchor, self.lesson)
        if place is None:
            self.hansa.tell(_("The section of this note is gone: {words}").format(words=value.anchor.words))
            return
        self.hansa.trail.leave(self.here())
        await self.show(place[0], Spot(block=place[1], anchor=value.anchor))

    # Copying and asking

    def action_copy(self) -> None:
        """Copy the block to the clipboard and into a file."""
        block = self.block_here()
        if block is None:
            return
        text = copied_text(block)
        self.app.copy_to_clipboard(text)
        self._keep_copy(text)

    @saves("copy")
    def _keep_copy(self, text: str) -> None:
        path = self.hansa.services.paths.copied
        try:
            keep_copy(path, text)
        except OSError as error:
            sentence = _("Copied. It could not be kept in {path} as well: {reason}.")
            self.post_message(Failed(sentence.format(path=path, reason=error.strerror or error)))
        else:
            sentence = _("Copied. Should your terminal not hand it on, it also stands in {path}")
            self.app.call_later(self.hansa.tell, sentence.format(path=path))

    def block_here(self) -> Block | None:
        """The block that is pointed at, else the first one in view."""
        return blocks_of(self.section)[self._here()] if self.section is not None else None

    def _begins(self, place: int, cells: int = _WORDS) -> str:
        words = words_of((blocks_of(self.section)[place],)) if self.section is not None else ""
        return shortened(said(" ".join(words.split())), cells).plain
