"""Where the application opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Start:
    """Home, a place of the course, or the assistant with or without a question."""

    ref: str | None = None
    """`MODULE`, `MODULE/LESSON` or `MODULE/LESSON#SECTION`; `MODULE/quiz` is a quiz."""
    resumes: bool = False
    """Open the place where the learner stopped."""
    reviews: bool = False
    """Open today's review."""
    minutes: int | None = None
    """What a day of reviews bears; None for what the learner chose in the settings."""
    asks: bool = False
    """Open the assistant."""
    question: str = ""
    """Asked at once when the assistant opens."""
    settings: bool = False
    """Open the settings above that place."""
    erases: str = ""
    """What is erased first, while no page is open that could write to it; one of the names in `stored.py`."""
    notice: str = ""
    """A sentence to show at once."""

    @classmethod
    def lesson(cls, ref: str) -> Self:
        """Open a place of the course."""
        return cls(ref=ref)

    @classmethod
    def resume(cls) -> Self:
        """Open the place where the learner stopped."""
        return cls(resumes=True)

    @classmethod
    def review(cls, minutes: int | None = None) -> Self:
        """Open today's review, of at most so many minutes."""
        return cls(reviews=True, minutes=minutes)

    @classmethod
    def ask(cls, question: str = "") -> Self:
        """Open the assistant."""
        return cls(asks=True, question=question)
