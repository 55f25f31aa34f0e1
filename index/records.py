"""How guides and passages stand in the rows of the truth, and the seals by which damage is seen."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from .model import Block, BlockKind, Guide, GuideHead, Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PASSAGE_COLUMNS = (
    'p.id, g.slug, g.title, p.headings, p.start, p."end", p.text, p.language, p.line, p.position, p.page'
)
BLOCK_COLUMNS = 'kind, start, "end", headings, line, level, page'
_SEAL_BYTES = 8


def passage_text(passage: Passage) -> str:
    """What is embedded for a passage: where it stands, then what it says."""
    heading = f"{passage.title} › {passage.heading}" if passage.headings else passage.title
    return f"{heading}\n{passage.text}"


def passage_key(passage: Passage) -> bytes:
    """The same for passages with the same title, headings and text, other for all others."""
    return blake2b(passage_text(passage).encode(), digest_size=16).digest()


def vector_seal(key: bytes, fingerprint: str, vector: bytes) -> bytes:
    """Binds a vector to its passage and its model."""
    return blake2b(key + fingerprint.encode() + b"\0" + vector, digest_size=_SEAL_BYTES).digest()


def text_seal(text: str, rows: Iterable[Sequence[object]]) -> bytes:
    """Binds the text of a guide to the rows of its blocks, whatever number the guide has."""
    listed = json.dumps([row[1:] for row in rows])
    return blake2b(f"{listed}\n{text}".encode(), digest_size=_SEAL_BYTES).digest()


def head_of(row: Sequence[Any]) -> GuideHead:
    """What a list shows of a guide."""
    *about, topics, licence, checked_on, passages = row
    slug, title, language, path, origin, digest = about
    listed = tuple(json.loads(topics))
    return GuideHead(slug, title, language, path, origin, digest, listed, licence, checked_on, passages)


def guide_of(row: Sequence[Any], blocks: tuple[Block, ...]) -> Guide:
    """A guide with its blocks."""
    slug, title, text, language, digest, path, topics, sources, licence, checked_on = row
    return Guide(
        slug=slug,
        title=title,
        text=text,
        blocks=blocks,
        language=language,
        digest=digest,
        path=path,
        topics=tuple(json.loads(topics)),
        sources=tuple(json.loads(sources)),
        licence=licence,
        checked_on=checked_on,
    )


def passage_of(row: Sequence[Any]) -> Passage:
    """A passage from `PASSAGE_COLUMNS`."""
    number, slug, title, headings, *rest = row
    return Passage(number, slug, title, tuple(json.loads(headings)), *rest)


def block_of(row: Sequence[Any]) -> Block:
    """A block from `BLOCK_COLUMNS`."""
    kind, start, end, headings, line, level, page = row
    return Block(BlockKind(kind), start, end, tuple(json.loads(headings)), line, level, page)


def block_rows(guide: int, blocks: Iterable[Block]) -> Iterator[tuple[object, ...]]:
    """The blocks of a guide as rows."""
    for place, block in enumerate(blocks):
        where = (_listed(block.headings), block.line, block.level, block.page)
        yield guide, place, str(block.kind), block.start, block.end, *where


def passage_rows(
    guide: int, first: int, passages: Iterable[Passage], keys: Iterable[bytes]
) -> Iterator[tuple[object, ...]]:
    """The passages of a guide as rows, their ids counted from `first`."""
    for number, (passage, key) in enumerate(zip(passages, keys, strict=True), first):
        where = (passage.line, passage.page, passage.position, key)
        span = (passage.start, passage.end, passage.text, passage.language)
        yield number, guide, _listed(passage.headings), *span, *where


@lru_cache(maxsize=256)
def _listed(headings: tuple[str, ...]) -> str:
    return json.dumps(headings)
