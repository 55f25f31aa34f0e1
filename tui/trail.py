"""Where a reader came from: back and forward over the places that were left by a jump."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.notes import Anchor

LONGEST = 100
"""Places that are kept."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a section to land: at a line, at a block, or, with neither, where the reader was last."""

    line: int | None = None
    """Rows that the page is scrolled down."""
    block: int | None = None
    """Place of a block in its section, from 0."""
    above: int = 1
    """Rows to leave above that block."""
    anchor: Anchor | None = None
    """A note to look for in the lesson, in place of a section and a block."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a lesson."""

    ref: str
    """The section, or the lesson at its closing page."""
    line: int
    """Rows that the page was scrolled down."""


@dataclass(slots=True)
class Trail:
    """The places behind and ahead, the nearest last."""

    behind: list[Place] = field(default_factory=list)
    ahead: list[Place] = field(default_factory=list)

    def leave(self, place: Place) -> None:
        """Note the place from which a jump starts; what was ahead is forgotten."""
        if not self.behind or self.behind[-1] != place:
            self.behind.append(place)
            del self.behind[:-LONGEST]
        self.ahead.clear()

    def step(self, here: Place, *, back: bool) -> Place | None:
        """The place behind or ahead, in exchange for the one where the reader is; None where there is none."""
        taken, given = (self.behind, self.ahead) if back else (self.ahead, self.behind)
        if not taken:
            return None
        given.append(here)
        return taken.pop()
