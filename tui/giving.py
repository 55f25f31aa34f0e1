"""Giving an answer: noted in the record first, then judged, then the judgement noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.grade import Mark
    from course.model import Item
    from course.response import Response

    from .services import Services


def give(
    services: Services,
    item: Item,
    response: Response,
    *,
    seed: int = 0,
    hints: int = 0,
    run_id: int | None = None,
) -> Mark:
    """Note an answer, judge it, note the judgement; returns the judgement."""
    from course.digest import item_digest
    from course.grade import grade

    answer_id = services.record.give(
        item.frame.id,
        response,
        digest=item_digest(item),
        at=services.clock(),
        seed=seed,
        hints=hints,
        run_id=run_id,
    )
    mark = grade(item, response)
    services.record.mark(answer_id, mark, services.clock())
    return mark
