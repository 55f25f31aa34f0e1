"""What a page is made of: running text and the blocks that hold it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .forms import Form
    from .items import Item


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


@dataclass(frozen=True, slots=True)
class FormBlock:
    """A form to fill in and keep."""

    form: Form
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
    | FormBlock
)
