"""Opinion scales: statements in a plain list, rated on a scale that the comment describes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .answers import refuse_repeats, said
from .faults import QuestionFault
from .items import Likert, Moment, Statement
from .model import ListBlock, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .marker import Marker
    from .model import Block, Frame, ListItem

_SCALE = re.compile(r"(-?\d{1,3})\s*\.\.\.?\s*(-?\d{1,3})")
_LABEL = re.compile(r"\s*/\s*")
FEWEST, MOST = 2, 11
"""Steps that a scale may have."""


def statements_at(blocks: Sequence[Block]) -> int | None:
    """Where the statements stand: the last bullet list without boxes."""
    places = [
        at
        for at, block in enumerate(blocks)
        if isinstance(block, ListBlock) and not block.ordered and not block.is_checklist
    ]
    return places[-1] if places else None


def likert_from(block: ListBlock, frame: Frame, marker: Marker) -> Likert:
    """The scale that a list of statements and its comment describe; it earns no points and never comes back."""
    low, high = _scale(marker)
    statements = tuple(_statement(entry) for entry in block.items)
    refuse_repeats([plain(statement.text) for statement in statements], "statements", block.line)
    return Likert(
        replace(frame, points=0.0, review=False),
        statements,
        low,
        high,
        _labels(marker.values, high - low + 1, marker.line),
        _moment(marker),
    )


def _statement(entry: ListItem) -> Statement:
    text, feedback = said(entry)
    return Statement(text, entry.line, feedback)


def _scale(marker: Marker) -> tuple[int, int]:
    source = marker.values.get("scale", "1..5")
    match = _SCALE.fullmatch(source.strip())
    low, high = (int(match[1]), int(match[2])) if match else (0, 0)
    if not FEWEST <= high - low + 1 <= MOST:
        message = f"scale={source} must be a range of {FEWEST} to {MOST} steps, such as 1..5."
        raise QuestionFault("Q001", message, marker.line)
    return low, high


def _labels(values: Mapping[str, str], steps: int, line: int) -> tuple[str, ...]:
    source = values.get("labels", "").strip()
    labels = tuple(_LABEL.split(source)) if source else ()
    if labels and (not all(labels) or len(labels) not in {2, steps}):
        message = f'labels="{source}" must name both ends, as in "not at all / fully", or all {steps} steps.'
        raise QuestionFault("Q001", message, line)
    return labels


def _moment(marker: Marker) -> Moment:
    value = marker.values.get("pair", "").lower()
    if value not in set(Moment) or ("pair" in marker.values and not value):
        raise QuestionFault("Q001", f"pair={value} must be pre or post.", marker.line)
    return Moment(value)
