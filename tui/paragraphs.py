"""A short document as paragraphs, which become Markdown or a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .language import _

if TYPE_CHECKING:
    from collections.abc import Iterable


class Look(StrEnum):
    """How a paragraph is set."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    LABEL = "label"
    TEXT = "text"
    ITEM = "item"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text of one look; a line break in it is kept."""

    text: str
    look: Look = Look.TEXT
    new_page: bool = False
    """Whether it begins a page, where there are pages."""


class UnshownLetters(ValueError):  # noqa: N818 - says what is the matter
    """A document has letters that its fonts do not have; `letters` holds them."""

    def __init__(self, letters: str) -> None:
        super().__init__(letters)
        self.letters = letters


_MARKS = {
    Look.TITLE: "# ",
    Look.HEADING: "## ",
    Look.SUBHEADING: "### ",
    Look.LABEL: "#### ",
    Look.ITEM: "- ",
}


def markdown_of(paragraphs: Iterable[Paragraph]) -> str:
    """The paragraphs in Markdown, a blank line between them; entries of a list stand together."""
    written = ""
    before: Look | None = None
    for paragraph in paragraphs:
        if before is not None:
            written += "\n" if before is paragraph.look is Look.ITEM else "\n\n"
        written += _MARKS.get(paragraph.look, "") + paragraph.text
        before = paragraph.look
    return written + "\n"


def unshown_words(letters: str) -> str:
    """That a PDF cannot show some letters, and what to do instead."""
    words = _("The PDF has no letters for {letters}; save it as Markdown instead.")
    return words.format(letters=" ".join(letters))
