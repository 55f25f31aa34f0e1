"""Conversations to take away, as Markdown or JSON; every citation says where its words stand."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .conversation import Conversation, Exchange, Feedback, Reason, evaluation_case
from .errors import HistoryError
from .model import Answer
from .wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model import Citation


def as_json(conversations: Iterable[Conversation]) -> str:
    """A JSON list of conversations; answers have the form of `hansa ask --json`."""
    return json.dumps([plain(each) for each in conversations], ensure_ascii=False, indent=2)


def plain(conversation: Conversation) -> dict[str, object]:
    """A conversation as plain values."""
    return {
        "id": conversation.id,
        "began": conversation.began.isoformat(),
        "exchanges": [_plain_exchange(each) for each in conversation.exchanges],
    }


def _plain_exchange(exchange: Exchange) -> dict[str, object]:
    feedback = exchange.feedback
    return {
        "id": exchange.id,
        "asked_at": exchange.asked_at.isoformat(),
        **exchange.answer.model_dump(mode="json"),
        "feedback": _plain_feedback(feedback) if feedback else None,
    }


def from_line(line: str) -> Conversation:
    """The conversation in a line of JSON that `plain` wrote down; it gets new numbers when it is kept.

    Raises:
        HistoryError: if it is no such thing.
    """
    try:
        row = json.loads(line)
        exchanges = tuple(_exchange_from(each) for each in row["exchanges"])
        return Conversation(0, datetime.fromisoformat(row["began"]), exchanges)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise HistoryError("A conversation in this file cannot be read; export the data anew.") from error


def _exchange_from(row: dict[str, Any]) -> Exchange:
    opinion = row["feedback"]
    feedback = None
    if opinion:
        reason = Reason(opinion["reason"]) if opinion["reason"] else None
        expected = tuple(map(str, opinion["expected"]))
        feedback = Feedback(bool(opinion["good"]), reason, expected, bool(opinion["is_case"]))
    known = {name: value for name, value in row.items() if name in Answer.model_fields}
    return Exchange(0, datetime.fromisoformat(row["asked_at"]), Answer.model_validate(known), feedback)


def _plain_feedback(feedback: Feedback) -> dict[str, object]:
    return {
        "good": feedback.good,
        "reason": feedback.reason,
        "expected": list(feedback.expected),
        "is_case": feedback.is_case,
    }


def as_markdown(conversations: Iterable[Conversation]) -> str:
    """One chapter for each conversation; sources are quoted with guide, heading and offsets."""
    return "\n".join(_chapter(each) for each in conversations)


def _chapter(conversation: Conversation) -> str:
    heading = f"# {_line(conversation.title)}\n\n{conversation.began:%Y-%m-%d %H:%M} UTC\n"
    return "\n".join((heading, *map(_turn, conversation.exchanges)))


def _turn(exchange: Exchange) -> str:
    answer = exchange.answer
    parts = [f"## {_line(answer.question)}"]
    if answer.taken_as:
        parts.append(f"*{_line(say('taken_as', answer.language, question=answer.taken_as))}*")
    parts.append(_guarded(answer.answer))
    parts.append("\n".join(_source(each) for each in answer.citations or answer.nearest))
    return "\n\n".join(part for part in parts if part) + "\n"


def _source(citation: Citation) -> str:
    place = " › ".join(filter(None, (citation.title, citation.heading)))
    where = f"`guide:{citation.guide}` {citation.start}–{citation.end}"
    return f"{citation.n}. {_line(place)} ({where}): “{_line(citation.quote)}”"


def _guarded(text: str) -> str:
    """The lines of an answer, none of them taken for a heading or for HTML."""
    lines = (_line(line) for line in text.splitlines())
    return "\n".join(f"\\{line}" if line.startswith("#") else line for line in lines)


def _line(text: str) -> str:
    """One line in which nothing is markup of its own."""
    joined = " ".join(text.split())
    plain = "".join(f"\\{sign}" if sign in "\\`*_<>" else sign for sign in joined)
    return plain.replace("](", "]\\(")


def cases_as_lines(exchanges: Iterable[Exchange]) -> str:
    """One JSON object a line, as `hansa evaluate answers` reads them."""
    return "".join(json.dumps(evaluation_case(each), ensure_ascii=False) + "\n" for each in exchanges)
