"""Marked questions in a run of blocks put together into items; what is broken becomes a notice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .answers import Shape, item_from, shape_of
from .asides import is_aside, parted, with_asides
from .cloze import has_gaps, rows_of
from .faults import QuestionFault
from .likert import likert_from, statements_at
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
    Likert,
    ListBlock,
    Matching,
    Numeric,
    Open,
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
from .openended import model_at, open_from
from .pools import Pools
from .scope import without_effect
from .slugs import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from .model import Case

_DEEPEST = 6
_NAMES = {
    "text": ShortText,
    "number": Numeric,
    "matching": Matching,
    "classify": Classify,
    "ordering": Ordering,
    "cloze": Cloze,
    "open": Open,
    "likert": Likert,
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
    cases: Mapping[str, Case] = field(default_factory=dict)
    """What `case=…` may name."""
    case: Case | None = None
    """The case that the questions gathered next share."""
    bank: Callable[[str], Sequence[Item]] | None = None
    """The questions of a bank, by its name; `QuestionFault` when there is no such file."""

    def __post_init__(self) -> None:
        self.pools = Pools(self._tell)

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
            for message in marker.unknown():
                self._tell("Q001", message, marker.line)
            if marker.kind != "q":
                found.extend(self._other(marker))
                continue
            end = _end(blocks, at)
            inside = [inner for inner in blocks[at:end] if not isinstance(inner, Comment)]
            found.extend(self._question(marker, inside))
            at = end + (1 if end < len(blocks) and _closes(blocks[end]) else 0)
        return tuple(found)

    def _question(self, marker: Marker, blocks: Sequence[Block]) -> list[Block]:
        try:
            item, rest = self._item(marker, blocks)
        except QuestionFault as fault:
            self._tell(fault.code, fault.message, fault.line)
            return [_notice(blocks, fault.message, marker.line)]
        for name in without_effect(marker.values, item):
            message = f"The attribute `{name}` has no effect on a question of this type; remove it."
            self._tell("Q047", message, marker.line, Severity.WARNING)
        self.pools.add(item)
        return [Practice(item, marker.line), *rest]

    def _item(self, marker: Marker, blocks: Sequence[Block]) -> tuple[Item, list[Block]]:
        kind = marker.type
        prompt, parts = _prompt(blocks, marker.line)
        at = _answers_at(parts, self.sources, kind)
        inner, rest = parted(parts, at)
        frame = with_asides(self._frame(marker, prompt), inner, is_open=kind == "open")
        body = [block for block in inner if not is_aside(block)]
        if kind == "open" and at is not None:
            return open_from(inner, replace(frame, body=tuple(body))), rest
        if at is None:
            return self._cloze(frame, body, marker, kind), rest
        answers = parts[at]
        body.remove(answers)
        item = self._listed(marker, answers, replace(frame, body=tuple(body)))
        _confirm(item, kind, marker.line)
        return item, rest

    def _listed(self, marker: Marker, answers: Block, frame: Frame) -> Item:
        """The question of an answer list."""
        shape = shape_of(answers, self.sources)
        if isinstance(answers, ListBlock) and marker.type == "likert":
            return likert_from(answers, frame, marker)
        if shape is None or not isinstance(answers, ListBlock):
            raise QuestionFault("Q011", "The answer list cannot be read.", answers.line)
        return item_from(shape, answers, frame, marker, self.sources)

    def _cloze(self, frame: Frame, body: list[Block], marker: Marker, kind: str) -> Cloze:
        if kind not in {"", "cloze"} or not any(has_gaps(block) for block in body):
            raise QuestionFault("Q011", _MISSING.get(kind, _NO_ANSWERS), marker.line)
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
            level=marker.values.get("level", ""),
            case=self._case(marker),
            tries=marker.count("tries"),
            penalty=marker.penalty,
            pinned=marker.pinned,
            review=marker.switch("review", default=True),
            certainty=marker.switch("certainty", default=False),
        )

    def _case(self, marker: Marker) -> Case | None:
        name = marker.values.get("case", "")
        if not name or name in self.cases:
            return self.cases[name] if name else self.case
        known = ", ".join(self.cases) or "none"
        message = (
            f"case={name} names no section of this file with text above its questions; known are: {known}."
        )
        raise QuestionFault("Q046", message, marker.line)

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
        """What comes of a marker that opens no question."""
        try:
            match marker.kind:
                case "draw":
                    return self._drawn(marker)
                case "pool":
                    self.pools.open(marker)
                case "/pool":
                    self.pools.close(marker.line)
                case _:
                    self._tell("Q040", "This <!-- /q --> closes no question; remove it.", marker.line)
        except QuestionFault as fault:
            self._tell(fault.code, fault.message, fault.line)
            return [_notice((), fault.message, marker.line)]
        return []

    def _drawn(self, marker: Marker) -> list[Block]:
        """The questions of a bank that fit a draw."""
        name = marker.values.get("from", "")
        if not name or self.bank is None:
            message = "A draw needs the name of a bank; write from=bank/NAME."
            raise QuestionFault("Q031", message, marker.line)
        items = [item for item in self.bank(name) if _fits(item, marker)]
        if not items:
            message = f"{name} has no question that fits this draw; look at its tags and level."
            raise QuestionFault("Q031", message, marker.line)
        self.pools.draw(marker, items)
        fresh = [item for item in items if item.frame.id not in self.ids]
        self.ids.update(item.frame.id for item in fresh)
        return [Practice(item, marker.line) for item in fresh]

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
    if kind in _SPECIAL:
        return _SPECIAL[kind](blocks)
    found: int | None = None
    strong = False
    for at, block in enumerate(blocks):
        shape = shape_of(block, sources)
        if shape is not None and not (strong and shape is Shape.STEPS):
            found, strong = at, shape is not Shape.STEPS
        elif found is not None and is_aside(block):
            break
    gaps = any(has_gaps(block) for block in blocks)
    return None if gaps and not strong else found


_SPECIAL: dict[str, Callable[[Sequence[Block]], int | None]] = {
    "cloze": lambda _: None,
    "open": model_at,
    "likert": statements_at,
}
"""Where the answers of types stand that are known by name alone."""


_NO_ANSWERS = "No answers follow; write an answer list, or [[gaps]] in the text."
_MISSING = {
    "open": "No model answer follows; write it under > [!IMPORTANT], with a checklist.",
    "likert": "No statements follow; write them as a plain list.",
}


def _fits(item: Item, marker: Marker) -> bool:
    """Whether a question has every tag, and the level, that a draw asks for."""
    level = marker.values.get("level", "")
    return set(marker.tags) <= set(item.frame.tags) and level in {"", item.frame.level}


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
