"""Which attributes of a question have an effect on which types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Choice, Classify, Cloze, Likert, Matching, Numeric, Open, Ordering, ShortText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .model import Item

_SHUFFLED = (Choice, Matching, Classify)
_MARKED = (Choice, ShortText, Numeric, Matching, Classify, Ordering, Cloze, Open)
_SCOPE: dict[str, tuple[type, ...]] = {
    "accents": (ShortText, Cloze),
    "certainty": _MARKED,
    "labels": (Likert,),
    "pair": (Likert,),
    "partial": _MARKED,
    "penalty": _MARKED,
    "pin": _SHUFFLED,
    "points": _MARKED,
    "review": _MARKED,
    "scale": (Likert,),
    "shuffle": _SHUFFLED,
    "tries": _MARKED,
    "unit": (Numeric,),
}


def without_effect(names: Iterable[str], item: Item) -> Iterator[str]:
    """The attributes among the names that do nothing for a question."""
    for name in names:
        several = not isinstance(item, Choice) or not item.multiple
        if not isinstance(item, _SCOPE.get(name, (object,))) or (name == "select" and several):
            yield name
