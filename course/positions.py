"""The sittings of a quiz, or rounds of a lesson's questions, laid out by position for statistics.

A position is a place of the quiz that every sitting fills: with its one question, with one of several
variants, or with a question drawn from many. A question may therefore stand at a position in only some
sittings, and in an earlier wording in others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from .digest import item_digest
from .drawing import drawn
from .errors import ResponseError
from .grade import grade
from .model import Choice, Classify, Cloze, Matching, Numeric, Ordering, QuizMode, ShortText
from .response import response_from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .model import Item, Quiz
    from .observations import Answered, Learner, Sat

_MARKED = (Choice, ShortText, Numeric, Matching, Classify, Ordering, Cloze)


class Tries(StrEnum):
    """Which attempts of a learner count."""

    FIRST = "first"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one sitting has at one position."""

    item: Item
    share: float
    """How much of it was right, 0 to 1; 0 when it was left out."""
    response_json: str = ""
    """The answer as it is stored; empty when there is none."""
    present: bool = True
    """Whether the question was asked in the words it has today."""

    @property
    def mark(self) -> float:
        """Points earned."""
        return self.share * self.item.frame.points


@dataclass(frozen=True, slots=True)
class Layout:
    """The attempts that count: a row a sitting, a column a position."""

    rows: tuple[tuple[Cell, ...], ...] = ()
    owners: tuple[int, ...] = ()
    """For each row the number of its learner, counted from 0 in no order that means anything."""
    unfinished: int = 0
    """Attempts left out because they were not finished."""
    outdated: int = 0
    """Attempts left out because the quiz had other questions then, or an answer was never marked."""
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Stored answers to questions that have no right answer, by the id of the question."""

    @property
    def learners(self) -> int:
        """Learners with at least one row."""
        return len(set(self.owners))


@dataclass(frozen=True, slots=True)
class _Attempt:
    asked: Mapping[str, str]
    """The questions in the order shown, each with the digest of its wording or nothing."""
    answers: Mapping[str, Answered]
    """The answer that counts to each question."""


def is_marked(item: Item) -> bool:
    """Whether a question has a right answer, so that statistics can judge it."""
    return isinstance(item, _MARKED)


def quiz_layout(quiz: Quiz, learners: Iterable[Learner], tries: Tries = Tries.FIRST) -> Layout:
    """Finished sittings of a quiz: the first one of each learner, or all.

    In practice mode the first answer to a question counts, as later ones follow on feedback; elsewhere the
    last one does, as it is the one that was scored. What was left out earns nothing.
    """
    everybody = list(learners)
    attempts = [
        [_sitting(sat) for sat in learner.sittings if sat.quiz_id == quiz.id][: _limit(tries)]
        for learner in everybody
    ]
    unfinished = sum(learner.unfinished.count(quiz.id) for learner in everybody)
    return _laid_out(attempts, quiz.items, len(drawn(quiz, 0)), _places(quiz), unfinished)


def lesson_layout(items: Sequence[Item], learners: Iterable[Learner], tries: Tries = Tries.FIRST) -> Layout:
    """Rounds of a lesson's questions: a learner's first answers to all of them, or also second ones and so on.

    A learner who has not answered every question of the lesson has not finished a round.
    """
    attempts, unfinished = [], 0
    for learner in learners:
        given: dict[str, list[Answered]] = {item.frame.id: [] for item in items}
        for answered in learner.practised:
            if answered.item_id in given:
                given[answered.item_id].append(answered)
        rounds = min((len(given[item.frame.id]) for item in items if is_marked(item)), default=0)
        unfinished += any(given.values()) and not rounds
        attempts.append([_round(given, turn) for turn in range(rounds)][: _limit(tries)])
    return _laid_out(attempts, items, len(items), {}, unfinished)


def _limit(tries: Tries) -> int | None:
    return 1 if tries is Tries.FIRST else None


def _sitting(sat: Sat) -> _Attempt:
    answers = reversed(sat.answers) if sat.mode == QuizMode.PRACTICE else sat.answers
    return _Attempt(sat.wordings, {answered.item_id: answered for answered in answers})


def _round(given: Mapping[str, Sequence[Answered]], turn: int) -> _Attempt:
    answers = {name: own[turn] for name, own in given.items() if turn < len(own)}
    return _Attempt(dict.fromkeys(given, ""), answers)


def _places(quiz: Quiz) -> dict[str, str]:
    """For each question that a pool picks in turn with others, the name of the pool."""
    return {
        name: pool.id for pool in quiz.pools if 0 < pool.pick < len(pool.item_ids) for name in pool.item_ids
    }


def _laid_out(
    attempts: Sequence[Sequence[_Attempt]],
    items: Sequence[Item],
    size: int,
    places: Mapping[str, str],
    unfinished: int,
) -> Layout:
    """The attempts of each learner that have as many questions as are asked today, all of them known."""
    known = {item.frame.id: (item, item_digest(item)) for item in items}
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    apart: dict[str, list[str]] = {}
    for learner, own in enumerate(attempts):
        for attempt in own:
            row = _row(attempt, known) if len(attempt.asked) == size else None
            if row is not None:
                rows.append((learner, row))
            for name, answered in attempt.answers.items():
                if name in known and not is_marked(known[name][0]):
                    apart.setdefault(name, []).append(answered.response_json)
    width = max((len(row) for _, row in rows), default=0)
    kept = [(learner, row) for learner, row in rows if len(row) == width]
    return Layout(
        rows=tuple(_by_position([row for _, row in kept], items, places)),
        owners=tuple(learner for learner, _ in kept),
        unfinished=unfinished,
        outdated=sum(map(len, attempts)) - len(kept),
        apart={name: tuple(given) for name, given in apart.items()},
    )


def _row(attempt: _Attempt, known: Mapping[str, tuple[Item, str]]) -> tuple[Cell, ...] | None:
    """The cells of an attempt in the order shown; None when it cannot be compared with today's questions."""
    cells = []
    for name, wording in attempt.asked.items():
        if name not in known:
            return None
        item, digest = known[name]
        if is_marked(item):
            cell = _cell(item, attempt.answers.get(name), digest, wording)
            if cell is None:
                return None
            cells.append(cell)
    return tuple(cells)


