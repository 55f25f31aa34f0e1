"""The report on questions for programs: JSON and CSV, with keys that stay as docs/report.md lists them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from course.model import plain
from tui.clean import clean_line
from tui.report_words import finding_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course.distractors import OptionCount
    from course.item_findings import Finding
    from course.model import Item
    from course.positions import Tries
    from course.report import PositionReport, QuestionReport, SetReport
    from course.statistics import ItemStatistics

VERSION = 1
"""Version of the keys; one that reads them may rely on all it knows within a version."""

Values = dict[str, object]

CSV_KEYS = (
    "row", "set", "position", "question", "type", "option", "part", "text", "right", "points", "attempts",
    "facility", "standard_deviation", "random_guess_score", "intended_weight", "effective_weight",
    "discrimination_index", "discriminative_efficiency", "mean", "median", "internal_consistency",
    "error_ratio", "standard_error", "chosen", "share", "upper", "lower", "verdict", "words",
)  # fmt: skip
"""Columns of the CSV, in order; a row leaves empty what does not apply to it or is not defined."""

_FORMULA = ("=", "+", "-", "@")


def as_json(reports: Sequence[SetReport], tries: Tries, *, learners: int, read: int, skipped: int) -> str:
    """One JSON object; figures are per cent, null where they are not defined."""
    whole = {
        "format": "hansa-item-report",
        "version": VERSION,
        "tries": str(tries),
        "databases": {"read": read, "skipped": skipped},
        "learners": learners,
        "sets": [_set(report) for report in reports],
    }
    return json.dumps(whole, ensure_ascii=False, allow_nan=False)


def as_csv(reports: Sequence[SetReport]) -> str:
    """A heading, then one row for each set, position, question and option."""
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, CSV_KEYS, restval="", lineterminator="\n")
    writer.writeheader()
    for report in reports:
        for row in _rows(report):
            writer.writerow({key: _cell(value) for key, value in row.items()})
    return sheet.getvalue()


def _cell(value: object) -> object:
    """A value as a spreadsheet takes it: no text of a module becomes a formula."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _rows(report: SetReport) -> Iterator[Values]:
    whole = _whole(report)
    yield {"row": "set", "set": report.id, "text": clean_line(report.title), **whole}
    for position in report.positions:
        yield {"row": "position", "set": report.id, "position": position.number, **_place(position)}
        for one in position.questions:
            named = {"set": report.id, "position": position.number, "question": one.item.frame.id}
            verdict: Values = {"verdict": str(one.findings[0].flaw), "words": _words(one.findings)}
            yield {
                "row": "question",
                **named,
                **_head(one.item),
                **_figures(one.figures),
                **_guess(one),
                **verdict,
            }
            for option in one.options:
                yield {"row": "option", **named, **_option(option)}
    for aside in report.apart:
        named = {"set": report.id, "question": aside.item.frame.id}
        yield {"row": "apart", **named, **_head(aside.item), "attempts": aside.answers}
        for option in aside.options:
            yield {"row": "option", **named, **_option(option)}


def _words(findings: Sequence[Finding]) -> str:
    return " ".join(finding_words(finding) for finding in findings)


def _set(report: SetReport) -> Values:
    layout = report.layout
    return {
        "id": report.id,
        "kind": "quiz" if report.is_quiz else "lesson",
        "title": clean_line(report.title),
        "learners": layout.learners,
        "unfinished": layout.unfinished,
        "outdated": layout.outdated,
        **_whole(report),
        "positions": [
            {
                "position": position.number,
                **_place(position),
                "questions": [_question(one) for one in position.questions],
            }
            for position in report.positions
        ],
        "unseen": [item.frame.id for item in report.unseen],
        "apart": [
            {
                "question": one.item.frame.id,
                **_head(one.item),
                "answers": one.answers,
                "options": [_option(option) for option in one.options],
            }
            for one in report.apart
        ],
    }


def _whole(report: SetReport) -> Values:
    figures = report.statistics
    return {
        "attempts": figures.attempts,
        "mean": figures.mean,
        "median": figures.median,
        "standard_deviation": figures.standard_deviation,
        "internal_consistency": figures.internal_consistency,
        "error_ratio": figures.error_ratio,
        "standard_error": figures.standard_error,
    }


def _place(position: PositionReport) -> Values:
    return {
        "points": position.points,
        **_figures(position.figures.item),
        "random_guess_score": position.random_guess_score,
        "intended_weight": position.figures.intended_weight,
        "effective_weight": position.figures.effective_weight,
    }


def _question(one: QuestionReport) -> Values:
    return {
        "question": one.item.frame.id,
        **_head(one.item),
        **_figures(one.figures),
        **_guess(one),
        "verdict": str(one.findings[0].flaw),
        "findings": [
            {
                "code": str(finding.flaw),
                "option": finding.option or None,
                "words": finding_words(finding),
            }
            for finding in one.findings
        ],
        "options": [_option(option) for option in one.options],
    }


def _head(item: Item) -> Values:
    text = clean_line(plain(item.frame.prompt))
    return {"type": type(item).__name__.lower(), "text": text, "points": item.frame.points}


def _guess(one: QuestionReport) -> Values:
    return {"random_guess_score": one.random_guess_score}


def _figures(figures: ItemStatistics) -> Values:
    return {
        "attempts": figures.attempts,
        "facility": figures.facility,
        "standard_deviation": figures.standard_deviation,
        "discrimination_index": figures.discrimination_index,
        "discriminative_efficiency": figures.discriminative_efficiency,
    }


def _option(option: OptionCount) -> Values:
    return {
        "option": option.key,
        "part": clean_line(option.part),
        "text": clean_line(option.text),
        "right": option.right,
        "chosen": option.chosen,
        "share": option.share,
        "upper": option.upper,
        "lower": option.lower,
    }
