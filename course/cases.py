"""Cases: prose in a section of a file that several of its questions share."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from .items import Case
from .markdown import Comment
from .marker import read_marker
from .model import Heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Block
    from .outline import Outlined


def cases_of(
    blocks: Sequence[Block | Comment], outlined: Sequence[Outlined], owner: str
) -> dict[str, tuple[int, Case]]:
    """The prose above the first question of each section that has both, by the slug of the section.

    With each case comes the line of the section's heading; `owner` is the id of the file.
    """
    found: dict[str, tuple[int, Case]] = {}
    ends = [section.line for section in outlined[1:]]
    for section, end in zip(outlined, [*ends, None], strict=False):
        inside = between(blocks, section.line, end)
        first = next((at for at, block in enumerate(inside) if _opens_questions(block)), None)
        prose = inside[:first] if first is not None else []
        told = tuple(
            block for block in prose if not isinstance(block, Comment) and not _is_own(block, section)
        )
        if told:
            found[section.slug] = (section.line, Case(f"{owner}#{section.slug}", section.title, told))
    return found


def between(blocks: Sequence[Block | Comment], start: int, end: int | None) -> Sequence[Block | Comment]:
    """The blocks from one line up to another, of blocks in the order of their lines."""
    first = bisect_left(blocks, start, key=_line)
    return blocks[first:] if end is None else blocks[first : bisect_left(blocks, end, key=_line)]


def _line(block: Block | Comment) -> int:
    return block.line


def _opens_questions(block: Block | Comment) -> bool:
    marker = read_marker(block) if isinstance(block, Comment) else None
    return marker is not None and not marker.kind.startswith("/")


def _is_own(block: Block, section: Outlined) -> bool:
    return isinstance(block, Heading) and block.line == section.line
