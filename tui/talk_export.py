"""A conversation written to a file of its own, as Markdown or JSON."""

from __future__ import annotations

from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING

from .clean import clean
from .whole_files import write_new

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.conversation import Conversation


class Form(StrEnum):
    """How a conversation is written down; the value ends the file name."""

    MARKDOWN = "md"
    JSON = "json"


def write_talk(conversation: Conversation, folder: Path, form: Form) -> Path:
    """The new file, named by the day and the number of the conversation; no file is written over.

    Raises:
        OSError: if it cannot be written.
    """
    from assistant.export import as_json, as_markdown  # noqa: PLC0415 - pydantic, needed only to write

    text = as_json([conversation]) + "\n" if form is Form.JSON else clean(as_markdown([conversation]))
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{conversation.began:%Y-%m-%d}-talk-{conversation.id}"
    for number in count(1):
        path = folder / (f"{name}.{form}" if number == 1 else f"{name}-{number}.{form}")
        try:
            write_new(path, (text.encode("utf-8"),))
        except FileExistsError:
            continue
        break
    return path
