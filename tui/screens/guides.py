"""The guides: found by words, narrowed to some, read, added and removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.message import Message
from textual.widgets import Input
from textual.worker import get_current_worker

from assistant.errors import AssistantError
from index.errors import GuideIndexError
from index.model import GuideHead, Hit
from index.words import fold
from tui.clean import clean_line
from tui.commands import Command, bindings
from tui.folded import query_words
from tui.guide_filter import OWN, GuideFilter, count_words
from tui.language import _, language_name, plural
from tui.messages import Failed, GuidesTaken
from tui.preparing import PreparationStopped, preparing_words, ready_assistant
from tui.saving import saves
from tui.styled import said
from tui.widgets.intake import IntakeView
from tui.widgets.prose import TextView
from tui.widgets.rows import Row

from .adding import AddGuidesScreen
from .filtering import FilterScreen
from .finder import FIND, MOVES, FinderPage
from .hits import guide_at, hit_row, stand_in, telling
from .page import ASK, BACK, HELP
from .removing import RemoveGuideScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from textual.widget import Widget

    from index.model import Progress
    from tui.intake import Intake

LISTED = 200
"""Guides shown at once; more are found by their words."""

PASSAGES = 8
"""Places shown in which the words stand."""

LOOK_EVERY = 0.25
"""Seconds between two looks at guides that are being added."""


class GuidesScreen(FinderPage):
    """Every guide with its language; words find titles first, then places in the text."""

    ABOUT = _(
        "Guides are what the assistant answers from.\n"
        "Type words to find guides by their titles and by what stands in them.\n"
        "f shows only some: by language, by topic, or those you added.\n"
        "+ takes in files or a folder of your own, while you go on reading and asking.\n"
        "Guides that come with Hansa stay; those you added can be removed with d."
    )
    PROMPT = _("Type words to find in titles and texts")
    OFFERED: ClassVar = (
        *MOVES,
        Command("add", "plus", _("Add"), _("Take in files or a folder of your own."), shown="+"),
        Command("stop", "s", _("Stop"), _("Stop adding guides; what is in stays.")),
        Command("remove", "delete,d", _("Remove"), _("Take this guide out of the collection."), shown="d"),
        Command("filter", "f", _("Filter"), _("Show only guides in a language, on a topic, or of your own.")),
        FIND,
        ASK,
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Listed(Message):
        """The guides are known."""

        heads: tuple[GuideHead, ...]
        """The guides."""

    @dataclass
    class Found(Message):
        """Places that hold the words are known."""

        words: str
        """What was looked for."""
        hits: tuple[Hit, ...]
        """The best first."""

    @dataclass
    class Preparing(Message):
        """The guides are being made ready."""

        words: str
        """How far that is."""

    def __init__(self) -> None:
        super().__init__(where=_("Guides"))
        self._heads: tuple[GuideHead, ...] = ()
        self._filter = GuideFilter()
        self._hits: tuple[Hit, ...] = ()
        self._seen = (0, False)

    @property
    def _intake(self) -> Intake:
        return self.hansa.services.intake

    def above(self) -> Iterator[Widget]:
        """How adding gets on, and a word until the list is there."""
        yield IntakeView(self._intake)
        words = _("Looking for the guides … The first time they are prepared, which takes a minute.")
        yield TextView(said(words, "$muted"), id="waiting")

    def on_mount(self) -> None:
        """Read the list, and look after guides that are being added."""
        self.query_one(IntakeView).look()
        self.set_interval(LOOK_EVERY, self._look_at_intake)
        self._load()

    # The list

    @work(thread=True, exclusive=True, group="guides", exit_on_error=False)
    def _load(self) -> None:
        try:
            heads = ready_assistant(self.hansa.services, self._tell_progress).index.guides()
        except PreparationStopped:
            return
        except (AssistantError, GuideIndexError) as error:
            self.post_message(Failed(str(error)))
        else:
            self.post_message(self.Listed(tuple(heads)))

    def _tell_progress(self, progress: Progress) -> None:
        self.post_message(self.Preparing(preparing_words(progress)))

    @on(Preparing)
    def _show_preparing(self, event: Preparing) -> None:
        self.query_one("#waiting", TextView).show(said(event.words, "$muted"))

    @on(Listed)
    async def _show_list(self, event: Listed) -> None:
        first = not self._heads
        self._heads = event.heads
        await self._show()
        if first and self.focused is None and self.rows():
            self.go_to(0)

    @on(Input.Changed, "#words")
    async def _typed(self) -> None:
        self._hits = ()
        await self._show()
        self.after_pause(lambda: self._search(self.words, self._filter))

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _search(self, words: str, chosen: GuideFilter) -> None:
        """Look for places in the text."""
        if not query_words(words):
            return
        try:
            index = ready_assistant(self.hansa.services).index
            if get_current_worker().is_cancelled:
                return
            slugs = {head.slug for head in chosen.of(index.guides())}
            hits = index.search(words, k=PASSAGES, guides=slugs if chosen else None, per_guide=2)
            hits = telling(hits, query_words(words))
        except PreparationStopped:
            return
        except (AssistantError, GuideIndexError) as error:
            self.post_message(Failed(str(error)))
        else:
            self.post_message(self.Found(words, tuple(hits)))

    @on(Found)
    async def _show_hits(self, event: Found) -> None:
        if event.words == self.words:
            self._hits = event.hits
            await self._show()

    async def _show(self) -> None:
        """List the guides whose titles hold the words, then the places in the text."""
        words = query_words(self.words)
        left = self._filter.of(self._heads)
        named = [head for head in left if _holds(words, head)]
        self.header.how_far = count_words(self._filter, self._heads)
        self._tell_nothing(found=bool(named))
        lines: list[Widget] = [_guide_row(head) for head in named[:LISTED]]
        if len(named) > LISTED:
            more = plural(
                "{count} more: type words to find them",
                "{count} more: type words to find them",
                len(named) - LISTED,
            )
            lines.append(TextView(said(more, "$muted"), classes="heading"))
        if self._hits:
            lines.append(TextView(said(_hits_words(self._hits, words), "$muted"), classes="heading"))
            lines += [hit_row(hit, words) for hit in self._hits]
        await self.show_found(lines)

    def _tell_nothing(self, *, found: bool) -> None:
        if not self._heads:
            empty = self.hansa.services.refusal or _("There are no guides yet. Press + to add some.")
        elif self.words:
            empty = _("No title holds these words.")
        else:
            empty = _("No guide is left by the filter. Press f to choose another.")
        self.query_one("#waiting", TextView).show(said("" if found else empty, "$muted"))

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        value = event.row.value
        if isinstance(value, GuideHead):
            self.hansa.open_guide(value.slug)
        elif isinstance(value, Hit):
            self.app.push_screen(guide_at(value))

    # Some of them

    def action_filter(self) -> None:
        """Choose a language, a topic, or the guides of the user."""
        self.app.push_screen(FilterScreen(self._heads, self._filter), self._filtered)

    async def _filtered(self, chosen: GuideFilter | None) -> None:
        if chosen is not None:
            self._filter, self._hits = chosen, ()
            await self._show()
            self._search(self.words, chosen)

    # Adding and removing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done now; guides named on the command line are neither added to nor removed."""
        fixed = bool(self.hansa.services.guide_paths)
        if action == "add":
            return not fixed and not self.hansa.services.refusal and not self._intake.is_running
        if action == "stop":
            return self._intake.is_running
        if action == "remove":
            return not fixed and self._head() is not None
        if action == "filter":
            return bool(self._heads)
        return super().check_action(action, parameters)

    def _head(self) -> GuideHead | None:
        value = self.marked.value if self.marked else None
        return value if isinstance(value, GuideHead) else None

    def key_plus(self) -> None:
        """Say why nothing can be added, where it is not offered."""
        if self.hansa.services.refusal:
            self.hansa.tell(self.hansa.services.refusal)

    def action_add(self) -> None:
        """Ask for the path of what to add."""
        self.app.push_screen(AddGuidesScreen(), self._add)

    def _add(self, path: Path | None) -> None:
        if path is None:
            return
        app = self.hansa
        self._begin(path, lambda: app.post_message(GuidesTaken()))

    @work(thread=True, exclusive=True, group="add", exit_on_error=False)
    def _begin(self, path: Path, done: Callable[[], object]) -> None:
        # In a thread: the collection is opened once the guides are ready.
        try:
            self._intake.start([path], done)
        except PermissionError as error:
            self.post_message(Failed(str(error)))

    def action_stop(self) -> None:
        """Stop adding."""
        self._intake.stop()
        self.query_one(IntakeView).look()

    def _look_at_intake(self) -> None:
        """Show how far adding is, and the new guides once it is over."""
        state = (self._intake.runs, self._intake.is_running)
        if state != self._seen:
            self._seen = state
            self.refresh_bindings()
            self._load()
        elif not self._intake.is_running:
            return
        self.query_one(IntakeView).look()

    def action_remove(self) -> None:
        """Ask, then take the marked guide out; those that ship with Hansa stay."""
        head = self._head()
        if head is None:
            return
        if head.origin == OWN:
            self.app.push_screen(RemoveGuideScreen(head), lambda agreed: self._removed(head, agreed=agreed))
        else:
            self.hansa.tell(
                _("This guide comes with Hansa and stays; only guides that you added can be removed.")
            )

    def _removed(self, head: GuideHead, *, agreed: bool | None) -> None:
        if agreed:
            self._remove(head.slug)

    @saves("remove")
    def _remove(self, slug: str) -> None:
        services = self.hansa.services
        try:
            services.collection.remove(slug)
            services.renew_guides()
            heads = services.assistant().index.guides()
        except (AssistantError, GuideIndexError) as error:
            self.post_message(Failed(str(error)))
        else:
            self.app.call_later(self.hansa.tell, _("The guide is removed. Your file stays where it is."))
            self.post_message(self.Listed(tuple(heads)))


def _holds(words: Sequence[str], head: GuideHead) -> bool:
    told = fold(" ".join((head.title, head.slug, *head.topics)))
    return all(word in told for word in words)


def _guide_row(head: GuideHead) -> Row:
    right = language_name(head.language)
    if head.origin == OWN:
        right = _("yours · {language}").format(language=right)
    return Row(clean_line(head.title), head, right=said(right, "$muted"))


def _hits_words(hits: Sequence[Hit], words: Sequence[str]) -> str:
    if any(stand_in(words, hit) for hit in hits):
        return _("In the text")
    return _("No text holds these words. Nearest in meaning:")
