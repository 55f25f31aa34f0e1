"""How taking in guides gets on: counts, rate and the present file; at the end what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.intake_words import at_words, end_words, problem_words, progress_words
from tui.language import _, plural
from tui.styled import hang, said, shortened, wrap

from .lines import LinesView

if TYPE_CHECKING:
    from textual.content import Content

    from tui.intake import Intake

MOST_PROBLEMS = 8
"""Files told with a reason; the others are counted."""


class IntakeView(LinesView):
    """Looks at the run; takes no room before the first."""

    DEFAULT_CSS = "IntakeView { margin: 0 0 1 2; }"

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self._intake = intake

    def look(self) -> None:
        """Tell how far it is now."""
        self.display = self._intake.added is not None
        self.redraw()

    def lay_out(self, width: int) -> list[Content]:
        """The present state, or the end."""
        added = self._intake.added
        if added is None:
            return []
        if self._intake.is_running:
            words = _("Stopping") if self._intake.is_stopping else _("Adding guides")
            head = wrap(said(f"{words}: {progress_words(added)}"), width)
            return [*head, shortened(said(at_words(added), "$muted"), width)]
        lines = wrap(said(end_words(self._intake)), width)
        for problem in added.problems[:MOST_PROBLEMS]:
            lines += hang("· ", "  ", wrap(said(problem_words(problem), "$warning"), width - 2))
        rest = len(added.problems) - MOST_PROBLEMS
        if rest > 0:
            more = plural("{count} more", "{count} more", rest)
            command = _("`hansa guides add` tells them all.")
            lines += wrap(said(f"{more}; {command}", "$muted"), width)
        return lines
