"""Passages as the embedding model reads them at question time: every word in the context of its whole passage."""

from __future__ import annotations

import os
import re
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from index.sentences import sentences
from index.words import fold

from .alignment import Asked, ReadPassage, align
from .lexicon import function_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.embed import Reading
    from index.model import Hit, Passage
    from index.search import GuideIndex

    from .alignment import Alignment
    from .question import Question

KEPT = 128
"""Passages whose readings are kept; one takes 0.3 MB."""
_THREADS = 2
_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Look:
    """A question and the passages read for it."""

    asked: Asked
    passages: dict[int, ReadPassage]
    """By the ids of the passages."""
    alignment: Alignment | None
    """Word by word; None where the model tells nothing of words."""

    def reading(self, passage: int, start: int) -> Reading | None:
        """A sentence by its passage and the place where it begins; None if it was not read."""
        read = self.passages.get(passage)
        return read.sentences.get(start) if read else None

    def asked_above(self, passage: Passage) -> float:
        """How far the heading right above a passage asks the same, 0 to 1; 0 where it asks nothing."""
        read = self.passages.get(passage.id)
        if self.alignment is None or read is None or read.answers is None:
            return 0.0
        name = re.sub(r"[^a-z0-9]", "", fold(passage.guide.split(".")[0]))
        return self.alignment.same(read.answers, name)


class PassageReader:
    """Reads questions and passages of one generation, and keeps what was read last."""

    def __init__(self, index: GuideIndex) -> None:
        self._index = index
        self._kept: OrderedDict[int, ReadPassage] = OrderedDict()
        self._lock = Lock()

    def asked(self, text: str, language: str) -> Asked | None:
        """A question as it reads; None without a model that tells of words."""
        if self._index.embedder is None:
            return None
        reading = self._index.embedder.read(text)
        words = [_EDGES.sub("", fold(word)) for word in reading.words]
        skip = function_words(language)
        places = [place for place, word in enumerate(words) if word and word not in skip]
        places = places or [place for place, word in enumerate(words) if word]
        if not places:
            return None
        content = tuple(words[place] for place in places)
        return Asked(reading.vector, content, reading.states[places], tuple(self._index.rarity(content)))

    def look(self, question: Question, hits: Sequence[Hit]) -> Look | None:
        """A question and the passages of some hits, read; None without a model."""
        asked = self.asked(question.text, question.language)
        if asked is None:
            return None
        passages = self.read(hits)
        return Look(asked, passages, align(asked, passages.values()))

    def read(self, hits: Sequence[Hit]) -> dict[int, ReadPassage]:
        """The passages of some hits by their ids, in as many threads as pay."""
        if self._index.embedder is None:
            return {}
        with self._lock:
            found = {hit.passage.id: kept for hit in hits if (kept := self._kept.get(hit.passage.id))}
        lacking = list({hit.passage.id: hit for hit in hits if hit.passage.id not in found}.values())
        with ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1)) as pool:
            for hit, passage in zip(lacking, pool.map(self._read, lacking), strict=True):
                found[hit.passage.id] = passage
        self._keep(found)
        return found

    def _read(self, hit: Hit) -> ReadPassage:
        passage, embedder = hit.passage, self._index.embedder
        if embedder is None:
            raise TypeError(embedder)
        own = sentences(self._index.guide(passage.guide), passage.start, passage.end)
        context, *readings = embedder.read_parts([context_of(hit), *(each.text for each in own)])
        heading = passage.headings[-1] if passage.headings else ""
        answers = self.asked(heading, passage.language) if heading.endswith("?") else None
        return ReadPassage(
            context, {each.start: reading for each, reading in zip(own, readings, strict=True)}, answers
        )

    def _keep(self, found: dict[int, ReadPassage]) -> None:
        with self._lock:
            for number, passage in found.items():
                self._kept[number] = passage
                self._kept.move_to_end(number)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


def context_of(hit: Hit) -> str:
    """What stands above a passage: the title of its guide and its headings."""
    return f"{' › '.join((hit.passage.title, *hit.passage.headings[-2:]))}:"
