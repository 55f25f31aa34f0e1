"""A lesson, one section a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal
from textual.widgets import Static

from course.errors import CourseError
from course.file_names import languages_of
from course.ticks import Tick, entries_of, is_ticked
from course.translations import source_of
from tui.commands import Command, bindings
from tui.language import _, language_name
from tui.messages import Earlier, Failed, LinkFollowed
from tui.places import followed_by, short_title, what_follows
from tui.reading import Makers, kind_of_link, links_of, section_widgets
from tui.styled import said
from tui.widgets.checklist import ChecklistView
from tui.widgets.form import FormView
from tui.widgets.item import ItemView
from tui.widgets.outline import OutlineView
from tui.widgets.rows import Row

from .lists import ListScreen
from .page import ASK, BACK, HELP, Column
from .questions import QuestionPage

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

    from course.forms import Form
    from course.model import Item, ListBlock, Section
    from tui.messages import LessonLoaded

SAVE_AFTER = 1.0
"""Seconds without scrolling after which the place is noted."""

HOME = "home"
"""Value of the line that leads home."""


class LessonScreen(QuestionPage):
    """Reads a lesson section by section and takes the answers to its questions."""

    ABOUT = _(
        "A lesson is read one section at a time: n goes on, p goes back.\n"
        "space or pgdn scrolls the text.\n"
        "tab goes to the next question, checklist or link list.\n"
        "Your answers and your place are saved as you go.\n"
        "Leave at any time with esc: nothing is lost."
    )
    OFFERED: ClassVar[tuple[Command, ...]] = (
        Command(
            "next", "n,right", _("Next"), _("Go to the next section; after the last one, to what follows.")
        ),
        Command("previous", "p,left", _("Previous"), _("Go back to the section before.")),
        Command("contents", "t", _("Contents"), _("Show the sections of this lesson.")),
        ASK,
        BACK,
        HELP,
        Command(
            "stop(1)", "tab", _("Question"), _("Go to the next question, checklist or list."), footer=False
        ),
        Command("stop(-1)", "shift+tab", _("Question before"), _("Go to the question before."), footer=False),
        Command("links", "l", _("Links"), _("Show the links of this section."), footer=False),
        Command("language", "v", _("Language"), _("Read this lesson in another language."), footer=False),
        Command("scroll", "space", _("Scroll"), _("Scroll the text down."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, loaded: LessonLoaded) -> None:
        super().__init__(where=f"{short_title(loaded.module)} · {loaded.lesson.title}")
        self.lesson = loaded.lesson
        """The lesson that is read."""
        self.earlier = loaded.earlier
        """The last answer to each question."""
        self.ticks = list(loaded.ticks)
        """Ticks of the checklists, oldest first."""
        self.position = max(0, min(loaded.section, len(self.lesson.sections)))
        """Number of the section shown, from 0; one past the last is the closing page."""
        self._translations = languages_of(source_of(self.lesson.path) or self.lesson.path)
        self._noted: tuple[str, int] | None = None
        self._saving: Timer | None = None

    def body(self) -> ComposeResult:
        """The scrolling column and, in wide windows, the outline."""
        with Horizontal():
            yield Column(id="text")
            yield OutlineView([section.title for section in self.lesson.sections])

    async def on_mount(self) -> None:
        """Show the first page."""
        self.watch(self.column, "scroll_y", self._scrolled, init=False)
        await self.show(self.position)

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

    async def show(self, position: int) -> None:
        """Show another section, or the closing page."""
        self._note_place()
        self.position = position
        with self.app.batch_update():
            await self.column.remove_children()
            await self.column.mount_all(self._page())
            self._show_earlier()
        self._tell_place()
        self.refresh_bindings()
        self.column.focus()
        if self.section is None:
            self.query(Row).first().focus()
        else:
            self.call_after_refresh(self._begin_section)

    def _begin_section(self) -> None:
        section = self.section
        if section is not None:
            place = self.hansa.scroll_places.get(section.id, 0)
            self.column.scroll_to(y=place, animate=False)
            self._note(section.id, place)

    def _page(self) -> list[Widget]:
        section = self.section
        if section is None:
            return self._closing_page()
        title = Static(section.title, markup=False, classes="title")
        return [title, *section_widgets(section, Makers(self._seed, self._form, self._checklist))]

    def _checklist(self, block: ListBlock) -> ChecklistView:
        entries = entries_of(self.lesson.sections[self.position], block, self.lesson.language)
        return ChecklistView(block, entries, [is_ticked(entry, self.ticks) for entry in entries])

    @on(ChecklistView.Ticked)
    def _entry_ticked(self, event: ChecklistView.Ticked) -> None:
        event.stop()
        tick = Tick(event.entry, event.ticked, self.hansa.services.clock())
        self.ticks.append(tick)
        self._keep_tick(tick)

    @work(thread=True, group="tick", exit_on_error=False)
    def _keep_tick(self, tick: Tick) -> None:
        try:
            self.hansa.services.record.tick(tick)
        except CourseError as error:
            sentence = _("Your tick could not be kept: {reason}").format(reason=error.message)
            self.post_message(Failed(sentence))

    def _form(self, form: Form) -> FormView:
        services = self.hansa.services
        return FormView(form, services.workbook, services.clock)

    def _seed(self, item: Item) -> int:
        earlier = self.earlier.get(item.frame.id)
        return earlier.seed if earlier else self.hansa.seed

    def _show_earlier(self) -> None:
        for view in self.query(ItemView):
            earlier = self.earlier.get(view.item.frame.id)
            if earlier is not None:
                view.restore(earlier.response, earlier.mark, earlier.tries)

    def _closing_page(self) -> list[Widget]:
        title = Static(_("You have reached the end of this lesson."), markup=False, classes="title")
        follows = what_follows(self.hansa.services.course, self.lesson)
        rows = [Row(*followed_by(follows))] if follows else []
        rows.append(Row(_("Read this lesson again from the start"), 0))
        rows.append(Row(_("Go home"), HOME))
        return [title, *rows]

    @on(OutlineView.Chosen)
    async def _section_clicked(self, event: OutlineView.Chosen) -> None:
        event.stop()
        await self.show(event.position)

    def _tell_place(self) -> None:
        for outline in self.query(OutlineView):
            outline.show(self.position)
        if self.section is None:
            self.header.how_far = _("end of the lesson")
        else:
            words = _("section {number} of {count}")
            self.header.how_far = words.format(number=self.position + 1, count=len(self.lesson.sections))

    async def action_next(self) -> None:
        """Show the next section, then the closing page, then what follows."""
        if self.section is not None:
            await self.show(self.position + 1)
        else:
            self.query(Row).first().action_choose()

    async def action_previous(self) -> None:
        """Show the section before."""
        if self.position:
            await self.show(self.position - 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing before the first section, and not always another language."""
        if action == "previous":
            return self.position > 0
        if action == "language":
            return bool(self._translations)
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

    @on(Row.Chosen)
    async def _closing_line_chosen(self, event: Row.Chosen) -> None:
        event.stop()
        value = event.row.value
        if isinstance(value, int):
            await self.show(value)
        elif value == HOME:
            self.action_back()
        else:
            self.hansa.open_place(str(value))

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

    # Lists over the page

    def action_contents(self) -> None:
        """Let the learner choose a section."""
        sections = enumerate(self.lesson.sections)
        rows = [Row(f"{number + 1}  {section.title}", number) for number, section in sections]
        self.app.push_screen(ListScreen(_("Contents"), self.lesson.title, rows, self.position), self._go_to)

    async def _go_to(self, value: object) -> None:
        if isinstance(value, int):
            await self.show(value)

    def action_links(self) -> None:
        """List the links of the section."""
        links = links_of(self.section) if self.section else []
        if not links:
            self.hansa.tell(_("This section has no links."))
            return
        rows = [
            Row(words or target, target, beneath=said(kind_of_link(target), "$muted"))
            for words, target in links
        ]
        self.app.push_screen(ListScreen(_("Links"), self.lesson.title, rows), self._follow)

    def action_language(self) -> None:
        """Let the learner choose among the languages of this lesson."""
        codes = ("en", *self._translations)
        rows = [Row(language_name(code), code) for code in codes]
        chosen = codes.index(self.lesson.language) if self.lesson.language in codes else 0
        self.app.push_screen(ListScreen(_("Language"), self.lesson.title, rows, chosen), self._read_in)

    def _read_in(self, value: object) -> None:
        if isinstance(value, str):
            self.hansa.services.language = value
            self.hansa.open_place(self.section.id if self.section else self.lesson.id)

    def _follow(self, value: object) -> None:
        if isinstance(value, str):
            self.app.post_message(LinkFollowed(value))

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

    def _note(self, section_id: str, place: int) -> None:
        if self._noted != (section_id, place):
            self._noted = (section_id, place)
            self._visit(section_id, place)

    @work(thread=True, group="visit", exit_on_error=False)
    def _visit(self, section_id: str, place: int) -> None:
        services = self.hansa.services
        services.record.visit(section_id, place, services.clock())
