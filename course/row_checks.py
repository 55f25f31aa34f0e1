"""What stands in a line of an export, checked before it comes into a record, whose logs never let go of it.

Each function gives the value as it is kept, and raises `ValueError` or `TypeError` for what no record holds.
"""

from __future__ import annotations

from datetime import UTC, datetime

from .controls import neutralised
from .history import Planned, Terms

LARGEST = 2**53
_EARLIEST, _LATEST = 1970, 3000
"""Years in which a learner may have answered; sums with dates near the ends of the calendar overflow."""
_LONGEST_EXAM = 100_000
"""Minutes; the same as front matter has it."""


def words(value: object, most: int = 300) -> str:
    """A text of bounded length."""
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("no words")
    return value


def whole(value: object, least: int = -LARGEST, most: int = LARGEST) -> int:
    """A whole number from `least` to `most`."""
    if type(value) is not int or not least <= value <= most:
        raise ValueError("no whole number")
    return value


def number(value: object, most: float = LARGEST) -> float:
    """A number from 0 to `most`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise ValueError("no number")
    return float(value)


def moment(value: str) -> datetime:
    """A time with its zone, in UTC."""
    at = datetime.fromisoformat(value)
    if at.tzinfo is None or not _EARLIEST <= at.year < _LATEST:
        raise ValueError("no time")
    return at.astimezone(UTC)


def planned(*, item_id: object, points: object, outcome: object, digest: object, tries: object) -> Planned:
    """A question of a run."""
    return Planned(words(item_id), number(points), words(outcome), words(digest), whole(tries, 0))


def terms(*, title: object, pass_percent: object, minutes: object, tries: object, outcomes: object) -> Terms:
    """What held when a run began."""
    if not isinstance(outcomes, dict):
        raise TypeError("no outcomes")
    named = {words(name): words(text, 5_000) for name, text in outcomes.items()}
    return Terms(
        words(title, 5_000),
        whole(pass_percent, 0),
        whole(minutes, 0, _LONGEST_EXAM),
        whole(tries, 0),
        named,
    )


def refuse_controls(value: object) -> None:
    """Text from a file must not drive the terminal on which it is shown."""
    if isinstance(value, dict):
        for name, part in value.items():
            refuse_controls(name)
            refuse_controls(part)
    elif isinstance(value, list):
        for part in value:
            refuse_controls(part)
    elif isinstance(value, str) and neutralised(value) != value:
        raise ValueError("control characters")
