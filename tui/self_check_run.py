"""Self-checks and the record: begin, go on, finish, look at the result."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from course import assessments
from course.assessments import assessments_of, colleagues, finished_own, open_assessment
from course.errors import NotFound
from course.readiness import profile_of
from course.self_check import find_self_check, open_self_check

from .language import _, plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from course.assessments import Assessment
    from course.readiness import Profile
    from course.self_check import Advice, SelfCheck

    from .services import Services


@dataclass(frozen=True, slots=True)
class Taken:
    """A self-check and how often it was taken."""

    check: SelfCheck
    all: tuple[Assessment, ...]
    """By the learner and by colleagues, oldest first."""
    pair: tuple[SelfCheck, tuple[Assessment, ...]] | None = None
    """The self-check with which this one is read together."""

    @property
    def open(self) -> Assessment | None:
        """The one to go on with."""
        return open_assessment(self.all)

    @property
    def finished(self) -> tuple[Assessment, ...]:
        """The learner's own results, oldest first."""
        return finished_own(self.all)


@dataclass(frozen=True, slots=True)
class Result:
    """How one run of a self-check came out, with all that it can be compared with."""

    check: SelfCheck
    assessment: Assessment
    profile: Profile
    before: tuple[Assessment, Profile] | None
    """The run before it."""
    colleagues: tuple[Assessment, ...]
    """The newest run of each other person."""
    joint: Advice | None
    """What it says together with the other self-check."""
    pair: tuple[SelfCheck, Profile] | None
    """The other self-check and how it came out last."""


def taken(services: Services, name: str) -> Taken:
    """A self-check by its code, id or reference, with what the record holds of it."""
    heads = services.self_checks
    check = open_self_check(find_self_check(heads, name), services.language)
    everything = assessments_of(services.record)
    own = tuple(each for each in everything if each.check_id == check.id)
    pair = next(
        (
            other
            for head in heads
            if head.id != check.id
            for other in (open_self_check(head, services.language),)
            if _read_together(check, other)
        ),
        None,
    )
    if pair is None:
        return Taken(check, own)
    return Taken(check, own, (pair, tuple(each for each in everything if each.check_id == pair.id)))


def _read_together(one: SelfCheck, other: SelfCheck) -> bool:
    partners = {(own.id, own.joint.other_id) for own in (one, other) if own.joint is not None}
    return not partners.isdisjoint({(one.id, other.id), (other.id, one.id)})


def result_of(state: Taken, number: int | None = None) -> Result:
    """The result of a run, from 1; the last one when no number is given. Raises `NotFound`."""
    runs = state.finished
    place = len(runs) if number is None else number
    if not 1 <= place <= len(runs):
        raise NotFound(_missing_words(state.check.code, number, len(runs)))
    own = runs[place - 1]
    profile = profile_of(state.check, own.ratings)
    earlier = runs[place - 2] if place > 1 else None
    before = (earlier, profile_of(state.check, earlier.ratings)) if earlier else None
    pair = _pair_of(state)
    return Result(state.check, own, profile, before, colleagues(state.all), _joint(profile, pair), pair)


def _missing_words(check: str, number: int | None, count: int) -> str:
    """That there is no such result, and which there are."""
    if not count:
        return _("{check} has no result yet; take it with `hansa self-check {check}`.").format(check=check)
    results = plural("there is one result", "there are {count} results", count)
    return _("{check} has no result {number}; {results}.").format(check=check, number=number, results=results)


def _pair_of(state: Taken) -> tuple[SelfCheck, Profile] | None:
    if state.pair is None:
        return None
    other, runs = state.pair
    last = finished_own(runs)[-1:]
    return (other, profile_of(other, last[0].ratings)) if last else None


def _joint(profile: Profile, pair: tuple[SelfCheck, Profile] | None) -> Advice | None:
    """What two totals say together; None while one of them is missing."""
    if pair is None or profile.total is None or pair[1].total is None:
        return None
    if profile.check.joint is not None:
        return profile.check.joint.reading(pair[1].total, profile.total)
    return pair[0].joint.reading(profile.total, pair[1].total) if pair[0].joint else None


@dataclass
class Filling:
    """A self-check that is being filled in; it begins in the record with the first thing given.

    What is given is queued in its order and written by `write`, from any thread.
    """

    services: Services
    check_id: str
    assessment_id: int | None = None
    """None before anything was given."""
    _queue: deque[Callable[[int], None]] = field(default_factory=deque, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def rate(self, statement_id: str, rating: int | None) -> None:
        """Queue a rating; None for “I do not know”."""
        at, record = self.services.clock(), self.services
        self._queue.append(lambda own: assessments.rate(record.record, own, statement_id, rating, at))

    def note(self, dimension_id: str, words: str) -> None:
        """Queue what was noted for a group."""
        at, record = self.services.clock(), self.services
        self._queue.append(lambda own: assessments.note(record.record, own, dimension_id, words, at))

    def finish(self) -> None:
        """Queue the end."""
        at, record = self.services.clock(), self.services
        self._queue.append(lambda own: assessments.finish(record.record, own, at))

    def write(self) -> None:
        """Write what is queued; raises `RecordError`, and then keeps what was not written."""
        with self._lock:
            while self._queue:
                if self.assessment_id is None:
                    begun = assessments.begin(self.services.record, self.check_id, self.services.clock())
                    self.assessment_id = begun.id
                self._queue[0](self.assessment_id)
                self._queue.popleft()
