"""The report on questions for people: plain lines of at most 80 columns."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from course.model import plain
from course.positions import Tries
from tui.clean import clean_line
from tui.language import _, plural
from tui.report_words import finding_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course.distractors import OptionCount
    from course.model import Item
    from course.report import PositionReport, SetReport
    from course.statistics import ItemStatistics

_WIDTH = 80
_NAME = 16
_WIDTHS = (6, 9, 8, 7, 9, 10, 8, 7)
_OPTION = 44
_NOT_DEFINED = "–"


def lines_of(reports: Sequence[SetReport], tries: Tries) -> Iterator[str]:
    """Every quiz and lesson: its figures, then what to do, then how often each option was chosen."""
    for place, report in enumerate(reports):
        if place:
            yield ""
        yield from _set(report, tries)


def _set(report: SetReport, tries: Tries) -> Iterator[str]:
    title = f"{clean_line(report.title)} ({report.id})"
    yield from wrap(title, _WIDTH)
    yield from _counts(report, tries)
    if report.positions:
        yield from _whole(report)
        yield ""
        yield _row(
            _("question"),
            (
                _("asked"),
                _("facility"),
                _("st.dev."),
                _("guess"),
                _("intended"),
                _("effective"),
                _("discr."),
                _("eff."),
            ),
        )
        for position in report.positions:
            yield from _position(position)
        yield from _told(report)
        for position in report.positions:
            for asked in position.questions:
                if asked.figures.attempts:
                    yield from _options(asked.item, asked.options)
    yield from _listed(_("Asked in no attempt:"), report.unseen)
    if report.apart:
        yield ""
        yield _("Without a right answer, so not judged:")
        for one in report.apart:
            count = plural("{count} answer", "{count} answers", one.answers)
            yield f"  {_name(one.item)}: {count}"
        for one in report.apart:
            if one.answers:
                yield from _options(one.item, one.options)


def _counts(report: SetReport, tries: Tries) -> Iterator[str]:
    layout = report.layout
    attempts = plural("{count} attempt", "{count} attempts", report.statistics.attempts)
    learners = plural("{count} learner", "{count} learners", layout.learners)
    counted = _("{attempts} of {learners}.").format(attempts=attempts, learners=learners)
    if tries is Tries.FIRST:
        counted += " " + _("The first attempt of each learner counts.")
    else:
        counted += " " + _("Each attempt counts as if another learner had made it.")
    yield from wrap(counted, _WIDTH)
    if layout.unfinished:
        yield plural(
            "{count} is left out: not finished.", "{count} are left out: not finished.", layout.unfinished
        )
    if layout.outdated:
        yield plural(
            "{count} is left out: its questions were others then.",
            "{count} are left out: their questions were others then.",
            layout.outdated,
        )


def _whole(report: SetReport) -> Iterator[str]:
    figures = report.statistics
    told = (
        (_("Mean"), figures.mean),
        (_("median"), figures.median),
        (_("standard deviation"), figures.standard_deviation),
        (_("internal consistency"), figures.internal_consistency),
        (_("error ratio"), figures.error_ratio),
        (_("standard error"), figures.standard_error),
    )
    yield from wrap(", ".join(f"{name} {_shown(value)}" for name, value in told) + ".", _WIDTH)
    yield _("All figures are per cent; – is not defined.")


def _position(position: PositionReport) -> Iterator[str]:
    weights = (position.figures.intended_weight, position.figures.effective_weight)
    if not position.is_drawn:
        one = position.questions[0]
        yield _row(_name(one.item), _cells(one.figures, one.random_guess_score, weights))
        return
    name = _("position {number}").format(number=position.number)
    yield _row(name, _cells(position.figures.item, position.random_guess_score, weights))
    for one in position.questions:
        yield _row(f"  {_name(one.item)}", _cells(one.figures, one.random_guess_score, ("", "")))


def _cells(
    figures: ItemStatistics, guess: float | None, weights: Sequence[float | str | None]
) -> tuple[str, ...]:
    values = (
        figures.facility,
        figures.standard_deviation,
        guess,
        *weights,
        figures.discrimination_index,
        figures.discriminative_efficiency,
    )
    return (str(figures.attempts), *(_shown(value) for value in values))


def _shown(value: float | str | None) -> str:
    if isinstance(value, str):
        return value
    return _NOT_DEFINED if value is None else f"{value:.1f}".replace("-0.0", "0.0")


def _row(name: str, cells: Sequence[str]) -> str:
    shown = name if len(name) <= _NAME else name[: _NAME - 1] + "…"
    return shown.ljust(_NAME) + "".join(cell.rjust(width) for cell, width in zip(cells, _WIDTHS, strict=True))


def _told(report: SetReport) -> Iterator[str]:
    yield ""
    for position in report.positions:
        for one in position.questions:
            words = " ".join(finding_words(finding) for finding in one.findings)
            yield from _hung(f"{_name(one.item)}: {words}")


def _options(item: Item, options: Sequence[OptionCount]) -> Iterator[str]:
    if not options:
        return
    yield ""
    yield from _hung(f"{_name(item)}: {clean_line(plain(item.frame.prompt))}")
    heads = (_("chosen"), _("share"), _("upper"), _("lower"))
    yield "  " + " " * _OPTION + "".join(head.rjust(8) for head in heads)
    part = ""
    for option in options:
        if option.part != part:
            part = option.part
            yield f"  {clean_line(part)[: _WIDTH - 2]}"
        sign = "✓" if option.right else " "
        text = f"{option.key} {sign} {clean_line(option.text)}"
        shown = text if len(text) <= _OPTION else text[: _OPTION - 1] + "…"
        cells = (str(option.chosen), _shown(option.share), _shown(option.upper), _shown(option.lower))
        yield "  " + shown.ljust(_OPTION) + "".join(cell.rjust(8) for cell in cells)


def _listed(head: str, items: Sequence[Item]) -> Iterator[str]:
    if items:
        yield ""
        yield from _hung(f"{head} {', '.join(_name(item) for item in items)}")


def _hung(text: str) -> list[str]:
    return wrap(text, _WIDTH, subsequent_indent="    ")


def _name(item: Item) -> str:
    """The id within the quiz or lesson."""
    return item.frame.id.rpartition("#")[2]
