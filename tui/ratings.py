"""Ratings beside those that were given to the same statements before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.change import change, earlier_id
from course.errors import ResponseError
from course.response import Rated

from .language import language_in_use

if TYPE_CHECKING:
    from course.model import Likert

    from .services import Services


def rating_changes(services: Services, item: Likert, response: Rated) -> tuple[str, ...]:
    """One sentence for each statement that was rated before; none where the question stands alone."""
    name = earlier_id(services.course, item)
    attempts = services.record.attempts() if name else ()
    before = next((attempt for attempt in reversed(attempts) if attempt.item_id == name), None)
    if before is None:
        return ()
    try:
        earlier = before.response
    except ResponseError:
        return ()
    return change(item, earlier, response, language_in_use()) if isinstance(earlier, Rated) else ()
