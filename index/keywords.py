"""The keyword index: BM25 over folded words, character 4-grams and exact tokens, kept by tantivy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tantivy

from .words import exact_tokens, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .model import Passage

_WEIGHTS = {"body": 1.0, "heading": 0.5, "exact": 1.0}
_HEAP = 128 * 1024 * 1024


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in _WEIGHTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("id", fast=True)
    return builder.build()


def _document(passage: Passage) -> tantivy.Document:
    heading = " ".join((passage.guide, passage.title, *passage.headings))
    return tantivy.Document(
        id=passage.id,
        body=" ".join(tokens(f"{heading}\n{passage.text}")),
        heading=" ".join(tokens(heading)),
        exact=" ".join(exact_tokens(f"{heading}\n{passage.text}")),
    )


def build_keywords(folder: Path, passages: Iterable[Passage]) -> None:
    """Write the keyword index of passages into an empty folder."""
    folder.mkdir(parents=True)
    writer = tantivy.Index(_schema(), path=str(folder)).writer(_HEAP, num_threads=1)
    for passage in passages:
        writer.add_document(_document(passage))
    writer.commit()
    writer.wait_merging_threads()


class KeywordIndex:
    """A keyword index on disk, open for reading."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()

    def __len__(self) -> int:
        return self._searcher.num_docs

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
        hits = self._searcher.search(tantivy.Query.boolean_query(parts), limit=len(self), count=False).hits
        ids = self._searcher.fast_field_values("id", [address for _, address in hits])
        return [int(number or 0) for number in ids], [score for score, _ in hits]

    def _any_of(self, field: str, words: list[str]) -> tantivy.Query:
        terms = [tantivy.Query.term_query(self._schema, field, word, "freq") for word in words]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])


def _query_tokens(query: str) -> dict[str, list[str]]:
    words = tokens(query)
    return {"body": words, "heading": words, "exact": sorted(set(exact_tokens(query, joined=True)))}
