"""A section as widgets: prose in one piece, checklists and questions in their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.model import Footnote, FormBlock, ListBlock, Practice, Span

from .language import _
from .widgets.item import ItemView
from .widgets.prose import ProseView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.widget import Widget

    from course.forms import Form
    from course.model import Block, Item, Section


@dataclass(frozen=True, slots=True)
class Makers:
    """How a page makes what learners work with."""

    seed: Callable[[Item], int]
    """Seed of the order in which the choices of a question are shown."""
    form: Callable[[Form], Widget]
    """A form to fill in."""
    checklist: Callable[[ListBlock], Widget]
    """A checklist to tick."""


def section_widgets(section: Section, makers: Makers) -> list[Widget]:
    """The widgets of a section in reading order, footnotes last."""
    notes = [block for block in section.blocks if isinstance(block, Footnote)]
    widgets: list[Widget] = []
    prose: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Footnote):
            continue
        own = _own_widget(block, section.id, makers)
        if own is None:
            prose.append(block)
            continue
        _close(prose, widgets)
        own.add_class("block")
        widgets.append(own)
    _close(prose, widgets)
    if notes:
        widgets.append(ProseView(tuple(notes), classes="block notes"))
    return widgets


def _own_widget(block: Block, section: str, makers: Makers) -> Widget | None:
    if isinstance(block, FormBlock):
        return makers.form(block.form)
    if isinstance(block, Practice):
        frame = block.item.frame
        apart = frame.case is None or frame.case.id != section
        return ItemView(block.item, makers.seed(block.item), case=apart, tries=frame.tries)
    if isinstance(block, ListBlock) and block.is_checklist:
        return makers.checklist(block)
    return None


def _close(prose: list[Block], widgets: list[Widget]) -> None:
    if prose:
        widgets.append(ProseView(tuple(prose), classes="block"))
        prose.clear()


def links_of(section: Section) -> list[tuple[str, str]]:
    """Words and target of every link of a section, each target once."""
    found: dict[str, str] = {}
    for span in _spans(section.blocks):
        if span.link is not None:
            found.setdefault(span.link, span.text)
    return [(words, target) for target, words in found.items()]


def kind_of_link(target: str) -> str:
    """Where a link leads, in words; an address of the web stands for itself."""
    kinds = {"guide": _("a guide"), "lesson": _("a lesson")}
    return kinds.get(target.partition(":")[0], target)


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _spans(part)
    else:
        for name in getattr(type(value), "__slots__", ()):
            yield from _spans(getattr(value, name))
