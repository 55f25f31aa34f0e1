"""Terms of the glossaries among the guides, looked up by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.model import BlockKind

from .folded import places_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.model import Guide
    from index.search import GuideIndex

TOPIC = "glossary"
"""Topic of the guides that are glossaries."""


@dataclass(frozen=True, slots=True)
class Term:
    """A heading of a glossary and what stands under it."""

    guide: str
    """Slug of the glossary."""
    term: str
    text: str
    start: int
    """Where the text stands in the guide, for marking it."""

    @property
    def place(self) -> tuple[int, int]:
        """Offsets of the text."""
        return self.start, self.start + len(self.text)


def find_terms(index: GuideIndex, words: Sequence[str], language: str) -> list[Term]:
    """The terms that hold every folded word, in the language wanted or else in English.

    Terms named so come first, then those whose explanation holds the words.
    """
    heads = [head for head in index.guides() if TOPIC in head.topics]
    spoken = language if any(head.language == language for head in heads) else "en"
    named: list[Term] = []
    told: list[Term] = []
    for head in heads:
        for term in _terms(index.guide(head.slug)) if words and head.language == spoken else ():
            if all(places_of([word], term.term) for word in words):
                named.append(term)
            elif all(places_of([word], f"{term.term} {term.text}") for word in words):
                told.append(term)
    return named + told


def _terms(guide: Guide) -> Iterator[Term]:
    """Each heading with the first paragraph under it."""
    term = ""
    for block in guide.blocks:
        words = guide.text[block.start : block.end]
        if block.kind is BlockKind.HEADING:
            term = words
        elif term:
            yield Term(guide.slug, term, words, block.start)
            term = ""
