"""Lines of a PDF, gathered into headings, paragraphs, list items and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from .marks import bullet_length, could_head, is_label
from .pdf_look import could_stand_over

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .pdf_lines import Line
    from .pdf_look import Look

_MOST_HEADING_LINES = 3
_FINISHED = re.compile(r"[.!?:;…][\"'»”’)\]]*$")
_DASHES = ("-", "–", "—", "*", "·")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+[^\W\d_]")


class GroupKind(Enum):
    """What a group of lines is."""

    HEADING = auto()
    TEXT = auto()
    ITEM = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together."""

    kind: GroupKind
    lines: tuple[Line, ...]


def groups(lines: Sequence[Line], look: Look) -> list[Group]:
    """All lines in groups, in the order of reading."""
    found: list[Group] = []
    place = 0
    while place < len(lines):
        stop = _table_end(lines, place)
        kind = GroupKind.TABLE if stop > place + 1 else _kind(lines, place, look)
        if kind is not GroupKind.TABLE:
            stop = place + 1
            while stop < len(lines) and _goes_on(kind, lines[place:stop], lines[stop], look):
                stop += 1
        found.append(_settled(Group(kind, tuple(lines[place:stop]))))
        place = stop
    return found if look.styled else _by_shape(found)


def _table_end(lines: Sequence[Line], start: int) -> int:
    """Where the rows end that begin at a line; one after it if there is no second row."""
    stop = start + 1
    while stop < len(lines) and _aligned(lines[stop - 1], lines[stop]):
        stop += 1
    return stop


def _aligned(line: Line, after: Line) -> bool:
    count = len(line.segments)
    if count < 2 or count != len(after.segments) or line.page != after.page:
        return False
    close = line.size
    pairs = zip(line.segments, after.segments, strict=True)
    return all(abs(one.left - two.left) < close or abs(one.right - two.right) < close for one, two in pairs)


def _kind(lines: Sequence[Line], place: int, look: Look) -> GroupKind:
    line = lines[place]
    if look.stands_out(line) and could_stand_over(line.text):
        return GroupKind.HEADING
    before = lines[place - 1] if place else None
    dashed = line.text.startswith(_DASHES) and before is not None
    if bullet_length(line.text) and not (dashed and before and not _opens_after(before)):
        return GroupKind.ITEM
    return GroupKind.TEXT


def _opens_after(line: Line) -> bool:
    """Whether a dash after a line can be a bullet and no dash within a sentence."""
    return bool(_FINISHED.search(line.text)) or bool(bullet_length(line.text)) or len(line.text) < 60


def _settled(group: Group) -> Group:
    """Headings of too many lines, or that end as a sentence does, are text."""
    if group.kind is GroupKind.HEADING:
        words = " ".join(line.text for line in group.lines)
        if len(group.lines) > _MOST_HEADING_LINES or not could_stand_over(words):
            return replace(group, kind=GroupKind.TEXT)
    return group


def _goes_on(kind: GroupKind, held: Sequence[Line], line: Line, look: Look) -> bool:
    """Whether a line goes on with the group before it."""
    last = held[-1]
    if abs(last.size - line.size) > 0.6 or last.bold != line.bold or len(line.segments) > 2:
        return False
    if kind is GroupKind.HEADING:
        return _is_below(last, line, look) and last.page == line.page and not _NUMBERED.match(line.text)
    if last.broken:
        return True
    if bullet_length(line.text) and (kind is GroupKind.ITEM or _opens_after(last)):
        return False
    unfinished = not _FINISHED.search(last.text)
    if last.page != line.page or last.base <= line.base:
        return unfinished and line.text[0].islower()
    if not _is_below(last, line, look) or (is_label(last.text) and is_label(line.text)):
        return False
    return _same_paragraph(kind, held, line, look, unfinished=unfinished)


def _is_below(last: Line, line: Line, look: Look) -> bool:
    return last.base > line.base and last.base - line.base <= look.distance(line) * 1.3


def _same_paragraph(
    kind: GroupKind, held: Sequence[Line], line: Line, look: Look, *, unfinished: bool
) -> bool:
    """Whether a line right below another is still of its paragraph."""
    last, indent = held[-1], line.left - held[-1].left
    if kind is GroupKind.ITEM:
        out = line.left - held[0].left < -0.5 * line.size
        return not out and (unfinished or line.left > held[0].left + 0.3 * line.size)
    if unfinished and line.text[0].islower():
        return True
    if indent > 0.8 * line.size and not unfinished:
        return False
    ends = look.ends_short(last) and (not unfinished or could_head(last.text))
    return not (ends and not line.text[0].islower())


def _by_shape(found: Sequence[Group]) -> list[Group]:
    """In a document all of one size and weight, short lines that stand alone over text are headings."""
    result = []
    for group, after in zip(found, [*found[1:], None], strict=True):
        heads = after is not None and _stands_over(group, after)
        result.append(replace(group, kind=GroupKind.HEADING) if heads else group)
    return result


def _stands_over(group: Group, after: Group) -> bool:
    if len(group.lines) > 1 or group.kind is GroupKind.TABLE or len(group.lines[0].segments) > 1:
        return False
    text = group.lines[0].text
    numbered = bool(_NUMBERED.match(text)) and len(text) < 80 and not text.endswith((".", ",", ";"))
    if group.kind is GroupKind.ITEM:
        return numbered and after.kind is GroupKind.TEXT and len(after.lines) > 1
    if after.kind is GroupKind.TEXT and len(after.lines) == 1 and not _FINISHED.search(after.lines[0].text):
        return False
    return could_head(text) or numbered
