"""Text without markup, read into blocks by what its lines look like."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from .marks import bullet_length, could_head, is_capitals, is_label, lead_in
from .model import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PROSE_LENGTH = 60
_WRAP_WIDTH = 100
_RULE = re.compile(r"[=\-_*~#]{3,}$")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int
    number: int
    indent: int
    gap: bool
    """Whether a blank line, or the start of the file, stands before it."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def _lines(text: str, first_line: int) -> Iterator[_Line]:
    offset, gap = 0, True
    for number, raw in enumerate(text.split("\n"), first_line):
        stripped = raw.strip()
        if not stripped or _RULE.match(stripped):
            gap = True
        else:
            indent = len(raw) - len(raw.lstrip())
            yield _Line(stripped, offset + indent, number, indent, gap)
            gap = False
        offset += len(raw) + 1


def _is_wrapped(lines: Sequence[_Line]) -> bool:
    """Whether paragraphs run over several lines, as in text wrapped at a width."""
    if not lines or max(len(line.text) for line in lines) > _WRAP_WIDTH:
        return False
    inner = [line for line, after in pairwise(lines) if not after.gap]
    prose = [line for line in inner if len(line.text) >= _PROSE_LENGTH // 2 and not is_label(line.text)]
    return len(prose) * 2 > len(inner) and any(not line.text.endswith((".", ":", ";", ",")) for line in prose)


def _reads_as_prose(line: _Line) -> bool:
    return len(line.text) >= _PROSE_LENGTH or line.text.endswith(".")


def _is_heading(line: _Line, after: _Line | None, *, wrapped: bool, first: bool) -> bool:
    """Whether a short line stands over what follows it."""
    if after is None or not could_head(line.text):
        return False
    if is_capitals(line.text) or (line.text.endswith(":") and (bullet_length(after.text) or not wrapped)):
        return True
    if line.gap and after.gap:
        return True
    if wrapped or line.text.endswith("?"):
        return False
    opens = first and is_label(after.text)
    return opens or bool(bullet_length(after.text)) or _reads_as_prose(after) or is_capitals(after.text)


def _kind(line: _Line, after: _Line | None, *, wrapped: bool, first: bool) -> BlockKind:
    if bullet_length(line.text):
        return BlockKind.LIST_ITEM
    if is_label(line.text):
        return BlockKind.LABEL
    if _is_heading(line, after, wrapped=wrapped, first=first):
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH


def _goes_on(first: _Line, kind: BlockKind, line: _Line, *, wrapped: bool) -> bool:
    """Whether a line continues the block that `first` opened."""
    if line.gap or bullet_length(line.text):
        return False
    if kind is BlockKind.LIST_ITEM:
        return line.indent > first.indent
    return wrapped and kind is BlockKind.PARAGRAPH


def _plain_blocks(lines: Sequence[_Line]) -> Iterator[tuple[Block, bool]]:
    """Blocks without headings yet, each with whether a gap stands after it."""
    wrapped = _is_wrapped(lines)
    kinds = [
        _kind(line, after, wrapped=wrapped, first=line is lines[0])
        for line, after in zip(lines, [*lines[1:], None], strict=False)
    ]
    place = 0
    while place < len(lines):
        first, kind, last = lines[place], kinds[place], place
        while last + 1 < len(lines) and _goes_on(first, kind, lines[last + 1], wrapped=wrapped):
            if kind is BlockKind.PARAGRAPH and kinds[last + 1] is not BlockKind.PARAGRAPH:
                break
            last += 1
        gap = last + 1 == len(lines) or lines[last + 1].gap
        yield Block(kind, first.start, lines[last].end, (), first.number), gap
        place = last + 1


def _squash(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _names_document(text: str, blocks: Sequence[tuple[Block, bool]], stem: str) -> bool:
    """Whether the first heading names the whole text, not only its first section."""
    if not blocks or blocks[0][0].kind is not BlockKind.HEADING:
        return False
    first, gap = blocks[0]
    heading = text[first.start : first.end]
    if heading.endswith(":"):
        return False
    followed_by = blocks[1][0].kind if len(blocks) > 1 else BlockKind.PARAGRAPH
    own_name = len(_squash(stem)) > 2 and _squash(stem) in _squash(heading)
    return own_name or gap or followed_by in {BlockKind.HEADING, BlockKind.LABEL}


def _name_in_text(text: str, stem: str) -> str:
    """The words of a file name as the text itself writes them; empty if it does not."""
    words = [word for word in re.split(r"[\W_]+", stem) if word]
    if not words:
        return ""
    pattern = r"[\W_]{0,2}".join(map(re.escape, words))
    written: list[str] = re.findall(rf"\b{pattern}\b", text, re.IGNORECASE)
    names = [name for name in written if name != name.lower()]
    return max(names, key=lambda name: (names.count(name), name), default="")


def _title(text: str, stem: str, heading: str) -> str:
    """The heading of the whole text, after the name it goes by if that is another; else the file's name."""
    name = _name_in_text(text, stem)
    if heading and name and _squash(name) not in _squash(heading):
        return f"{name} – {heading}"
    readable = " ".join(re.split(r"[\W_]+", stem)).strip() or stem
    return heading or name or readable[:1].upper() + readable[1:]


class _Outline:
    """The headings that stand over the next block."""

    def __init__(self) -> None:
        self.section = ""
        self.leads = ""
        self.holds_list = False

    def path(self) -> tuple[str, ...]:
        return tuple(part for part in (self.section, self.leads) if part)

    def enter(self, heading: str, *, leads_to_list: bool) -> tuple[str, ...]:
        """The path over a heading, which stands over what comes next."""
        name = heading.rstrip(": \xa0")
        if heading.endswith(":") and leads_to_list:
            self.leads = name
            return (self.section,) if self.section else ()
        self.section, self.leads, self.holds_list = name, "", leads_to_list
        return ()

    def meet(self, block: Block, words: str, *, leads_to_list: bool) -> tuple[str, ...]:
        """The path over a block that is no heading; what it says may lead to the next."""
        if block.kind is BlockKind.LIST_ITEM:
            return self.path()
        if block.kind is BlockKind.LABEL and self.holds_list:
            self.section = ""
        self.leads = ""
        path = self.path()
        if leads_to_list:
            self.leads = lead_in(words)
        return path


def parse_plain(text: str, stem: str, first_line: int = 1) -> tuple[str, tuple[Block, ...]]:
    """Title and blocks of a clean text; offsets count in that same text.

    A title is the first line where it stands for the whole text, else the file's name as the text writes it.
    """
    found = list(_plain_blocks(list(_lines(text, first_line))))
    named = _names_document(text, found, stem)
    title = _title(text, stem, text[found[0][0].start : found[0][0].end] if named else "")
    outline, blocks = _Outline(), []
    for place, (block, _) in enumerate(found):
        words = text[block.start : block.end]
        before_list = place + 1 < len(found) and found[place + 1][0].kind is BlockKind.LIST_ITEM
        if block.kind is not BlockKind.HEADING:
            path = outline.meet(block, words, leads_to_list=before_list)
            blocks.append(replace(block, headings=path, level=int(block.kind is BlockKind.LIST_ITEM)))
        elif place == 0 and named:
            blocks.append(replace(block, level=1))
        else:
            blocks.append(replace(block, headings=outline.enter(words, leads_to_list=before_list), level=2))
    return title, tuple(blocks)
