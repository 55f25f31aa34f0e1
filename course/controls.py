"""Control characters made harmless, so that no file can drive the reader's terminal."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_ANY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CONTROLS = {code: REPLACEMENT for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A)}


def neutralised(text: str) -> str:
    """The text with every C0 and C1 control but tab and newline replaced by a visible mark."""
    return text.translate(_CONTROLS) if _ANY.search(text) else text
