"""What stands before and after the questions of a quiz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.model import QuizMode
from course.sitting import Sitting

from .language import _, plural
from .places import after_module
from .styled import hang, said, wrap
from .widgets.lines import LinesView
from .widgets.prose import ProseView, TextView
from .widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.content import Content
    from textual.widget import Widget

    from course.model import Course, Module, Quiz

    from .quiz_run import Sat

BEGIN, AGAIN, LOOK, HOME = "begin", "again", "look", "home"
"""Values of the lines that can be chosen."""


def start_page(quiz: Quiz, before: Sat | None) -> list[Widget]:
    """What the quiz is, and how it was done last time."""
    count = len(Sitting(quiz, 0).items)
    words = [plural("{count} question.", "{count} questions.", count), _mode_words(quiz)]
    words.append(_("You pass with {percent} % of the points.").format(percent=quiz.pass_percent))
    if quiz.minutes:
        words.append(_("It takes about {minutes} minutes.").format(minutes=quiz.minutes))
    page: list[Widget] = [TextView(said(quiz.title, "bold"), classes="gap")]
    if quiz.introduction:
        page.append(ProseView(quiz.introduction, classes="gap"))
    page.append(TextView(said(" ".join(words)), classes="gap"))
    page.append(
        TextView(
            said(_("Each answer is saved at once. Leave when you like: nothing is lost.")), classes="gap"
        )
    )
    if before is None:
        return [*page, Row(_("Begin"), BEGIN), Row(_("Go home"), HOME)]
    page.append(TextView(said(_result_words(before)), classes="gap"))
    return [
        *page,
        Row(_("Take the quiz again"), AGAIN),
        Row(_("Look at your answers"), LOOK),
        Row(_("Go home"), HOME),
    ]


def _mode_words(quiz: Quiz) -> str:
    if quiz.mode is QuizMode.PRACTICE:
        return _("You hear after each answer how it was.")
    return _("You have one try for each, and hear at the end how your answers were.")


def _result_words(sat: Sat) -> str:
    percent = sat.sitting.result().percent
    return _("Last time you reached {percent} %.").format(percent=percent)


def result_page(course: Course, module: Module, sat: Sat) -> list[Widget]:
    """The result in calm words, by outcome, and what to do next."""
    result = sat.sitting.result(module.outcomes)
    look = "bold $right" if result.passed else "bold"
    needed = _("Not passed yet: you reached {percent} %, and {needed} % are needed.")
    needed = needed.format(percent=result.percent, needed=sat.sitting.quiz.pass_percent)
    words = "✓ " + result.words if result.passed else needed
    page: list[Widget] = [TextView(said(words, look), classes="gap")]
    page.append(TextView(said(_calm_words(passed=result.passed)), classes="gap"))
    page += _rows(course, module, passed=result.passed)
    page.append(ListView(_("What to look at again"), result.next_steps))
    page.append(ListView(_("What went well"), result.strengths))
    page.append(OutcomeTable(result.score.outcomes, module.outcomes))
    return page


def _calm_words(*, passed: bool) -> str:
    if passed:
        return _("Well done. You can look at every answer with its feedback, or go on.")
    return _("That is fine: look at the answers with their feedback, then try again when you like.")


def _rows(course: Course, module: Module, *, passed: bool) -> list[Row]:
    rows = [
        Row(_("Look at every answer"), LOOK),
        Row(_("Take the quiz again"), AGAIN),
        Row(_("Go home"), HOME),
    ]
    follows = after_module(course, module)
    if passed and follows is not None:
        onward, head = follows
        words = _("Go on to module {number}: {title}").format(number=onward.number, title=onward.title)
        rows.insert(0, Row(words, head.id))
    return rows


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
    """How much of each outcome was right, with a bar of ten signs."""

    DEFAULT_CSS = "OutcomeTable { margin: 1 0; }"

    def __init__(self, shares: Mapping[str, float], names: Mapping[str, str]) -> None:
        super().__init__()
        self._shares = shares
        self._names = names
        self.display = bool(shares)

    def lay_out(self, width: int) -> list[Content]:
        """A bar, a share and the words of each outcome."""
        lines = [said(_("By outcome"), "bold")]
        for outcome, share in sorted(self._shares.items()):
            bar = "■" * round(share * 10) + "·" * (10 - round(share * 10))
            front = f"{bar} {round(share * 100):>3} %  "
            lines += hang(
                front, " " * len(front), wrap(said(self._names.get(outcome, outcome)), width - len(front))
            )
        return lines
