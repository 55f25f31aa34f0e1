"""The overview of a learner's progress, read from the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.finding import still_there
from course.overview import overview

from .review_run import day_of

if TYPE_CHECKING:
    from course.overview import Overview

    from .services import Services


def read_overview(services: Services) -> Overview:
    """What the record says about progress in the course."""
    record, now = services.record, services.clock()
    attempts = record.attempts()
    return overview(
        services.course,
        record.visits(),
        attempts,
        record.runs(),
        now=now,
        day=day_of(now),
        minutes=services.preferences.review_minutes,
        admitted=still_there(services.course),
        asked=record.asked(attempt.item_digest for attempt in attempts),
    )
