"""`hansa ask`: cited answers on stdout."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

from tui.clean import clean
from tui.console.linear import is_linear
from tui.console.opening import open_assistant, open_services
from tui.language import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator

    from assistant import Answer
    from assistant.model import Sentence

WIDTH = 76
NO_QUESTION = _(
    "Say what to ask, as in: hansa ask 'Who led KISS ME?' (- reads one question a line from stdin)."
)


def run(options: Namespace) -> int:
    """Answer one question, or one a line from stdin; without a question, hold a conversation."""
    if options.question is None:
        return _begin(options)
    assistant = open_assistant(open_services(options), plain=is_linear(options))
    shown = sys.stdout.isatty() and not options.json
    for number, question in enumerate(_questions(options.question)):
        if number and not options.json:
            print()
        told: list[Sentence] = []
        answer = assistant.ask(clean(question), options.lang, tell=_teller(told) if shown else None)
        if answer.note:
            print(clean(answer.note), file=sys.stderr)
        print(answer.model_dump_json() if options.json else render(answer, skip=len(told)), flush=True)
    return 0


def _begin(options: Namespace) -> int:
    """A conversation, in plain lines or on its screen; language and guides of its own are for plain lines."""
    if options.json:
        print(NO_QUESTION, file=sys.stderr)
        return 2
    if not is_linear(options) and options.lang is None:
        from tui.console.screen import open_ask_screen

        return open_ask_screen(options)
    from tui.console.talk import converse

    services = open_services(options)
    converse(services, options.lang)
    services.close()
    return 0


def _teller(told: list[Sentence]) -> Callable[[Sentence], None]:
    """Prints each sentence of a chat model as soon as it is proved, and keeps it."""

    def tell(sentence: Sentence) -> None:
        told.append(sentence)
        print(clean(wrapped(sentence.spoken)), flush=True)

    return tell


def _questions(argument: str) -> Iterator[str]:
    if argument != "-":
        yield argument
        return
    yield from (line.strip() for line in sys.stdin if line.strip())


def render(answer: Answer, skip: int = 0) -> str:
    """The answer but its first lines, and its sources, as plain text of at most `WIDTH` columns."""
    parts = [wrapped(line) for line in answer.answer.splitlines()[skip:]]
    sources = [
        f"[{source.n}] {source.title}{' › ' if source.heading else ''}{source.heading}, "
        + _("line {line}").format(line=source.line)
        for source in answer.citations
    ]
    if answer.model:
        parts += ["", wrapped(_("Worded by {model}, each sentence checked.").format(model=answer.model))]
    if sources:
        parts += ["", *(wrapped(source, hang="    ") for source in sources)]
    return clean("\n".join(parts))


def wrapped(line: str, hang: str = "") -> str:
    """A line broken at words, what follows its first row set in."""
    return textwrap.fill(line, WIDTH, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
