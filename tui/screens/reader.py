"""The core of a lesson: one section a page, its questions, and the place that is kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Horizontal

from course.errors import CourseError
from course.notes import BlockIndex
from course.pace import minutes_left
from course.ticks import Tick, entries_of, is_ticked
from tui.language import _, plural
from tui.messages import Earlier, Failed
from tui.pictures import Gallery
from tui.places import followed_by, short_title, what_follows
from tui.plan import onward_words
from tui.reading import Makers, SectionPage
from tui.saving import saves
from tui.styled import said
from tui.trail import Place, Spot
from tui.widgets.checklist import ChecklistView
from tui.widgets.form import FormView
from tui.widgets.item import ItemView
from tui.widgets.outline import OutlineView
from tui.widgets.prose import TextView
from tui.widgets.rows import Row

from .page import Column
from .questions import QuestionPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

    from course.forms import Form
    from course.model import Item, ListBlock, Section
    from course.notes import Note
    from tui.messages import LessonLoaded

SAVE_AFTER = 1.0
"""Seconds without scrolling after which the place is noted."""

LAYOUTS = 10
"""How often a page may be refreshed before its widgets have their places."""

BREATH = 0.01
"""Seconds between two portions of a very long page, for the keys of the reader."""

HOME = "home"
"""Value of the line that leads home."""


class ReaderPage(QuestionPage):
    """Shows a lesson section by section and takes the answers to its questions."""

    def __init__(self, loaded: LessonLoaded) -> None:
        super().__init__(where=f"{short_title(loaded.module)} · {loaded.lesson.title}")
        self.lesson = loaded.lesson
        """The lesson that is read."""
        self.earlier = loaded.earlier
        """The last answer to each question."""
        self.ticks = list(loaded.ticks)
        """Ticks of the checklists, oldest first."""
        self.notes = {note.id: note for note in loaded.notes}
        """Notes and bookmarks of the lesson, by id."""
        self.seen = set(loaded.seen)
        """Ids of the sections that were open once."""
        self.position = max(0, min(loaded.section, len(self.lesson.sections)))
        """Number of the section shown, from 0; one past the last is the closing page."""
        self.page: SectionPage | None = None
        """The widgets of the section shown; None on the closing page."""
        self.gallery = Gallery()
        """The pictures of the section shown."""
        self._start = loaded.spot
        self._onward = loaded.onward
        self._wanted = object()
        """Stands for the section that was asked for last: a key may ask for one before another is there."""
        self._index: BlockIndex | None = None
        self._noted: tuple[str, int] | None = None
        self._saving: Timer | None = None

    def body(self) -> ComposeResult:
        """The scrolling column and, in wide windows, the outline."""
        with Horizontal(id="lesson"):
            yield Column(id="text")
            yield OutlineView([section.title for section in self.lesson.sections])

    async def on_mount(self) -> None:
        """Show the first page, unless another lesson took its place in the meantime."""
        if not self.query("#text"):
            return
        self.watch(self.column, "scroll_y", self._scrolled, init=False)
        await self.show(self.position, self._start)

    @property
    def column(self) -> Column:
        """The scrolling text."""
        return self.query_one("#text", Column)

    @property
    def section(self) -> Section | None:
        """The section shown; None on the closing page."""
        sections = self.lesson.sections
        return sections[self.position] if self.position < len(sections) else None

    # Moving

    async def show(self, position: int, spot: Spot | None = None) -> None:
        """Show another section, or the closing page; without a spot where it was left."""
        self._note_place()
        self.workers.cancel_group(self, "fill")
        self.position = position
        wanted = self._wanted = object()
        with self.app.batch_update():
            await self.column.remove_children()
            if wanted is not self._wanted:
                return
            rest = self._widgets()
            first = next(rest)
            await self.column.mount_all(first)
            if wanted is not self._wanted:
                return
            self._show_earlier(first)
        if self.section is not None:
            self.seen.add(self.section.id)
        self._tell_place()
        self.refresh_bindings()
        self.set_focus(self.column)
        if self.section is None:
            self.query(Row).first().focus()
        else:
            self._fill(rest, self._spot_in(self.section, spot or Spot()))

    def _spot_in(self, section: Section, spot: Spot) -> Spot:
        """A spot with the line at which the section was left, where it names none."""
        if spot.line is not None or spot.block is not None:
            return spot
        return replace(spot, line=self.hansa.scroll_places.get(section.id, 0))

    @work(group="fill", exclusive=True, exit_on_error=False)
    async def _fill(self, rest: Iterable[Sequence[Widget]], spot: Spot) -> None:
        """Go to the spot, after as much of a very long page is mounted as that needs; then mount the rest."""
        column = self.column
        begun = self._reaches(spot)
        if begun:
            self.call_after_refresh(self._begin_section, spot)
        more = False
        for portion in rest:
            await asyncio.sleep(BREATH)
            if not column.is_attached:
                return
            await column.mount_all(portion)
            self._show_earlier(portion)
            more = True
            if not begun and self._reaches(spot):
                begun = True
                self.call_after_refresh(self._begin_section, spot)
        if not begun:
            self.call_after_refresh(self._begin_section, spot)
        elif more:
            self.call_after_refresh(self.began, Spot())

    def _reaches(self, spot: Spot) -> bool:
        """Whether the page is laid out as far as a spot and a window beyond."""
        page = self.page
        if page is None or (spot.block is None and not spot.line):
            return True
        row = spot.line or 0
        if spot.block is not None:
            holder = page.holder(spot.block)
            if holder is None or not holder.virtual_region:
                return False
            row = page.span_of(spot.block)[0]
        return page.bottom >= row + 2 * self.column.size.height

    async def redraw_section(self) -> None:
        """Show the section anew at the same line."""
        await self.show(self.position, Spot(line=round(self.column.scroll_y)))

    def _begin_section(self, spot: Spot, patience: int = LAYOUTS) -> None:
        section, page = self.section, self.page
        if section is None or page is None or not self.query("#text"):
            return
        shown = self.column.children
        if patience and shown and not shown[-1].virtual_region:
            self.call_after_refresh(self._begin_section, spot, patience - 1)
            return
        place = spot.line or 0
        if spot.block is not None and spot.block < len(section.blocks):
            place = max(0, page.span_of(spot.block)[0] - spot.above)
        self.column.scroll_to(y=place, animate=False)
        self._note(section.id, place)
        self.began(spot)

    def began(self, spot: Spot) -> None:
        """The section stands on the screen and is scrolled to its place; all of it, when this is told once more."""

    def here(self) -> Place:
        """Where the reader is now."""
        if self.section is not None:
            return Place(self.section.id, round(self.column.scroll_y))
        last = self.lesson.sections[-1:]
        return Place(last[0].id if last else self.lesson.id, 0)

    def _widgets(self) -> Iterator[list[Widget]]:
        """What the column shows, in portions."""
        section = self.section
        if section is None:
            self.page = None
            yield self._closing_page()
            return
        makers = Makers(self._seed, self._form, self._checklist, self.gallery)
        self.page = SectionPage(section, makers, self.notes_here())
        portions = self.page.portions()
        yield [TextView(said(section.title, "bold"), classes="title"), *next(portions)]
        yield from portions

    def notes_here(self) -> dict[int, list[Note]]:
        """Notes and bookmarks of the section shown, by the place of their block."""
        found: dict[int, list[Note]] = {}
        if not self.notes:
            return found
        if self._index is None or self._index.lesson is not self.lesson:
            self._index = BlockIndex(self.lesson)
        for note in self.notes.values():
            place = self._index.find(note.anchor)
            if place is not None and place[0] == self.position:
                found.setdefault(place[1], []).append(note)
        return found

    def _checklist(self, block: ListBlock) -> ChecklistView:
        entries = entries_of(self.lesson.sections[self.position], block, self.lesson.language)
        return ChecklistView(block, entries, [is_ticked(entry, self.ticks) for entry in entries])

    def _form(self, form: Form) -> FormView:
        services = self.hansa.services
        return FormView(form, services.workbook, services.clock)

    def _seed(self, item: Item) -> int:
        earlier = self.earlier.get(item.frame.id)
        return earlier.seed if earlier else self.hansa.seed

    def _show_earlier(self, widgets: Iterable[Widget]) -> None:
        for view in (widget for widget in widgets if isinstance(widget, ItemView)):
            earlier = self.earlier.get(view.item.frame.id)
            if earlier is not None:
                view.restore(earlier.response, earlier.mark, earlier.tries)

    def _closing_page(self) -> list[Widget]:
        title = TextView(said(_("You have reached the end of this lesson."), "bold"), classes="title")
        rows = self._onward_rows()
        rows.append(Row(_("Read this lesson again from the start"), 0))
        rows.append(Row(_("Go home"), HOME))
        return [title, *rows]

    def _onward_rows(self) -> list[Row]:
        """What comes next: on the chosen path, else in the course."""
        if self._onward is not None:
            return [Row(onward_words(self._onward), self._onward.id)]
        follows = what_follows(self.hansa.services.course, self.lesson)
        return [Row(*followed_by(follows))] if follows else []

    def _tell_place(self) -> None:
        read = [section.id in self.seen for section in self.lesson.sections]
        for outline in self.query(OutlineView):
            outline.show(self.position, read)
        if self.section is None:
            self.header.how_far = _("end of the lesson")
        else:
            words = _("section {number} of {count}")
            where = words.format(number=self.position + 1, count=len(self.lesson.sections))
            minutes = minutes_left(self.lesson, self.position)
            left = plural("{count} min left", "{count} min left", minutes)
            self.header.how_far = f"{where} · {left}" if minutes else where

    async def action_next(self) -> None:
        """Show the next section, then the closing page, then what follows."""
        if self.section is not None:
            await self.show(self.position + 1)
        else:
            for row in list(self.query(Row))[:1]:  # none as long as the page is being made
                row.action_choose()

    async def action_previous(self) -> None:
        """Show the section before."""
        if self.position:
            await self.show(self.position - 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing before the first section, and not everywhere a question to go to."""
        if action == "previous":
            return self.position > 0
        if action.startswith("stop"):
            return any(widget is not self.column for widget in self.focus_chain)
        return super().check_action(action, parameters)

    def action_stop(self, step: int) -> None:
        """Go to the next part of the page that takes keys, and show all of it."""
        focused = self.focus_next() if step > 0 else self.focus_previous()
        nodes = focused.ancestors_with_self if focused is not None else ()
        for view in (node for node in nodes if isinstance(node, ItemView)):
            view.show_whole()

    def action_scroll(self) -> None:
        """Scroll a page down."""
        self.column.scroll_page_down(animate=False)

    def action_back(self) -> None:
        """Note the place and leave."""
        self._note_place()
        super().action_back()

    # Questions and checklists

    async def judged(self, event: QuestionPage.Judged) -> None:
        """Show the feedback at once, and again when the learner comes back."""
        view = event.view
        self.earlier[view.item.frame.id] = Earlier(event.response, view.seed, event.mark, view.tried - 1)
        await super().judged(event)

    @on(ItemView.Passed)
    async def _question_passed(self, event: ItemView.Passed) -> None:
        """Go to the next question of the section, or to the next section."""
        event.stop()
        views = list(self.query(ItemView))
        later = views[views.index(event.view) + 1 :]
        if later:
            later[0].take_focus()
        else:
            await self.action_next()

    @on(ChecklistView.Ticked)
    def _entry_ticked(self, event: ChecklistView.Ticked) -> None:
        event.stop()
        tick = Tick(event.entry, event.ticked, self.hansa.services.clock())
        self.ticks.append(tick)
        self._keep_tick(tick)

    @saves("tick")
    def _keep_tick(self, tick: Tick) -> None:
        try:
            self.hansa.services.record.tick(tick)
        except CourseError as error:
            sentence = _("Your tick could not be kept: {reason}").format(reason=error.message)
            self.post_message(Failed(sentence))

    # The place in the record

    def _scrolled(self) -> None:
        section = self.section
        if section is None or not self.is_current:
            return
        self.hansa.scroll_places[section.id] = round(self.column.scroll_y)
        if self._saving is not None:
            self._saving.stop()
        self._saving = self.set_timer(SAVE_AFTER, self._note_place)

    def _note_place(self) -> None:
        section = self.section
        if section is not None and self._noted is not None:
            self._note(section.id, self.hansa.scroll_places.get(section.id, 0))

    def on_unmount(self) -> None:
        """Keep the place when the page is left within a moment of scrolling; some milliseconds."""
        section = self.section
        if section is None or self._noted is None:
            return
        place = self.hansa.scroll_places.get(section.id, 0)
        if self._noted != (section.id, place):
            self._keep_place(section.id, place)

    def _note(self, section_id: str, place: int) -> None:
        if self._noted != (section_id, place):
            self._noted = (section_id, place)
            self._visit(section_id, place)

    @saves("visit")
    def _visit(self, section_id: str, place: int) -> None:
        self._keep_place(section_id, place)

    def _keep_place(self, section_id: str, place: int) -> None:
        services = self.hansa.services
        try:
            services.record.visit(section_id, place, services.clock())
        except CourseError as error:
            self.hansa.post_message(Failed(error.message))
