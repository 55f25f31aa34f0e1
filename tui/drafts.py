"""What was typed but not given yet when Hansa ended, as by a lost terminal; it is there again at the same place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from course.controls import neutralised

from .whole_files import write_over

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOST_DRAFTS = 50
"""Places that are remembered; the oldest are forgotten."""
LONGEST_DRAFT = 20_000
"""Characters of one text, more than any line or box takes."""
LARGEST_FILE = 2_000_000
"""Bytes; a larger file is not one of ours."""


class Drafts:
    """The texts in a small file of JSON, each under the name of its place."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, place: str, text: str) -> None:
        """Remember a text; an unwritable disk forgets it, as the application is ending."""
        texts = {name: value for name, value in self._read().items() if name != place}
        self._write({**texts, place: text[:LONGEST_DRAFT]})

    def take(self, place: str) -> str:
        """The text that was typed at a place, and forget it; empty if there is none."""
        texts = self._read()
        text = texts.pop(place, "")
        if text:
            self._write(texts)
        return neutralised(text)

    def _read(self) -> dict[str, str]:
        """What stands in the file; nothing where it is damaged."""
        try:
            if self._path.stat().st_size > LARGEST_FILE:
                return {}
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {place: text for place, text in found.items() if isinstance(text, str)}

    def _write(self, texts: Mapping[str, str]) -> None:
        kept = dict(list(texts.items())[-MOST_DRAFTS:])
        try:
            if not kept:
                self._path.unlink(missing_ok=True)
                return
            write_over(self._path, json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace"))
        except OSError:
            return
