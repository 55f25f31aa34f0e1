"""Questions as values, one class for each way of answering."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .blocks import plain

if TYPE_CHECKING:
    from .blocks import Block, Text
    from .problems import Place


@dataclass(frozen=True, slots=True)
class Case:
    """Prose that several questions share, to be read before each of them."""

    id: str
    """Whole id of the section that holds it: `open-innovation/quiz#velmora`."""
    title: str
    blocks: tuple[Block, ...]


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
    """Words that a draw chooses by."""
    level: str = ""
    """How hard it is, in the author's word; a draw chooses by it."""
    case: Case | None = None
    tries: int = 0
    """How often it may be answered where feedback comes at once; 0 leaves that to the quiz."""
    penalty: float = 0.0
    """Share of the points (0 to 1) that each hint shown and each earlier try takes away."""
    pinned: tuple[int, ...] = ()
    """Places, from 0, that keep their entry when the others are shuffled; -1 is the last one."""
    review: bool = True
    """Whether it may come back in a review."""
    certainty: bool = False
    """Whether the learner is asked how sure the answer is."""


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
    counted: bool = True
    """Whether the learner is told how many options are right."""


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


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list by which a learner judges an open answer."""

    text: Text
    line: int


@dataclass(frozen=True, slots=True)
class Open:
    """A text written freely, then compared with a model answer by ticking what it holds."""

    frame: Frame
    model: tuple[Block, ...]
    """The model answer, shown once the learner has written."""
    checks: tuple[Check, ...]


class Moment(StrEnum):
    """When one of two scales that belong together is asked."""

    ALONE = ""
    PRE = "pre"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that the learner rates."""

    text: Text
    line: int
    feedback: tuple[Block, ...] = ()
    """Said once it is rated; in a self-check the advice for those who rate it low."""


@dataclass(frozen=True, slots=True)
class Likert:
    """Statements rated on one scale; nothing is right or wrong, and no points are given."""

    frame: Frame
    statements: tuple[Statement, ...]
    low: int = 1
    high: int = 5
    labels: tuple[str, ...] = ()
    """Words for the two ends, or one for each step; none leaves the numbers alone."""
    moment: Moment = Moment.ALONE
    """`pre` and `post` questions of a module with the same name are compared with each other."""

    @property
    def steps(self) -> tuple[int, ...]:
        """The values that can be given, lowest first."""
        return tuple(range(self.low, self.high + 1))


Item = Choice | ShortText | Numeric | Matching | Classify | Ordering | Cloze | Open | Likert
