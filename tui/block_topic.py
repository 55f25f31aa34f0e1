"""What a block of a lesson is about, as the beginning of a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.model import Heading, Practice, plain
from course.walk import texts_of

from .language import _

if TYPE_CHECKING:
    from course.model import Block, Lesson, Section

LONGEST_TOPIC = 60
"""Characters of a marked word that is taken for a topic."""


def topic_of(block: Block, section: Section, lesson: Lesson) -> str:
    """The prompt of a question; else a term that the author marked, the heading above, or the section's title."""
    if isinstance(block, Practice):
        return " ".join(plain(block.item.frame.prompt).split())
    strong = (span.text for text, _line in texts_of((block,)) for span in text if span.strong)
    term = next((words for words in strong if 2 < len(words) <= LONGEST_TOPIC), "")
    return _("About {topic}: ").format(topic=(term or _title(block, section, lesson)).strip(" .:"))


def _title(block: Block, section: Section, lesson: Lesson) -> str:
    above = section.blocks[: section.blocks.index(block) + 1]
    heading = next((plain(own.text) for own in reversed(above) if isinstance(own, Heading)), "")
    return heading or section.title or lesson.title
