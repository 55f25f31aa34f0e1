"""`hansa ask`: cited answers on stdout."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

from tui.console.opening import open_assistant, open_services

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from assistant import Answer

WIDTH = 76
NO_QUESTION = "Say what to ask, as in: hansa ask 'Who led KISS ME?' (- reads one question a line from stdin)."


def run(options: Namespace) -> int:
    """Answer one question, or one a line from stdin; on a terminal, without a question, hold a conversation."""
    if options.question is None:
        return _converse(options)
    assistant = open_assistant(open_services(options))
    for number, question in enumerate(_questions(options.question)):
        answer = assistant.ask(question, options.lang)
        if options.json:
            print(answer.model_dump_json(), flush=True)
        else:
            print(("\n" if number else "") + render(answer), flush=True)
    return 0


def _converse(options: Namespace) -> int:
    if options.json or not sys.stdin.isatty():
        print(NO_QUESTION, file=sys.stderr)
        return 2
    from tui.console.talk import converse

    return converse(options)


def _questions(argument: str) -> Iterator[str]:
    if argument != "-":
        yield argument
        return
    yield from (line.strip() for line in sys.stdin if line.strip())


def render(answer: Answer) -> str:
    """The answer and its sources as plain text of at most `WIDTH` columns."""
    parts = [wrapped(line) for line in answer.answer.splitlines()]
    sources = [
        f"[{source.n}] {source.title}{' › ' if source.heading else ''}{source.heading}, line {source.line}"
        for source in answer.citations
    ]
    if sources:
        parts += ["", *(wrapped(source, hang="    ") for source in sources)]
    return "\n".join(parts)


def wrapped(line: str, hang: str = "") -> str:
    """A line broken at words, what follows its first row set in."""
    return textwrap.fill(line, WIDTH, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
