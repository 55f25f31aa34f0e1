# ruff: noqa: S608 - queries are put together from parts of this module alone
"""The truth of a collection: guides, passages and vectors in one SQLite file.

Rows carry the generation that brought them and the one that took them away, so that readers of a generation
see it unchanged while the next is written.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple

from .database import BUSY_SECONDS, open_truth, told_plainly, transaction
from .records import (
    BLOCK_COLUMNS,
    PASSAGE_COLUMNS,
    block_of,
    block_rows,
    guide_of,
    head_of,
    passage_of,
    passage_rows,
    text_seal,
    vector_seal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from .model import Block, Guide, GuideHead, Passage
    from .prepare import Prepared

_ALIVE = 2**62
_SEEN = "g.born <= :generation AND g.died > :generation"
_FROM = "FROM passages p JOIN guides g ON g.id = p.guide"
_PIECE = 2_000
"""Rows fetched at a time where there may be very many."""


@dataclass(frozen=True, slots=True)
class GuideRow:
    """A guide in the collection, with what tells whether its file has changed."""

    id: int
    reader: int
    head: GuideHead


class PassageRow(NamedTuple):
    """What a search needs of every passage; rows come as plain tuples, there are very many."""

    id: int
    language: str
    guide: str


class Store:
    """One connection to the truth file; safe to share between threads."""

    def __init__(self, path: Path, wait: float = BUSY_SECONDS) -> None:
        self.path = path
        self._lock = RLock()
        self._connection = open_truth(path, wait)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def writing(self, *, lasting: bool = True) -> Iterator[None]:
        """One transaction: all of what is written inside, or nothing; what need not outlast a power cut is faster."""
        with self._lock, told_plainly(self.path):
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if lasting else 'NORMAL'}")
            with transaction(self._connection, self.path):
                yield

    def rows(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with self._lock, told_plainly(self.path):
            return self._connection.execute(query, values).fetchall()

    def run(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """Carry out a statement for each row of values."""
        with self._lock, told_plainly(self.path):
            self._connection.executemany(query, rows)

    # Generations

    def generation(self) -> int:
        """The last generation known to be published; 0 before the first."""
        rows = self.rows("SELECT value FROM numbers WHERE name = 'generation'")
        return int(rows[0][0]) if rows else 0

    def set_generation(self, generation: int) -> None:
        """Note that a generation is published."""
        self.run("INSERT OR REPLACE INTO numbers VALUES ('generation', ?)", [(generation,)])

    def undo_after(self, generation: int) -> None:
        """Take back what an update wrote that never came to publish."""
        self.run("DELETE FROM guides WHERE born > ?", [(generation,)])
        self.run("UPDATE guides SET died = ? WHERE died > ? AND died < ?", [(_ALIVE, generation, _ALIVE)])

    def forget(self, generations: Sequence[int]) -> None:
        """Delete the guides that none of these generations sees, with the vectors that only they had."""
        last = max(generations)
        seen = " OR ".join(f"(born <= {int(number)} AND died > {int(number)})" for number in generations)
        dead = self.rows(f"SELECT id FROM guides WHERE died <= {int(last)} AND NOT ({seen})")
        for (row,) in dead:
            keys = self.rows("SELECT DISTINCT key FROM passages WHERE guide = :row", row=row)
            self.run("DELETE FROM guides WHERE id = ?", [(row,)])
            self.run(
                "DELETE FROM vectors WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM passages WHERE key = ?1)",
                keys,
            )

    # Guides

    def add_guide(
        self, given: Prepared, keys: Sequence[bytes], origin: str, reader: int, generation: int
    ) -> int:
        """Take in a guide and its passages, each with its key; the id of the first, the others follow it."""
        guide, passages = given.guide, given.passages
        lists = (json.dumps(guide.topics), json.dumps(guide.sources))
        about = (guide.slug, guide.title, guide.language, guide.digest, guide.path, origin, reader, *lists)
        self.run(
            "INSERT INTO guides (slug, title, language, digest, path, origin, reader, topics, sources,"
            f" licence, checked_on, passages, born, died) VALUES ({','.join('?' * 14)})",
            [(*about, guide.licence, guide.checked_on, len(passages), generation, _ALIVE)],
        )
        ((row,),) = self.rows("SELECT last_insert_rowid()")
        ((first,),) = self.rows(
            "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'passages'"
        )
        blocks = list(block_rows(row, guide.blocks))
        self.run("INSERT INTO texts VALUES (?, ?, ?)", [(row, guide.text, text_seal(guide.text, blocks))])
        self.run(f"INSERT INTO blocks VALUES ({','.join('?' * 9)})", blocks)
        self.run(
            'INSERT INTO passages (id, guide, headings, start, "end", text, language, line, page, position, key)'
            f" VALUES ({','.join('?' * 11)})",
            passage_rows(row, first, passages, keys),
        )
        return int(first)

    def retire(self, row: int, generation: int) -> list[int]:
        """Let a guide end with the generation before this one; the ids of its passages."""
        self.run("UPDATE guides SET died = ? WHERE id = ?", [(generation, row)])
        return [number for (number,) in self.rows("SELECT id FROM passages WHERE guide = :row", row=row)]

    def guide_rows(self, generation: int, slug: str | None = None) -> tuple[GuideRow, ...]:
        """The guides of a generation, by slug; or the one with a slug."""
        rows = self.rows(
            "SELECT g.id, g.reader, g.slug, g.title, g.language, g.path, g.origin, g.digest, g.topics,"
            f" g.licence, g.checked_on, g.passages FROM guides g WHERE {_SEEN}"
            f"{'' if slug is None else ' AND g.slug = :slug'} ORDER BY g.slug",
            generation=generation,
            **({} if slug is None else {"slug": slug}),
        )
        return tuple(GuideRow(row, reader, head_of(about)) for row, reader, *about in rows)

    def guide(self, slug: str, generation: int) -> Guide | None:
        """A guide of a generation with its text and blocks."""
        rows = self.rows(
            "SELECT g.id, g.slug, g.title, t.text, g.language, g.digest, g.path, g.topics, g.sources,"
            " g.licence, g.checked_on FROM guides g JOIN texts t ON t.guide = g.id"
            f" WHERE g.slug = :slug AND {_SEEN}",
            slug=slug,
            generation=generation,
        )
        return guide_of(rows[0][1:], self._blocks(rows[0][0])) if rows else None

    def _blocks(self, row: int) -> tuple[Block, ...]:
        rows = self.rows(f"SELECT {BLOCK_COLUMNS} FROM blocks WHERE guide = :row ORDER BY place", row=row)
        return tuple(map(block_of, rows))

    # Passages

    def count_passages(self, generation: int) -> int:
        """How many passages a generation has."""
        ((count,),) = self.rows(
            f"SELECT coalesce(sum(g.passages), 0) FROM guides g WHERE {_SEEN}", generation=generation
        )
        return int(count)

    def passage_rows(self, generation: int) -> Iterator[PassageRow]:
        """Every passage of a generation in short, in no order, not all of them at once."""
        query = (
            "SELECT p.id, p.language, g.slug FROM guides g CROSS JOIN passages p ON p.guide = g.id"
            f" WHERE {_SEEN}"
        )
        with self._lock, told_plainly(self.path):
            yield from self._connection.execute(query, {"generation": generation})

    def passages(self, generation: int) -> Iterator[Passage]:
        """Every passage of a generation, by id, not all of them at once."""
        last = 0
        while rows := self.rows(
            f"SELECT {PASSAGE_COLUMNS} {_FROM} WHERE p.id > :last AND {_SEEN} ORDER BY p.id LIMIT {_PIECE}",
            generation=generation,
            last=last,
        ):
            yield from map(passage_of, rows)
            last = rows[-1][0]

    def passages_by_id(self, ids: Sequence[int]) -> dict[int, Passage]:
        """The passages with these ids."""
        rows = self.rows(
            f"SELECT {PASSAGE_COLUMNS} {_FROM} WHERE p.id IN (SELECT value FROM json_each(:ids))",
            ids=_listed(ids),
        )
        return {row[0]: passage_of(row) for row in rows}

    def passages_of(
        self, slug: str, generation: int, first: int = 0, last: int = _ALIVE
    ) -> tuple[Passage, ...]:
        """The passages of a guide, by position."""
        rows = self.rows(
            f"SELECT {PASSAGE_COLUMNS} {_FROM} WHERE g.slug = :slug AND {_SEEN}"
            " AND p.position BETWEEN :first AND :last ORDER BY p.position",
            slug=slug,
            generation=generation,
            first=first,
            last=last,
        )
        return tuple(map(passage_of, rows))

    # Vectors

    def without_vector(
        self, fingerprint: str, generation: int, origin: str | None = None
    ) -> list[tuple[bytes, int]]:
        """Key and one passage id for each key of a generation that has no vector of a model yet, by id."""
        return self.rows(
            f"SELECT p.key, min(p.id) {_FROM} WHERE {_SEEN} AND (:origin IS NULL OR g.origin = :origin)"
            " AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.key = p.key AND v.fingerprint = :fingerprint)"
            " GROUP BY p.key ORDER BY min(p.id)",
            generation=generation,
            fingerprint=fingerprint,
            origin=origin,
        )

    def add_vectors(self, vectors: Iterable[tuple[bytes, bytes]], fingerprint: str) -> None:
        """Keep vectors by the key of their passages."""
        with self.writing():
            rows = ((key, fingerprint, blob, vector_seal(key, fingerprint, blob)) for key, blob in vectors)
            self.run("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", rows)

    def last_fingerprint(self) -> str | None:
        """Of a model that vectors are kept of; None without any."""
        rows = self.rows(
            "SELECT fingerprint FROM vectors GROUP BY fingerprint ORDER BY count(*) DESC LIMIT 1"
        )
        return rows[0][0] if rows else None

    def ids_with_vector(self, fingerprint: str, generation: int) -> list[int]:
        """Passages of a generation that have a vector of a model, by id."""
        rows = self.rows(
            f"SELECT p.id {_FROM} WHERE {_SEEN} AND EXISTS (SELECT 1 FROM vectors v WHERE v.key = p.key"
            " AND v.fingerprint = :fingerprint) ORDER BY p.id",
            generation=generation,
            fingerprint=fingerprint,
        )
        return [number for (number,) in rows]

    def vectors_by_id(self, fingerprint: str, ids: Sequence[int]) -> list[tuple[int, str, bytes]]:
        """Passage id, language and vector of the passages with these ids that have one, by id."""
        return self.rows(
            "SELECT p.id, p.language, v.vector FROM passages p JOIN vectors v ON v.key = p.key"
            " AND v.fingerprint = :fingerprint WHERE p.id IN (SELECT value FROM json_each(:ids))"
            " ORDER BY p.id",
            fingerprint=fingerprint,
            ids=_listed(ids),
        )

    # Proofs

    def seal_of(self, row: int) -> bytes:
        """The seal of the text of a guide as it was stored; empty if the text is lost."""
        rows = self.rows("SELECT seal FROM texts WHERE guide = :row", row=row)
        return bytes(rows[0][0]) if rows else b""

    def keys_of(self, row: int) -> dict[int, bytes]:
        """Passage ids of a guide with the keys they were stored with."""
        return dict(self.rows("SELECT id, key FROM passages WHERE guide = :row", row=row))

    def all_keys(self, generation: int) -> dict[int, bytes]:
        """Every passage id of a generation with its key."""
        return dict(self.rows(f"SELECT p.id, p.key {_FROM} WHERE {_SEEN}", generation=generation))

    def sealed_vectors(self) -> Iterator[tuple[bytes, str, bytes, bytes]]:
        """Every vector as key, fingerprint, vector and seal, not all of them at once."""
        last, model = b"", ""
        query = (
            "SELECT key, fingerprint, vector, seal FROM vectors WHERE (key, fingerprint) > (:last, :model)"
            f" ORDER BY key, fingerprint LIMIT {_PIECE}"
        )
        while rows := self.rows(query, last=last, model=model):
            yield from rows
            last, model = rows[-1][:2]

    def orphaned_vectors(self) -> list[bytes]:
        """Keys of vectors that belong to no passage."""
        rows = self.rows(
            "SELECT key FROM vectors v WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.key = v.key)"
        )
        return [key for (key,) in rows]

    def drop_vectors(self, keys: Iterable[bytes]) -> None:
        """Forget the vectors with these keys."""
        self.run("DELETE FROM vectors WHERE key = ?", [(key,) for key in keys])


def _listed(ids: Sequence[int]) -> str:
    return json.dumps([int(number) for number in ids])
