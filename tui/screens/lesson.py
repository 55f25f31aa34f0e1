"""A lesson, one section a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote

from textual import on

from course.file_names import languages_of
from course.landing import landing
from course.links import is_file, missing_file, stray_file
from course.translations import source_of
from tui.commands import Command, bindings
from tui.language import _, language_name
from tui.messages import LinkFollowed
from tui.outlined import contents_rows
from tui.reading import kind_of_link, links_of
from tui.styled import said
from tui.trail import Spot
from tui.widgets.outline import OutlineView
from tui.widgets.rows import Row

from .aided import ASK_BESIDE, AidedPage
from .found import FINDING
from .lists import ListScreen
from .marked import MARKING
from .page import BACK, HELP
from .reader import HOME
from .web import FileScreen

if TYPE_CHECKING:
    from tui.messages import LessonLoaded


class LessonScreen(AidedPage):
    """Reads a lesson; links, contents and other languages lead elsewhere and back."""

    ABOUT = _(
        "A lesson is read one section at a time: n goes on, p goes back.\n"
        "space or pgdn scrolls the text.\n"
        "tab goes to the next question, checklist or link list.\n"
        "/ finds words in the lesson, l lists the links of the section.\n"
        "m marks a block: to bookmark, note, copy it or ask about it.\n"
        "a opens the assistant beside the text; f5 closes it again, and opens it too.\n"
        "Your answers and your place are saved as you go.\n"
        "Leave at any time with esc: nothing is lost."
    )
    OFFERED: ClassVar[tuple[Command, ...]] = (
        Command(
            "next", "n,right", _("Next"), _("Go to the next section; after the last one, to what follows.")
        ),
        Command("previous", "p,left", _("Previous"), _("Go back to the section before.")),
        Command("contents", "t", _("Contents"), _("Show the sections of this lesson.")),
        ASK_BESIDE,
        BACK,
        HELP,
        *FINDING,
        *MARKING,
        Command(
            "stop(1)", "tab", _("Question"), _("Go to the next question, checklist or list."), footer=False
        ),
        Command("stop(-1)", "shift+tab", _("Question before"), _("Go to the question before."), footer=False),
        Command("links", "l", _("Links"), _("Show the links of this section."), footer=False),
        Command(
            "retrace(True)",
            "comma,alt+left",
            _("Back to last place"),
            _("Go back to the place from which you jumped."),
            shown=",",
            footer=False,
        ),
        Command(
            "retrace(False)",
            "full_stop,alt+right",
            _("Forward again"),
            _("Go forward again to the place that you came back from."),
            shown=".",
            footer=False,
        ),
        Command("language", "v", _("Language"), _("Read this lesson in another language."), footer=False),
        Command("scroll", "space", _("Scroll"), _("Scroll the text down."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, loaded: LessonLoaded) -> None:
        super().__init__(loaded)
        self._translations = languages_of(source_of(self.lesson.path) or self.lesson.path)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer another language, and the way back, only where there is one."""
        if action == "language":
            return bool(self._translations)
        if action.startswith("retrace"):
            trail = self.hansa.trail
            return bool(trail.behind if "True" in f"{action}{parameters}" else trail.ahead)
        return super().check_action(action, parameters)

    # Jumps

    async def jump(self, position: int, spot: Spot) -> None:
        """Go to another place of this lesson; the way back is kept."""
        self.hansa.trail.leave(self.here())
        await self.show(position, spot)

    @on(LinkFollowed)
    async def _link_followed(self, event: LinkFollowed) -> None:
        """Follow a link within the lesson; others are followed by the application."""
        target = event.target
        if target.startswith("#"):
            event.stop()
            place = landing(self.lesson, unquote(target[1:]))
            if place is None:
                self.hansa.tell(_("This lesson has no heading or question {name}.").format(name=target))
            else:
                await self.jump(place[0], Spot(line=0, block=place[1]))
        elif target.startswith("lesson:"):
            self.hansa.trail.leave(self.here())
        elif is_file(target):
            event.stop()
            self._offer_file(target)

    def _offer_file(self, target: str) -> None:
        """Ask before another program shows a file of the lesson."""
        if self.hansa.services.refusal:
            self.hansa.tell(self.hansa.services.refusal)
            return
        page = self.lesson.path
        fault = stray_file(target, page) or missing_file(target, page)
        if fault:
            self.hansa.tell(fault, error=True)
            return
        words = (
            next((words for words, other in links_of(self.section) if other == target), "")
            if self.section
            else ""
        )
        self.app.push_screen(FileScreen(page.parent / unquote(target.partition("#")[0]), words))

    async def action_retrace(self, back: bool) -> None:  # noqa: FBT001 - from the binding
        """Go back or forward over the places from which a jump was made."""
        place = self.hansa.trail.step(self.here(), back=back)
        if place is None:
            return
        ids = [section.id for section in self.lesson.sections]
        if place.ref in ids:
            await self.show(ids.index(place.ref), Spot(line=place.line))
        else:
            self.hansa.open_place(place.ref, Spot(line=place.line))

    def action_back(self) -> None:
        """Leave; the way back here is kept."""
        self.hansa.trail.leave(self.here())
        super().action_back()

    @on(OutlineView.Chosen)
    async def _section_clicked(self, event: OutlineView.Chosen) -> None:
        event.stop()
        await self.jump(event.position, Spot())

    @on(Row.Chosen)
    async def _closing_line_chosen(self, event: Row.Chosen) -> None:
        event.stop()
        value = event.row.value
        if isinstance(value, int):
            await self.jump(value, Spot(line=0))
        elif value == HOME:
            self.action_back()
        else:
            self.hansa.trail.leave(self.here())
            self.hansa.open_place(str(value))

    # Lists over the page

    def action_contents(self) -> None:
        """Let the learner choose a section or a heading."""
        rows = contents_rows(self.lesson, self.seen)
        now = next((at for at, row in enumerate(rows) if row.value == (self.position, None)), 0)
        self.app.push_screen(ListScreen(_("Contents"), self.lesson.title, rows, now), self._go_to)

    async def _go_to(self, value: object) -> None:
        match value:
            case (int(position), None):
                await self.jump(position, Spot())
            case (int(position), int(block)):
                await self.jump(position, Spot(block=block))

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

    def _follow(self, value: object) -> None:
        if isinstance(value, str):
            self.post_message(LinkFollowed(value))

    def action_language(self) -> None:
        """Let the learner choose among the languages of this lesson."""
        codes = ("en", *self._translations)
        rows = [Row(language_name(code), code) for code in codes]
        chosen = codes.index(self.lesson.language) if self.lesson.language in codes else 0
        self.app.push_screen(ListScreen(_("Language"), self.lesson.title, rows, chosen), self._read_in)

    def _read_in(self, value: object) -> None:
        if isinstance(value, str):
            self.hansa.services.language = value
            self.hansa.prefer(course_language=value)
            section, page = self.section, self.page
            if section is None or page is None or not section.blocks:
                self.hansa.open_place(section.id if section else self.lesson.id)
                return
            line = round(self.column.scroll_y)
            block = page.place_at(line)
            self.hansa.open_place(section.id, Spot(block=block, above=page.span_of(block)[0] - line))
