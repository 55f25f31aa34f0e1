"""Control characters made harmless, so that no file can drive the reader's terminal."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_ANY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_CODES = (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000))
_CONTROLS = {code: REPLACEMENT for code in _CODES if code not in (0x09, 0x0A)}


def neutralised(text: str) -> str:
    """The text with a visible mark for every C0 and C1 control but tab and newline, and for half a character.

    YAML and JSON can name such halves, which no file and no terminal takes.
    """
    return text.translate(_CONTROLS) if _ANY.search(text) else text
