"""The answer of somebody who gave none: it shows what would have been right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Choice, Classify, Cloze, Likert, Matching, Open, Ordering
from .response import Chosen, Filled, Grouped, Ordered, Paired, Rated, Typed, Written
from .shuffle import display_order

if TYPE_CHECKING:
    from .model import Item
    from .response import Response


def blank_response(item: Item, seed: int) -> Response:
    """An answer that says nothing; steps to order stay as the seed showed them."""
    match item:
        case Choice():
            return Chosen(options=())
        case Matching(pairs=pairs):
            return Paired(rights=(None,) * len(pairs))
        case Classify(cards=cards):
            return Grouped(groups=(None,) * len(cards))
        case Ordering():
            return Ordered(order=display_order(item, seed))
        case Cloze(gaps=gaps):
            return Filled(gaps=("",) * len(gaps))
        case Open():
            return Written(text="")
        case Likert(statements=statements):
            return Rated(values=(None,) * len(statements))
        case _:
            return Typed(text="")
