"""Answer lists into questions: the shape of the list tells the type."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from string import ascii_lowercase
from typing import TYPE_CHECKING

from .comments import without_comments
from .faults import QuestionFault
from .keys import Key, accepted, is_number_key, number_range, weight_of
from .model import (
    Block,
    Callout,
    Choice,
    Classify,
    Code,
    ListBlock,
    ListItem,
    Matching,
    Numeric,
    Option,
    Ordering,
    Pair,
    Paragraph,
    Quote,
    ShortText,
    Span,
    Step,
    Text,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .marker import Marker
    from .model import Frame, Item

_TRUE_FALSE = (
    {"true", "false"},
    {"sandt", "falsk"},
    {"rigtigt", "forkert"},
    {"wahr", "falsch"},
    {"richtig", "falsch"},
    {"prawda", "fałsz"},
    {"verdadero", "falso"},
    {"cierto", "falso"},
)
_ARROW = re.compile(r"\s*(?:→|(?<![-<])->)\s*")
_GROUP = re.compile(r"\s*(?:=>|⇒)\s*")


class Shape(StrEnum):
    """What an answer list looks like."""

    BOXES = "boxes"
    KEYS = "keys"
    GROUPS = "groups"
    ARROWS = "arrows"
    STEPS = "steps"


def shape_of(block: Block, sources: Mapping[int, str]) -> Shape | None:
    """The shape of an answer list; None for a list that is only text."""
    if not isinstance(block, ListBlock):
        return None
    if block.is_checklist:
        return Shape.BOXES
    if block.ordered:
        return Shape.STEPS
    heads = [_source(item, sources) for item in block.items]
    if any(head.startswith(("=", "~")) and not head.startswith("=>") for head in heads):
        return Shape.KEYS
    if any(_GROUP.search(head) for head in heads):
        return Shape.GROUPS
    return Shape.ARROWS if any(_ARROW.search(head) for head in heads) else None


def item_from(
    shape: Shape, block: ListBlock, frame: Frame, marker: Marker, sources: Mapping[int, str]
) -> Item:
    """The question that an answer list holds."""
    match shape:
        case Shape.BOXES:
            return _choice(block, frame, marker, sources)
        case Shape.KEYS:
            return _typed(block, frame, marker, sources)
        case Shape.GROUPS:
            return _classify(block, frame)
        case Shape.ARROWS:
            return _matching(block, frame)
        case Shape.STEPS:
            return _ordering(block, frame)


def _choice(block: ListBlock, frame: Frame, marker: Marker, sources: Mapping[int, str]) -> Choice:
    kind = marker.type
    options = tuple(_option(entry, sources) for entry in block.items)
    ticks = sum(option.right for option in options)
    texts = [plain(option.text).casefold().strip(" .!") for option in options]
    refuse_beyond_letters(len(options), "options", block.line)
    refuse_repeats(texts, "options", block.line)
    if len(options) < 2:
        raise QuestionFault("Q013", "A choice needs at least two options.", block.line)
    if not ticks:
        raise QuestionFault("Q012", "No option is ticked as right; write [x] in its box.", block.line)
    true_false = kind == "truefalse" or (not kind and ticks == 1 and set(texts) in _TRUE_FALSE)
    if true_false and (len(options), ticks) != (2, 1):
        raise QuestionFault(
            "Q013", "A true/false question needs two options, one of them ticked.", block.line
        )
    if kind == "single" and ticks > 1:
        raise QuestionFault("Q013", "A single choice has one right option; untick the others.", block.line)
    multiple = ticks > 1 or kind == "multiple"
    return Choice(frame, options, multiple=multiple, true_false=true_false, counted=marker.counted)


def _option(entry: ListItem, sources: Mapping[int, str]) -> Option:
    text, feedback = said(entry)
    weight = weight_of(_raw(entry, sources), entry.line)
    if entry.ticked is None:
        message = f"The option “{plain(text)}” has no box; begin it with [ ] or [x]."
        raise QuestionFault("Q013", message, entry.line)
    return Option(text, entry.ticked, entry.line, feedback, weight)


def _typed(block: ListBlock, frame: Frame, marker: Marker, sources: Mapping[int, str]) -> ShortText | Numeric:
    keys = tuple(_key(entry, sources) for entry in block.items)
    if all(key.wrong or key.share <= 0 for key in keys):
        raise QuestionFault("Q012", "No answer is right; begin at least one line with =.", block.line)
    first = next(key for key in keys if not key.wrong)
    if marker.type == "number" or (not marker.type and is_number_key(first.text)):
        return Numeric(frame, tuple(number_range(key) for key in keys), marker.values.get("unit", ""))
    return ShortText(frame, tuple(accepted(key) for key in keys))


def _key(entry: ListItem, sources: Mapping[int, str]) -> Key:
    text, feedback = said(entry)
    source = _source(entry, sources)
    sign = source[:1]
    if sign not in {"=", "~"}:
        message = f"“{plain(text)}” is no answer; begin the line with = (accepted) or ~ (known to be wrong)."
        raise QuestionFault("Q020", message, entry.line)
    behind = source[1:].strip()
    words = behind if behind.startswith("/") else plain(text).strip().removeprefix(sign).strip()
    return Key(words, entry.line, sign == "~", weight_of(_raw(entry, sources), entry.line), feedback)


def _classify(block: ListBlock, frame: Frame) -> Classify:
    item = Classify(frame, tuple(_pair(entry, _GROUP, "=>") for entry in block.items))
    refuse_beyond_letters(len(item.groups), "groups", block.line)
    return item


def _matching(block: ListBlock, frame: Frame) -> Matching:
    pairs: list[Pair] = []
    extras: list[Text] = []
    for entry in block.items:
        pair = _pair(entry, _ARROW, "→")
        if plain(pair.left):
            pairs.append(pair)
        else:
            extras.append(pair.right)
    if not pairs:
        raise QuestionFault("Q012", "Every left side is empty; write at least one pair.", block.line)
    refuse_repeats([plain(pair.left) for pair in pairs], "left sides", block.line)
    known = {plain(pair.right) for pair in pairs}
    for extra in extras:
        if plain(extra) in known:
            message = f"“{plain(extra)}” is an extra and belongs to a pair as well; drop the extra."
            raise QuestionFault("Q013", message, block.line)
    item = Matching(frame, tuple(pairs), tuple(extras))
    refuse_beyond_letters(len(item.choices), "right sides", block.line)
    return item


def _pair(entry: ListItem, sign: re.Pattern[str], shown: str) -> Pair:
    text, feedback = said(entry)
    left, right = split_text(text, sign)
    if right is None or not plain(right):
        message = f"“{plain(text)}” has no right side; write LEFT {shown} RIGHT."
        raise QuestionFault("Q013", message, entry.line)
    if shown == "=>" and not plain(left):
        raise QuestionFault("Q013", f"“{plain(text)}” has no card; write CARD => GROUP.", entry.line)
    return Pair(left, right, entry.line, feedback)


def _ordering(block: ListBlock, frame: Frame) -> Ordering:
    steps = []
    for entry in block.items:
        text, feedback = said(entry)
        steps.append(Step(text, entry.line, feedback))
    if len(steps) < 2:
        raise QuestionFault("Q013", "An order needs at least two steps.", block.line)
    refuse_repeats([plain(step.text) for step in steps], "steps", block.line)
    return Ordering(frame, tuple(steps))


# Entries of a list ------------------------------------------------------------------------------


def split_text(text: Text, sign: re.Pattern[str]) -> tuple[Text, Text | None]:
    """A text parted at the first sign outside code; the second part is None when there is no sign."""
    for index, span in enumerate(text):
        match = None if span.code or span.link else sign.search(span.text)
        if match:
            left = (*text[:index], replace(span, text=span.text[: match.start()]))
            right = (replace(span, text=span.text[match.end() :]), *text[index + 1 :])
            return _worded(left), _worded(right)
    return text, None


def _worded(spans: Sequence[Span]) -> Text:
    return tuple(span for span in spans if span.text or span.image or span.footnote or span.line_break)


def said(entry: ListItem) -> tuple[Text, tuple[Block, ...]]:
    """The text of an entry, and the feedback quoted under it."""
    feedback: list[Block] = []
    words: list[Span] = []
    for block in entry.blocks:
        if isinstance(block, Quote | Callout):
            feedback.extend(block.blocks)
        else:
            words.extend((Span("", line_break=True),) if words else ())
            words.extend(_flat(block))
    if not words:
        raise QuestionFault("Q013", "An entry of the answer list is empty; write its text.", entry.line)
    return tuple(words), tuple(feedback)


def _flat(block: Block) -> Iterable[Span]:
    if isinstance(block, Paragraph):
        return block.text
    if isinstance(block, Code):
        return (Span(block.text.rstrip("\n"), code=True),)
    message = "An answer may hold text, code and quoted feedback only; move the rest above the answer list."
    raise QuestionFault("Q013", message, block.line)


def _raw(entry: ListItem, sources: Mapping[int, str]) -> str:
    first = entry.blocks[0] if entry.blocks else None
    return sources.get(first.line, "").strip() if isinstance(first, Paragraph) else ""


def _source(entry: ListItem, sources: Mapping[int, str]) -> str:
    return without_comments(_raw(entry, sources)).strip()


def refuse_repeats(texts: Iterable[str], what: str, line: int) -> None:
    """Refuse answers that a learner cannot tell apart."""
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            raise QuestionFault("Q013", f"Two {what} say “{text}”; make them differ.", line)
        seen.add(text)


def refuse_beyond_letters(count: int, what: str, line: int) -> None:
    """Refuse more answers than there are letters to choose them by."""
    most = len(ascii_lowercase)
    if count > most:
        message = f"This question has {count} {what}; {most} are the most, as each is chosen by a letter."
        raise QuestionFault("Q013", message, line)
