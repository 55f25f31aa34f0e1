"""One search over the lessons, their questions, the learner's notes, the glossary and the guides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.message import Message
from textual.widgets import Input
from textual.worker import get_current_worker

from assistant.errors import AssistantError
from course.errors import CourseError
from course.notes import Note
from index.errors import GuideIndexError
from index.model import Hit
from tui.clean import clean_line
from tui.commands import bindings
from tui.course_search import CoursePlace, Kind
from tui.folded import excerpt, query_words
from tui.glossary_search import TOPIC, Term, find_terms
from tui.language import _, plural
from tui.messages import Failed
from tui.note_search import find_notes
from tui.places import lesson_titles
from tui.preparing import PreparationStopped, preparing_words, ready_assistant
from tui.styled import said
from tui.trail import Spot
from tui.widgets.lines import TEXT_WIDTH
from tui.widgets.prose import TextView
from tui.widgets.rows import Row

from .finder import FIND, MOVES, FinderPage
from .guide import GuideScreen
from .hits import guide_at, hit_row, telling
from .page import BACK, HELP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from textual.widget import Widget

    from index.model import Progress

SHORT = 4
"""Lines of a kind at first."""
MOST = 40
"""Lines of a kind, all of them shown."""
PASSAGES = 8
"""Places in guides."""
ABOVE_HOME = 2
"""Pages where the search stands right above home: a lesson then takes its place, without a glimpse of home."""
TELL_EVERY = 4
"""Lessons read between two looks at the list."""


@dataclass(frozen=True, slots=True)
class More:
    """Shows all lines of a kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class AskThis:
    """Asks the guides what was looked for."""

    question: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of a kind."""

    title: str
    kind: str
    found: Sequence[Any]
    """The best first."""
    row: Callable[[Any, Sequence[str]], Row]
    """Makes the line of one, with the words that were looked for; it takes its time, so only what is shown has one."""


class SearchScreen(FinderPage):
    """What holds the words, by kind; enter opens the place."""

    ABOUT = _(
        "Type words to find the places that hold them all, or begin so.\n"
        "Lessons, questions, your notes, the glossary and the guides are looked through.\n"
        "enter opens a place; from a guide esc comes back here.\n"
        "Words stay when you leave: open the search again to go on."
    )
    PROMPT = _("Type words to look for")
    OFFERED: ClassVar = (*MOVES, FIND, BACK, HELP)
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Read(Message):
        """More lessons were read."""

        done: int
        """How many by now."""

    @dataclass
    class Noted(Message):
        """The record was read."""

        notes: tuple[Note, ...]
        """Every note and bookmark of the learner."""

    @dataclass
    class Found(Message):
        """What the guides hold is known."""

        words: str
        """What was looked for."""
        terms: tuple[Term, ...]
        """Of the glossary."""
        hits: tuple[Hit, ...] | None
        """Of the other guides; None while they are looked through."""

    @dataclass
    class Preparing(Message):
        """The guides are being made ready."""

        words: str
        """How far that is."""

    def __init__(self) -> None:
        super().__init__(where=_("Search"))
        self._notes: tuple[Note, ...] = ()
        self._terms: tuple[Term, ...] = ()
        self._hits: tuple[Hit, ...] = ()
        self._guides = ""
        self._opened: set[str] = set()

    def above(self) -> Iterator[Widget]:
        """A word where there is nothing, and how far looking is."""
        yield TextView(said(""), id="none")

    def on_mount(self) -> None:
        """Go on with the words of the last time; typing replaces them."""
        self.line.value = self.hansa.looked_for
        self.line.action_select_all()
        self.set_focus(self.line)
        self._read_course()

    def on_screen_resume(self) -> None:
        """Read the notes anew whenever the learner comes back."""
        self._read_notes()

    # Reading and finding

    @work(thread=True, exclusive=True, group="course", exit_on_error=False)
    def _read_course(self) -> None:
        worker, search = get_current_worker(), self.hansa.services.course_search
        for done in search.read(lambda: not worker.is_cancelled):
            if done % TELL_EVERY == 0 or done == search.count:
                self.post_message(self.Read(done))

    @work(thread=True, exclusive=True, group="notes", exit_on_error=False)
    def _read_notes(self) -> None:
        try:
            self.post_message(self.Noted(self.hansa.services.record.noted()))
        except CourseError as error:
            self.post_message(Failed(error.message))

    @on(Noted)
    async def _show_notes(self, event: Noted) -> None:
        self._notes = event.notes
        await self._show()

    @on(Read)
    async def _show_read(self) -> None:
        await self._show()

    @on(Input.Changed, "#words")
    async def _typed(self) -> None:
        self.hansa.looked_for = self.words
        self._terms, self._hits, self._opened = (), (), set()
        self._guides = _("Looking in the guides …") if query_words(self.words) else ""
        await self._show()
        self.after_pause(lambda: self._search_guides(self.words))

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _search_guides(self, words: str) -> None:
        folded = query_words(words)
        if not folded:
            return
        try:
            index = ready_assistant(self.hansa.services, self._tell_progress).index
            if get_current_worker().is_cancelled:
                return
            terms = find_terms(index, folded, self.hansa.services.language)
            self.post_message(self.Found(words, tuple(terms), None))
            plain = {head.slug for head in index.guides() if TOPIC not in head.topics}
            hits = telling(index.search(words, k=PASSAGES, guides=plain, per_guide=2), folded)
        except PreparationStopped:
            return
        except (AssistantError, GuideIndexError) as error:
            self.post_message(Failed(str(error)))
        else:
            self.post_message(self.Found(words, tuple(terms), tuple(hits)))

    def _tell_progress(self, progress: Progress) -> None:
        self.post_message(self.Preparing(preparing_words(progress)))

    @on(Preparing)
    async def _show_preparing(self, event: Preparing) -> None:
        self._guides = event.words
        await self._show()

    @on(Found)
    async def _show_guides(self, event: Found) -> None:
        if event.words == self.words:
            self._terms, self._hits = event.terms, event.hits or ()
            self._guides = self._guides if event.hits is None else ""
            await self._show()

    # Showing

    async def _show(self) -> None:
        """List what is known by now."""
        words, search = query_words(self.words), self.hansa.services.course_search
        groups = (
            Group(_("Lessons"), Kind.LESSON, search.find(words, Kind.LESSON), place_row),
            Group(_("Questions"), Kind.QUESTION, search.find(words, Kind.QUESTION), place_row),
            Group(_("Your notes"), "notes", find_notes(self._notes, words), self._note_row),
            Group(_("Glossary"), "glossary", self._terms, term_row),
            Group(_("Guides"), "guides", self._hits, hit_row),
        )
        self._tell_state(words, sum(len(group.found) for group in groups))
        lines = [line for group in groups for line in self._lines(group, words)]
        if words:
            question = clean_line(self.words)
            ask = _("Ask the guides: {question}").format(question=question)
            lines.append(Row(ask, AskThis(question), classes="heading"))
        await self.show_found(lines)

    def _note_row(self, note: Note, words: Sequence[str]) -> Row:
        return note_row(note, lesson_titles(self.hansa.services), words)

    def _lines(self, group: Group, words: Sequence[str]) -> Iterator[Widget]:
        """A heading and the lines of a kind; some of them at first, where there are many."""
        count = len(group.found)
        if not count:
            return
        shown = MOST if group.kind in self._opened else SHORT if count > SHORT + 1 else count
        yield TextView(said(f"{group.title} · {count}", "$muted"), classes="heading")
        yield from (group.row(each, words) for each in group.found[:shown])
        left = min(count, MOST) - shown
        if left > 0:
            yield Row(said(plural("{count} more", "{count} more", left), "$muted"), More(group.kind))

    def _tell_state(self, words: Sequence[str], found: int) -> None:
        search = self.hansa.services.course_search
        reads = search.done < search.count
        progress = _("{done} of {count} lessons read").format(done=search.done, count=search.count)
        count = plural("{count} place", "{count} places", found) if words else ""
        self.header.how_far = progress if reads else count
        if not words:
            state = _("Lessons, questions, your notes, the glossary and the guides are looked through.")
            if search.left_out:
                state = _(
                    "The first {count} lessons, their questions, your notes, the glossary and the guides "
                    "are looked through."
                )
                state = state.format(count=search.count)
        elif self._guides:
            state = self._guides
        else:
            state = "" if found or reads else _("Nothing holds these words.")
        self.query_one("#none", TextView).show(said(state, "$muted"))

    # Going there

    @on(Row.Chosen)
    async def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        value = event.row.value
        if isinstance(value, CoursePlace):
            self._go_to(value.ref)
        elif isinstance(value, Note):
            self._go_to(value.anchor.lesson_id, Spot(anchor=value.anchor))
        elif isinstance(value, Term):
            self.app.push_screen(GuideScreen(value.guide, quote=value.place, words=value.text))
        elif isinstance(value, Hit):
            self.app.push_screen(guide_at(value))
        elif isinstance(value, AskThis):
            self.dismiss()
            self.hansa.ask_about(value.question)
        elif isinstance(value, More):
            self._opened.add(value.kind)
            await self._show()

    def _go_to(self, ref: str, spot: Spot | None = None) -> None:
        """Open a place of the course, in place of the search where that stands right above home."""
        if self.hansa.current_mode != "course" or len(self.app.screen_stack) > ABOVE_HOME:
            self.dismiss()
        self.hansa.open_place(ref, spot)


def note_row(note: Note, titles: Mapping[str, str], words: Sequence[str]) -> Row:
    """The first line of a note, or that it is a bookmark, and how the block at which it stands begins."""
    label = note.text.split("\n")[0] if note.text else _("Bookmark")
    where = titles.get(note.anchor.lesson_id, _("a lesson that is gone"))
    beneath = excerpt(words, note.anchor.words, TEXT_WIDTH - 6).stylize_before("$muted")
    return Row(clean_line(label), note, right=said(clean_line(where), "$muted"), beneath=beneath)


def place_row(place: CoursePlace, words: Sequence[str]) -> Row:
    """A place of the course with a line of its text."""
    right = said(_("module {number}").format(number=place.module), "$muted")
    beneath = excerpt(words, place.text, TEXT_WIDTH - 6).stylize_before("$muted")
    return Row(clean_line(place.title), place, right=right, beneath=beneath)


def term_row(term: Term, words: Sequence[str]) -> Row:
    """A term with the beginning of its explanation."""
    beneath = excerpt(words, term.text, TEXT_WIDTH - 6).stylize_before("$muted")
    return Row(clean_line(term.term), term, beneath=beneath)
