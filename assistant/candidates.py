"""The sentences that may answer a question, and what they are by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.sentences import sentences
from index.words import fold

from .evidence import Words, words_of
from .instructions import addresses_a_model
from .lexicon import definition_headings, unknown_phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.model import BlockKind, Guide, Hit, Sentence
    from index.search import GuideIndex


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a guide: `guide.text[start:end]`, with the passage it was found in."""

    hit: Hit
    text: str
    start: int
    end: int
    line: int
    kind: BlockKind
    headings: tuple[str, ...]
    title: str
    language: str
    page: int | None = None

    @property
    def guide(self) -> str:
        """Slug of its guide."""
        return self.hit.passage.guide

    @property
    def own_words(self) -> Words:
        """The words of the sentence itself."""
        return words_of(self.text)

    @property
    def context_words(self) -> Words:
        """The words of the headings above it and of its guide's title."""
        return words_of(" — ".join((self.title, *self.headings)))


def candidates_of(hits: Sequence[Hit], index: GuideIndex) -> list[Candidate]:
    """Every sentence of the passages that speaks to a reader, in the order of the hits."""
    found: list[Candidate] = []
    for hit in hits:
        guide = index.guide(hit.passage.guide)
        within = sentences(guide, hit.passage.start, hit.passage.end)
        found.extend(
            candidate_of(hit, guide, sentence) for sentence in within if not addresses_a_model(sentence.text)
        )
    return found


def candidate_of(hit: Hit, guide: Guide, sentence: Sentence) -> Candidate:
    """A sentence of a guide as a candidate of the passage it was found in."""
    return Candidate(
        hit=hit,
        text=sentence.text,
        start=sentence.start,
        end=sentence.end,
        line=sentence.line,
        kind=sentence.kind,
        headings=sentence.headings,
        title=guide.title,
        language=guide.language,
        page=sentence.page,
    )


def says_unknown(candidate: Candidate) -> bool:
    """Whether a sentence says that the guide does not hold something."""
    text = f" {plain(candidate.text)} "
    return any(f" {phrase} " in text for phrase in unknown_phrases())


def explains_terms(candidate: Candidate) -> bool:
    """Whether the sentence stands under a heading such as "Words used"."""
    words = words_of(" ".join(candidate.headings)).folded
    return any(definition_headings().holds(word) for word in words)


def begins_section(candidate: Candidate) -> bool:
    """Whether a sentence is the first of its passage."""
    return candidate.start == candidate.hit.passage.start


_LEANING = frozenset(
    [
        "this",
        "these",
        "that",
        "those",
        "it",
        "its",
        "they",
        "their",
        "he",
        "his",
        "she",
        "her",
        "such",
        "both",
        "here",
        "there",
        "dette",
        "disse",
        "det",
        "den",
        "de",
        "deres",
        "her",
        "der",
        "dies",
        "diese",
        "dieser",
        "dieses",
        "das",
        "es",
        "sie",
        "dabei",
        "dazu",
        "hier",
        "esto",
        "este",
        "esta",
        "estos",
        "estas",
        "ello",
        "aqui",
        "to",
        "ten",
        "ta",
        "te",
        "tego",
        "oni",
        "ono",
        "tutaj",
    ]
)
"""Words at the beginning of a sentence that speak of the sentence before it."""


def leans(text: str) -> bool:
    """Whether a sentence cannot be understood without the one before it."""
    first = re.match(r"\W*(\w+)", text)
    return first is not None and fold(first.group(1)) in _LEANING


def plain(text: str) -> str:
    """Folded words parted by one space."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))
