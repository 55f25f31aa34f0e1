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
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from textual.widget import Widget

    from course.forms import Form
    from course.model import Block, Item, Section
    from course.notes import Note

    from .pictures import Gallery

LONGEST_STRETCH = 20
"""Blocks of prose in one widget, which a picture ends: drawing one takes as long as pages of text."""
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
    gallery: Gallery | None = None
    """Draws the pictures of prose and questions; they are words where there is none."""


class SectionPage:
    """The widgets of a section in reading order, footnotes last, and where each block stands in them."""

    def __init__(
        self, section: Section, makers: Makers, notes: Mapping[int, Sequence[Note]] | None = None
    ) -> None:
        self.widgets: list[Widget] = []
        """What is mounted into the column, one under another, as far as it was made."""
        self.count = len(blocks_of(section))
        """How many blocks can be pointed at; footnotes, which come last, cannot."""
        self._notes = notes or {}
        self._section = section
        self._makers = makers
        self._holders: dict[int, Widget] = {}

    def portions(self) -> Iterator[list[Widget]]:
        """The widgets in the portions in which they are mounted, so that a very long page opens at once.

        Each portion is made when it is asked for, once.
        """
        portion: list[Widget] = []
        weight = _OWN  # the title, which comes first
        for piece in self._pieces():
            own = len(piece[0].blocks) if isinstance(piece[0], Stretch) else _OWN
            if portion and weight + own > BATCH:
                yield portion
                portion, weight = [], 0
            portion += piece
            self.widgets += piece
            weight += own
        yield portion

    def _pieces(self) -> Iterator[list[Widget]]:
        """A widget for each stretch of prose and for each block that has its own, with what was noted under that."""
        prose: list[Block] = []
        footnotes = False
        blocks = self._section.blocks
        for place, block in enumerate(blocks):
            own = self._own_widget(block)
            apart = own is not None or (isinstance(block, Footnote) and not footnotes)
            if apart or len(prose) == LONGEST_STRETCH or (prose and isinstance(prose[-1], Image)):
                if prose:
                    yield [self._stretch(prose, place)]
                    prose = []
                footnotes = isinstance(block, Footnote)
            if own is None:
                prose.append(block)
            else:
                yield self._with_notes(own, place)
        if prose:
            yield [self._stretch(prose, len(blocks))]

    def _own_widget(self, block: Block) -> Widget | None:
        if isinstance(block, FormBlock):
            return self._makers.form(block.form)
        if isinstance(block, Practice):
            frame = block.item.frame
            apart = frame.case is None or frame.case.id != self._section.id
            seed, gallery = self._makers.seed(block.item), self._makers.gallery
            return ItemView(block.item, seed, case=apart, tries=frame.tries, gallery=gallery)
        if isinstance(block, ListBlock) and block.is_checklist:
            return self._makers.checklist(block)
        return None

    def _with_notes(self, own: Widget, place: int) -> list[Widget]:
        self._holders[place] = own
        if place not in self._notes:
            own.add_class("block", update=False)
            return [own]
        own.add_class("block", "noted", update=False)
        return [own, NotedLines(self._notes[place], classes="block")]

    def _stretch(self, prose: Sequence[Block], end: int) -> Stretch:
        first = end - len(prose)
        look = "block notes" if isinstance(prose[0], Footnote) else "block"
        gallery = self._makers.gallery
        stretch = Stretch(tuple(prose), first, own=self._notes, gallery=gallery, classes=look)
        self._holders.update(dict.fromkeys(range(first, end), stretch))
        return stretch

    @property
    def bottom(self) -> int:
        """The row of the column after the last widget that has its place."""
        return max(widget.virtual_region.bottom for widget in self.widgets)

    def holder(self, place: int) -> Widget | None:
        """The widget in which a block stands, if it was made."""
        return self._holders.get(place)

    def span_of(self, place: int) -> tuple[int, int]:
        """First row of a block in the column, and the row after it; the end of the page where it was not made yet."""
        widget = self._holders.get(place)
        if widget is None:
            return self.bottom, self.bottom
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
