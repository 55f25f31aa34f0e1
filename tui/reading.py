"""A section as widgets: prose in stretches, checklists, forms and questions in their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.links import is_file
from course.model import Footnote, FormBlock, Image, ListBlock, Practice, Span
from course.notes import blocks_of

from .language import _
from .widgets.item import ItemView
from .widgets.stretch import NotedLines, Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from textual.widget import Widget

    from course.forms import Form
    from course.model import Block, Item, Section
    from course.notes import Note


LONGEST_STRETCH = 20
"""Blocks of prose in one widget."""
BATCH = 30
"""Blocks that are mounted at once: as many as most pages have, and few enough not to be noticed."""
_OWN = 10
"""Blocks of prose that take as long to mount as a question or a form."""


@dataclass(frozen=True, slots=True)
class Makers:
    """How a page makes what learners work with."""

    seed: Callable[[Item], int]
    """Seed of the order in which the choices of a question are shown."""
    form: Callable[[Form], Widget]
    """A form to fill in."""
    checklist: Callable[[ListBlock], Widget]
    """A checklist to tick."""


class SectionPage:
    """The widgets of a section in reading order, footnotes last, and where each block stands in them."""

    def __init__(
        self, section: Section, makers: Makers, notes: Mapping[int, Sequence[Note]] | None = None
    ) -> None:
        self.widgets: list[Widget] = []
        """What is mounted into the column, one under another."""
        self.count = len(blocks_of(section))
        """How many blocks can be pointed at; footnotes, which come last, cannot."""
        self._notes = notes or {}
        self._section = section
        self._holders: dict[int, Widget] = {}
        prose: list[Block] = []
        footnotes = False
        for place, block in enumerate(section.blocks):
            own = self._own_widget(block, makers)
            apart = own is not None or (isinstance(block, Footnote) and not footnotes)
            if apart or len(prose) == LONGEST_STRETCH:
                self._close(prose, place)
                footnotes = isinstance(block, Footnote)
            if own is None:
                prose.append(block)
            else:
                self._add(own, place)
        self._close(prose, len(section.blocks))

    def _own_widget(self, block: Block, makers: Makers) -> Widget | None:
        if isinstance(block, FormBlock):
            return makers.form(block.form)
        if isinstance(block, Practice):
            frame = block.item.frame
            apart = frame.case is None or frame.case.id != self._section.id
            return ItemView(block.item, makers.seed(block.item), case=apart, tries=frame.tries)
        if isinstance(block, ListBlock) and block.is_checklist:
            return makers.checklist(block)
        return None

    def _add(self, own: Widget, place: int) -> None:
        own.add_class("block")
        self._holders[place] = own
        self.widgets.append(own)
        if place in self._notes:
            own.add_class("noted")
            self.widgets.append(NotedLines(self._notes[place], classes="block"))

    def _close(self, prose: list[Block], end: int) -> None:
        if not prose:
            return
        first = end - len(prose)
        look = "block notes" if isinstance(prose[0], Footnote) else "block"
        stretch = Stretch(tuple(prose), first, own=self._notes, classes=look)
        self._holders.update(dict.fromkeys(range(first, end), stretch))
        self.widgets.append(stretch)
        prose.clear()

    def holder(self, place: int) -> Widget:
        """The widget in which a block stands."""
        return self._holders[place]

    def span_of(self, place: int) -> tuple[int, int]:
        """First row of a block in the column, and the row after it."""
        widget = self._holders[place]
        top = widget.virtual_region.y
        if isinstance(widget, Stretch):
            first, end = widget.span_of(place)
            return top + first, top + end
        return top, widget.virtual_region.bottom

    def place_at(self, row: int) -> int:
        """The first block that begins at or below a row of the column; the last one where none does."""
        places = sorted(self._holders)
        return next((place for place in places if self.span_of(place)[0] >= row), places[-1])

    def point(self, place: int | None) -> None:
        """Put a bar before a block, or take it away."""
        for widget in self.widgets:
            here = place is not None and self._holders.get(place) is widget
            if isinstance(widget, Stretch):
                widget.point(place if here else None)
            else:
                widget.set_class(here, "pointed")


def batches(widgets: Iterable[Widget]) -> list[list[Widget]]:
    """The widgets of a page in the portions in which they are mounted, so that a very long page opens at once."""
    portions: list[list[Widget]] = [[]]
    weight = 0
    for widget in widgets:
        own = len(widget.blocks) if isinstance(widget, Stretch) else _OWN
        if weight and weight + own > BATCH:
            portions.append([])
            weight = 0
        portions[-1].append(widget)
        weight += own
    return portions


def links_of(section: Section) -> list[tuple[str, str]]:
    """Words and target of every link and picture of a section, each target once."""
    found: dict[str, str] = {}
    for part in _parts(section.blocks):
        if isinstance(part, Image):
            found.setdefault(part.source, part.alt or part.title)
        elif part.image is not None:
            found.setdefault(part.image, part.text)
        if isinstance(part, Span) and part.link is not None:
            found.setdefault(part.link, part.text)
    return [(words, target) for target, words in found.items()]


def kind_of_link(target: str) -> str:
    """Where a link leads, in words; an address of the web stands for itself."""
    kinds = {"guide": _("a guide"), "lesson": _("a lesson"), "term": _("the glossary")}
    if target.startswith("#"):
        return _("a place in this lesson")
    if is_file(target):
        return _("a file of this lesson: {name}").format(name=target)
    return kinds.get(target.partition(":")[0], target)


def _parts(value: object) -> Iterator[Span | Image]:
    if isinstance(value, Span | Image):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _parts(part)
    else:
        for name in getattr(type(value), "__slots__", ()):
            yield from _parts(getattr(value, name))
