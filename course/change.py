"""How ratings changed between a scale asked before something (`pair=pre`) and its second time (`pair=post`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .items import Moment
from .model import plain
from .wording import FALLBACK, say

if TYPE_CHECKING:
    from .model import Course, Likert
    from .response import Rated


def earlier_id(course: Course, item: Likert) -> str | None:
    """The id of the question that a `post` scale is compared with: the other one of its module with that name."""
    if item.moment is not Moment.POST:
        return None
    module_id, name = item.frame.id.partition("/")[0], item.frame.id.partition("#")[2]
    ids = (
        item_id
        for module, head in course.lesson_heads()
        if module.id == module_id
        for section in head.item_ids
        for item_id in section
    )
    return next((found for found in ids if found != item.frame.id and found.partition("#")[2] == name), None)


def change(item: Likert, before: Rated, after: Rated, language: str = FALLBACK) -> tuple[str, ...]:
    """One sentence for each statement that was rated both times; none when the statements differ in number."""
    if not len(before.values) == len(after.values) == len(item.statements):
        return ()
    return tuple(
        say("change", language, statement=plain(statement.text).rstrip("."), before=old, after=new)
        for statement, old, new in zip(item.statements, before.values, after.values, strict=True)
        if old is not None and new is not None
    )
