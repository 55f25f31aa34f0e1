"""Blocks of a course as lines of styled text for a width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content

from course.model import (
    Block,
    Callout,
    CalloutKind,
    Code,
    Footnote,
    FormBlock,
    Heading,
    Image,
    ListBlock,
    ListItem,
    Paragraph,
    Practice,
    Quote,
    Raw,
    Rule,
    Table,
    plain,
)

from .callout_words import callout_word
from .clean import clean
from .language import _
from .styled import LINK, barred, carrying, hang, said, styled, superscript, wrap
from .tables import table_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .pictures import Gallery

_CALLOUT_STYLES = {
    CalloutKind.NOTE: "$muted",
    CalloutKind.TIP: "$muted",
    CalloutKind.IMPORTANT: "$foreground",
    CalloutKind.WARNING: "$warning",
    CalloutKind.CAUTION: "$warning",
}


def block_lines(blocks: Iterable[Block], width: int, gallery: Gallery | None = None) -> list[Content]:
    """The blocks one under another, an empty line between them; pictures are drawn where a gallery draws them."""
    lines: list[Content] = []
    for block in blocks:
        drawn = drawn_block(block, width, gallery)
        if lines and drawn:
            lines.append(Content(""))
        lines.extend(drawn)
    return lines


def drawn_block(block: Block, width: int, gallery: Gallery | None = None) -> list[Content]:
    """The lines of one block."""
    if type(block) in _MAY_HOLD_PICTURES:
        return _MAY_HOLD_PICTURES[type(block)](block, width, gallery)
    return _DRAW[type(block)](block, width)


def block_words(blocks: Iterable[Block]) -> str:
    """The words of some blocks on one line."""
    return " ".join(line.plain.strip() for line in block_lines(blocks, 10_000) if line.plain.strip())


def _paragraph(block: Paragraph, width: int) -> list[Content]:
    return wrap(styled(block.text), width)


def _heading(block: Heading, width: int) -> list[Content]:
    return wrap(styled(block.text, "bold"), width)


def _code(block: Code, width: int) -> list[Content]:
    rows = clean(block.text).rstrip("\n").split("\n")
    folded = [part for row in rows for part in (Content(row).fold(max(2, width - 4)) or [Content("")])]
    return [Content("    ") + line.stylize("$foreground on $panel") for line in folded]


def _form(block: FormBlock, width: int) -> list[Content]:
    return _code(Code("\n".join(block.form.lines()), "", block.line), width)


def _list(block: ListBlock, width: int, gallery: Gallery | None) -> list[Content]:
    loose = any(
        len([part for part in item.blocks if not isinstance(part, ListBlock)]) > 1 for item in block.items
    )
    lines: list[Content] = []
    for position, item in enumerate(block.items):
        if lines and loose:
            lines.append(Content(""))
        mark = _mark(block, item, position)
        inner = _entry(item, width - len(mark), gallery)
        lines.extend(hang(said(mark, "$muted"), " " * len(mark), inner or [Content("")]))
    return lines


def _entry(item: ListItem, width: int, gallery: Gallery | None) -> list[Content]:
    inner: list[Content] = []
    for part in item.blocks:
        if inner and not isinstance(part, ListBlock):
            inner.append(Content(""))
        inner.extend(block_lines((part,), width, gallery))
    return inner


def _mark(block: ListBlock, item: ListItem, position: int) -> str:
    if item.ticked is not None:
        return "[x] " if item.ticked else "[ ] "
    if not block.ordered:
        return "• "
    widest = len(str(block.start + len(block.items) - 1))
    return f"{block.start + position:>{widest}}. "


def _quote(block: Quote, width: int, gallery: Gallery | None) -> list[Content]:
    return barred(block_lines(block.blocks, width - 2, gallery), "$muted", "│")


def _callout(block: Callout, width: int, gallery: Gallery | None) -> list[Content]:
    style = _CALLOUT_STYLES[block.kind]
    word = said(callout_word(block.kind), f"bold {style}")
    return barred([word, *block_lines(block.blocks, width - 2, gallery)], style, "┃")


def _table(block: Table, width: int) -> list[Content]:
    return table_lines(block, width)


def _image(block: Image, width: int, gallery: Gallery | None) -> list[Content]:
    """The words of a picture, under the picture where it is drawn."""
    words = _("[Picture: {alt}]").format(alt=clean(block.alt or block.title or block.source))
    caption = wrap(said(words, "$muted italic"), width)
    drawn, fault = gallery.around(block.source, width) if gallery is not None else ([], [])
    return [*(carrying(line, **{LINK: block.source}) for line in (*drawn, *caption)), *fault]


def _rule(block: Rule, width: int) -> list[Content]:  # noqa: ARG001
    return [said("─" * min(24, width), "$faint")]


def _raw(block: Raw, width: int) -> list[Content]:
    rows = clean(block.text).rstrip("\n").split("\n")
    return [line.stylize("$muted") for row in rows for line in wrap(Content(row), width)]


def _footnote(block: Footnote, width: int, gallery: Gallery | None) -> list[Content]:
    mark = superscript(block.number) + " "
    inner = block_lines(block.blocks, width - len(mark), gallery)
    muted = [line.stylize_before("$muted") for line in inner]
    return hang(said(mark, "$accent"), " " * len(mark), muted)


def _practice(block: Practice, width: int) -> list[Content]:
    return wrap(said(plain(block.item.frame.prompt), "bold"), width)


_DRAW: dict[type, Callable[[Any, int], list[Content]]] = {
    Paragraph: _paragraph,
    Heading: _heading,
    Code: _code,
    Table: _table,
    Rule: _rule,
    Raw: _raw,
    Practice: _practice,
    FormBlock: _form,
}
_MAY_HOLD_PICTURES: dict[type, Callable[[Any, int, Gallery | None], list[Content]]] = {
    ListBlock: _list,
    Quote: _quote,
    Callout: _callout,
    Image: _image,
    Footnote: _footnote,
}
