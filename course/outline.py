"""The sections of a lesson and the ids of their questions, found without a Markdown parser.

A list of lessons needs no more, and the full parser costs 80 ms to import. `parse` cuts sections
by the same function, so the two always agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .comments import without_comments
from .slugs import Slugs, heading_words

if TYPE_CHECKING:
    from collections.abc import Iterator

START = "start"

_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_HTML = re.compile(
    r" {0,3}(?:</?(?:article"
    r"|aside|blockquote|body|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure"
    r"|footer|form|frame|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|ol|optgroup|option|p"
    r"|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=[\s/>]|$)"
    r"|</?[A-Za-z][\w-]*(?:\s[^<>]*)?>[ \t]*$)",
    re.IGNORECASE,
)
_VERBATIM = re.compile(r" {0,3}<(pre|script|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_SECTION = re.compile(r"##(?:[ \t]+(.*))?$")
_QUESTION = re.compile(r"<!--\s*q\s(?:[^<>]*?\s)?id=[\"']?([\w.-]+)")
_VARIANT = re.compile(r"\svariant-of\s*=")
_POOL = re.compile(r"<!--\s*(/?)pool\b(?:[^<>]*?\spick=[\"']?(\d+))?", re.IGNORECASE)
_REFERENCE = re.compile(r" {0,3}\[[^\]]+\]:")
_TITLE = re.compile(r"#[ \t]+(.*)$")


@dataclass(frozen=True, slots=True)
class Outlined:
    """A section as its heading tells it."""

    slug: str
    title: str
    line: int
    item_slugs: tuple[str, ...] = ()
    """Questions that its page shows: no further variants, and of a pool the first that it picks."""


def outline(text: str, title: str) -> tuple[Outlined, ...]:
    """The sections of a lesson whose front matter is blanked; `title` names what stands first."""
    slugs = Slugs(START)
    found: list[Outlined] = []
    slug, name, line = START, title, 1
    items: list[str] = []
    filled = False
    shown = _Shown()
    for number, source, plain in _lines(text):
        heading = _SECTION.match(source) if plain else None
        if heading:
            if slug != START or filled:
                found.append(Outlined(slug, name, line, tuple(items)))
            name = heading_words(heading[1] or "") or "…"
            slug, line, items, filled = slugs.take(name), number, [], False
            continue
        items.extend(shown.slugs(source) if plain else ())
        filled = filled or _has_text(source, plain=plain, title=title)
    if slug != START or filled:
        found.append(Outlined(slug, name, line, tuple(items)))
    return tuple(found)


@dataclass
class _Shown:
    """Tells which questions a page shows, line by line."""

    left: int | None = None
    """How many of the open pool are still to be shown; None outside a pool and where all are."""

    def slugs(self, source: str) -> list[str]:
        """The questions that open on a line and are shown."""
        if "<!--" not in source:
            return []
        pool = _POOL.search(source)
        if pool:
            self.left = int(pool[2][:6]) or None if pool[2] and not pool[1] else None
        found = [] if _VARIANT.search(source) else _QUESTION.findall(source)
        if self.left is None or not found:
            return found
        self.left -= 1
        return found if self.left >= 0 else []


def _has_text(source: str, *, plain: bool, title: str) -> bool:
    if not plain:
        return bool(source.strip())
    heading = _TITLE.match(source)
    if heading and heading_words(heading[1]) == title:
        return False
    return bool(without_comments(source).partition("<!--")[0].strip()) and not _REFERENCE.match(source)


def _lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Every line with its number and whether it is Markdown (not code, raw markup or a comment)."""
    until: re.Pattern[str] | None = None
    for number, source in enumerate(text.split("\n"), 1):
        if until is not None:
            comment = until is _COMMENT_END
            ended = until.search(source)
            if ended:
                until = None
            yield number, ("" if comment else source), False
            continue
        until = _opened(source)
        yield number, source, until is None or until is _COMMENT_END


_COMMENT_END = re.compile(r"-->")
_BLANK = re.compile(r"^\s*$")
_OPENERS = frozenset("`~<")


def _opened(source: str) -> re.Pattern[str] | None:
    """What ends the run of lines that this line opens, if it opens one."""
    if source.lstrip(" ")[:1] not in _OPENERS:
        return None
    fence = _FENCE.match(source)
    if fence:
        mark = fence[1]
        return re.compile(rf"^ {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    comment = source.lstrip(" ").startswith("<!--")
    if comment:
        return None if "-->" in source else _COMMENT_END
    verbatim = _VERBATIM.match(source)
    if verbatim:
        end = re.compile(rf"</{verbatim[1]}>", re.IGNORECASE)
        return None if end.search(source) else end
    return _BLANK if _HTML.match(source) else None
