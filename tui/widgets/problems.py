"""What the checker says of a file, beside its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from course.model import Severity
from tui.language import _, plural
from tui.styled import said, wrap

from .lines import LinesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course.model import Problem


class ProblemsView(LinesView):
    """The problems of one file, in the order of its lines."""

    DEFAULT_CSS = "ProblemsView { max-width: 100%; }"

    def __init__(self) -> None:
        super().__init__()
        self._problems: Sequence[Problem] = ()
        self._outdated = False

    def show(self, problems: Sequence[Problem], *, outdated: bool = False) -> None:
        """Write them down; `outdated` when the text beside is older than the file."""
        self._problems = problems
        self._outdated = outdated
        self.redraw()

    def lay_out(self, width: int) -> list[Content]:
        """How many there are, then each with its line and its code."""
        if not self._problems:
            return [said(_("No problems in this file."), "$muted")]
        title = plural("{count} problem in this file", "{count} problems in this file", len(self._problems))
        lines = wrap(said(title, "bold"), width)
        if self._outdated:
            sentence = _("The file cannot be read. What you see is how it was before.")
            lines += wrap(said(sentence, "$warning"), width)
        for problem in self._problems:
            lines += [Content(""), *self._problem(problem, width)]
        return lines

    @staticmethod
    def _problem(problem: Problem, width: int) -> list[Content]:
        kind = _("Error") if problem.severity is Severity.ERROR else _("Warning")
        place = _("line {line}, column {column}").format(line=problem.place.line, column=problem.place.column)
        head = said(f"{kind} {problem.code}", "$warning bold") + said(f"  {place}", "$muted")
        return [*wrap(head, width), *wrap(said(problem.message), width)]
