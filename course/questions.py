"""Marked questions in a run of blocks put together into items; what is broken becomes a notice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .answers import Shape, item_from, shape_of
from .cloze import has_gaps, rows_of
from .faults import QuestionFault
from .markdown import Comment
from .marker import Marker, read_marker
from .model import (
    Block,
    Callout,
    CalloutKind,
    Choice,
    Classify,
    Cloze,
    Frame,
    Heading,
    Item,
    ListBlock,
    Matching,
    Numeric,
    Ordering,
    Paragraph,
    Place,
    Practice,
    Problem,
    Severity,
    ShortText,
    Span,
    Text,
    plain,
)
from .slugs import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_ASIDE = (CalloutKind.TIP, CalloutKind.NOTE, CalloutKind.IMPORTANT, CalloutKind.CAUTION)
_DEEPEST = 6
_NAMES = {
    "text": ShortText,
    "number": Numeric,
    "matching": Matching,
    "classify": Classify,
    "ordering": Ordering,
    "cloze": Cloze,
}


@dataclass
class Questions:
    """Puts together the questions of one file; ids must differ within it."""

    owner: str
    """Id of the lesson or quiz."""
    path: Path
    sources: Mapping[int, str]
    problems: list[Problem] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def gather(self, blocks: Sequence[Block | Comment]) -> tuple[Block, ...]:
        """The blocks with questions in place of their parts; other comments fall away."""
        found: list[Block] = []
        at = 0
        while at < len(blocks):
            block = blocks[at]
            at += 1
            if not isinstance(block, Comment):
                found.append(block)
                continue
            marker = read_marker(block)
            if marker is None:
                continue
            if marker.kind != "q":
                found.extend(self._other(marker))
                continue
            end = _end(blocks, at)
            inside = [inner for inner in blocks[at:end] if not isinstance(inner, Comment)]
            found.extend(self._question(marker, inside))
            at = end + (1 if end < len(blocks) and _closes(blocks[end]) else 0)
        return tuple(found)

    def _question(self, marker: Marker, blocks: Sequence[Block]) -> list[Block]:
        for message in marker.unknown():
            self._tell("Q001", message, marker.line)
        try:
            item, rest = self._item(marker, blocks)
        except QuestionFault as fault:
            self._tell(fault.code, fault.message, fault.line)
            return [_notice(blocks, fault.message, marker.line)]
        return [Practice(item, marker.line), *rest]

    def _item(self, marker: Marker, blocks: Sequence[Block]) -> tuple[Item, list[Block]]:
        kind = marker.type
        prompt, parts = _prompt(blocks, marker.line)
        at = _answers_at(parts, self.sources, kind)
        inner, rest = _parted(parts, at)
        frame = _with_asides(self._frame(marker, prompt), inner)
        body = [block for block in inner if not _is_aside(block)]
        if at is None:
            return self._cloze(frame, body, marker, kind), rest
        answers = parts[at]
        shape = shape_of(answers, self.sources)
        if shape is None or not isinstance(answers, ListBlock):
            raise QuestionFault("Q011", "The answer list cannot be read.", answers.line)
        body.remove(answers)
        frame = replace(frame, body=tuple(body))
        item = item_from(shape, answers, frame, kind, self.sources, marker.values.get("unit", ""))
        _confirm(item, kind, marker.line)
        return item, rest

    def _cloze(self, frame: Frame, body: list[Block], marker: Marker, kind: str) -> Cloze:
        if kind not in {"", "cloze"} or not any(has_gaps(block) for block in body):
            message = "No answers follow; write an answer list, or [[gaps]] in the text."
            raise QuestionFault("Q011", message, marker.line)
        before, rows = rows_of(body, self.sources)
        return Cloze(replace(frame, body=before), rows)

    def _frame(self, marker: Marker, prompt: Text) -> Frame:
        variant_of = marker.values.get("variant-of", "")
        return Frame(
            id=self._id(marker, prompt),
            prompt=prompt,
            place=Place(self.path, marker.line),
            points=marker.points,
            outcome=marker.values.get("outcome", ""),
            variant_of=f"{self.owner}#{variant_of}" if variant_of else "",
            shuffle=marker.switch("shuffle", default=True),
            accents_strict=marker.accents_strict,
            partial=marker.switch("partial", default=True),
            tags=marker.tags,
        )

    def _id(self, marker: Marker, prompt: Text) -> str:
        own = marker.id
        if not own:
            own = f"q-{slug(plain(prompt))[:60]}"
            message = (
                f"This question has no id, so answers to it get lost when its words change; add id={own}."
            )
            self._tell("Q002", message, marker.line)
        if own in self.ids:
            message = f"The id `{own}` is taken by a question above; give this one another id."
            raise QuestionFault("Q003", message, marker.line)
        self.ids.add(own)
        return f"{self.owner}#{own}"

    def _other(self, marker: Marker) -> list[Block]:
        """What is to be said of a marker that opens no question."""
        if marker.kind == "draw":
            message = "Drawing questions from a bank is not possible yet; write the questions here."
            self._tell("Q031", message, marker.line)
            return [_notice((), message, marker.line)]
        if marker.kind == "pool":
            message = "A pool is not drawn from yet, so every question of it is shown."
            self._tell("Q031", message, marker.line, Severity.WARNING)
        elif marker.kind == "/q":
            self._tell("Q040", "This <!-- /q --> closes no question; remove it.", marker.line)
        return []

    def _tell(self, code: str, message: str, line: int, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem(Place(self.path, line), code, message, severity))


def _end(blocks: Sequence[Block | Comment], start: int) -> int:
    """Where the question ends that begins here."""
    first = blocks[start] if start < len(blocks) else None
    level = first.level if isinstance(first, Heading) else _DEEPEST
    for at in range(start, len(blocks)):
        block = blocks[at]
        if isinstance(block, Comment) and read_marker(block) is not None:
            return at
        if isinstance(block, Heading) and at > start and block.level <= level:
            return at
    return len(blocks)


def _closes(block: Block | Comment) -> bool:
    marker = read_marker(block) if isinstance(block, Comment) else None
    return marker is not None and marker.kind == "/q"


def _prompt(blocks: Sequence[Block], line: int) -> tuple[Text, list[Block]]:
    """The prompt and what follows it; a paragraph with gaps is its own prompt."""
    first = blocks[0] if blocks else None
    if isinstance(first, Heading) and first.text:
        return first.text, list(blocks[1:])
    if isinstance(first, Paragraph):
        return ((), list(blocks)) if has_gaps(first) else (first.text, list(blocks[1:]))
    message = "No question stands under this comment; write it as a heading or a paragraph."
    raise QuestionFault("Q010", message, line)


def _answers_at(blocks: Sequence[Block], sources: Mapping[int, str], kind: str) -> int | None:
    """Where the answer list stands: the last one before the alerts; None for a text with gaps."""
    found: int | None = None
    strong = False
    if kind == "cloze":
        return None
    for at, block in enumerate(blocks):
        shape = shape_of(block, sources)
        if shape is not None and not (strong and shape is Shape.STEPS):
            found, strong = at, shape is not Shape.STEPS
        elif found is not None and _is_aside(block):
            break
    gaps = any(has_gaps(block) for block in blocks)
    return None if gaps and not strong else found


def _parted(blocks: list[Block], answers: int | None) -> tuple[list[Block], list[Block]]:
    """What belongs to the question, and the text that runs on after its answers and alerts."""
    if answers is None:
        return blocks, []
    end = answers + 1
    while end < len(blocks) and _is_aside(blocks[end]):
        end += 1
    return blocks[:end], blocks[end:]


def _is_aside(block: Block) -> bool:
    return isinstance(block, Callout) and block.kind in _ASIDE


def _with_asides(frame: Frame, blocks: Sequence[Block]) -> Frame:
    """The frame with hints, explanation and caution; a model answer joins the explanation."""
    asides = [block for block in blocks if isinstance(block, Callout)]

    def of(*kinds: CalloutKind) -> tuple[Block, ...]:
        return tuple(
            inner for kind in kinds for aside in asides if aside.kind is kind for inner in aside.blocks
        )

    return replace(
        frame,
        hints=tuple(aside.blocks for aside in asides if aside.kind is CalloutKind.TIP),
        explanation=of(CalloutKind.NOTE, CalloutKind.IMPORTANT),
        caution=of(CalloutKind.CAUTION),
    )


def _confirm(item: Item, kind: str, line: int) -> None:
    """Refuse a question whose answers do not look like the type its author names."""
    wanted = _NAMES.get(kind, Choice if kind else type(item))
    if not isinstance(item, wanted):
        message = (
            f"The comment says type={kind}, but the answers are written as another type; make them agree."
        )
        raise QuestionFault("Q015", message, line)


def _notice(blocks: Sequence[Block], reason: str, line: int) -> Callout:
    """What a learner sees in place of a question that cannot be read."""
    first = blocks[0] if blocks else None
    words = plain(first.text) if isinstance(first, Heading | Paragraph) else ""
    named = f"The question “{words}” cannot be shown." if words else "A question cannot be shown here."
    return Callout(CalloutKind.WARNING, (Paragraph((Span(f"{named} {reason}"),), line),), line)
