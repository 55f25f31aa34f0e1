"""One sitting of a quiz, as a value: which questions, in which order, what was answered, how it went."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .digest import item_digest
from .drawing import drawn
from .errors import NotFound, ResponseError
from .grade import grade
from .history import Planned, Terms
from .model import QuizMode
from .result import result_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .grade import Mark
    from .history import Attempt, Run
    from .model import Item, Quiz
    from .response import Response
    from .result import Result


@dataclass(frozen=True, slots=True)
class Given:
    """The last answer to a question of a sitting."""

    item_id: str
    response: Response
    mark: Mark
    tries: int = 1
    """Which try it was."""
    hints: int = 0
    """Hints read before it."""
    certainty: int | None = None
    """How sure the learner was, 1 to 3; None where it was not asked."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the answer sheet."""

    number: int
    """From 1, in the order shown."""
    item: Item
    answered: bool
    flagged: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """The questions drawn for a seed, and the answers so far; the last answer to a question counts."""

    quiz_id: str
    mode: QuizMode
    terms: Terms
    seed: int
    items: tuple[Item, ...]
    """The questions in the order shown."""
    given: tuple[Given, ...] = ()
    flagged: frozenset[str] = field(default_factory=frozenset)
    """Questions that the learner wants to look at again."""

    @classmethod
    def begun(cls, quiz: Quiz, seed: int, outcomes: Mapping[str, str] | None = None) -> Sitting:
        """A new sitting of a quiz; `outcomes` gives those of the module in words."""
        terms = Terms(quiz.title, quiz.pass_percent, quiz.minutes, quiz.tries, dict(outcomes or {}))
        return cls(quiz.id, quiz.mode, terms, seed, drawn(quiz, seed))

    @classmethod
    def of_run(cls, run: Run, items: Mapping[str, Item]) -> Sitting:
        """The sitting that a run of the record stands for; `items` holds its questions as asked, by id."""
        kept = tuple(items[planned.item_id] for planned in run.plan if planned.item_id in items)
        mode = QuizMode(run.mode) if run.mode in set(QuizMode) else QuizMode.PRACTICE
        return cls(run.quiz_id, mode, run.terms, run.seed, kept)

    @property
    def plan(self) -> tuple[Planned, ...]:
        """The questions as the record keeps them with the run."""
        return tuple(
            Planned(
                item.frame.id, item.frame.points, item.frame.outcome, item_digest(item), self._allowed(item)
            )
            for item in self.items
        )

    @property
    def marks(self) -> Mapping[str, Mark]:
        """The mark of each question answered, by its id."""
        return {given.item_id: given.mark for given in self.given}

    @property
    def sheet(self) -> tuple[Entry, ...]:
        """Every question with whether it is answered and flagged."""
        marks = self.marks
        return tuple(
            Entry(number, item, item.frame.id in marks, item.frame.id in self.flagged)
            for number, item in enumerate(self.items, 1)
        )

    @property
    def current(self) -> Item | None:
        """The first question without an answer; None when all are answered."""
        return next((entry.item for entry in self.sheet if not entry.answered), None)

    @property
    def position(self) -> int:
        """Number of the current question, from 1; one more than there are when all are answered."""
        current = self.current
        return len(self.items) + 1 if current is None else self.items.index(current) + 1

    @property
    def finished(self) -> bool:
        """Whether every question is answered."""
        return self.current is None

    def last(self, item: Item) -> Given | None:
        """The last answer to a question."""
        return next((given for given in self.given if given.item_id == item.frame.id), None)

    def tries_left(self, item: Item) -> int | None:
        """How often a question may still be answered; None for as often as the learner likes."""
        given = self.last(item)
        done = given.tries if given else 0
        if self.mode is QuizMode.EXAM:
            return None
        allowed = self._allowed(item)
        return max(0, allowed - done) if allowed else None

    def _allowed(self, item: Item) -> int:
        return 1 if self.mode is not QuizMode.PRACTICE else item.frame.tries or self.terms.tries

    def answer(
        self,
        response: Response,
        item_id: str | None = None,
        *,
        hints: int = 0,
        certainty: int | None = None,
    ) -> Sitting:
        """The sitting with an answer to the current question, or to the one named.

        In an exam an answer replaces the one before; elsewhere it is one more try.
        """
        item = self._item(item_id)
        before = self.last(item)
        earlier = before.tries if before and self.mode is not QuizMode.EXAM else 0
        mark = grade(item, response, hints=hints, earlier=earlier)
        return self.noted(Given(item.frame.id, response, mark, earlier + 1, hints, certainty))

    def noted(self, given: Given) -> Sitting:
        """The sitting with an answer that was judged already."""
        kept = tuple(other for other in self.given if other.item_id != given.item_id)
        return replace(self, given=(*kept, given))

    def flag(self, item_id: str, *, flagged: bool) -> Sitting:
        """The sitting with a question flagged, or no longer."""
        names = self.flagged | {item_id} if flagged else self.flagged - {item_id}
        return replace(self, flagged=names)

    def resumed(self, attempts: Iterable[Attempt]) -> Sitting:
        """The sitting with answers from the record, each with the points it earned when it was given."""
        sitting = self
        names = {item.frame.id for item in self.items}
        for attempt in attempts:
            if attempt.item_id not in names:
                continue
            try:
                sitting = sitting.answer(
                    attempt.response, attempt.item_id, hints=attempt.hints, certainty=attempt.certainty
                )
            except ResponseError:
                continue
            sitting = sitting.noted(_as_marked(sitting.given[-1], attempt))
        return sitting

    def result(self) -> Result:
        """How it went; a question without an answer earns nothing."""
        return result_of(self.plan, {name: mark.share for name, mark in self.marks.items()}, self.terms)

    def _item(self, item_id: str | None) -> Item:
        found = self.current if item_id is None else None
        for item in self.items if item_id is not None else ():
            if item.frame.id == item_id:
                found = item
        if found is None:
            raise NotFound("This question is not part of the quiz, or the quiz is finished.")
        return found


def _as_marked(given: Given, attempt: Attempt) -> Given:
    """An answer with the mark that the record holds, whatever it would earn today."""
    if attempt.share is None or attempt.points is None:
        return given
    return replace(given, mark=replace(given.mark, share=attempt.share, points=attempt.points))
