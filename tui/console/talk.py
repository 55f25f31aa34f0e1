"""`hansa ask` without a question: a conversation, line by line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.wording import say
from tui.clean import clean
from tui.console.answers import STOP, read_line
from tui.console.ask import render, wrapped
from tui.console.opening import open_assistant
from tui.language import _
from tui.lesson_links import lessons_on
from tui.talking import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant import Answer, Assistant
    from course.model import Course
    from tui.services import Services

PROMPT = "> "
WELCOME = _("Ask in your own words; a question may go on from the last one. An empty line or q ends.")


def converse(services: Services, language: str | None = None) -> None:
    """Answer line after line, each with what was said before, until an empty one; all of it is kept."""
    assistant = open_assistant(services, plain=True)
    talk = Talk(services)
    print(WELCOME)
    while question := _next_line():
        earlier = talk.answers
        try:
            said = talk.ask(question, assistant, language)
        except AssistantError as error:
            print(error, file=sys.stderr)
            continue
        answer = said.exchange.answer
        _say(_reply(answer))
        if said.warning:
            print(said.warning, file=sys.stderr)
        _say(_next(answer, earlier, assistant, services.course))


def _next_line() -> str:
    """What was typed; empty when the learner stops or the input ends."""
    print()
    line = clean(read_line(PROMPT) or "").strip()
    return "" if line.lower() == STOP else line


def _say(lines: Iterator[str]) -> None:
    for line in lines:
        print(clean(line), flush=True)


def _reply(answer: Answer) -> Iterator[str]:
    if answer.taken_as:
        yield wrapped(say("taken_as", answer.language, question=answer.taken_as))
    yield render(answer)
    for number, option in enumerate(answer.options, 1):
        yield f"{number}  {option.name}"


def _next(answer: Answer, earlier: tuple[Answer, ...], assistant: Assistant, course: Course) -> Iterator[str]:
    """What could be asked and read next."""
    questions = assistant.suggest(answer, earlier)
    if questions:
        yield ""
        yield _("You could ask next:")
        yield from (wrapped(f"- {question}", hang="  ") for question in questions)
    for link in lessons_on(answer, course):
        yield wrapped(
            _("Lesson: {module} › {title} (hansa learn {ref})").format(
                module=link.module, title=link.title, ref=link.ref
            ),
            hang="  ",
        )
