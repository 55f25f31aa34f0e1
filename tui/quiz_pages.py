"""What stands before and after the questions of a quiz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.drawing import drawn
from course.model import QuizMode

from .language import _
from .places import after_module
from .plan import onward_words
from .quiz_words import percent_words, result_words, terms_words
from .styled import hang, said, wrap
from .widgets.lines import LinesView
from .widgets.prose import ProseView, TextView
from .widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content
    from textual.widget import Widget

    from course.learning_paths import Leaf
    from course.model import Course, Module, Quiz
    from course.result import OutcomeResult, Result

    from .quiz_run import Sat

BEGIN, AGAIN, LOOK, EARLIER, HOME = "begin", "again", "look", "earlier", "home"
CERTIFICATE = "certificate"
"""Values of the lines that can be chosen."""


def start_page(quiz: Quiz, before: Sat | None) -> list[Widget]:
    """What the quiz is, and how it was done last time."""
    page: list[Widget] = [TextView(said(quiz.title, "bold"), classes="gap")]
    if quiz.introduction:
        page.append(ProseView(quiz.introduction, classes="gap"))
    page.append(TextView(said(" ".join(terms_words(quiz, len(drawn(quiz, 0))))), classes="gap"))
    page.append(TextView(said(_saved_words(quiz)), classes="gap"))
    if before is None:
        return [*page, Row(_("Begin"), BEGIN), Row(_("Go home"), HOME)]
    words = _("Last time you reached {percent} %.").format(percent=before.sitting.result().percent)
    page.append(TextView(said(words), classes="gap"))
    page += [
        Row(_("Take the quiz again"), AGAIN),
        Row(_("Look at your answers"), LOOK),
        Row(_("Look at an earlier attempt"), EARLIER),
    ]
    if before.sitting.result().passed:
        page.append(Row(_("Get your certificate"), CERTIFICATE))
    return [*page, Row(_("Go home"), HOME)]


def _saved_words(quiz: Quiz) -> str:
    if quiz.mode is QuizMode.EXAM and quiz.minutes:
        return _("Each answer is saved at once. The time runs on when you leave.")
    return _("Each answer is saved at once. Leave when you like: nothing is lost.")


def result_page(course: Course, module: Module | None, sat: Sat, onward: Leaf | None = None) -> list[Widget]:
    """The result in calm words, by outcome, and what to do next; on a chosen path, that is `onward`."""
    result = sat.sitting.result()
    look = "bold $right" if result.passed else "bold"
    page: list[Widget] = [TextView(said(result_words(sat.sitting), look), classes="gap")]
    page += [TextView(said(words), classes="gap") for words in _remarks(sat, result)]
    page += _onward_rows(course, module, onward) if result.passed and module is not None else []
    page += _rows(module, passed=result.passed)
    page.append(OutcomeTable(result.outcomes, sat.sitting.terms.pass_percent))
    page.append(ListView(_("What to look at again"), result.next_steps))
    page.append(ListView(_("What went well"), result.strengths))
    return page


def _remarks(sat: Sat, result: Result) -> list[str]:
    remarks = []
    if sat.run.ends is not None and sat.run.finished == sat.run.ends:
        remarks.append(_("The time was over. What you had answered was handed in."))
    if sat.changed:
        remarks.append(_("The module has changed since. You see the questions as they were asked."))
    if result.passed:
        remarks.append(_("Well done. You can look at every answer with its feedback, or go on."))
    else:
        remarks.append(
            _("That is fine: look at the answers with their feedback, then try again when you like.")
        )
    return remarks


def _onward_rows(course: Course, module: Module, onward: Leaf | None) -> list[Row]:
    if onward is not None:
        return [Row(onward_words(onward), onward.id)]
    follows = after_module(course, module)
    if follows is None:
        return []
    following, head = follows
    words = _("Go on to module {number}: {title}").format(number=following.number, title=following.title)
    return [Row(words, head.id)]


def _rows(module: Module | None, *, passed: bool) -> list[Row]:
    rows: list[Row] = []
    if passed and module is not None:
        rows.append(Row(_("Get your certificate"), CERTIFICATE))
    rows.append(Row(_("Look at every answer"), LOOK))
    if module is not None:
        rows.append(Row(_("Take the quiz again"), AGAIN))
    return [*rows, Row(_("Go home"), HOME)]


class ListView(LinesView):
    """A heading with entries; nothing when there are none."""

    DEFAULT_CSS = "ListView { margin-top: 1; }"

    def __init__(self, title: str, entries: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._entries = entries
        self.display = bool(entries)

    def lay_out(self, width: int) -> list[Content]:
        """The heading, then an entry after a dot each."""
        lines = [said(self._title, "bold")]
        for entry in self._entries:
            lines += hang("• ", "  ", wrap(said(entry), width - 2))
        return lines


class OutcomeTable(LinesView):
    """Whether each outcome is reached, in words, with a bar of ten signs."""

    DEFAULT_CSS = "OutcomeTable { margin-top: 1; }"

    def __init__(self, outcomes: Sequence[OutcomeResult], wanted: int) -> None:
        super().__init__()
        self._outcomes = outcomes
        self._wanted = wanted
        self.display = bool(outcomes)

    def lay_out(self, width: int) -> list[Content]:
        """The words of each outcome, and under them a bar with how it went."""
        heading = _("By outcome; {percent} % are needed in each").format(percent=self._wanted)
        lines = [said(heading, "bold")]
        for outcome in self._outcomes:
            bar = "■" * (outcome.percent // 10) + "·" * (10 - outcome.percent // 10)
            lines += wrap(said(outcome.words), width)
            lines.append(said(f"  {bar} {percent_words(outcome)}", "$muted"))
        return lines
