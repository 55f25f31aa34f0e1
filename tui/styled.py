"""Running text as Textual content: looks become styles, nothing in the text is read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from .clean import clean
from .language import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course.model import Span, Text

LINK = "link"
"""Key under which a clickable run of text carries its target."""

_DANGLING = " ,;:–-›&("
"""Signs that do not stand before … at the end of a shortened text."""

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def superscript(number: int) -> str:
    """A number in small raised digits."""
    return str(number).translate(_SUPERSCRIPTS)


def said(text: str, style: str = "") -> Content:
    """Cleaned text in one style."""
    content = Content(clean(text))
    return content.stylize(style) if style else content


def carrying(content: Content, **meta: object) -> Content:
    """The same text, telling a click what it stands for."""
    return content.stylize(Style.from_meta(meta))


def styled(text: Text, style: str = "") -> Content:
    """A course text with its looks."""
    content = Content("").join(_run(span) for span in text)
    return content.stylize_before(style) if style else content


def _run(span: Span) -> Content:
    if span.line_break:
        return Content("\n")
    if span.footnote is not None:
        return said(superscript(span.footnote), "$accent")
    if span.image is not None:
        words = said(_("[Picture: {alt}]").format(alt=span.text or span.image), "$muted italic")
        return carrying(words, **{LINK: span.link or span.image})
    content = said(span.text, _look(span))
    if span.link is None:
        return content
    return carrying(content.stylize("$accent underline"), **{LINK: span.link})


def _look(span: Span) -> str:
    looks = {
        "bold": span.strong,
        "italic": span.emphasis,
        "strike": span.strike,
        "on $panel": span.code,
    }
    return " ".join(look for look, wanted in looks.items() if wanted)


def wrap(content: Content, width: int) -> list[Content]:
    """Lines no wider than `width`, without blanks at their ends."""
    return [line.rstrip() for line in content.wrap(max(1, width))] or [Content("")]


def hang(first: Content | str, rest: str, lines: Iterable[Content]) -> list[Content]:
    """Lines with a mark before the first and `rest` before the others."""
    marks = [first if isinstance(first, Content) else Content(first)]
    hung: list[Content] = []
    for line in lines:
        hung.append(marks[0] + line)
        marks[0] = Content(rest)
    return hung


def barred(lines: Iterable[Content], style: str, bar: str = "▌") -> list[Content]:
    """Lines behind a bar at the left."""
    mark = Content(f"{bar} ").stylize(style)
    return [mark + line for line in lines]


def shortened(content: Content, width: int) -> Content:
    """The words that fit, with … for the rest; a word is cut only when little would be left without it."""
    if content.cell_length <= width:
        return content
    kept = content.truncate(max(0, width - 1)).plain.rstrip()
    follows = content.plain[len(kept) : len(kept) + 1]
    whole = kept if follows.isspace() else kept.rpartition(" ")[0]
    words = whole if len(whole) * 2 >= len(kept) else kept
    return content[: len(words.rstrip(_DANGLING))] + "…"


def spread(left: Content, right: Content, width: int) -> Content:
    """One line with a text at each end; the left one is cut when both do not fit."""
    room = width - right.cell_length - (2 if right.plain else 0)
    if left.cell_length > room:
        left = shortened(left, max(1, room))
    gap = max(0, width - left.cell_length - right.cell_length)
    return left + Content(" " * gap) + right
