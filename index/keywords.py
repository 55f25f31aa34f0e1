"""The keyword index: BM25 over folded words, character 4-grams and exact tokens, kept by tantivy."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import tantivy

from .words import exact_tokens, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .terms import PassageTerms

_WEIGHTS = {"body": 1.0, "heading": 0.5, "exact": 1.0}
_HEAP = 64 * 1024 * 1024
"""Bytes; more makes fewer segments while building."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in _WEIGHTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("id", fast=True, indexed=True)
    builder.add_integer_field("key", fast=True)
    return builder.build()


@contextmanager
def _without_panic() -> Iterator[None]:
    """Over damaged files tantivy raises `ValueError`, or panics, which is no `Exception`; here both are the former."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError(f"Data corrupted: {error}") from None


def key_number(key: bytes) -> int:
    """The key of a passage as the keyword index keeps it."""
    return int.from_bytes(key[:8], "little", signed=True)


class KeywordWriter:
    """Adds passages to a keyword index and takes them out; readers see nothing before `finish`."""

    def __init__(self, folder: Path) -> None:
        new = not folder.exists()
        if new:
            folder.mkdir(parents=True)
        index = tantivy.Index(_schema(), path=str(folder)) if new else tantivy.Index.open(str(folder))
        self._writer = index.writer(_HEAP, num_threads=1)

    def add(self, number: int, key: bytes, found: PassageTerms) -> None:
        """Add a passage: its id, key and tokens."""
        body, heading, exact = found
        self._writer.add_document(
            tantivy.Document(id=number, key=key_number(key), body=body, heading=heading, exact=exact)
        )

    def remove(self, number: int) -> None:
        """Take out the passage with an id."""
        self._writer.delete_documents_by_term("id", number)

    def finish(self) -> None:
        """Write everything down; `ValueError` where the files before were damaged."""
        with _without_panic():
            self._writer.commit()
            self._writer.wait_merging_threads()


class KeywordIndex:
    """A keyword index on disk, open for reading; `ValueError` whenever its files turn out to be damaged."""

    def __init__(self, folder: Path) -> None:
        with _without_panic():
            index = tantivy.Index.open(str(folder))
            self._schema = index.schema
            self._searcher = index.searcher()

    def __len__(self) -> int:
        return self._searcher.num_docs

    def keys(self) -> dict[int, int]:
        """Id and key number of every passage, for proving them."""
        with _without_panic():
            everything = tantivy.Query.all_query()
            hits = self._searcher.search(everything, limit=max(1, len(self)), count=False).hits
            addresses = [address for _, address in hits]
            found = [self._searcher.fast_field_values(field, addresses) for field in ("id", "key")]
        return {int(number or 0): int(key or 0) for number, key in zip(*found, strict=True)}

    def holders(self, words: Sequence[str]) -> list[int]:
        """How many passages hold each of some folded words."""
        with _without_panic():
            return [self._searcher.doc_freq("body", word) for word in words]

    def rank(self, query: str) -> dict[int, float]:
        """BM25 score of every passage that shares a token with the query, by passage id."""
        ids, scores = self.scores(query)
        return dict(zip(ids, scores, strict=True))

    def scores(self, query: str) -> tuple[list[int], list[float]]:
        """Ids of the passages that share a token with the query, and the BM25 score of each, best first."""
        parts = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._any_of(field, words), _WEIGHTS[field]))
            for field, words in _query_tokens(query).items()
            if words
        ]
        if not parts or not len(self):
            return [], []
        with _without_panic():
            hits = self._searcher.search(
                tantivy.Query.boolean_query(parts), limit=len(self), count=False
            ).hits
            ids = self._searcher.fast_field_values("id", [address for _, address in hits])
        return ids, [score for score, _ in hits]  # type: ignore[return-value]

    def _any_of(self, field: str, words: list[str]) -> tantivy.Query:
        terms = [tantivy.Query.term_query(self._schema, field, word, "freq") for word in words]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])


def _query_tokens(query: str) -> dict[str, list[str]]:
    words = tokens(query)
    return {"body": words, "heading": words, "exact": sorted(set(exact_tokens(query, joined=True)))}
