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


def run(options: Namespace) -> int:
    """Answer one question, or one a line from stdin."""
    assistant = open_assistant(open_services(options))
    for number, question in enumerate(_questions(options.question)):
        answer = assistant.ask(question, options.lang)
        if options.json:
            print(answer.model_dump_json(), flush=True)
        else:
            print(("\n" if number else "") + render(answer), flush=True)
    return 0


def _questions(argument: str) -> Iterator[str]:
    if argument != "-":
        yield argument
        return
    yield from (line.strip() for line in sys.stdin if line.strip())


def render(answer: Answer) -> str:
    """The answer and its sources as plain text of at most `WIDTH` columns."""
    parts = [_wrapped(line) for line in answer.answer.splitlines()]
    sources = [
        f"[{source.n}] {source.title}{' › ' if source.heading else ''}{source.heading}, line {source.line}"
        for source in answer.citations
    ]
    if sources:
        parts += ["", *(_wrapped(source, hang="    ") for source in sources)]
    return "\n".join(parts)


def _wrapped(line: str, hang: str = "") -> str:
    return textwrap.fill(line, WIDTH, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
