"""Rules about text: short stretches, short sentences, pictures in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course.model import (
    Block,
    Callout,
    Code,
    Footnote,
    FormBlock,
    Image,
    ListBlock,
    Paragraph,
    Practice,
    Quote,
    Raw,
    plain,
)
from course.walk import blocks_in, texts_of, texts_of_item

from .example import OPTIONS, asked, lesson_file
from .rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .page import Page

STRETCH = 220
"""Words that may follow one another without a question: 200, and a tenth for good measure."""
MINUTES = 8
"""Minutes of a lesson that may fall to one question."""
SENTENCE = 25
"""Words of a sentence that a reader at CEFR level B2 takes in at one reading."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’»)\]]*\s+")
_WORD = re.compile(r"\w")
_LONG = (
    "A firm that looks for a partner abroad should write down what it wants and what it offers and how far it would "
    "go before anybody in the firm picks up the phone."
)
_SHORT = "Look for a partner only when three things are on paper: what you want, what you offer, and how far you go."
_ASKED = asked("### What comes first in a call?", OPTIONS)


@rule(
    "W201",
    "a long stretch of text without a question",
    why=f"After about 200 words attention fades. The rule counts up to {STRETCH} words of running text between two "
    "questions, code and footnotes left out. Ask something in between, or cut.",
    bad="\n\n".join([" ".join([_SHORT] * 6)] * 2) + f"\n\n{_ASKED}",
    good=f"{_SHORT}\n\n{_ASKED}",
)
def long_stretches(page: Page) -> Iterator[Finding]:
    """Text in a lesson that asks nothing for too long."""
    if page.lesson is None:
        return
    shown = [block for section in page.lesson.sections for block in section.blocks]
    for line, words in _stretches(shown):
        if words > STRETCH:
            message = f"{words} words follow one another without a question; ask something after about 200."
            yield Finding(line, message)


def _stretches(blocks: Iterable[Block]) -> Iterator[tuple[int, int]]:
    """Line and number of words of each run of text between questions."""
    line, words = 0, 0
    for block in blocks:
        if isinstance(block, Practice):
            yield line, words
            line, words = 0, 0
        elif not isinstance(block, Code | Footnote | FormBlock | Raw):
            line = line or block.line
            words += sum(_count(plain(text)) for text, _ in texts_of([block]))
    yield line, words


@rule(
    "W202",
    "more than eight minutes for each question",
    why="`minutes` in the front matter says how long the lesson takes. Where more than eight of them "
    "fall to one question, "
    "the learner only reads. Add a question, or give the lesson fewer minutes.",
    bad={"02-page.md": lesson_file(_ASKED, "title: A page\nminutes: 20")},
    good={"02-page.md": lesson_file(_ASKED, "title: A page\nminutes: 8")},
)
def slow_lessons(page: Page) -> Iterator[Finding]:
    """A lesson that takes long for what it asks."""
    if page.lesson is None:
        return
    minutes, questions = page.lesson.minutes, len(page.lesson.items)
    if minutes > MINUTES * max(questions, 1):
        asks = f"{questions} questions" if questions != 1 else "one question"
        message = f"The lesson takes {minutes} minutes and has {asks}; ask at least every {MINUTES} minutes."
        yield Finding(page.header.line("minutes"), message, "minutes")


@rule(
    "W203",
    "a sentence too long for CEFR B2",
    why=f"Most readers have English as a second or third language. A sentence of more than {SENTENCE} "
    f"words has to be read "
    "twice. Make two of it.",
    bad=_LONG,
    good=_SHORT,
)
def long_sentences(page: Page) -> Iterator[Finding]:
    """A sentence, in text or in a question, with too many words."""
    for text, line in _running(page.blocks):
        for sentence in _SENTENCE_END.split(text):
            words = _count(sentence)
            if words > SENTENCE:
                message = (
                    f"This sentence has {words} words; make two of it, of at most {SENTENCE} words each."
                )
                yield Finding(line, message, sentence)


def _running(blocks: Iterable[Block]) -> Iterator[tuple[str, int]]:
    """Sentences of text and questions; headings, tables and footnotes follow rules of their own."""
    for block in blocks:
        if isinstance(block, Practice):
            yield from ((plain(text), line) for text, line in texts_of_item(block.item))
        elif isinstance(block, Paragraph | ListBlock | Quote | Callout):
            yield from ((plain(text), line) for text, line in texts_of([block]))


@rule(
    "W204",
    "a picture without alternative text",
    why="A terminal shows a picture by its alternative text, and so does a screen reader. Write "
    "between the brackets what "
    "the picture tells.",
    bad="The stairs have three steps.\n\n![](https://example.org/stairs.png)",
    good="The stairs have three steps.\n\n![Stairs with three steps: want, offer, limit](https://example.org/stairs.png)",
)
def silent_pictures(page: Page) -> Iterator[Finding]:
    """A picture, alone or in a line, that nothing stands for."""
    alone = [
        (block.alt, block.source, block.line) for block in blocks_in(page.blocks) if isinstance(block, Image)
    ]
    inside = [
        (span.text, span.image, line)
        for text, line in texts_of(page.blocks)
        for span in text
        if span.image is not None
    ]
    for words, source, line in (*alone, *inside):
        if not words.strip():
            message = f"The picture {source[:60]} has no alternative text; write what it tells between the brackets."
            yield Finding(line, message, f"![]({source}")


def _count(text: str) -> int:
    """The number of words; signs that stand alone are none."""
    return sum(1 for part in text.split() if _WORD.search(part))
