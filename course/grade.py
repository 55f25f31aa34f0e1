"""How an answer is judged: pure functions from a question and a response to a mark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from .errors import ResponseError
from .explain import explained
from .model import Choice, Classify, Cloze, Likert, Matching, Numeric, Open, Ordering, ShortText, plain
from .response import Chosen, Filled, Grouped, Ordered, Paired, Rated, Typed, Written
from .verdict import Verdict, judge_gap, judge_number, judge_words, wanted_in_gap, wanted_number, wanted_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Block, Item, Pair, Text
    from .response import Response

_ALL = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Part:
    """How one part of an answer was judged: an option, a pair, a card, a step or a gap."""

    given: str
    """What the learner gave, in words; empty when nothing."""
    wanted: str
    """The right answer, in words; empty for an option that should be left alone."""
    right: bool
    feedback: tuple[Block, ...] = ()
    """What the author says to it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How an answer was judged."""

    share: float
    """How much of it is right, 0 to 1."""
    points: float
    right: bool
    """Whether all of it is right."""
    parts: tuple[Part, ...] = ()
    """In the author's order; steps in the order given."""
    near_miss: str = ""
    """The accepted wording that was missed by a letter or two."""
    feedback: tuple[Block, ...] = ()
    """What to show after the answer: to its parts, the caution when wrong, the explanation."""
    words: str = ""
    """The mark explained in a few sentences; `explain.explained` gives them in other languages."""
    earned: float = 0.0
    """The share before all-or-nothing, hints and earlier tries were reckoned in."""
    lost: float = 0.0
    """The share that hints and earlier tries took away."""
    accents_only: bool = False
    """Whether nothing but accents is missing in a near miss."""
    wrong_unit: str = ""
    """The unit that was asked for, when a number fits but was given in another one."""


@dataclass(frozen=True, slots=True)
class _Judged:
    share: float
    parts: tuple[Part, ...]
    near: str = ""
    feedback: tuple[Block, ...] | None = None
    accents_only: bool = False
    wrong_unit: str = ""


def grade(item: Item, response: Response, *, hints: int = 0, earlier: int = 0) -> Mark:
    """The mark of a response; `ResponseError` when it belongs to another kind of question.

    Each of the `hints` shown and of the `earlier` tries takes the question's penalty off what was earned.
    """
    judged = _judge(item, response)
    frame = item.frame
    earned = min(1.0, max(0.0, judged.share))
    right = earned >= _ALL
    share = 1.0 if right else earned if frame.partial else 0.0
    lost = min(share, frame.penalty * (hints + earlier))
    said = _said(judged.parts) if judged.feedback is None else judged.feedback
    mark = Mark(
        share=share - lost,
        points=(share - lost) * frame.points,
        right=right,
        parts=judged.parts,
        near_miss=judged.near,
        feedback=(*said, *(() if right else frame.caution), *frame.explanation),
        earned=earned,
        lost=lost,
        accents_only=judged.accents_only,
        wrong_unit=judged.wrong_unit,
    )
    return replace(mark, words=" ".join(explained(item, mark)))


def _judge(item: Item, response: Response) -> _Judged:
    match item, response:
        case Choice(), Chosen(options=options):
            return _choice(item, frozenset(options))
        case ShortText(accepted=keys), Typed(text=text):
            verdict = judge_words(text, keys, strict=item.frame.accents_strict)
            return _typed(text, wanted_words(keys), verdict)
        case Numeric(accepted=ranges, unit=unit), Typed(text=text):
            return _typed(text, wanted_number(ranges, unit), judge_number(text, ranges, unit))
        case Matching(pairs=pairs, choices=choices), Paired(rights=places):
            return _pairs(pairs, choices, places)
        case Classify(cards=cards, groups=groups), Grouped(groups=places):
            return _pairs(cards, groups, places)
        case Ordering(), Ordered(order=order):
            return _ordering(item, order)
        case Cloze(), Filled(gaps=texts):
            return _cloze(item, texts)
        case Open(), Written(ticked=ticked):
            return _open(item, frozenset(ticked))
        case Likert(), Rated(values=values):
            return _likert(item, values)
    raise ResponseError("This answer belongs to another kind of question; answer this one anew.")


