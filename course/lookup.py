"""Where words stand in a lesson."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .block_words import words_of

if TYPE_CHECKING:
    from .model import Lesson


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand."""

    section: int
    """Number of the section, from 0."""
    block: int | None
    """Place of the block in its section, from 0; None for the title of the section."""
    number: int
    """Which of the places in this block, from 0."""


def words_pattern(words: str, gap: str = r"\s+") -> re.Pattern[str]:
    """Finds some words in any case, with what `gap` matches between them."""
    return re.compile(gap.join(map(re.escape, words.split())), re.IGNORECASE)


def find_words(lesson: Lesson, words: str) -> tuple[Hit, ...]:
    """Every place where some words stand one after another, in reading order; none for no words."""
    if not words.split():
        return ()
    pattern = words_pattern(words)
    hits: list[Hit] = []
    for number, section in enumerate(lesson.sections):
        texts = [(None, section.title), *((at, words_of((own,))) for at, own in enumerate(section.blocks))]
        for block, text in texts:
            hits += [Hit(number, block, count) for count, _ in enumerate(pattern.finditer(text))]
    return tuple(hits)