def _cell(item: Item, answered: Answered | None, digest: str, wording: str) -> Cell | None:
    """What an answer earned; one without a mark is judged now if the question is still the same."""
    if answered is None:
        return Cell(item, 0.0, present=wording in {"", digest})
    present = answered.item_digest in {"", digest}
    share = answered.share
    if share is None:
        if not present:
            return None
        try:
            share = grade(item, response_from_json(answered.response_json), hints=answered.hints).share
        except ResponseError:
            return None
    return Cell(item, share, answered.response_json, present)


def _by_position(
    rows: Sequence[tuple[Cell, ...]], items: Sequence[Item], places: Mapping[str, str]
) -> list[tuple[Cell, ...]]:
    """Rows in one order of positions: what all have in the order of the quiz, what was drawn by its turn."""
    filled = [_filled(row, places) for row in rows]
    names = dict.fromkeys(_place(item, places) for item in items)
    turns = [(name, turn) for name in names for turn in range(max(map(len, rows), default=0))]
    shared = [place for place in turns if all(place in row for row in filled)]
    known = set(shared)
    return [
        (
            *(row[place] for place in shared),
            *(cell for place, cell in row.items() if place not in known),
        )
        for row in filled
    ]


def _filled(row: Sequence[Cell], places: Mapping[str, str]) -> dict[tuple[str, int], Cell]:
    """The cells by place, and by turn where a pool fills several."""
    filled: dict[tuple[str, int], Cell] = {}
    for cell in row:
        name = _place(cell.item, places)
        turn = 0
        while (name, turn) in filled:
            turn += 1
        filled[name, turn] = cell
    return filled


def _place(item: Item, places: Mapping[str, str]) -> str:
    """The place that a question fills: its pool's, else its own, which it shares with its variants."""
    own = item.frame.variant_of or item.frame.id
    return places.get(own, own)
