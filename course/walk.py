"""Every running text inside blocks and questions, for footnotes, links and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import (
    Callout,
    Choice,
    Classify,
    Cloze,
    Footnote,
    Gap,
    Heading,
    Likert,
    ListBlock,
    Matching,
    Numeric,
    Open,
    Ordering,
    Paragraph,
    Practice,
    Quote,
    ShortText,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .model import Block, Item, Text

Line = tuple["Text", int]


def blocks_in(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks and all that they hold, in reading order; questions are not opened."""
    for block in blocks:
        yield block
        if isinstance(block, Quote | Callout | Footnote):
            yield from blocks_in(block.blocks)
        elif isinstance(block, ListBlock):
            for entry in block.items:
                yield from blocks_in(entry.blocks)


def texts_of(blocks: Iterable[Block]) -> Iterator[Line]:
    """Every running text with its line, those of questions included."""
    for block in blocks_in(blocks):
        if isinstance(block, Paragraph | Heading):
            yield block.text, block.line
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield from ((cell, block.line) for cell in row)
        elif isinstance(block, Practice):
            yield from texts_of_item(block.item)


def texts_of_item(item: Item) -> Iterator[Line]:
    """Every running text of a question: case, prompt, body, answers, feedback, hints, explanation."""
    frame = item.frame
    if frame.case is not None:
        yield from texts_of(frame.case.blocks)
    yield frame.prompt, frame.place.line
    yield from texts_of(frame.body)
    yield from _answers(item)
    for blocks in (*frame.hints, frame.explanation, frame.caution):
        yield from texts_of(blocks)


def _answers(item: Item) -> Iterator[Line]:  # noqa: C901, PLR0912 - one case a type
    match item:
        case Choice(options=parts) | Ordering(steps=parts):
            for part in parts:
                yield part.text, part.line
                yield from texts_of(part.feedback)
        case Matching(pairs=pairs) | Classify(cards=pairs):
            for pair in pairs:
                yield pair.left, pair.line
                yield pair.right, pair.line
                yield from texts_of(pair.feedback)
            if isinstance(item, Matching):
                yield from ((extra, item.frame.place.line) for extra in item.extras)
        case ShortText(accepted=keys):
            for key in keys:
                yield from texts_of(key.feedback)
        case Numeric(accepted=ranges):
            for accepted in ranges:
                yield from texts_of(accepted.feedback)
        case Open(model=model, checks=checks):
            yield from texts_of(model)
            yield from ((check.text, check.line) for check in checks)
        case Likert(statements=statements):
            for statement in statements:
                yield statement.text, statement.line
                yield from texts_of(statement.feedback)
        case Cloze(paragraphs=rows):
            for row in rows:
                yield from ((part, item.frame.place.line) for part in row if not isinstance(part, Gap))
