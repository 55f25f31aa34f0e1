"""What a parser makes of a file, and how it crosses from one process to another."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from .model import Block, BlockKind

_KINDS = {kind.value: kind for kind in BlockKind}
_fields = attrgetter("kind", "start", "end", "headings", "line", "level", "page")


class RefusedError(Exception):
    """Why a file cannot become a guide: the rest of a sentence that begins with its path."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The readable text of a file with its structure."""

    title: str
    """Empty if the file names none."""
    text: str
    blocks: tuple[Block, ...]
    language: str = ""
    """What the file says its language is, for where its words do not tell."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing below the headings."""
        return all(block.kind is BlockKind.HEADING for block in self.blocks)

    def to_json(self) -> dict[str, object]:
        """Plain lists and words."""
        blocks = [(kind.value, *rest) for kind, *rest in map(_fields, self.blocks)]
        return {"title": self.title, "text": self.text, "blocks": blocks, "language": self.language}


def from_json(found: dict[str, object]) -> Parsed:
    """The value that `to_json` wrote down."""
    rows = found["blocks"]
    if not isinstance(rows, list):
        raise TypeError("blocks is no list")
    blocks = tuple(
        Block(_KINDS[kind], start, end, tuple(headings), line, level, page)
        for kind, start, end, headings, line, level, page in rows
    )
    return Parsed(str(found["title"]), str(found["text"]), blocks, str(found["language"]))


def titled(title: str, text: str, blocks: tuple[Block, ...], language: str = "") -> Parsed:
    """A parsed file under a title, else under its first heading; the one that repeats it stands in no path."""
    first = next((block for block in blocks if block.kind is BlockKind.HEADING), None)
    if first is None:
        return Parsed(title, text, blocks, language)
    words = text[first.start : first.end]
    title = title or words
    if words.casefold() == title.casefold():
        blocks = tuple(_below(block, words) if block.start > first.start else block for block in blocks)
    return Parsed(title, text, blocks, language)


def _below(block: Block, title: str) -> Block:
    kind, start, end, path, line, level, page = _fields(block)
    return Block(kind, start, end, path[1:], line, level, page) if path[:1] == (title,) else block
