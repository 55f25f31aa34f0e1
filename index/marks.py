"""Marks at the edges of a line that tell what it is: a bullet, a label, a lead-in."""

from __future__ import annotations

import re

from .months import opens_with_month

LONGEST_LEAD_IN = 100
"""Characters; a longer sentence is no heading for the list below it."""

_BULLET = re.compile(r"(?:[•●▪■◦‣∙·*–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
_LABEL = re.compile(r"(?P<name>[^\W_][^:.!?;]{1,58}?)\s?:\s+\S")
_MOST_LABEL_WORDS = 8
_LONGEST_HEADING = 80
_MOST_HEADING_WORDS = 12
_SENTENCE_BREAK = re.compile(r"[.!?]\s+(?=[^\W\d_])")


def bullet_length(line: str) -> int:
    """Characters taken by the bullet or number that opens a line; 0 without one, as before a date ("29. Juni")."""
    match = _BULLET.match(line)
    if not match or (match.group()[0].isdigit() and opens_with_month(line[match.end() :])):
        return 0
    return match.end()


def sentence_ends_within(line: str) -> bool:
    """Whether a line goes on after the end of a sentence."""
    return bool(_SENTENCE_BREAK.search(line))


def is_label(line: str) -> bool:
    """Whether a line gives one value under a name, as in `Project duration: 54 months`."""
    match = _LABEL.match(line)
    if not match or bullet_length(line) or not (line[0].isupper() or line[0].isdigit()):
        return False
    return len(match["name"].split()) <= _MOST_LABEL_WORDS and not sentence_ends_within(line)


def lead_in(text: str) -> str:
    """The short sentence at the end of a text that leads to a list, without its colon; else nothing."""
    if not text.endswith(":"):
        return ""
    last = _SENTENCE_BREAK.split(text)[-1].removesuffix(":").strip()
    return last if last and len(last) <= LONGEST_LEAD_IN else ""


def is_capitals(text: str) -> bool:
    """Whether a line is written in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and text.upper() == text and len(letters) * 2 >= len("".join(text.split()))


def could_head(text: str) -> bool:
    """Whether a line looks like a heading: short, and no sentence."""
    if len(text) > _LONGEST_HEADING or len(text.split()) > _MOST_HEADING_WORDS:
        return False
    letters, digits = (sum(map(is_such, text)) for is_such in (str.isalpha, str.isdigit))
    if bullet_length(text) or is_label(text) or sentence_ends_within(text) or letters * 2 <= digits:
        return False
    return not text.endswith((".", "!", ";", ",")) and not text[0].islower()
