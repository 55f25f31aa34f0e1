"""Open questions: a model answer in `> [!IMPORTANT]`, with a checklist that the learner ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answers import refuse_beyond_letters, said
from .faults import QuestionFault
from .items import Check, Open
from .model import Callout, CalloutKind, ListBlock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Block, Frame


def model_at(blocks: Sequence[Block]) -> int | None:
    """Where the model answer begins."""
    return next((at for at, block in enumerate(blocks) if _is_model(block)), None)


def open_from(blocks: Sequence[Block], frame: Frame) -> Open:
    """The open question that the alerts among the blocks describe."""
    inside = [
        inner for block in blocks if isinstance(block, Callout) and _is_model(block) for inner in block.blocks
    ]
    checks = tuple(
        Check(said(entry)[0], entry.line)
        for block in inside
        if isinstance(block, ListBlock) and block.is_checklist
        for entry in block.items
    )
    if not checks:
        message = "An open question needs a checklist in its > [!IMPORTANT]; write lines such as - [ ] Names a cost."
        raise QuestionFault("Q012", message, frame.place.line)
    refuse_beyond_letters(len(checks), "checks", checks[0].line)
    model = tuple(block for block in inside if not (isinstance(block, ListBlock) and block.is_checklist))
    return Open(frame, model, checks)


def _is_model(block: Block) -> bool:
    return isinstance(block, Callout) and block.kind is CalloutKind.IMPORTANT
