"""How a PDF is set as a whole: the size of its text, its spacing, its margins and its headings."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .marks import is_label
from .pdf_margins import body_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .pdf_lines import Line

LARGER = 1.1
"""Times the size of the text, from which a line is set larger."""
_COLUMN = 36.0
"""Points; lines that begin nearer to each other than that stand in one column."""
_LONGEST_HEADING = 160
_MOST_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Look:
    """What tells a heading from text, and the end of a paragraph from the end of a line."""

    body: float
    bold_body: bool
    leading: dict[float, float]
    """Distance of base lines by size."""
    margin: dict[tuple[int, int], float]
    """Right edge by page and column."""
    levels: dict[float, int]
    """Level of headings by size."""

    @property
    def styled(self) -> bool:
        """Whether headings are set larger or bold."""
        return bool(self.levels)

    def stands_out(self, line: Line) -> bool:
        """Whether a line is set larger than the text, or bold in a text that is not."""
        return line.size >= self.body * LARGER or (
            line.bold and not self.bold_body and line.size >= self.body * 0.9
        )

    def level(self, line: Line) -> int:
        """Level of a heading, from 1."""
        return self.levels.get(line.size, 1) if line.size >= self.body * LARGER else len(self.levels) or 1

    def distance(self, line: Line) -> float:
        """From one base line to the next, as is usual in its size."""
        return self.leading.get(line.size, line.size * 1.3)

    def ends_short(self, line: Line) -> bool:
        """Whether a line ends well before the margin."""
        edge = self.margin.get((line.page, round(line.left / _COLUMN)), line.right)
        return line.right < edge - 0.15 * (edge - line.left)


def look_of(pages: Sequence[Sequence[Line]]) -> Look:
    """The look of a document, from all its lines."""
    body = body_size(pages)
    lines = [line for page in pages for line in page]
    text = [line for line in lines if line.size == body]
    bold_letters = sum(len(line.text) for line in text if line.bold)
    bold_body = bold_letters * 2 > sum(len(line.text) for line in text)
    margin: defaultdict[tuple[int, int], float] = defaultdict(float)
    for line in lines:
        place = line.page, round(line.left / _COLUMN)
        margin[place] = max(margin[place], line.right)
    return Look(body, bold_body, _leading(pages), dict(margin), _levels(lines, body, bold_body=bold_body))


def _leading(pages: Sequence[Sequence[Line]]) -> dict[float, float]:
    """The smallest distance of lines that is frequent, by size."""
    distances: defaultdict[float, Counter[float]] = defaultdict(Counter)
    for page in pages:
        for line, after in pairwise(page):
            distance = line.base - after.base
            if line.size == after.size and 0.8 * line.size < distance < 2.6 * line.size:
                distances[line.size][round(distance * 2) / 2] += 1
    usual = {}
    for size, found in distances.items():
        if found.total() > 1:
            often = 0.4 * max(found.values())
            usual[size] = min(distance for distance, times in found.items() if times >= often)
    return usual


def _levels(lines: Sequence[Line], body: float, *, bold_body: bool) -> dict[float, int]:
    short = [line for line in lines if could_stand_over(line.text)]
    sizes = Counter(line.size for line in short if line.size >= body * LARGER)
    levels = {size: level for level, size in enumerate(sorted(sizes, reverse=True)[:_MOST_LEVELS], 1)}
    if not bold_body and any(line.bold and line.size < body * LARGER for line in short):
        levels[body] = len(levels) + 1
    return levels


def could_stand_over(text: str) -> bool:
    """Whether words that are set apart can be a heading."""
    if len(text) > _LONGEST_HEADING or not any(map(str.isalpha, text)) or is_label(text):
        return False
    return not text.endswith((".", ";", ",")) and len(text) > 1
