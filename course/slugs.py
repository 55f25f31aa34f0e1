"""Slugs of headings, as forges make them, so that links work in both places."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from .comments import without_comments
from .controls import neutralised

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^()]*\)")
_LINK = re.compile(r"\[([^\]]*)\](?:\([^()]*\)|\[[^\]]*\])")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_STRONG = re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"(`+)\s?(.+?)\s?\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_ASIDE = 0xE000
_LONGEST = 1_000
_BACK = {_ASIDE + code: chr(code) for code in range(0x80)}
"""Escaped signs are set aside as letters of private use while looks are taken off."""


def heading_words(source: str) -> str:
    """The words of a heading, from its Markdown; serves lists of contents without a Markdown parser."""
    text = _ESCAPE.sub(lambda match: chr(_ASIDE + ord(match[1])), source[:_LONGEST])
    text = without_comments(text)
    text = _CLOSING.sub("", text.strip())
    text = _FOOTNOTE.sub("", text)
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = _TAG.sub("", text)
    for look in (_STRONG, _EMPHASIS, _CODE):
        text = look.sub(r"\2", text)
    return neutralised(unescape(text).translate(_BACK)).strip()


def slug(text: str) -> str:
    """The anchor of a heading: small letters and digits of any script, spaces as hyphens."""
    kept = (
        char
        for char in unicodedata.normalize("NFC", text).lower()
        if char in " -_" or unicodedata.category(char)[0] in "LNM"
    )
    return "".join(kept).strip().replace(" ", "-") or "section"


class Slugs:
    """Slugs given out so far; a repeated one gets a number."""

    def __init__(self, *taken: str) -> None:
        self._counts = dict.fromkeys(taken, 0)

    def take(self, text: str) -> str:
        """A slug for the text that nobody has yet."""
        wanted = given = slug(text)
        while given in self._counts:
            self._counts[wanted] = self._counts.get(wanted, 0) + 1
            given = f"{wanted}-{self._counts[wanted]}"
        self._counts[given] = 0
        return given
