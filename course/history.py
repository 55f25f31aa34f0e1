"""What the learner's record holds, as plain values: visits, quiz runs, flags and attempts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from .response import Response

EXAM, REVIEW = "exam", "review"
"""Modes of runs: one that has a time limit, and one that is no quiz."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A section that the learner had open."""

    section_id: str
    position: int
    """How far down the section the learner was."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """A question of a run: what it is worth, which outcome it tests, which wording was asked, how often."""

    item_id: str
    points: float = 1.0
    outcome: str = ""
    digest: str = ""
    tries: int = 0
    """Tries allowed before the right answer is shown; 0 where every answer shows it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What held when a run began, so that it can be shown as it was when the quiz has changed."""

    title: str = ""
    pass_percent: int = 70
    """Per cent needed, in all and in each outcome."""
    minutes: int = 0
    """In an exam the time limit; 0 when there is none."""
    tries: int = 0
    """Tries for each question in practice; 0 for as many as the learner likes."""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """The outcomes of the module in words."""


@dataclass(frozen=True, slots=True)
class Run:
    """One sitting of a quiz, or one review."""

    id: int
    quiz_id: str
    seed: int
    mode: str
    started: datetime
    plan: tuple[Planned, ...] = ()
    """The questions drawn, in the order shown."""
    finished: datetime | None = None
    terms: Terms = field(default_factory=Terms)

    @property
    def ends(self) -> datetime | None:
        """When the time of an exam is over; None without a limit."""
        if self.mode != EXAM or not self.terms.minutes:
            return None
        return self.started + timedelta(minutes=self.terms.minutes)


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answer with its mark, once there is one."""

    answer_id: int
    item_id: str
    item_digest: str
    response_json: str
    seed: int
    hints: int
    """Hints read before it was given."""
    at: datetime
    run_id: int | None = None
    share: float | None = None
    """How much of it was right, 0 to 1; None while it is not marked."""
    points: float | None = None
    seconds: float | None = None
    """How long the question was open before; None when nobody knows."""
    certainty: int | None = None
    """How sure the learner was, 1 to 3; None where it was not asked."""

    @property
    def response(self) -> Response:
        """What was given (pydantic, 0.1 s, is needed only here)."""
        from .response import response_from_json  # noqa: PLC0415 - pydantic, 0.1 s, only to read it

        return response_from_json(self.response_json)
