"""Passages of guides that a search found, as lines that lead to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.clean import clean_line
from tui.folded import excerpt, places_of
from tui.widgets.lines import TEXT_WIDTH
from tui.widgets.rows import Row

from .guide import GuideScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.model import Hit

NEAREST = 3
"""Places shown where the words stand nowhere."""


def hit_row(hit: Hit, words: Sequence[str]) -> Row:
    """A place in a guide with a line of its text."""
    passage = hit.passage
    heading = f" › {passage.headings[-1]}" if passage.headings else ""
    label = clean_line(f"{passage.title}{heading}")
    beneath = excerpt(words, passage.text, TEXT_WIDTH - 6)
    return Row(label, hit, beneath=beneath.stylize_before("$muted"))


def telling(hits: Sequence[Hit], words: Sequence[str]) -> list[Hit]:
    """The passages in which one of the words stands; where there is none, the few that come nearest in meaning."""
    return [hit for hit in hits if stand_in(words, hit)] or list(hits[:NEAREST])


def stand_in(words: Sequence[str], hit: Hit) -> bool:
    """Whether one of the folded words stands in a passage or its headings."""
    return bool(places_of(words, f"{hit.passage.heading} {hit.passage.text}"))


def guide_at(hit: Hit) -> GuideScreen:
    """The guide of a passage, the passage marked."""
    passage = hit.passage
    return GuideScreen(passage.guide, quote=(passage.start, passage.end), words=passage.text)
