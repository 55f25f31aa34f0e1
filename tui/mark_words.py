"""What the course says of questions and marks, in the language of the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.explain import explained
from course.response import wanted

from .language import language_in_use

if TYPE_CHECKING:
    from course.grade import Mark
    from course.model import Item


def wanted_words(item: Item) -> str:
    """What a question wants, such as `Choose two`."""
    return wanted(item, language_in_use())


def mark_words(item: Item, mark: Mark) -> str:
    """A mark explained in a few sentences."""
    return " ".join(explained(item, mark, language_in_use()))
