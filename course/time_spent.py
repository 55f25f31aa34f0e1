"""How long a learner was at work, as far as the record tells.

Each visit, answer, start and end of a sitting is a trace. The time from one trace to the next counts for the module of
the first, unless it is longer than `PAUSE`: then the learner was away. What was read after the last trace is not
known, so the result is a lower bound.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from .history import Attempt, Run, Visit

PAUSE = timedelta(minutes=10)
"""The longest time between two traces that counts as work."""


def seconds_spent(
    visits: Iterable[Visit], attempts: Iterable[Attempt], runs: Iterable[Run]
) -> Mapping[str, float]:
    """Seconds by the id of the module; work in reviews counts for the modules of the questions."""
    spent: dict[str, float] = {}
    for (at, module_id), (then, _) in pairwise(sorted(_traces(visits, attempts, runs))):
        if then - at <= PAUSE:
            spent[module_id] = spent.get(module_id, 0.0) + (then - at).total_seconds()
    return spent


def _traces(
    visits: Iterable[Visit], attempts: Iterable[Attempt], runs: Iterable[Run]
) -> Iterator[tuple[datetime, str]]:
    for visit in visits:
        yield visit.at, _module(visit.section_id)
    for attempt in attempts:
        yield attempt.at, _module(attempt.item_id)
    for run in runs:
        yield run.started, _module(run.quiz_id)
        if run.finished is not None:
            yield run.finished, _module(run.quiz_id)


def _module(name: str) -> str:
    return name.partition("/")[0]
