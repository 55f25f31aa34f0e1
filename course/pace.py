"""How long the rest of a lesson takes to read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .block_words import words_of

if TYPE_CHECKING:
    from .model import Lesson

WORDS_A_MINUTE = 180
"""Of a careful reader of a second language."""
QUESTION = 60
"""Words that take as long as answering a question."""


def minutes_left(lesson: Lesson, position: int) -> int:
    """Minutes from a section on, counted from 0, rounded up: a share of what the author says the lesson takes."""
    weights = [
        len(words_of(section.blocks).split()) + QUESTION * len(section.items) for section in lesson.sections
    ]
    total, left = sum(weights), sum(weights[position:])
    minutes = lesson.minutes or total / WORDS_A_MINUTE
    return math.ceil(minutes * left / total) if total else 0
