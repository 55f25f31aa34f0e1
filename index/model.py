"""What is searched: guides, their passages and the hits of a search, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a stretch of a guide is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    LABEL = "label"
    TABLE_ROW = "table-row"
    CODE = "code"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a guide's text: `text[start:end]`, below a path of headings."""

    kind: BlockKind
    start: int
    end: int
    headings: tuple[str, ...]
    """Outermost first, below the title; a list also stands below the short line that leads to it."""
    line: int
    """Line in the source file, from 1; where a format has no lines, in the guide's text."""
    level: int = 0
    """Level of a heading, or depth of a list item."""
    page: int | None = None
    """Page of the source file where it begins, from 1, for formats that have pages."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A source document, as plain text with its structure."""

    slug: str
    title: str
    text: str
    """What offsets count in: the readable text, markup taken out."""
    blocks: tuple[Block, ...]
    language: str
    digest: str
    """SHA-256 of the source file."""
    path: str = ""
    """Where it was read from, for showing."""
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    licence: str = ""
    checked_on: str = ""


@dataclass(frozen=True, slots=True)
class GuideHead:
    """What a list of guides shows of each one."""

    slug: str
    title: str
    language: str
    path: str
    origin: str
    """`shipped` with the product or `added` by the user."""
    digest: str
    topics: tuple[str, ...] = ()
    licence: str = ""
    checked_on: str = ""
    passages: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable piece of a guide, never across a heading: `guide.text[start:end] == text`."""

    id: int
    guide: str
    """Slug of its guide."""
    title: str
    """Title of its guide."""
    headings: tuple[str, ...]
    start: int
    end: int
    text: str
    language: str
    line: int
    """Line in the source file where it begins."""
    position: int
    """Number within its guide, from 0; neighbours differ by one."""
    page: int | None = None
    """Page of the source file where it begins, for formats that have pages."""

    @property
    def heading(self) -> str:
        """Heading path in one line."""
        return " › ".join(self.headings)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item, label line or table row: `guide.text[start:end] == text`."""

    start: int
    end: int
    text: str
    kind: BlockKind
    headings: tuple[str, ...]
    line: int
    """Line of the block it stands in."""
    page: int | None = None
    """Page where that block begins."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The parts of a hit's score, kept for the inspector and for the answerability gate."""

    fused: float
    dense: float | None
    """Inner product of the question with the centred passage vector; None without an embedder."""
    dense_z: float | None
    """`dense` standardised over every passage searched."""
    keyword: float
    """BM25 score of the keyword ranking; 0 when no word or 4-gram is shared."""
    keyword_z: float
    """`keyword` standardised within the passages of the same language."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found by a search."""

    passage: Passage
    scores: Scores
    rank: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be taken in, and why."""

    path: str
    message: str
    """One sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an update is."""

    done: int
    total: int
    words: str
    """What is being done, for showing: `reading guides`, `embedding passages`, `building the index`."""
    of: str = ""
    """Path of the file that is read next, or title of the guide that is embedded next."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an update found and did."""

    guides: int
    """Guides in the collection now."""
    passages: int
    """Passages in the collection now."""
    embedded: int = 0
    """Passages whose vectors were computed in this run."""
    unchanged: int = 0
    """Guides given that were in the collection already, as they are."""
    problems: tuple[Problem, ...] = ()
