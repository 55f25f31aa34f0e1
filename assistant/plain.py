"""Text without anything that a terminal, a Markdown viewer or a model could take for more than words."""

from __future__ import annotations

import re

from index.source import clean

from .lookalikes import without_lookalikes

_LONGEST_TARGET = 2_000
_MARKDOWN_LINK = re.compile(
    rf"!?\[([^\[\]]{{0,500}})\]\((?:[^()\s]|\([^()\s]*\)){{0,{_LONGEST_TARGET}}}(?:\s[^()]{{0,200}})?\)"
)
_ANCHORED = re.compile(r"!?\[([^\[\]]{1,500})\]\[[^\[\]]{0,100}\]")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>]{0,500})?/?>")
_SCHEME = re.compile(r"\b(?:https?|ftp|file|mailto|javascript|data):(?://)?(?=\S)", re.IGNORECASE)


def plain(text: str) -> str:
    """The words of a text: no control, invisible or direction characters, markup of links, tags or look-alikes.

    An address stays readable, without the `https://` that makes it a link.
    """
    text = without_lookalikes(clean(text))
    text = _ANCHORED.sub(r"\1", _MARKDOWN_LINK.sub(r"\1", text))
    return _SCHEME.sub("", _TAG.sub("", text))


def plain_line(text: str) -> str:
    """The same on one line."""
    return " ".join(plain(text).split())
