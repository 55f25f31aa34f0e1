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
from .errors import ResponseError
from .grade import grade
from .model import Choice, Classify, Cloze, Matching, Numeric, Ordering, QuizMode, ShortText
from .response import response_from_json
from .sitting import Sitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    learners: int = 0
    """Learners with at least one row."""
    unfinished: int = 0
    """Attempts left out because they were not finished."""
    outdated: int = 0
    """Attempts left out because the quiz had other questions then, or an answer was never marked."""
    apart: dict[str, int] = field(default_factory=dict)
    """Answers to questions that have no right answer, by the id of the question."""


def is_marked(item: Item) -> bool:
    """Whether a question has a right answer, so that statistics can judge it."""
    return isinstance(item, _MARKED)


def quiz_layout(quiz: Quiz, learners: Iterable[Learner], tries: Tries = Tries.FIRST) -> Layout:
    """Finished sittings of a quiz: the first one of each learner, or all.

    In practice mode the first answer to a question counts, as later ones follow on feedback; elsewhere the
    last one does, as it is the one that was scored. What was left out earns nothing.
    """
    known = {item.frame.id: item for item in quiz.items}
    size = sum(is_marked(item) for item in Sitting(quiz, 0).items)
    digests = {name: item_digest(item) for name, item in known.items()}
    rows, counted, unfinished, outdated = [], 0, 0, 0
    apart: dict[str, int] = {}
    for learner in learners:
        own = [sat for sat in learner.sittings if sat.quiz_id == quiz.id]
        unfinished += learner.unfinished.count(quiz.id)
        found = 0
        for sat in own[:1] if tries is Tries.FIRST else own:
            row = _row(sat, known, digests)
            if row is None or len(row) != size:
                outdated += 1
            else:
                rows.append(row)
                found = 1
            _count_apart(sat.answers, known, apart)
        counted += found
    names = dict.fromkeys(_name(item) for item in quiz.items)
    return Layout(tuple(_by_position(rows, list(names))), counted, unfinished, outdated, apart)


def lesson_layout(items: Sequence[Item], learners: Iterable[Learner], tries: Tries = Tries.FIRST) -> Layout:
    """Rounds of a lesson's questions: a learner's first answers to all of them, or also second ones and so on.

    A learner who has not answered every question of the lesson has not finished a round.
    """
    marked = [item for item in items if is_marked(item)]
    known = {item.frame.id: item for item in items}
    digests = {name: item_digest(item) for name, item in known.items()}
    rows, counted, unfinished, outdated = [], 0, 0, 0
    apart: dict[str, int] = {}
    for learner in learners:
        own = [answered for answered in learner.practised if answered.item_id in known]
        given = {item.frame.id: [one for one in own if one.item_id == item.frame.id] for item in marked}
        rounds = min((len(answers) for answers in given.values()), default=0)
        unfinished += bool(own) and not rounds
        found = 0
        for turn in range(min(rounds, 1) if tries is Tries.FIRST else rounds):
            cells = [_cell(item, given[item.frame.id][turn], digests[item.frame.id]) for item in marked]
            whole = tuple(cell for cell in cells if cell is not None)
            if len(whole) == len(cells):
                rows.append(whole)
                found = 1
            else:
                outdated += 1
        counted += found
        _count_apart(own, known, apart)
    return Layout(tuple(rows), counted, unfinished, outdated, apart)


def _row(sat: Sat, known: dict[str, Item], digests: dict[str, str]) -> tuple[Cell, ...] | None:
    """The cells of a sitting in the order shown; None when it cannot be compared with today's quiz."""
    answers = reversed(sat.answers) if sat.mode == QuizMode.PRACTICE else sat.answers
    counting = {answered.item_id: answered for answered in answers}
    cells = []
    for name, wording in sat.wordings.items():
        item = known.get(name)
        if item is None:
            return None
        if is_marked(item):
            cell = _cell(item, counting.get(name), digests[name], wording)
            if cell is None:
                return None
            cells.append(cell)
    return tuple(cells)


def _cell(item: Item, answered: Answered | None, digest: str, wording: str = "") -> Cell | None:
    """What an answer earned; one without a mark is judged now if the question is still the same."""
    if answered is None:
        return Cell(item, 0.0, present=wording in {"", digest})
    present = answered.item_digest in {"", digest}
    share = answered.share
    if share is None:
        if not present:
            return None
        try:
            share = grade(item, response_from_json(answered.response_json)).share
        except ResponseError:
            return None
    return Cell(item, share, answered.response_json, present)


def _by_position(rows: Sequence[tuple[Cell, ...]], names: Sequence[str]) -> list[tuple[Cell, ...]]:
    """Rows in one order of positions: what all sittings have in that of the quiz, what was drawn by its turn."""
    filled = [{_name(cell.item): cell for cell in row} for row in rows]
    shared = [name for name in names if all(name in row for row in filled)]
    return [
        (
            *(row[name] for name in shared),
            *(cell for name, cell in row.items() if name not in shared),
        )
        for row in filled
    ]


def _name(item: Item) -> str:
    """What a position is called that this question fills alone, or in turn with its variants."""
    return item.frame.variant_of or item.frame.id


def _count_apart(answers: Iterable[Answered], known: dict[str, Item], apart: dict[str, int]) -> None:
    for answered in answers:
        item = known.get(answered.item_id)
        if item is not None and not is_marked(item):
            apart[answered.item_id] = apart.get(answered.item_id, 0) + 1
