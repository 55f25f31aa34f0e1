"""What the learner's record holds, as plain values: visits, quiz runs and attempts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from .response import Response


@dataclass(frozen=True, slots=True)
class Visit:
    """A section that the learner had open."""

    section_id: str
    position: int
    """How far down the section the learner was."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """A question of a run: what it is worth and which outcome it tests."""

    item_id: str
    points: float = 1.0
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One sitting of a quiz."""

    id: int
    quiz_id: str
    seed: int
    mode: str
    started: datetime
    plan: tuple[Planned, ...] = ()
    """The questions drawn, in the order shown."""
    finished: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answer with its mark, once there is one."""

    answer_id: int
    item_id: str
    item_digest: str
    response_json: str
    seed: int
    hints: int
    at: datetime
    run_id: int | None = None
    share: float | None = None
    """How much of it was right, 0 to 1; None while it is not marked."""
    points: float | None = None

    @property
    def response(self) -> Response:
        """What was given (pydantic, 0.1 s, is needed only here)."""
        from .response import response_from_json  # noqa: PLC0415 - pydantic, 0.1 s, only to read it

        return response_from_json(self.response_json)
