# ruff: noqa: S608 - queries are put together from parts of this module alone
"""The truth of a collection: guides, passages and vectors in one SQLite file.

Rows carry the generation that brought them and the one that took them away, so that readers of a generation
see it unchanged while the next is written.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from threading import RLock
from typing import TYPE_CHECKING, Any

from .database import open_truth, told_plainly, transaction
from .model import Block, BlockKind, Guide, GuideHead, Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_ALIVE = 2**62
_SEEN = "g.born <= :generation AND g.died > :generation"
_PASSAGE = 'p.id, g.slug, g.title, p.headings, p.start, p."end", p.text, p.language, p.line, p.position'
_FROM = "FROM passages p JOIN guides g ON g.id = p.guide"


def passage_text(passage: Passage) -> str:
    """What is embedded for a passage: where it stands, then what it says."""
    heading = f"{passage.title} › {passage.heading}" if passage.headings else passage.title
    return f"{heading}\n{passage.text}"


def passage_key(passage: Passage) -> bytes:
    """The same for passages with the same title, headings and text, other for all others."""
    return blake2b(passage_text(passage).encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class GuideRow:
    """A guide in the collection, with what tells whether its file has changed."""

    id: int
    reader: int
    head: GuideHead


@dataclass(frozen=True, slots=True)
class PassageRow:
    """What a search needs of every passage."""

    id: int
    language: str
    guide: str


class Store:
    """One connection to the truth file; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = RLock()
        self._connection = open_truth(path)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of what is written inside, or nothing."""
        with self._lock, transaction(self._connection, self.path):
            yield

    def _rows(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        with self._lock, told_plainly(self.path):
            return self._connection.execute(query, values).fetchall()

    def _run(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        with self._lock, told_plainly(self.path):
            self._connection.executemany(query, rows)

    # Generations

    def generation(self) -> int:
        """The last generation known to be published; 0 before the first."""
        rows = self._rows("SELECT value FROM numbers WHERE name = 'generation'")
        return int(rows[0][0]) if rows else 0

    def set_generation(self, generation: int) -> None:
        """Note that a generation is published."""
        self._run("INSERT OR REPLACE INTO numbers VALUES ('generation', ?)", [(generation,)])

    def undo_after(self, generation: int) -> None:
        """Take back what an update wrote that never came to publish."""
        self._run("DELETE FROM guides WHERE born > ?", [(generation,)])
        self._run("UPDATE guides SET died = ? WHERE died > ? AND died < ?", [(_ALIVE, generation, _ALIVE)])

    def forget(self, generations: Sequence[int]) -> None:
        """Delete the rows that none of these generations sees, and vectors of no passage."""
        seen = " OR ".join(f"(born <= {int(number)} AND died > {int(number)})" for number in generations)
        dead = self._rows(f"SELECT id FROM guides WHERE NOT ({seen})")
        if dead:
            self._run("DELETE FROM guides WHERE id = ?", dead)
            self._run("DELETE FROM vectors WHERE key NOT IN (SELECT key FROM passages)", [()])

    # Guides

    def add_guide(
        self, guide: Guide, passages: Sequence[Passage], origin: str, reader: int, generation: int
    ) -> None:
        """Take in a guide with its blocks and passages."""
        lists = (json.dumps(guide.topics), json.dumps(guide.sources))
        about = (guide.slug, guide.title, guide.language, guide.digest, guide.path, origin, reader, *lists)
        self._run(
            "INSERT INTO guides (slug, title, language, digest, path, origin, reader, topics, sources,"
            f" licence, checked_on, text, born, died) VALUES ({','.join('?' * 14)})",
            [(*about, guide.licence, guide.checked_on, guide.text, generation, _ALIVE)],
        )
        ((row,),) = self._rows("SELECT max(id) FROM guides")
        self._run(f"INSERT INTO blocks VALUES ({','.join('?' * 8)})", _block_rows(row, guide.blocks))
        self._run(
            'INSERT INTO passages (guide, headings, start, "end", text, language, line, position, key)'
            f" VALUES ({','.join('?' * 9)})",
            _passage_rows(row, passages),
        )

    def retire(self, row: int, generation: int) -> None:
        """Let a guide end with the generation before this one."""
        self._run("UPDATE guides SET died = ? WHERE id = ?", [(generation, row)])

    def guide_rows(self, generation: int) -> tuple[GuideRow, ...]:
        """The guides of a generation, by slug."""
        rows = self._rows(
            "SELECT g.id, g.reader, g.slug, g.title, g.language, g.path, g.origin, g.digest, g.topics,"
            " g.licence, g.checked_on, (SELECT count(*) FROM passages p WHERE p.guide = g.id)"
            f" FROM guides g WHERE {_SEEN} ORDER BY g.slug",
            generation=generation,
        )
        return tuple(GuideRow(row, reader, _head(about)) for row, reader, *about in rows)

    def guide(self, slug: str, generation: int) -> Guide | None:
        """A guide of a generation with its text and blocks."""
        rows = self._rows(
            "SELECT g.id, g.slug, g.title, g.text, g.language, g.digest, g.path, g.topics, g.sources,"
            f" g.licence, g.checked_on FROM guides g WHERE g.slug = :slug AND {_SEEN}",
            slug=slug,
            generation=generation,
        )
        if not rows:
            return None
        row, slug, title, text, language, digest, path, topics, sources, licence, checked_on = rows[0]
        return Guide(
            slug=slug,
            title=title,
            text=text,
            blocks=self._blocks(row),
            language=language,
            digest=digest,
            path=path,
            topics=tuple(json.loads(topics)),
            sources=tuple(json.loads(sources)),
            licence=licence,
            checked_on=checked_on,
        )

    def _blocks(self, row: int) -> tuple[Block, ...]:
        rows = self._rows(
            'SELECT kind, start, "end", headings, line, level FROM blocks WHERE guide = :row ORDER BY place',
            row=row,
        )
        return tuple(
            Block(BlockKind(kind), start, end, tuple(json.loads(headings)), line, level)
            for kind, start, end, headings, line, level in rows
        )

    # Passages

    def passage_rows(self, generation: int) -> list[PassageRow]:
        """Every passage of a generation in short, by id."""
        query = f"SELECT p.id, p.language, g.slug {_FROM} WHERE {_SEEN} ORDER BY p.id"
        return [PassageRow(*row) for row in self._rows(query, generation=generation)]

    def passages(self, generation: int) -> Iterator[Passage]:
        """Every passage of a generation, by id."""
        rows = self._rows(f"SELECT {_PASSAGE} {_FROM} WHERE {_SEEN} ORDER BY p.id", generation=generation)
        return map(_passage, rows)

    def passages_by_id(self, ids: Sequence[int]) -> dict[int, Passage]:
        """The passages with these ids."""
        rows = self._rows(
            f"SELECT {_PASSAGE} {_FROM} WHERE p.id IN (SELECT value FROM json_each(:ids))", ids=_listed(ids)
        )
        return {row[0]: _passage(row) for row in rows}

    def passages_of(
        self, slug: str, generation: int, first: int = 0, last: int = _ALIVE
    ) -> tuple[Passage, ...]:
        """The passages of a guide, by position."""
        rows = self._rows(
            f"SELECT {_PASSAGE} {_FROM} WHERE g.slug = :slug AND {_SEEN}"
            " AND p.position BETWEEN :first AND :last ORDER BY p.position",
            slug=slug,
            generation=generation,
            first=first,
            last=last,
        )
        return tuple(map(_passage, rows))

    # Vectors

    def without_vector(self, fingerprint: str, generation: int) -> list[tuple[bytes, Passage]]:
        """One passage for each key of a generation that has no vector of a model yet."""
        rows = self._rows(
            f"SELECT {_PASSAGE}, p.key {_FROM} WHERE {_SEEN} AND NOT EXISTS"
            " (SELECT 1 FROM vectors v WHERE v.key = p.key AND v.fingerprint = :fingerprint) ORDER BY p.id",
            generation=generation,
            fingerprint=fingerprint,
        )
        return list({row[-1]: (row[-1], _passage(row[:-1])) for row in rows}.values())

    def add_vectors(self, vectors: Iterable[tuple[bytes, bytes]], fingerprint: str) -> None:
        """Keep vectors by the key of their passages."""
        with self.writing():
            rows = [(key, fingerprint, vector) for key, vector in vectors]
            self._run("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def vectors(self, fingerprint: str, generation: int) -> list[tuple[int, str, bytes]]:
        """Passage id, language and vector of every passage of a generation that has one, by id."""
        return self._rows(
            f"SELECT p.id, p.language, v.vector {_FROM} JOIN vectors v ON v.key = p.key"
            f" AND v.fingerprint = :fingerprint WHERE {_SEEN} ORDER BY p.id",
            generation=generation,
            fingerprint=fingerprint,
        )

    def vectors_by_id(self, fingerprint: str, ids: Sequence[int]) -> list[tuple[int, str, bytes]]:
        """Passage id, language and vector of the passages with these ids that have one, by id."""
        return self._rows(
            "SELECT p.id, p.language, v.vector FROM passages p JOIN vectors v ON v.key = p.key"
            " AND v.fingerprint = :fingerprint WHERE p.id IN (SELECT value FROM json_each(:ids))"
            " ORDER BY p.id",
            fingerprint=fingerprint,
            ids=_listed(ids),
        )


def _head(row: Sequence[Any]) -> GuideHead:
    *about, topics, licence, checked_on, passages = row
    slug, title, language, path, origin, digest = about
    listed = tuple(json.loads(topics))
    return GuideHead(slug, title, language, path, origin, digest, listed, licence, checked_on, passages)


def _listed(ids: Sequence[int]) -> str:
    return json.dumps([int(number) for number in ids])


def _passage(row: Sequence[Any]) -> Passage:
    number, slug, title, headings, start, end, text, language, line, position = row
    path = tuple(json.loads(headings))
    return Passage(number, slug, title, path, start, end, text, language, line, position)


def _block_rows(row: int, blocks: Iterable[Block]) -> Iterator[tuple[object, ...]]:
    for place, block in enumerate(blocks):
        span = (block.start, block.end)
        yield row, place, block.kind.value, *span, json.dumps(block.headings), block.line, block.level


def _passage_rows(row: int, passages: Iterable[Passage]) -> Iterator[tuple[object, ...]]:
    for passage in passages:
        about = (passage.text, passage.language, passage.line, passage.position, passage_key(passage))
        yield row, json.dumps(passage.headings), passage.start, passage.end, *about
