"""One sitting of a quiz, as a value: which questions, in which order, what was answered, how it went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .digest import item_digest
from .drawing import drawn
from .errors import NotFound, ResponseError
from .grade import grade
from .history import Planned
from .score import Score, score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .grade import Mark
    from .history import Attempt
    from .model import Item, Quiz
    from .response import Response

_FEW = 2


@dataclass(frozen=True, slots=True)
class Given:
    """An answer within a sitting."""

    item_id: str
    response: Response
    mark: Mark


@dataclass(frozen=True, slots=True)
class Result:
    """How a sitting went."""

    score: Score
    passed: bool
    strengths: tuple[str, ...]
    """Up to two outcomes that went best."""
    next_steps: tuple[str, ...]
    """Up to two outcomes to work on, weakest first."""
    words: str

    @property
    def percent(self) -> int:
        """The score in whole per cent."""
        return self.score.percent


@dataclass(frozen=True, slots=True)
class Sitting:
    """The questions drawn for a seed, and the answers so far; the last answer to a question counts."""

    quiz: Quiz
    seed: int
    given: tuple[Given, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions drawn for the seed, in the order shown."""
        return drawn(self.quiz, self.seed)

    @property
    def plan(self) -> tuple[Planned, ...]:
        """The questions as the record keeps them with the run."""
        return tuple(Planned(item.frame.id, item.frame.points, item.frame.outcome) for item in self.items)

    @property
    def marks(self) -> Mapping[str, Mark]:
        """The mark of each question answered, by its id."""
        return {given.item_id: given.mark for given in self.given}

    @property
    def current(self) -> Item | None:
        """The first question without an answer; None when all are answered."""
        marks = self.marks
        return next((item for item in self.items if item.frame.id not in marks), None)

    @property
    def position(self) -> int:
        """Number of the current question, from 1; one more than there are when all are answered."""
        current = self.current
        return len(self.items) + 1 if current is None else self.items.index(current) + 1

    @property
    def finished(self) -> bool:
        """Whether every question is answered."""
        return self.current is None

    def answer(self, response: Response, item_id: str | None = None) -> Sitting:
        """The sitting with an answer to the current question, or to the one named."""
        item = self._item(item_id)
        kept = tuple(given for given in self.given if given.item_id != item.frame.id)
        return replace(self, given=(*kept, Given(item.frame.id, response, grade(item, response))))

    def resumed(self, attempts: Iterable[Attempt]) -> Sitting:
        """The sitting with answers from the record; those to a question changed since are asked anew."""
        sitting = self
        items = {item.frame.id: item for item in self.items}
        for attempt in attempts:
            item = items.get(attempt.item_id)
            if item is None or attempt.item_digest not in {"", item_digest(item)}:
                continue
            try:
                sitting = sitting.answer(attempt.response, attempt.item_id)
            except ResponseError:
                continue
        return sitting

    def retake(self) -> Sitting:
        """A new sitting: another order, and another variant where there are several."""
        return Sitting(self.quiz, self.seed + 1)

    def result(self, outcomes: Mapping[str, str] | None = None) -> Result:
        """How it went; `outcomes` gives the outcomes in words."""
        total = score(self.plan, {name: mark.share for name, mark in self.marks.items()})
        passed = total.passes(self.quiz.pass_percent)
        strengths, weak = _extremes(total.outcomes)
        named = outcomes or {}
        return Result(
            score=total,
            passed=passed,
            strengths=tuple(named.get(name, name) for name in strengths),
            next_steps=tuple(named.get(name, name) for name in weak),
            words=_words(total, self.quiz.pass_percent, passed=passed),
        )

    def _item(self, item_id: str | None) -> Item:
        found = self.current if item_id is None else None
        for item in self.items if item_id is not None else ():
            if item.frame.id == item_id:
                found = item
        if found is None:
            raise NotFound("This question is not part of the quiz, or the quiz is finished.")
        return found


def _extremes(outcomes: Mapping[str, float]) -> tuple[Sequence[str], Sequence[str]]:
    ranked = sorted(outcomes, key=lambda name: (-outcomes[name], name))
    weak = [name for name in reversed(ranked) if outcomes[name] < 1][:_FEW]
    strong = [name for name in ranked if outcomes[name] > 0 and name not in weak][:_FEW]
    return strong, weak


def _words(total: Score, wanted: int, *, passed: bool) -> str:
    if passed:
        return f"Passed with {total.percent} %."
    zero = sorted(name for name, share in total.outcomes.items() if not share)
    if total.percent >= wanted and zero:
        named = " and ".join(zero)
        return f"Not passed yet: {total.percent} %, but no point for {named}; every outcome needs one."
    return f"Not passed yet: {total.percent} % of the {wanted} % needed."
