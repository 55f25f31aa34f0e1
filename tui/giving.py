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
    earlier: int = 0,
    run_id: int | None = None,
    seconds: float | None = None,
    certainty: int | None = None,
) -> Mark:
    """Note an answer, judge it, note the judgement; returns the judgement.

    `hints` and `earlier` tries cost what the author set; `seconds` is how long the question was open.
    `RunClosed` when the sitting takes no more answers.
    """
    from course.digest import source_digest
    from course.grade import grade
    from course.snapshot import item_source

    source = item_source(item)
    answer_id = services.record.give(
        item.frame.id,
        response,
        digest=source_digest(source),
        at=services.clock(),
        seed=seed,
        hints=hints,
        run_id=run_id,
        seconds=seconds,
        certainty=certainty,
        source=source,
    )
    mark = grade(item, response, hints=hints, earlier=earlier)
    services.record.mark(answer_id, mark, services.clock())
    return mark
