"""HTML comments in Markdown, found in one pass however many are never closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN, _CLOSE = "<!--", "-->"


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Where each comment begins and ends, its marks included."""
    at = 0
    while (start := text.find(_OPEN, at)) >= 0:
        close = text.find(_CLOSE, start + len(_OPEN))
        if close < 0:
            return
        at = close + len(_CLOSE)
        yield start, at


def without_comments(text: str) -> str:
    """The text with its comments taken out."""
    if _OPEN not in text:
        return text
    kept: list[str] = []
    at = 0
    for start, end in comments(text):
        kept.append(text[at:start])
        at = end
    return "".join((*kept, text[at:]))
