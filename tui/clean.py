"""Neutralises control sequences before anything is shown."""

from __future__ import annotations

import re

from assistant.lookalikes import without_lookalikes

_SEQUENCE = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # control sequences: colours, cursor, modes
    "|[\x1b\x9d](?:\\]|P|_|\\^|X)?[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)"  # titles, clipboard, device strings
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text without terminal control sequences, control and direction characters, and look-alikes in its words."""
    return without_lookalikes(_CONTROL.sub("", _SEQUENCE.sub("", text))).expandtabs(4)


def clean_line(text: str) -> str:
    """The cleaned text on one line."""
    return " ".join(clean(text).split())


def neutral(text: str) -> str:
    """The text with each of these replaced by one character, so that offsets into it still hold."""
    return without_lookalikes(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)).replace("\t", " ")
