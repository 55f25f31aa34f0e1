"""What is said around a question: how it is put, how it was judged, what follows an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.model import Cloze, Likert, Open
from course.response import wanted
from course.wording import languages

from .answering import is_typed
from .language import _
from .mark_words import mark_words
from .prose import block_words
from .styled import said, styled

if TYPE_CHECKING:
    from textual.content import Content

    from course.grade import Mark
    from course.model import Block, Item

CASE_LENGTH = 72
"""Characters from which a text below a question is a case, to be read first."""


def asked(item: Item) -> Content:
    """The question, without a last sentence that only says again, in the language of the course, what is wanted."""
    prompt = styled(item.frame.prompt, "bold")
    every = (f" {wanted(item, language)}." for language in languages())
    told = next((words for words in every if prompt.plain.endswith(words)), "")
    return prompt[: len(prompt) - len(told)]


def is_case(body: tuple[Block, ...]) -> bool:
    """Whether the question is about this text, so that it is read first; a short remark is read afterwards."""
    return len(block_words(body)) > CASE_LENGTH


def is_told_below(item: Item) -> bool:
    """Whether the judgement stands under the answer, because it names what was right."""
    return is_typed(item) or isinstance(item, Cloze)


def verdict(item: Item, mark: Mark) -> Content:
    """The judgement in words, with a glyph and a colour."""
    if isinstance(item, Likert | Open):
        return said("✓ " + mark_words(item, mark), "bold $right" if mark.right else "bold")
    if mark.right:
        return said("✓ " + _("Correct.") + _taken_off(mark), "bold $right")
    if is_told_below(item):
        return said("✗ " + mark_words(item, mark), "bold $wrong")
    partly = _("Partly right: {percent} %.").format(percent=round(mark.share * 100))
    words = partly + _taken_off(mark) if mark.share > 0 else _("Not right yet.")
    return said("✗ " + words, "bold $wrong")


def _taken_off(mark: Mark) -> str:
    """What hints and earlier tries cost, where they cost anything."""
    if not mark.lost:
        return ""
    words = _("{percent} % are taken off for hints and earlier tries.")
    return " " + words.format(percent=round(mark.lost * 100))


def said_after(item: Item, mark: Mark) -> list[tuple[Block, ...]]:
    """Feedback that does not stand at the rows of the area already."""
    frame = item.frame
    if is_told_below(item):
        return [mark.feedback]
    return [() if mark.right else frame.caution, frame.explanation]


def said_between(mark: Mark) -> list[tuple[Block, ...]]:
    """Feedback to what was given and is not right, while the right answer is held back."""
    return [part.feedback for part in mark.parts if part.given and not part.right and part.feedback]
