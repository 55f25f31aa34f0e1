"""Keys as authors write them: accepted wordings, patterns, numbers with a tolerance or a range, weights."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .faults import QuestionFault
from .model import Accepted, Block, NumberRange
from .pattern import PatternFault, compiled
from .quantities import is_ambiguous, readings

_NUMBER = r"[+-]?\d[\d.,' \u00a0\u2009\u202f]*"
_TOLERANCE = re.compile(rf"({_NUMBER}?)\s*(?:±|\+/?-)\s*(\d[\d.,]*)\s*(%?)")
_RANGE = re.compile(rf"({_NUMBER}?)\s*(?:\.\.\.?|…)\s*({_NUMBER}?)")
_SINGLE = re.compile(_NUMBER)
_WEIGHT = re.compile(r"<!--\s*([+-]?\d{1,3}(?:[.,]\d+)?)\s*%\s*-->\s*$")
_PATTERN = re.compile(r"/(.*)/", re.DOTALL)
_WHOLE = 100.0
_LONGEST_NUMBER = 80
"""Characters of a key that is a number; the patterns above would take long over a very long line of blanks."""


@dataclass(frozen=True, slots=True)
class Key:
    """One line of a key: what stands behind `=` or `~`, its weight and its feedback."""

    text: str
    line: int
    wrong: bool = False
    weight: float | None = None
    feedback: tuple[Block, ...] = ()

    @property
    def share(self) -> float:
        """The share of the points it earns."""
        usual = 0.0 if self.wrong else 1.0
        return usual if self.weight is None else self.weight


def weight_of(source: str, line: int) -> float | None:
    """The share that a trailing comment such as `<!-- -25% -->` gives, if there is one."""
    match = _WEIGHT.search(source)
    if match is None:
        return None
    weight = float(match[1].replace(",", ".")) / _WHOLE
    if not -1 <= weight <= 1:
        raise QuestionFault("Q021", f"The weight {match[1]}% must lie between -100% and 100%.", line)
    return weight


def is_number_key(text: str) -> bool:
    """Whether a key is a number, with a tolerance or as a range."""
    source = text.strip()
    return len(source) <= _LONGEST_NUMBER and any(
        shape.fullmatch(source) for shape in (_SINGLE, _TOLERANCE, _RANGE)
    )


def number_range(key: Key) -> NumberRange:
    """The numbers that a key such as `27 ± 1`, `250 ± 5%` or `25..29` takes."""
    source = key.text.strip()
    if len(source) > _LONGEST_NUMBER:
        raise _no_number(source, key)
    if match := _RANGE.fullmatch(source):
        low, high = _number(match[1], key), _number(match[2], key)
    elif match := _TOLERANCE.fullmatch(source):
        middle, slack = _number(match[1], key), _number(match[2], key)
        slack = abs(middle) * slack / _WHOLE if match[3] else slack
        low, high = middle - slack, middle + slack
    else:
        low = high = _number(source, key)
    if low > high:
        message = f"The range `{source}` ends before it begins; write the smaller number first."
        raise QuestionFault("Q020", message, key.line)
    return NumberRange(low, high, key.line, key.share, source, key.feedback)


def accepted(key: Key) -> Accepted:
    """The wording or pattern that a key takes."""
    source = key.text.strip()
    if not source:
        message = f"Nothing stands behind `{'~' if key.wrong else '='}`; write the answer there."
        raise QuestionFault("Q020", message, key.line)
    match = _PATTERN.fullmatch(source)
    if match is None:
        return Accepted(source, key.line, key.share, feedback=key.feedback)
    try:
        compiled(match[1])
    except PatternFault as fault:
        raise QuestionFault("Q022", f"The pattern /{match[1]}/ cannot be used: {fault}.", key.line) from fault
    return Accepted(match[1], key.line, key.share, pattern=True, feedback=key.feedback)


def _number(source: str, key: Key) -> float:
    found = readings(source, "-")
    if is_ambiguous(source):
        thousands = re.sub(r"[.,]", "", source.strip())
        message = (
            f"`{source.strip()}` can mean two numbers; write {thousands}, or a decimal with one digit more."
        )
        raise QuestionFault("Q023", message, key.line)
    if len(found) != 1:
        raise _no_number(key.text.strip(), key)
    return found[0]


def _no_number(source: str, key: Key) -> QuestionFault:
    message = f"`{source[:_LONGEST_NUMBER]}` is no number; write for example 27 ± 1, 250 ± 5% or 25..29."
    return QuestionFault("Q020", message, key.line)
