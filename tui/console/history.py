"""`hansa history`: earlier conversations listed, searched, shown, taken away and erased."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant.export import as_json, as_markdown, cases_as_lines, plain
from tui.clean import clean, clean_line
from tui.console.opening import open_services
from tui.language import _
from tui.whole_files import write_new

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from assistant.conversation import Conversation, ConversationHead
    from assistant.history import History


def show_all(options: Namespace) -> int:
    """Print one line a conversation, the newest first."""
    return _print_list(open_services(options).history.heads(), options, _("Nothing was asked yet."))


def search(options: Namespace) -> int:
    """Print the conversations in which all of the words stand."""
    found = open_services(options).history.heads(" ".join(options.words))
    return _print_list(found, options, _("No conversation holds these words."))


def _print_list(heads: Sequence[ConversationHead], options: Namespace, nothing: str) -> int:
    if options.json:
        listed = [{**asdict(head), "began": head.began.isoformat()} for head in heads]
        print(json.dumps(listed, ensure_ascii=False))
        return 0
    for head in heads:
        print(f"{head.id:>4}  {head.began.astimezone():%Y-%m-%d %H:%M}  {clean_line(head.title)}")
    if not heads:
        print(nothing)
    return 0


def show(options: Namespace) -> int:
    """Print one conversation."""
    conversation = open_services(options).history.conversation(options.number)
    text = (
        json.dumps(plain(conversation), ensure_ascii=False) if options.json else as_markdown([conversation])
    )
    print(text if options.json else clean(text))
    return 0


def export(options: Namespace) -> int:
    """Print conversations, or write them to a file, as Markdown or JSON."""
    chosen = _chosen(open_services(options).history, options.numbers)
    _put(f"{as_json(chosen)}\n" if options.json else clean(as_markdown(chosen)), options)
    return 0


def cases(options: Namespace) -> int:
    """Print the questions that were kept to test the assistant with, one JSON object a line."""
    _put(cases_as_lines(open_services(options).history.cases()), options)
    return 0


def _chosen(history: History, numbers: Sequence[int]) -> list[Conversation]:
    """Those with the numbers given, else all, the oldest first."""
    if numbers:
        return [history.conversation(number) for number in numbers]
    return list(history.conversations())


def _put(text: str, options: Namespace) -> None:
    if options.out is None:
        print(text, end="")
        return
    write_new(options.out, (text.encode("utf-8"),))


def erase(options: Namespace) -> int:
    """Erase one conversation or all of them, after asking."""
    history = open_services(options).history
    what = (
        _("conversation {number}").format(number=options.number)
        if options.number is not None
        else _("every conversation")
    )
    if options.number is not None:
        history.conversation(options.number)
    if not options.yes and not _agreed(what, str(history.path)):
        print(_("Nothing was erased."))
        return 0
    if options.number is not None:
        history.erase(options.number)
    else:
        history.erase_all()
    print(_("Erased: {what}.").format(what=what))
    return 0


def _agreed(what: str, file: str) -> bool:
    print(_("This erases {what} in {file}. It cannot be undone.").format(what=what, file=file))
    print(_("Type {word} to go on: ").format(word=_("yes")), end="", flush=True)
    return sys.stdin.readline().strip().casefold() in {"yes", _("yes").casefold()}
