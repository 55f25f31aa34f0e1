"""What a course is made of: modules, lessons, sections, blocks and questions, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; lines and columns count from 1."""

    file: Path
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a file, told to its author."""

    place: Place
    code: str
    message: str
    """One sentence that names the thing and the remedy."""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.message}"


# Running text -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with one look."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    strike: bool = False
    link: str | None = None
    """Target as written: a web address, `lesson:…`, `guide:…`, `term:…` or `#heading`."""
    footnote: int | None = None
    """Number of the footnote this span calls; its text is then empty."""
    image: str | None = None
    """Source of a picture; the text is then its alternative text."""
    line_break: bool = False
    """A hard line break; the text is then empty."""


Text = tuple[Span, ...]


def plain(text: Text) -> str:
    """The words of a text without its looks."""
    return "".join("\n" if span.line_break else span.text for span in text)


# Blocks -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text set as one paragraph."""

    text: Text
    line: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section (level 3 to 6)."""

    text: Text
    level: int
    slug: str
    line: int


@dataclass(frozen=True, slots=True)
class Code:
    """A code fence or indented code."""

    text: str
    language: str
    line: int


@dataclass(frozen=True, slots=True)
class ListItem:
    """One entry of a list; `ticked` is None unless it is a task."""

    blocks: tuple[Block, ...]
    line: int
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A bullet list, a numbered list or a learner's checklist."""

    items: tuple[ListItem, ...]
    line: int
    ordered: bool = False
    start: int = 1

    @property
    def is_checklist(self) -> bool:
        """Whether the entries are tasks that a learner can tick."""
        return any(item.ticked is not None for item in self.items)


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted blocks."""

    blocks: tuple[Block, ...]
    line: int


class CalloutKind(StrEnum):
    """The five alerts of GitHub-flavoured Markdown."""

    NOTE = "note"
    TIP = "tip"
    IMPORTANT = "important"
    WARNING = "warning"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class Callout:
    """Blocks set apart under a named kind."""

    kind: CalloutKind
    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `align` holds left, right, center or an empty string for each column."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    align: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that stands alone."""

    alt: str
    source: str
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    line: int


@dataclass(frozen=True, slots=True)
class Raw:
    """Markup that the reader cannot show as meant; shown as written so that nothing is lost."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Footnote:
    """The text of a numbered footnote, at the foot of the section that calls it."""

    number: int
    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Practice:
    """A question standing in the text."""

    item: Item
    line: int


Block = (
    Paragraph
    | Heading
    | Code
    | ListBlock
    | Quote
    | Callout
    | Table
    | Image
    | Rule
    | Raw
    | Footnote
    | Practice
)


# Questions --------------------------------------------------------------------------------------


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


# Lessons and modules ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a lesson: from one `##` to the next; the unit of reading and of progress."""

    id: str
    """Whole id: `open-innovation/what-it-is#three-directions`; what stands before it has the slug `start`."""
    title: str
    blocks: tuple[Block, ...]
    line: int

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions of the page, in order."""
        return tuple(block.item for block in self.blocks if isinstance(block, Practice))


@dataclass(frozen=True, slots=True)
class Lesson:
    """One Markdown file to read."""

    id: str
    title: str
    sections: tuple[Section, ...]
    path: Path
    minutes: int = 0
    outcomes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    optional: bool = False
    language: str = "en"
    problems: tuple[Problem, ...] = ()
    """What could not be read; a broken question is left out and a notice stands in its place."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions of the lesson, in order."""
        return tuple(item for section in self.sections for item in section.items)


class QuizMode(StrEnum):
    """When a learner hears how an answer was judged."""

    PRACTICE = "practice"
    CHECK = "check"
    EXAM = "exam"


@dataclass(frozen=True, slots=True)
class Quiz:
    """The questions that close a module."""

    id: str
    title: str
    items: tuple[Item, ...]
    path: Path
    mode: QuizMode = QuizMode.CHECK
    pass_percent: int = 70
    minutes: int = 0
    shuffle: bool = True
    introduction: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LessonHead:
    """What a list of lessons shows; the text is parsed when the lesson is opened."""

    id: str
    title: str
    path: Path
    minutes: int
    optional: bool
    section_ids: tuple[str, ...]
    section_titles: tuple[str, ...]
    item_ids: tuple[tuple[str, ...], ...] = ()
    """Ids of the questions of each section."""


@dataclass(frozen=True, slots=True)
class Module:
    """A numbered folder: an introduction, lessons and a quiz."""

    id: str
    title: str
    number: int
    path: Path
    lessons: tuple[LessonHead, ...]
    introduction: tuple[Block, ...] = ()
    summary: str = ""
    level: str = ""
    minutes: int = 0
    requires: tuple[str, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    pass_percent: int = 70
    quiz_path: Path | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def quiz_id(self) -> str:
        """Id of the module's quiz."""
        return f"{self.id}/quiz"


@dataclass(frozen=True, slots=True)
class Course:
    """Every module, in order."""

    modules: tuple[Module, ...]
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Module]:
        return iter(self.modules)

    def lesson_heads(self) -> Iterator[tuple[Module, LessonHead]]:
        """Every lesson with its module, in reading order."""
        for module in self.modules:
            for head in module.lessons:
                yield module, head
