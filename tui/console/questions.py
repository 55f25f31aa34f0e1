"""Questions as plain lines, as they are read aloud or printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.model import Choice, Classify, Cloze, Gap, Likert, Matching, Ordering
from tui.console.plain import letter, lines_of, sentence, wrapped
from tui.language import _
from tui.mark_words import wanted_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course.model import Item, Open

LONGEST_REMARK = 72
"""Characters of a remark that may follow the question; a longer text is a case, to be read before it."""


def question_lines(item: Item, order: Sequence[int] = (), *, case: bool = True) -> Iterator[str]:
    """What is asked, what is wanted and what there is to choose from; `order` as `display_order` gives it.

    Without `case` the case that the question is about is left out, as it was just read.
    """
    if case and item.frame.case is not None:
        yield item.frame.case.title
        yield from lines_of(item.frame.case.blocks)
    yield f"{wanted_words(item)}."
    prompt, body = wrapped(sentence(item.frame.prompt)), list(lines_of(item.frame.body))
    is_case = sum(map(len, body)) > LONGEST_REMARK
    yield from [*body, *prompt] if is_case else [*prompt, *body]
    yield from _choices(item, order)


def _choices(item: Item, order: Sequence[int]) -> Iterator[str]:
    match item:
        case Choice(options=options):
            yield from _lettered([sentence(option.text) for option in options], order)
        case Matching(pairs=pairs, choices=choices):
            yield from _numbered([sentence(pair.left) for pair in pairs])
            yield from _lettered([sentence(choice) for choice in choices], order)
        case Classify(cards=cards, groups=groups):
            yield from _numbered([sentence(card.left) for card in cards], order)
            yield from _lettered([sentence(group) for group in groups])
        case Ordering(steps=steps):
            yield from _numbered([sentence(step.text) for step in steps], order)
        case Cloze():
            yield from _gapped(item)
        case Likert(statements=statements):
            yield from wrapped(_scale(item))
            yield from _numbered([sentence(statement.text) for statement in statements])


def model_lines(item: Open) -> Iterator[str]:
    """The model answer of an open question, and the points to tick."""
    if item.model:
        yield _("A model answer:")
        yield from lines_of(item.model)
    yield _("What does your own text hold?")
    yield from _lettered([sentence(check.text) for check in item.checks])


def _scale(item: Likert) -> str:
    """The words of a scale in one line."""
    ends = (item.low, item.high) if len(item.labels) == 2 else item.steps
    if not item.labels:
        return _("Numbers from {low} to {high}.").format(low=item.low, high=item.high)
    named = zip(ends, item.labels, strict=True)
    return f"{', '.join(f'{value} = {label}' for value, label in named)}."


def _arranged(texts: Sequence[str], order: Sequence[int]) -> list[str]:
    return [texts[place] for place in order] if order else list(texts)


def _lettered(texts: Sequence[str], order: Sequence[int] = ()) -> Iterator[str]:
    for place, text in enumerate(_arranged(texts, order)):
        yield from wrapped(f"{letter(place)}. {text}", hang="   ")


def _numbered(texts: Sequence[str], order: Sequence[int] = ()) -> Iterator[str]:
    for place, text in enumerate(_arranged(texts, order), 1):
        yield from wrapped(f"{place}. {text}", hang="   ")


def _gapped(item: Cloze) -> Iterator[str]:
    """The text with numbered gaps, and under it the choices of those that have a menu."""
    menus = []
    number = 0
    for row in item.paragraphs:
        parts = []
        for part in row:
            if isinstance(part, Gap):
                number += 1
                parts.append(_("[gap {number}]").format(number=number))
                menus.append((number, part.menu))
            else:
                parts.append(sentence(part))
        yield from wrapped("".join(parts))
    for number, menu in menus:
        if menu:
            choices = ", ".join(f"{letter(place)} {text}" for place, text in enumerate(menu))
            yield from wrapped(
                _("Gap {number}: {choices}").format(number=number, choices=choices), hang="   "
            )
