"""Questions as values, one class for each way of answering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .blocks import plain

if TYPE_CHECKING:
    from .blocks import Block, Text
    from .problems import Place


@dataclass(frozen=True, slots=True)
class Frame:
    """What every question has, whatever its type."""

    id: str
    """Whole id: `open-innovation/what-it-is#q-inbound` or `open-innovation/quiz#q01`."""
    prompt: Text
    place: Place
    body: tuple[Block, ...] = ()
    hints: tuple[tuple[Block, ...], ...] = ()
    """Staged hints, in order."""
    explanation: tuple[Block, ...] = ()
    """Shown after answering."""
    caution: tuple[Block, ...] = ()
    """Shown only after a wrong answer."""
    points: float = 1.0
    outcome: str = ""
    variant_of: str = ""
    shuffle: bool = True
    accents_strict: bool = False
    partial: bool = True
    """Whether part of the points can be earned."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One choice, with what to say to a learner who picks it."""

    text: Text
    right: bool
    line: int
    feedback: tuple[Block, ...] = ()
    weight: float | None = None
    """Share of the points (-1 to 1) that replaces the usual mark of this option."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Single choice, multiple choice or true/false."""

    frame: Frame
    options: tuple[Option, ...]
    multiple: bool = False
    true_false: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """A wording that is taken (or, with weight 0, known to be wrong) with its feedback."""

    text: str
    line: int
    weight: float = 1.0
    pattern: bool = False
    feedback: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortText:
    """A few words typed by the learner."""

    frame: Frame
    accepted: tuple[Accepted, ...]


@dataclass(frozen=True, slots=True)
class NumberRange:
    """An accepted number: low to high, both inside."""

    low: float
    high: float
    line: int
    weight: float = 1.0
    shown: str = ""
    """The key as the author wrote it, for showing."""
    feedback: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Numeric:
    """A number typed by the learner."""

    frame: Frame
    accepted: tuple[NumberRange, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A left side and the right side that belongs to it."""

    left: Text
    right: Text
    line: int
    feedback: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """Join each left side to a right side; extras belong to none."""

    frame: Frame
    pairs: tuple[Pair, ...]
    extras: tuple[Text, ...] = ()

    @property
    def choices(self) -> tuple[Text, ...]:
        """Every right side once, those of the pairs first and in their order."""
        seen: dict[str, Text] = {}
        for text in (*(pair.right for pair in self.pairs), *self.extras):
            seen.setdefault(plain(text), text)
        return tuple(seen.values())


@dataclass(frozen=True, slots=True)
class Classify:
    """Put each card (the left side of a pair) into a group (its right side)."""

    frame: Frame
    cards: tuple[Pair, ...]

    @property
    def groups(self) -> tuple[Text, ...]:
        """Every group once, in the order of first use."""
        seen: dict[str, Text] = {}
        for card in self.cards:
            seen.setdefault(plain(card.right), card.right)
        return tuple(seen.values())


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an order."""

    text: Text
    line: int
    feedback: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Ordering:
    """Bring the steps into order; they are stored in the right one."""

    frame: Frame
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in running text: typed (text or number) or chosen from a menu."""

    accepted: tuple[Accepted, ...] = ()
    numbers: tuple[NumberRange, ...] = ()
    menu: tuple[str, ...] = ()
    """Choices in the author's order; the right ones also stand in `accepted`."""


@dataclass(frozen=True, slots=True)
class Cloze:
    """Running text with gaps; a paragraph is a row of texts and gaps."""

    frame: Frame
    paragraphs: tuple[tuple[Text | Gap, ...], ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps in reading order."""
        return tuple(part for row in self.paragraphs for part in row if isinstance(part, Gap))


Item = Choice | ShortText | Numeric | Matching | Classify | Ordering | Cloze
