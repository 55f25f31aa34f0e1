"""What a learner likely remembers of each question, worked out from the answers alone.

Nobody grades themselves. Each encounter with a question gives one of FSRS's four ratings:

| rating | encounter |
|---|---|
| Again | less than half of the points |
| Hard  | half of the points or more, but not all; or all of them with a hint, at a further try, or unsure |
| Good  | all of the points at the first try, without a hint |
| Easy  | the same, and the learner was certain |

An encounter is every answer to a question within one sitting; in a lesson, the answers within one hour. The first
answer decides where it is followed by the right one. A further try counts only where the right answer is held back
until the tries are used up. In an exam, where an answer may be changed, the last one decides. Exams and checks count
when they are handed in.

A question and its variants share one memory: each is a way to ask for the same thing.

The cards are FSRS-6 (`fsrs` library) with its default weights, a wanted retention of 90 %, whole days, no fuzz. They
are never stored: the same answers give the same cards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import cache
from typing import TYPE_CHECKING

from fsrs import Card, Rating, Scheduler

from .history import EXAM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from .history import Attempt, Run

WANTED_RETENTION = 0.9
LONGEST_DAYS = 365
"""No question stays away for longer than a year."""
TOGETHER = timedelta(hours=1)
"""Answers in a lesson that lie no further apart belong to one encounter."""
UNSURE, CERTAIN = 1, 3
"""The ends of the scale of certainty."""

_ALL, _HALF = 1 - 1e-9, 0.5


def _alone(attempt: Attempt) -> str:
    return attempt.item_id


@dataclass(frozen=True, slots=True)
class Memory:
    """A question with its variants, as FSRS sees it after the last encounter."""

    item_id: str
    """The one of them that was answered last."""
    digest: str
    """The wording that was answered last."""
    stability: float
    """Days after which nine of ten such questions are still known."""
    difficulty: float
    """1, easy, to 10."""
    last: datetime
    due: datetime
    seconds: float | None
    """How long an answer usually took; None when nobody knows."""

    def retrievability(self, now: datetime) -> float:
        """How likely the learner still knows it, 0 to 1."""
        card = Card(card_id=1, stability=self.stability, due=self.due, last_review=self.last)
        return _scheduler().get_card_retrievability(card, max(now, self.last))


def memories(
    attempts: Iterable[Attempt], runs: Iterable[Run] = (), family: Callable[[Attempt], str] = _alone
) -> Mapping[str, Memory]:
    """The memory of each question that was answered, by the `family` that it has in common with its variants."""
    cards: dict[str, Card] = {}
    last: dict[str, Attempt] = {}
    seconds: dict[str, list[float]] = {}
    for encounter, run in _encounters(attempts, {run.id: run for run in runs}):
        final = encounter[-1]
        name = family(final)
        card = cards.get(name) or Card(card_id=1, due=final.at)
        at = max(final.at, card.last_review or final.at).astimezone(UTC)
        cards[name], _ = _scheduler().review_card(card, rating(encounter, run), at)
        last[name] = final
        seconds.setdefault(name, []).extend(
            attempt.seconds for attempt in encounter if attempt.seconds is not None
        )
    return {name: _memory(last[name], card, seconds[name]) for name, card in cards.items()}


def rating(encounter: Sequence[Attempt], run: Run | None = None) -> Rating:
    """The rating that an encounter gives; its answers are marked and in order."""
    if run is not None and run.mode == EXAM:
        return _rating(encounter[-1])
    first = _rating(encounter[0])
    if first > Rating.Again or not _holds_back(encounter[0].item_id, run):
        return first
    return Rating.Hard if any(_share(attempt) >= _HALF for attempt in encounter[1:]) else Rating.Again


def _rating(attempt: Attempt) -> Rating:
    if _share(attempt) < _HALF:
        return Rating.Again
    if _share(attempt) < _ALL or attempt.hints or attempt.certainty == UNSURE:
        return Rating.Hard
    return Rating.Easy if attempt.certainty == CERTAIN else Rating.Good


def _share(attempt: Attempt) -> float:
    return attempt.share or 0.0


def _holds_back(item_id: str, run: Run | None) -> bool:
    """Whether the right answer stays hidden until the tries are used up."""
    return run is not None and any(planned.tries > 1 for planned in run.plan if planned.item_id == item_id)


def _encounters(
    attempts: Iterable[Attempt], runs: Mapping[int, Run]
) -> Iterator[tuple[list[Attempt], Run | None]]:
    """The marked answers put together to encounters, in the order in which these ended."""
    open_ones: dict[tuple[str, int | None], list[Attempt]] = {}
    found: list[list[Attempt]] = []
    for attempt in sorted(attempts, key=lambda attempt: (attempt.at, attempt.answer_id)):
        if attempt.share is None or not counts(attempt, runs):
            continue
        key = (attempt.item_id, attempt.run_id)
        group = open_ones.get(key)
        if group is None or (attempt.run_id is None and attempt.at - group[-1].at > TOGETHER):
            group = open_ones[key] = []
            found.append(group)
        group.append(attempt)
    for group in sorted(found, key=lambda group: (group[-1].at, group[-1].answer_id)):
        run_id = group[0].run_id
        yield group, None if run_id is None else runs[run_id]


def counts(attempt: Attempt, runs: Mapping[int, Run]) -> bool:
    """Whether an answer says something yet: those of exams and checks do when the sitting is handed in."""
    if attempt.run_id is None:
        return True
    run = runs.get(attempt.run_id)
    return run is not None and (run.finished is not None or run.mode not in {EXAM, "check"})


def _memory(attempt: Attempt, card: Card, seconds: Sequence[float]) -> Memory:
    middle = sorted(seconds)[len(seconds) // 2] if seconds else None
    return Memory(
        item_id=attempt.item_id,
        digest=attempt.item_digest,
        stability=card.stability or 0.0,
        difficulty=card.difficulty or 0.0,
        last=card.last_review or attempt.at,
        due=card.due,
        seconds=middle,
    )


@cache
def _scheduler() -> Scheduler:
    return Scheduler(
        desired_retention=WANTED_RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )
