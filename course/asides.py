"""The alerts of a question: hints, explanation, caution, model answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .model import Callout, CalloutKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Block, Frame

_KINDS = (CalloutKind.TIP, CalloutKind.NOTE, CalloutKind.IMPORTANT, CalloutKind.CAUTION)


def is_aside(block: Block) -> bool:
    """Whether a block says something to the answer instead of belonging to what is asked."""
    return isinstance(block, Callout) and block.kind in _KINDS


def parted(blocks: list[Block], answers: int | None) -> tuple[list[Block], list[Block]]:
    """What belongs to the question, and the text that runs on after its answers and alerts."""
    if answers is None:
        return blocks, []
    end = answers + 1
    while end < len(blocks) and is_aside(blocks[end]):
        end += 1
    return blocks[:end], blocks[end:]


def with_asides(frame: Frame, blocks: Sequence[Block], *, is_open: bool) -> Frame:
    """The frame with hints, explanation and caution; a model answer joins the explanation.

    That of an open question does not: it is shown for comparing, before the mark.
    """
    asides = [block for block in blocks if isinstance(block, Callout)]

    def of(*kinds: CalloutKind) -> tuple[Block, ...]:
        return tuple(
            inner for kind in kinds for aside in asides if aside.kind is kind for inner in aside.blocks
        )

    told = (CalloutKind.NOTE,) if is_open else (CalloutKind.NOTE, CalloutKind.IMPORTANT)
    return replace(
        frame,
        hints=tuple(aside.blocks for aside in asides if aside.kind is CalloutKind.TIP),
        explanation=of(*told),
        caution=of(CalloutKind.CAUTION),
    )
