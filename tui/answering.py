"""Which answer area a question gets, and which keys answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.model import Choice, Classify, Cloze, Likert, Matching, Numeric, Open, Ordering, ShortText
from course.shuffle import display_order

from .language import _
from .widgets.choice import ChoiceArea
from .widgets.cloze import ClozeArea
from .widgets.ordering import OrderingArea
from .widgets.pairing import PairingArea
from .widgets.rating import RatingArea
from .widgets.typed import TypedArea
from .widgets.written import WrittenArea

if TYPE_CHECKING:
    from course.model import Item

    from .widgets.area import Area


def area_for(item: Item, seed: int) -> Area:
    """The answer area of a question, its choices shuffled by the seed."""
    order = display_order(item, seed)
    if isinstance(item, Choice):
        return ChoiceArea(item, order)
    if isinstance(item, Matching):
        return PairingArea(item, range(len(item.pairs)), order)
    if isinstance(item, Classify):
        return PairingArea(item, order, range(len(item.groups)))
    if isinstance(item, Ordering):
        return OrderingArea(item, order)
    if isinstance(item, Open):
        return WrittenArea(item)
    if isinstance(item, Likert):
        return RatingArea(item)
    return ClozeArea(item) if isinstance(item, Cloze) else TypedArea(item)


def is_typed(item: Item) -> bool:
    """Whether letters are typed as text in this question."""
    if isinstance(item, Cloze):
        return any(not gap.menu for gap in item.gaps)
    return isinstance(item, ShortText | Numeric | Open)


def how_to_answer(item: Item) -> str:
    """The keys that answer a question, in a few words."""
    if isinstance(item, Choice):
        return _("press a letter")
    if isinstance(item, Matching | Classify):
        return _("↑ ↓ go to a row, a letter fills it")
    if isinstance(item, Ordering):
        return _("↑ ↓ go to a step, u lifts it, d lowers it")
    if isinstance(item, Likert):
        return _("↑ ↓ go to a statement, a number rates it")
    if isinstance(item, Open):
        return _("ctrl+s compares your text with a model answer")
    return _("tab goes to the next gap") if isinstance(item, Cloze) and len(item.gaps) > 1 else ""
