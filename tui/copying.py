"""A block as text to copy, and the file in which it stands as well: not every terminal hands text to the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.model import Code

from .prose import block_lines
from .whole_files import write_over

if TYPE_CHECKING:
    from pathlib import Path

    from course.model import Block

_UNWRAPPED = 10_000


def copied_text(block: Block) -> str:
    """The words of a block as they stand, paragraphs on one line; code as it was written."""
    if isinstance(block, Code):
        return block.text
    return "\n".join(line.plain.rstrip() for line in block_lines((block,), _UNWRAPPED))


def keep_copy(path: Path, text: str) -> None:
    """Write what was copied last.

    Raises:
        OSError: if the file cannot be written.
    """
    write_over(path, (text.rstrip("\n") + "\n").encode("utf-8"))
