"""Whether a module is completed, when that was, and what a certificate may say of it.

A module is completed when each of its lessons, optional ones left out, is read and its quiz is passed; `progress`
decides both. It was completed when the last of this was done for the first time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .errors import NotCompleted
from .model import Course
from .progress import progress, run_score

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from .history import Attempt, Run, Visit
    from .model import LessonHead, Module
    from .progress import ModuleProgress


@dataclass(frozen=True, slots=True)
class Completion:
    """A module that was worked through."""

    module_id: str
    title: str
    version: str
    """Version of the module as it is now; empty when its author gives none."""
    minutes: int
    """What the module takes, reading and doing, as its author tells."""
    at: datetime
    """When the last lesson was read, or the quiz passed."""
    outcomes: tuple[str, ...]
    """The outcomes reached, in the words of the quiz that was passed; none where there is no quiz."""
    pass_percent: int | None
    """Per cent that were needed, in all and in each outcome; None where there is no quiz."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a module still wants."""

    lessons: tuple[LessonHead, ...]
    """The lessons that are not read to their end."""
    quiz: bool
    """Whether the quiz is not passed."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a learner completed: one module, or all of a path or course."""

    name: str
    """Name of the learner."""
    title: str
    """What was completed, in words."""
    completions: tuple[Completion, ...]

    @property
    def minutes(self) -> int:
        """What all of it takes, reading and doing."""
        return sum(completion.minutes for completion in self.completions)

    @property
    def at(self) -> datetime:
        """When the last of it was completed."""
        return max(completion.at for completion in self.completions)


def completion_of(
    module: Module, visits: Sequence[Visit], attempts: Sequence[Attempt], runs: Sequence[Run]
) -> Completion | Missing:
    """How a module was completed, or what it still wants."""
    own = progress(Course((module,)), visits, attempts, runs).module(module.id)
    moments = list(_moments(module, visits))
    passed = _first_pass(module, attempts, runs) if module.quiz_path else None
    if not own.done or not (moments or passed):
        return Missing(_unread(module, own), own.quiz is not None and not own.quiz.passed)
    outcomes: tuple[str, ...] = ()
    if passed is not None and passed.finished is not None:
        moments.append(passed.finished)
        words = {**module.outcomes, **passed.terms.outcomes}
        outcomes = tuple(words.get(name, name) for name in sorted(run_score(passed, attempts).outcomes))
    return Completion(
        module_id=module.id,
        title=module.title,
        version=module.version,
        minutes=module.minutes,
        at=max(moments),
        outcomes=outcomes,
        pass_percent=module.pass_percent if passed else None,
    )


def alone(module: Module, head: LessonHead) -> Module:
    """One lesson of a module, which may be left out there or not, as a module of its own without a quiz."""
    lesson = replace(head, optional=False)
    return replace(
        module, title=head.title, lessons=(lesson,), minutes=head.minutes, outcomes={}, quiz_path=None
    )


def certificate_of(name: str, title: str, found: Iterable[Completion | Missing]) -> Certificate:
    """The certificate of one or more modules; `NotCompleted` while one of them still wants something."""
    found = tuple(found)
    completions = tuple(one for one in found if isinstance(one, Completion))
    if not completions or len(completions) < len(found):
        raise NotCompleted(
            f"“{title}” is not completed: {len(completions)} of {len(found)} modules are; "
            "read every lesson and pass every quiz."
        )
    return Certificate(name, title, completions)


def _moments(module: Module, visits: Iterable[Visit]) -> Iterator[datetime]:
    """When each section that counts was open for the first time."""
    counts = {name for head in module.lessons if not head.optional for name in head.section_ids}
    for visit in sorted(visits, key=lambda visit: visit.at):
        if visit.section_id in counts:
            counts.remove(visit.section_id)
            yield visit.at


def _first_pass(module: Module, attempts: Sequence[Attempt], runs: Iterable[Run]) -> Run | None:
    """The first sitting that passed the quiz, as `progress` counts it."""
    finished = [run for run in runs if run.quiz_id == module.quiz_id and run.finished is not None]
    return next((run for run in finished if run_score(run, attempts).passes(module.pass_percent)), None)


def _unread(module: Module, own: ModuleProgress) -> tuple[LessonHead, ...]:
    return tuple(
        head
        for head, read in zip(module.lessons, own.lessons, strict=True)
        if not read.done and not read.optional
    )
