"""What became of each question that a learner answered: how often, how last, and when it comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import ResponseError
from .memory import counts
from .model import plain
from .review import families
from .snapshot import item_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from .history import Attempt, Run
    from .review import Recalled


@dataclass(frozen=True, slots=True)
class QuestionHistory:
    """A question with its variants."""

    item_id: str
    """The variant that was answered last."""
    prompt: str
    """What it asks, as it was asked last; its id where the wording was not kept."""
    answers: int
    last_share: float
    """How much of the last answer was right, 0 to 1."""
    last_at: datetime
    due: datetime | None
    """When it is asked again; None for one that does not come back."""

    @property
    def module_id(self) -> str:
        """The module in which it stands."""
        return self.item_id.partition("/")[0]


def question_histories(
    attempts: Iterable[Attempt], runs: Iterable[Run], known: Iterable[Recalled], asked: Mapping[str, str]
) -> tuple[QuestionHistory, ...]:
    """Every question that was answered and judged, in the order of the last answers, the newest first.

    What was answered in an exam or check that is not handed in is left out: nobody has heard yet how it was.
    `known` are the questions that come back, `asked` the texts of questions by digest.
    """
    family = families(asked)
    by_id = {run.id: run for run in runs}
    groups: dict[str, list[Attempt]] = {}
    for attempt in sorted(attempts, key=lambda attempt: (attempt.at, attempt.answer_id)):
        if attempt.share is not None and counts(attempt, by_id):
            groups.setdefault(family(attempt), []).append(attempt)
    due = {one.family: one.memory.due for one in known}
    found = [_history(group, due.get(name), asked) for name, group in groups.items()]
    return tuple(sorted(found, key=lambda history: history.last_at, reverse=True))


def _history(group: Sequence[Attempt], due: datetime | None, asked: Mapping[str, str]) -> QuestionHistory:
    last = group[-1]
    return QuestionHistory(
        item_id=last.item_id,
        prompt=_prompt(asked.get(last.item_digest, "")) or last.item_id,
        answers=len(group),
        last_share=last.share or 0.0,
        last_at=last.at,
        due=due,
    )


def _prompt(source: str) -> str:
    try:
        return plain(item_from(source).frame.prompt)
    except ResponseError:
        return ""
