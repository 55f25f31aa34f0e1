"""The choice of guides to list or to ask: by language, topic, or one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import Input

from index.words import folded_words
from tui.clean import clean_line
from tui.commands import Command, bindings
from tui.guide_filter import OWN, GuideFilter, topic_words
from tui.language import _, language_name, plural
from tui.styled import said
from tui.widgets.prose import TextView
from tui.widgets.rows import Row

from .finder import FIND, MOVES, FinderPage
from .page import HELP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget

    from index.model import GuideHead

LISTED = 100
"""Lines shown at once; more are found by their words."""


class PartRow(Row):
    """A language, a topic or a guide; may be chosen and let go."""

    OFFERED: ClassVar = (
        Command("choose", "enter,space", _("Choose"), _("Choose the line, or let it go."), palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)


class FilterScreen(FinderPage):
    """Parts of a filter to choose, several at once; gives back the filter."""

    ABOUT = _(
        "Choose which guides to look into. enter chooses a line, and once more lets it go.\n"
        "A language and a topic together leave the guides that are both.\n"
        "Type words to find a language, a topic or a guide in the list."
    )
    PROMPT = _("Type a language, a topic or a guide")
    OFFERED: ClassVar = (
        *MOVES,
        Command("clear", "delete,c", _("All guides"), _("Choose every guide again."), shown="c"),
        FIND,
        Command("back", "escape", _("Done"), _("Go back with what is chosen.")),
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, heads: Sequence[GuideHead], chosen: GuideFilter) -> None:
        super().__init__(where=_("Which guides"))
        self._heads = tuple(heads)
        self._chosen = chosen

    async def on_mount(self) -> None:
        """List everything that can be chosen."""
        await self._list()
        self.go_to(0)

    @on(Input.Changed, "#words")
    async def _typed(self) -> None:
        await self._list()

    async def _list(self) -> None:
        left = self._chosen.of(self._heads)
        self.header.how_far = _("{count} of {all} guides").format(count=len(left), all=len(self._heads))
        await self.show_found(self._lines())

    def _lines(self) -> list[Widget]:
        wanted, heading = folded_words(self.words), ""
        lines: list[Widget] = []
        for above, part, words, count in self._parts():
            told = " ".join(folded_words(f"{above} {words}"))
            if not all(word in told for word in wanted) or len(lines) >= LISTED:
                continue
            if above != heading:
                heading = above
                lines.append(TextView(said(heading, "$muted"), classes="heading"))
            mark = said("(•) " if self._chosen.holds(part) else "( ) ")
            right = plural("{count} guide", "{count} guides", count) if count else ""
            lines.append(PartRow(mark + said(words), part, right=said(right, "$muted")))
        return lines

    def _parts(self) -> Iterator[tuple[str, GuideFilter, str, int]]:
        """Heading, part, words and number of guides of every line; the commonest languages and topics first."""
        own = sum(head.origin == OWN for head in self._heads)
        if own:
            yield _("Whose"), GuideFilter(own=True), _("Added by you"), own
        for language, count in _counted(head.language for head in self._heads):
            yield _("Language"), GuideFilter(language=language), language_name(language), count
        for topic, count in _counted(topic for head in self._heads for topic in head.topics):
            if count > 1:
                yield _("Topic"), GuideFilter(topic=topic), topic_words(topic), count
        for head in self._heads:
            yield _("One guide"), GuideFilter(guide=head.slug), clean_line(head.title), 0

    @on(Row.Chosen)
    async def _choose(self, event: Row.Chosen) -> None:
        event.stop()
        if isinstance(event.row.value, GuideFilter):
            self._chosen = self._chosen.toggled(event.row.value)
            await self._list()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Everything is chosen again only where something is left out."""
        if action == "clear":
            return bool(self._chosen) and self.focused is not self.line
        return super().check_action(action, parameters)

    async def action_clear(self) -> None:
        """Choose every guide."""
        self._chosen = GuideFilter()
        await self._list()

    def action_back(self) -> None:
        """Give back what is chosen."""
        self.dismiss(self._chosen)  # type: ignore[arg-type]


def _counted(names: Iterator[str]) -> list[tuple[str, int]]:
    """Each name with how often it comes, the commonest first."""
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
