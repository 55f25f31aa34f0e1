"""The words that a reader sees in a block, and digests of them by which ticks and notes find their text again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from .model import (
    Choice,
    Classify,
    Cloze,
    Code,
    FormBlock,
    Gap,
    Heading,
    Image,
    Likert,
    Matching,
    Ordering,
    Paragraph,
    Practice,
    Raw,
    Table,
    plain,
)
from .walk import blocks_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .model import Block, Item


def words_of(blocks: Iterable[Block]) -> str:
    """The words of some blocks, a line each; of a question what is seen before it is answered."""
    return "\n".join(line for block in blocks_in(blocks) for line in _lines(block) if line.strip())


def words_digest(words: str) -> str:
    """Sixteen hexadecimal digits that change when the words do; blank space and capitals do not count."""
    return hashlib.sha256(" ".join(words.casefold().split()).encode()).hexdigest()[:16]


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | Heading():
            yield plain(block.text)
        case Code() | Raw():
            yield block.text
        case Image():
            yield block.alt or block.title
        case Table():
            yield from (plain(cell) for row in (block.header, *block.rows) for cell in row)
        case FormBlock():
            yield from (block.form.title, *(field.name for field in block.form.fields))
        case Practice():
            yield plain(block.item.frame.prompt)
            yield words_of(block.item.frame.body)
            yield from _choices(block.item)


def _choices(item: Item) -> Iterator[str]:
    match item:
        case Choice(options=parts) | Ordering(steps=parts):
            yield from (plain(part.text) for part in parts)
        case Matching(pairs=pairs) | Classify(cards=pairs):
            yield from (plain(side) for pair in pairs for side in (pair.left, pair.right))
        case Likert(statements=statements):
            yield from (plain(statement.text) for statement in statements)
        case Cloze(paragraphs=rows):
            yield from (plain(part) for row in rows for part in row if not isinstance(part, Gap))
