"""Words found in a text whatever their case and accents, and the line of text around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content

from index.words import fold, folded_words

from .clean import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_PLACES = 500
"""Places told of one text."""

BEFORE = 24
"""Letters of context before the first word found."""


def places_of(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Where any of some folded words begins a word of the text, as offsets, in order."""
    if not words:
        return []
    folded, offsets = _folded(text)
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + ")")
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(folded):
        found.append((offsets(match.start()), offsets(match.end() - 1) + 1))
        if len(found) == MOST_PLACES:
            break
    return found


def _folded(text: str) -> tuple[str, Callable[[int], int]]:
    """The folded text, and where each of its letters stands in the text."""
    if text.isascii():
        return fold(text), int
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        parts = letter if letter.isascii() and not letter.isupper() else fold(letter)
        letters.append(parts)
        places += [place] * len(parts)
    return "".join(letters), places.__getitem__


def excerpt(words: Sequence[str], text: str, width: int) -> Content:
    """A line of the text around the first of the folded words, all of them in bold; its beginning where none stands."""
    line = clean_line(text)
    places = places_of(words, line)
    start = max(0, places[0][0] - BEFORE) if places and places[0][1] > width else 0
    if start:
        start = line.find(" ", start, places[0][0]) + 1 or start
    content = Content(line[start:])
    for first, last in places:
        content = content.stylize("bold", first - start, last - start)
    cut = content.truncate(width - (2 if start else 0), ellipsis=True)
    return Content("… ") + cut if start else cut


def query_words(text: str) -> tuple[str, ...]:
    """The folded words of what was typed, each once."""
    return tuple(dict.fromkeys(folded_words(text)))
