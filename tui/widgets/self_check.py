"""The statements of a self-check: each is rated from 1 to 5, or by k for “I do not know”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.self_check_words import UNKNOWN_KEY, scale_words
from tui.styled import hang, said, wrap

from .rating import RatingArea

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content

    from course.model import Likert
    from course.self_check import Dimension, SelfCheck

UNKNOWN = 0
"""Value of a statement that nobody knows the answer to."""


class SelfCheckArea(RatingArea):
    """One group of statements; every rating is told at once."""

    def __init__(
        self, check: SelfCheck, dimension: Dimension, scale: Likert, given: Mapping[str, int | None]
    ) -> None:
        super().__init__(scale)
        self._check = check
        self._ids = [statement.id for statement in dimension.statements]
        self._given = [(given[name] or UNKNOWN) if name in given else None for name in self._ids]
        self.cursor = next((row for row, value in enumerate(self._given) if value is None), 0)

    def ratings(self) -> dict[str, int | None]:
        """What was given so far, by the id of the statement; None for “I do not know”."""
        pairs = zip(self._ids, self._given, strict=True)
        return {name: value or None for name, value in pairs if value is not None}

    def go_to_open(self) -> None:
        """Mark the first statement that is not rated."""
        self.cursor = self._given.index(None)
        self.focus()
        self.redraw()

    def values(self) -> tuple[int, ...]:
        """The steps of the scale, and “I do not know”."""
        return (*super().values(), UNKNOWN)

    def key_for(self, value: int) -> str:
        """The number of a step, or k."""
        return UNKNOWN_KEY if value == UNKNOWN else super().key_for(value)

    def legend(self, width: int) -> list[Content]:
        """What each key means, in words."""
        return hang("  ", "  ", wrap(said(scale_words(self._check), "$muted"), width - 2))
