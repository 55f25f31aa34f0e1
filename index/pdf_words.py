"""Lines joined to running text: words broken at the end of a line made whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .pdf_lines import Line

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_PART = re.compile(r"[\w-]*[^\W\d_]\Z")
_FIRST_PART = re.compile(r"[^\W\d_]+")
_HYPHENS = ("-", "‐", "\u2011")
_LINKING_WORDS = "and or und oder bzw og eller och y o e et ou en of i a lub ja tai oraz sowie"
_LINKING = frozenset(_LINKING_WORDS.split())
"""Words after a hyphen that stands for the rest of a compound, as in `Vor- und Nachteile`."""


class Joiner:
    """Joins lines in the light of the words that the document writes elsewhere."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._known = {word.casefold() for line in lines for word in _WORD.findall(line.text)}

    def join(self, lines: Sequence[Line]) -> str:
        """The words of lines that follow each other."""
        text = ""
        for line in lines:
            text = self._joined(text, line.text) if text else line.text
            if line.broken:
                text += "-"
        return text

    def _joined(self, before: str, after: str) -> str:
        following = _FIRST_PART.match(after)
        if not before.endswith(_HYPHENS) or not following:
            return f"{before} {after}"
        last = _LAST_PART.search(before[-80:-1])
        if last is None or following[0].casefold() in _LINKING:
            return f"{before} {after}"
        stem, rest = last[0], following[0]
        whole, compound = (stem + rest).casefold(), f"{stem}-{rest}".casefold()
        keeps = rest[0].isupper() or stem.isupper() or any(map(str.isdigit, stem))
        if (keeps or compound in self._known) and whole not in self._known:
            return before + after
        return before[:-1] + after