def _choice(item: Choice, chosen: frozenset[int]) -> _Judged:
    """One choice: its weight, or all or nothing. Several: +1 and -1, over the number of right ones."""
    _refuse_strangers(chosen, len(item.options))
    if len(chosen) > 1 and not item.multiple:
        raise ResponseError("This question takes one option only; choose one.")
    ticks = max(1, sum(option.right for option in item.options))  # none in a damaged record alone
    share = 0.0
    for place in chosen:
        option = item.options[place]
        wrong = -1 / ticks if item.multiple else 0.0
        usual = 1 / ticks if option.right else wrong
        share += usual if option.weight is None else option.weight
    parts = tuple(
        Part(
            given=plain(option.text) if place in chosen else "",
            wanted=plain(option.text) if option.right else "",
            right=(place in chosen) == option.right,
            feedback=option.feedback,
        )
        for place, option in enumerate(item.options)
    )
    picked = tuple(block for place in sorted(chosen) for block in item.options[place].feedback)
    return _Judged(share, parts, feedback=picked)


def _typed(text: str, wanted: str, verdict: Verdict) -> _Judged:
    part = Part(text, wanted, verdict.share >= _ALL, verdict.feedback)
    return _Judged(
        verdict.share,
        (part,),
        verdict.near,
        verdict.feedback,
        accents_only=verdict.accents_only,
        wrong_unit=verdict.wrong_unit,
    )


def _pairs(pairs: Sequence[Pair], choices: Sequence[Text], places: Sequence[int | None]) -> _Judged:
    """The share of pairs that are right."""
    _refuse_length(len(places), len(pairs))
    _refuse_strangers({place for place in places if place is not None}, len(choices))
    parts = []
    for pair, place in zip(pairs, places, strict=True):
        given = "" if place is None else plain(choices[place])
        parts.append(Part(given, plain(pair.right), given == plain(pair.right), pair.feedback))
    return _shared(parts)


def _ordering(item: Ordering, order: Sequence[int]) -> _Judged:
    """All when exact, else the share of neighbours of which the first belongs before the second."""
    if sorted(order) != list(range(len(item.steps))):
        raise ResponseError("This answer does not name every step once; answer this question anew.")
    neighbours = list(pairwise(order))
    parts = tuple(
        Part(plain(item.steps[given].text), plain(step.text), given == place, item.steps[given].feedback)
        for place, (given, step) in enumerate(zip(order, item.steps, strict=True))
    )
    return _Judged(sum(one < other for one, other in neighbours) / len(neighbours), parts)


def _cloze(item: Cloze, texts: Sequence[str]) -> _Judged:
    """The share of gaps that are right."""
    gaps = item.gaps
    _refuse_length(len(texts), len(gaps))
    strict = item.frame.accents_strict
    verdicts = [judge_gap(text, gap, strict=strict) for text, gap in zip(texts, gaps, strict=True)]
    parts = tuple(
        Part(text, wanted_in_gap(gap), verdict.share >= _ALL, verdict.feedback)
        for text, gap, verdict in zip(texts, gaps, verdicts, strict=True)
    )
    near = next((verdict for verdict in verdicts if verdict.near), Verdict())
    share = sum(verdict.share for verdict in verdicts) / len(gaps)
    return _Judged(share, parts, near.near, accents_only=near.accents_only)


def _open(item: Open, ticked: frozenset[int]) -> _Judged:
    """The share of checks that the learner ticked."""
    _refuse_strangers(ticked, len(item.checks))
    parts = tuple(
        Part(plain(check.text) if place in ticked else "", plain(check.text), place in ticked)
        for place, check in enumerate(item.checks)
    )
    return _shared(parts)


def _likert(item: Likert, values: Sequence[int | None]) -> _Judged:
    """Whatever was rated is as good as anything else; it earns no points."""
    _refuse_length(len(values), len(item.statements))
    if any(value not in {None, *item.steps} for value in values):
        raise ResponseError("This answer names something that is not there; answer this question anew.")
    parts = tuple(
        Part("" if value is None else str(value), "", right=True, feedback=statement.feedback)
        for value, statement in zip(values, item.statements, strict=True)
    )
    return _Judged(1.0, parts)


def _shared(parts: Sequence[Part]) -> _Judged:
    return _Judged(sum(part.right for part in parts) / len(parts), tuple(parts))


def _said(parts: Sequence[Part]) -> tuple[Block, ...]:
    """The author's words to what is wrong, or to everything when all is right."""
    wrong = [part for part in parts if not part.right]
    return tuple(block for part in wrong or parts for block in part.feedback)


def _refuse_strangers(places: frozenset[int] | set[int], count: int) -> None:
    if any(not 0 <= place < count for place in places):
        raise ResponseError("This answer names something that is not there; answer this question anew.")


def _refuse_length(given: int, wanted: int) -> None:
    if given != wanted:
        raise ResponseError(
            f"This answer has {given} parts, the question {wanted}; answer this question anew."
        )
