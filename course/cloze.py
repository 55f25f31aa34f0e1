"""Running text with gaps: `[[answer | variant]]`, `[[= 36 ± 0]]`, menu `[[ (right) | wrong ]]`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .answers import refuse_beyond_letters
from .faults import QuestionFault
from .keys import Key, accepted, is_number_key, number_range
from .model import Accepted, Block, Gap, ListBlock, NumberRange, Paragraph, Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_GAP = re.compile(r"\[\[((?:(?!\[\[).)+?)\]\](?!\])", re.DOTALL)
_RIGHT = re.compile(r"\((.+)\)", re.DOTALL)


def has_gaps(block: Block) -> bool:
    """Whether a block of running text, or a list, holds a gap."""
    if isinstance(block, Paragraph):
        return _GAP.search(_joined(block.text)) is not None
    return isinstance(block, ListBlock) and any(
        has_gaps(inner) for entry in block.items for inner in entry.blocks
    )


def rows_of(
    blocks: Sequence[Block], sources: Mapping[int, str]
) -> tuple[tuple[Block, ...], tuple[tuple[Text | Gap, ...], ...]]:
    """The blocks before the first gap, and the running text from there on as rows of texts and gaps."""
    first = next(number for number, block in enumerate(blocks) if has_gaps(block))
    rows = [row for block in blocks[first:] for row in _rows(block, sources, "")]
    return tuple(blocks[:first]), tuple(rows)


def _rows(block: Block, sources: Mapping[int, str], lead: str) -> Iterator[tuple[Text | Gap, ...]]:
    if isinstance(block, Paragraph):
        row = _row(block, sources)
        yield ((Span(lead),), *row) if lead else row
    elif isinstance(block, ListBlock):
        for number, entry in enumerate(block.items, block.start):
            sign = f"{number}. " if block.ordered else "• "
            for inner in entry.blocks:
                yield from _rows(inner, sources, sign)
                sign = "  "
    else:
        message = "Only paragraphs and lists may follow the first gap; move the rest above it."
        raise QuestionFault("Q014", message, block.line)


def _row(block: Paragraph, sources: Mapping[int, str]) -> tuple[Text | Gap, ...]:
    words = _joined(block.text)
    gaps = list(_GAP.finditer(words))
    written = _GAP.findall(sources.get(block.line, ""))
    parts: list[Text | Gap] = []
    end = 0
    for number, match in enumerate(gaps):
        before = _cut(block.text, end, match.start())
        if before:
            parts.append(before)
        source = written[number] if len(written) == len(gaps) and "/" in match[1] else match[1]
        parts.append(_gap(source, block.line))
        end = match.end()
    rest = _cut(block.text, end, len(words))
    return (*parts, rest) if rest else tuple(parts)


def _gap(source: str, line: int) -> Gap:
    parts = [part.strip() for part in _ways(source)]
    if not all(parts):
        raise QuestionFault("Q014", f"The gap [[{source}]] has an empty part; fill it or drop the |.", line)
    if any(_RIGHT.fullmatch(part) for part in parts):
        return _menu(parts, source, line)
    keys = [_key(part, line) for part in parts]
    if all(key.wrong for key in keys):
        raise QuestionFault("Q012", f"The gap [[{source}]] has no right answer.", line)
    return _typed(parts, keys)


def _typed(parts: Sequence[str], keys: Sequence[Key]) -> Gap:
    texts: list[Accepted] = []
    numbers: list[NumberRange] = []
    for part, key in zip(parts, keys, strict=True):
        if part[0] in "=~" and is_number_key(key.text):
            numbers.append(number_range(key))
        else:
            texts.append(accepted(key))
    return Gap(tuple(texts), tuple(numbers))


def _menu(parts: Sequence[str], source: str, line: int) -> Gap:
    refuse_beyond_letters(len(parts), "choices in a menu", line)
    menu: list[str] = []
    right: list[Accepted] = []
    for part in parts:
        match = _RIGHT.fullmatch(part)
        menu.append(match[1].strip() if match else part)
        if match:
            right.append(Accepted(menu[-1], line))
    if len(set(menu)) < 2 or len(set(menu)) != len(menu):
        raise QuestionFault("Q014", f"The menu [[{source}]] needs two or more choices that differ.", line)
    return Gap(tuple(right), menu=tuple(menu))


def _key(part: str, line: int) -> Key:
    return Key(part.lstrip("=~").strip() if part[0] in "=~" else part, line, wrong=part[0] == "~")


def _ways(source: str) -> list[str]:
    """The parts between the bars; a bar inside /a pattern/ is no border."""
    stripped = source.strip().removeprefix("=").strip()
    if stripped.startswith("/") and stripped.endswith("/") and stripped.count("/") == 2:
        return [source]
    return source.replace("\\|", "|").split("|")


def _joined(text: Text) -> str:
    """The words of a text, one sign for each thing that is no word, so that places can be counted."""
    return "".join("\n" if span.line_break else span.text for span in text)


def _cut(text: Text, start: int, end: int) -> Text:
    """The spans between two places of `_joined`."""
    parts: list[Span] = []
    at = 0
    for span in text:
        length = 1 if span.line_break else len(span.text)
        low, high = max(start - at, 0), min(end - at, length)
        if span.line_break or span.footnote is not None:
            inside = start <= at < end or (length == 0 and start <= at <= end and at == end)
            if inside:
                parts.append(span)
        elif low < high:
            parts.append(replace(span, text=span.text[low:high]))
        at += length
    return tuple(parts)
