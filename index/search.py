"""One generation of a collection, open for search."""

from __future__ import annotations

import weakref
from contextlib import contextmanager
from copy import copy
from math import log
from threading import Lock
from typing import TYPE_CHECKING, Self

from .errors import IndexUnusableError, UnknownGuideError
from .generation import KEYWORDS, VECTORS, Manifest, generation_folder
from .language import detect
from .model import Hit, Scores
from .section import section_around
from .words import tokens

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from .embed import Embedder
    from .fusion import Floats, Fused
    from .keywords import KeywordIndex
    from .model import Guide, GuideHead, Passage, Problem
    from .nearness import Nearness
    from .section import Section
    from .store import Store
    from .table import Numbers, PassageTable


GUIDES_KEPT = 16
"""Guides whose text and blocks are kept; an answer opens the same ones many times."""


class GuideIndex:
    """What a reader sees of a collection: one generation, the same as long as it is open.

    It never waits for a writer, and may be shared between threads.
    """

    def __init__(
        self,
        folder: Path,
        store: Store,
        manifest: Manifest,
        in_use: sqlite3.Connection,
        embedder: Embedder | None,
    ) -> None:
        self.generation = manifest.generation
        self.embedder = embedder
        self._home = generation_folder(folder, manifest.generation)
        self._store = store
        self._manifest = manifest
        self._opening = Lock()
        self._reading = Lock()
        self._read: dict[str, Guide] = {}
        self._heads: tuple[GuideHead, ...] | None = None
        self._keywords: KeywordIndex | None = None
        self._nearness: Nearness | None = None
        self._table: PassageTable | None = None
        self._whole: GuideIndex | None = None
        self._only: frozenset[str] | None = None
        self.problems: tuple[Problem, ...] = ()
        """Files that were to be searched and could not be taken in."""
        self._close = weakref.finalize(self, _close, store, in_use)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the generation, so that it can be removed when it is old."""
        self._close()

    def __len__(self) -> int:
        return self._manifest.passages if self._only is None else sum(head.passages for head in self.guides())

    def within(self, slugs: Collection[str]) -> Self:
        """The same generation, of which only the guides with these slugs are listed and found.

        It is open as long as this one; how rare a word is still counts over all guides.
        """
        self._opened()
        part = copy(self)
        part._whole, part._only, part._heads = self, frozenset(slugs), None  # noqa: SLF001 - of this class
        return part

    @property
    def vectors(self) -> int:
        """How many passages have a vector."""
        return self._manifest.vectors

    @property
    def keywords_only(self) -> bool:
        """Whether a search compares words alone, not meaning."""
        return bool(self.note)

    @property
    def note(self) -> str:
        """Why meaning is not compared, in one sentence with the remedy; empty if it is."""
        if self.embedder is None:
            return (
                "Searching by keywords only, as there is no embedding model; run `hansa doctor` to see why."
            )
        if self._manifest.fingerprint != self.embedder.fingerprint or (
            len(self) and not self._manifest.vectors
        ):
            return (
                "Searching by keywords only, as the guides were not embedded with this model;"
                " run `hansa guides add` to do it."
            )
        return ""

    def guides(self) -> tuple[GuideHead, ...]:
        """The guides that can be found, by slug."""
        if self._heads is None:
            heads = (row.head for row in self._store.guide_rows(self.generation))
            self._heads = tuple(head for head in heads if self._only is None or head.slug in self._only)
        return self._heads

    def guide(self, slug: str) -> Guide:
        """A guide with its text and blocks.

        Raises:
            UnknownGuideError: No guide has that slug.
        """
        with self._reading:
            guide = self._read.pop(slug, None) or self._store.guide(slug, self.generation)
            if guide is None:
                raise UnknownGuideError(
                    f"There is no guide called {slug}; `hansa guides list` names them all."
                )
            self._read[slug] = guide
            while len(self._read) > GUIDES_KEPT:
                self._read.pop(next(iter(self._read)))
        return guide

    def passage(self, number: int) -> Passage:
        """The passage with an id.

        Raises:
            UnknownGuideError: No passage has that id.
        """
        found = self._store.passages_by_id([number])
        if number not in found:
            raise UnknownGuideError(
                f"There is no passage {number}; search again, as the guides have changed."
            )
        return found[number]

    def passages(self, slug: str) -> tuple[Passage, ...]:
        """All passages of a guide, in order."""
        return self._store.passages_of(slug, self.generation)

    def neighbours(self, passage: Passage) -> tuple[Passage, ...]:
        """The passages just before and after one in its guide, where there are any."""
        place = passage.position
        around = self._store.passages_of(passage.guide, self.generation, place - 1, place + 1)
        return tuple(other for other in around if other.position != place)

    def section(self, passage: Passage) -> Section:
        """What stands below the same heading as a passage, itself included."""
        return section_around(passage, self.passages(passage.guide))

    def search(
        self,
        text: str,
        *,
        k: int = 10,
        language: str | None = None,
        guides: Collection[str] | None = None,
        topics: Collection[str] | None = None,
        asked_in: str | None = None,
        per_guide: int | None = None,
    ) -> list[Hit]:
        """The passages that best fit a question, best first.

        Args:
            text: The question.
            k: How many passages at most.
            language: Only passages in this language.
            guides: Only passages of the guides with these slugs.
            topics: Only passages of guides on at least one of these topics.
            asked_in: Language of the question, if it is known.
            per_guide: How many passages of one guide at most.
        """
        from . import fusion  # noqa: PLC0415 - numpy takes 0.1 s, needed only to search

        table = self._opened()
        searched = table.places(language, self._wanted(guides, topics))
        if not text.strip() or not searched.size or k < 1:
            return []
        asked_in = asked_in or detect(text, table.only_language(searched))
        dense = self._nearness.scores(text, asked_in, searched) if self._nearness and _says(text) else None
        keyword = self._keyword(text, table)[searched]
        own = table.marks(asked_in)[searched]
        fused = fusion.fuse(dense, keyword, table.languages[searched], own)
        if dense is None:
            fused.score[keyword <= 0] = float("-inf")
        chosen = fusion.best(fused.score, table.guides[searched], k, per_guide)
        return self._hits(chosen, table.ids[searched], fused, dense, keyword)

    def rarity(self, words: Sequence[str]) -> list[float]:
        """How much each folded word tells passages apart: 0 for one that all hold, 1 for one that none holds."""
        most = log(2 * self._manifest.passages + 2)
        return [each / most for each in self._telling(words)]

    def full_match(self, text: str) -> float:
        """The keyword score of a passage of usual length that holds each word of a text once."""
        return sum(self._telling(tokens(text)))

    def _telling(self, words: Sequence[str]) -> list[float]:
        """The inverse document frequency of folded words, as BM25 has it."""
        self._opened()
        count = self._manifest.passages
        with self._told_of_damage():
            holders = self._keywords.holders(words) if self._keywords else [0] * len(words)
        return [log(1 + (count - min(each, count) + 0.5) / (min(each, count) + 0.5)) for each in holders]

    def _hits(
        self, chosen: Sequence[int], ids: Numbers, fused: Fused, dense: Floats | None, keyword: Floats
    ) -> list[Hit]:
        passages = self._store.passages_by_id([int(ids[place]) for place in chosen])
        hits: list[Hit] = []
        for place in chosen:
            scores = Scores(
                fused=float(fused.score[place]),
                dense=_value(dense, place),
                dense_z=_value(fused.dense_z, place),
                keyword=float(keyword[place]),
                keyword_z=float(fused.keyword_z[place]),
            )
            if scores.fused > float("-inf"):
                hits.append(Hit(passages[int(ids[place])], scores, len(hits) + 1))
        return hits

    def _wanted(self, guides: Collection[str] | None, topics: Collection[str] | None) -> set[str] | None:
        """Slugs of the guides that both filters let through; None for all."""
        if guides is None and topics is None and self._only is None:
            return None
        return {
            head.slug
            for head in self.guides()
            if (guides is None or head.slug in guides) and (topics is None or set(topics) & set(head.topics))
        }

    def _opened(self) -> PassageTable:
        """The table of passages; the first call also opens the indexes."""
        with self._opening:
            if self._table is None:
                with self._told_of_damage():
                    self._table = self._open_indexes()
            return self._table

    @contextmanager
    def _told_of_damage(self) -> Iterator[None]:
        """Turn what the indexes complain of into a sentence with the remedy."""
        try:
            yield
        except (RuntimeError, ValueError, OSError) as error:
            raise IndexUnusableError(
                f"The index in {self._home} is damaged; run `hansa guides doctor` to build it again."
            ) from error

    def _open_indexes(self) -> PassageTable:
        # 0.3 s for numpy, FAISS and tantivy, needed only to search.
        from .keywords import KeywordIndex  # noqa: PLC0415
        from .table import PassageTable  # noqa: PLC0415

        self._keywords = KeywordIndex(self._home / KEYWORDS)
        table = PassageTable(self._store.passage_rows(self.generation))
        if self.embedder and self._manifest.vectors and not self.keywords_only:
            from .nearness import Nearness  # noqa: PLC0415
            from .vectors import VectorIndex  # noqa: PLC0415

            vectors = VectorIndex(self._home / VECTORS)
            self._nearness = Nearness(vectors, self._store, self.embedder, table)
        return table

    def _keyword(self, text: str, table: PassageTable) -> Floats:
        with self._told_of_damage():
            ids, scores = self._keywords.scores(text) if self._keywords else ([], [])
        return table.column(ids, scores, missing=0.0)


def _says(text: str) -> bool:
    """Whether a text has a meaning to compare: a number alone has none."""
    return any(map(str.isalpha, text))


def _value(column: Floats | None, place: int) -> float | None:
    """A score of a column; None where the passage has none."""
    if column is None or column[place] != column[place]:
        return None
    return float(column[place])


def _close(store: Store, in_use: sqlite3.Connection) -> None:
    store.close()
    in_use.close()
