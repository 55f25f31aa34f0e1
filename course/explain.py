"""Marks in words: what was right, how the share came about, what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Choice, Classify, Cloze, Likert, Matching, Open, Ordering, plain
from .wording import FALLBACK, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .grade import Mark
    from .model import Item

_ALL = 1 - 1e-9


def explained(item: Item, mark: Mark, language: str = FALLBACK) -> tuple[str, ...]:
    """A mark in whole sentences: the verdict, how the share came about, what was close, what would be right."""
    return tuple(_sentences(item, mark, language))


def _sentences(item: Item, mark: Mark, language: str) -> Iterator[str]:
    if isinstance(item, Likert):
        yield say("rated", language)
        return
    yield _verdict(mark, language)
    if isinstance(item, Open) or not mark.right:
        yield from _reckoning(item, mark, language)
    if mark.lost > 0:
        yield say("penalty", language, percent=round(mark.lost * 100))
    if mark.right or isinstance(item, Open):
        return
    remark = _remark(mark, language) or _answer(item, mark, language)
    if remark:
        yield remark


def _verdict(mark: Mark, language: str) -> str:
    if mark.right:
        return say("correct", language)
    if mark.share > 0:
        return say("partly", language, percent=round(mark.share * 100))
    return say("wrong", language)


def _reckoning(item: Item, mark: Mark, language: str) -> Iterator[str]:
    """How many parts were right, where there are several; and why that may have earned nothing."""
    parts = mark.parts
    right, count = sum(part.right for part in parts), len(parts)
    match item:
        case Choice(multiple=True):
            found = [part for part in parts if part.wanted]
            hits = sum(part.right for part in found)
            wrong = sum(bool(part.given) and not part.wanted for part in parts)
            yield say("found", language, right=hits, count=len(found))
            if wrong:
                yield say("errors", language, wrong=wrong)
        case Matching() | Classify():
            yield say("pairs", language, right=right, count=count)
        case Ordering():
            pairs = count - 1
            yield say("neighbours", language, right=round(mark.earned * pairs), count=pairs)
        case Cloze() if count > 1:
            yield say("gaps", language, right=right, count=count)
        case Open():
            yield say("compared", language, right=right, count=count)
    if not item.frame.partial and mark.earned > 0 and not mark.right:
        yield say("whole", language)


def _remark(mark: Mark, language: str) -> str:
    """What was missed by a slip."""
    if mark.wrong_unit:
        return say("unit", language, unit=mark.wrong_unit)
    if not mark.near_miss:
        return ""
    return say("accents" if mark.accents_only else "near", language, wording=mark.near_miss)


def _answer(item: Item, mark: Mark, language: str) -> str:
    """The right answer in a sentence; what was already right is not said again."""
    parts = mark.parts
    match item:
        case Choice():
            answers = [part.wanted for part in parts if part.wanted]
            phrase = "right_many" if len(answers) > 1 else "right_one"
        case Matching(pairs=pairs) | Classify(cards=pairs):
            phrase = "would_be"
            answers = [
                f"{plain(pair.left)} – {part.wanted}"
                for pair, part in zip(pairs, parts, strict=True)
                if not part.right
            ]
        case Ordering(steps=steps):
            phrase, answers = "order", [plain(step.text) for step in steps]
        case _:
            phrase, answers = "would_be", [part.wanted for part in parts if not part.right and part.wanted]
    return say(phrase, language, answers="; ".join(answers)) if answers else ""
