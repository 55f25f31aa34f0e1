"""Blocks of a lesson as plain lines: for pipes, print and screen readers."""

from __future__ import annotations

import textwrap
from string import ascii_lowercase
from typing import TYPE_CHECKING

from course.model import (
    Block,
    Callout,
    Code,
    Footnote,
    FormBlock,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Practice,
    Quote,
    Raw,
    Rule,
    Table,
    Text,
)
from tui.callout_words import callout_word
from tui.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 76


def lines_of(blocks: Iterable[Block], indent: str = "") -> Iterator[str]:
    """The blocks as lines of at most `WIDTH` columns, a blank line after each; questions are left out."""
    for block in blocks:
        if not isinstance(block, Practice):
            yield from _lines(block, indent)
            yield ""


def sentence(text: Text) -> str:
    """Running text in one line, web addresses after their words, footnote calls in brackets."""
    parts = []
    for span in text:
        if span.footnote is not None:
            parts.append(f"[{span.footnote}]")
        elif span.image is not None:
            parts.append(_("(picture: {words})").format(words=span.text))
        elif span.link and span.link.startswith(("http:", "https:")) and span.link != span.text:
            parts.append(f"{span.text} ({span.link})")
        else:
            parts.append("\n" if span.line_break else span.text)
    return "".join(parts)


def _lines(block: Block, indent: str) -> Iterator[str]:  # noqa: C901, PLR0912 - one case for each block
    match block:
        case Paragraph(text=text):
            yield from wrapped(sentence(text), indent)
        case Heading(text=text):
            yield indent + sentence(text)
            yield indent + "-" * min(len(sentence(text)), WIDTH - len(indent))
        case Code(text=text):
            yield from (f"{indent}    {line}" for line in text.rstrip("\n").split("\n"))
        case FormBlock(form=form):
            yield from (f"{indent}    {line}" for line in form.lines())
        case ListBlock():
            yield from _list(block, indent)
        case Quote(blocks=inner):
            yield from _trimmed(lines_of(inner, indent + "  "))
        case Callout(kind=kind, blocks=inner):
            yield f"{indent}{callout_word(kind)}:"
            yield from _trimmed(lines_of(inner, indent + "  "))
        case Table(header=header, rows=rows):
            names = [sentence(cell) for cell in header]
            for row in rows:
                cells = zip(names, (sentence(cell) for cell in row), strict=False)
                yield from wrapped(
                    "; ".join(f"{name}: {cell}" if name else cell for name, cell in cells), indent
                )
        case Image(alt=alt):
            yield indent + _("(picture: {words})").format(words=alt)
        case Footnote(number=number, blocks=inner):
            inside = _trimmed(lines_of(inner, indent + "    "))
            first = next(inside, "")
            yield f"{indent}[{number}] {first.strip()}"
            yield from inside
        case Raw(text=text):
            yield from (indent + line for line in text.rstrip("\n").split("\n"))
        case Rule():
            yield indent + "* * *"


def _list(block: ListBlock, indent: str) -> Iterator[str]:
    for count, item in enumerate(block.items, block.start):
        mark = f"{count}." if block.ordered else "-"
        if item.ticked is not None:
            mark = "[x]" if item.ticked else "[ ]"
        hang = indent + " " * (len(mark) + 1)
        inside = _trimmed(lines_of(item.blocks, hang))
        yield f"{indent}{mark} {next(inside, '').strip()}"
        yield from inside


def _trimmed(lines: Iterable[str]) -> Iterator[str]:
    """The lines without blank ones at the end."""
    waiting = 0
    for line in lines:
        if not line:
            waiting += 1
            continue
        yield from [""] * waiting
        waiting = 0
        yield line


def wrapped(text: str, indent: str = "", hang: str | None = None) -> Iterator[str]:
    """Text in lines of at most `WIDTH` columns; lines after the first begin with `hang`."""
    for line in text.split("\n"):
        yield from textwrap.wrap(
            line,
            WIDTH,
            initial_indent=indent,
            subsequent_indent=indent if hang is None else hang,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]


def letter(place: int) -> str:
    """The letter of a place, from a."""
    return ascii_lowercase[place]
