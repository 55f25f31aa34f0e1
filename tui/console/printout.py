"""Lessons and quizzes as they are printed and handed out, and the key to their questions apart.

Questions are numbered through the whole text, and their entries stand in one fixed order that is not the author's,
so that print-out and key agree and the order tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.model import Open, Practice
from course.shuffle import display_order
from tui.console.answer_key import answer_lines
from tui.console.markdown import markdown_lines, question_markdown
from tui.console.plain import lines_of, wrapped
from tui.console.questions import question_lines
from tui.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from course.model import Block, Item, Lesson, Module, Quiz

SEED = 1
"""Seed of the order in which entries are printed."""


class PlainText:
    """Plain lines, for screen readers, pipes and printers."""

    def introduction(self, module: Module, blocks: Iterable[Block]) -> Iterator[str]:
        """What stands in `module.md`, and the titles of the lessons."""
        yield from (*self.title(module.title), *self.blocks(blocks))
        for count, head in enumerate(module.lessons, 1):
            yield f"{count}. {head.title}"

    def lesson(self, lesson: Lesson, section_id: str | None = None) -> Iterator[str]:
        """A lesson, or one section of it."""
        yield from self.title(lesson.title)
        number = 0
        for section in lesson.sections:
            shown = section_id in {None, section.id}
            if shown and section.title != lesson.title:
                yield from self.heading(section.title)
            for block in section.blocks:
                number += isinstance(block, Practice)
                if shown:
                    yield from (
                        self.question(block.item, number)
                        if isinstance(block, Practice)
                        else self.blocks([block])
                    )

    def quiz(self, quiz: Quiz) -> Iterator[str]:
        """A quiz with every question that it can ask."""
        yield from (*self.title(quiz.title), *self.blocks(quiz.introduction))
        for number, item in enumerate(quiz.items, 1):
            yield from self.question(item, number)

    def key(self, title: str, items: Iterable[tuple[int, Item]]) -> Iterator[str]:
        """The answers to some questions, each with its number."""
        yield from self.title(_("Answers: {title}").format(title=title))
        for number, item in items:
            yield from self.answer(item, number)

    # How each part is written

    def title(self, words: str) -> Sequence[str]:
        """The title of the whole."""
        return (words, "=" * min(len(words), 76), "")

    def heading(self, words: str) -> Sequence[str]:
        """The title of a section."""
        return (words, "-" * min(len(words), 76), "")

    def blocks(self, blocks: Iterable[Block]) -> Iterable[str]:
        """Text."""
        return lines_of(blocks)

    def question(self, item: Item, number: int) -> Iterable[str]:
        """A question without its answer."""
        return (
            _("Question {number}").format(number=number),
            *question_lines(item, display_order(item, SEED)),
            "",
        )

    def answer(self, item: Item, number: int) -> Iterable[str]:
        """The answer to a question, and why."""
        lines = [line for answer in answer_lines(item, display_order(item, SEED)) for line in wrapped(answer)]
        return (_("Question {number}").format(number=number), *lines, "", *lines_of(_reasons(item)))


class Markdown(PlainText):
    """The same in Markdown, to be set or handed on."""

    def title(self, words: str) -> Sequence[str]:
        """A heading of the first level."""
        return (f"# {words}", "")

    def heading(self, words: str) -> Sequence[str]:
        """A heading of the second level."""
        return (f"## {words}", "")

    def blocks(self, blocks: Iterable[Block]) -> Iterable[str]:
        """Text as Markdown."""
        return markdown_lines(blocks)

    def question(self, item: Item, number: int) -> Iterable[str]:
        """A question with boxes and lines to fill in."""
        return (
            _("### Question {number}").format(number=number),
            "",
            *question_markdown(item, display_order(item, SEED)),
        )

    def answer(self, item: Item, number: int) -> Iterable[str]:
        """The answer as a list, and why."""
        answers = [f"- {line}" for line in answer_lines(item, display_order(item, SEED))]
        return (
            _("### Question {number}").format(number=number),
            "",
            *answers,
            "",
            *markdown_lines(_reasons(item)),
        )


def _reasons(item: Item) -> tuple[Block, ...]:
    """What is read beside the answer: a model answer, and the explanation."""
    model = item.model if isinstance(item, Open) else ()
    return (*model, *item.frame.explanation)
