from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from course.certificate import Completion, Missing, certificate_of, completion_of
from course.errors import NotCompleted
from course.history import Attempt, Planned, Run, Terms, Visit
from course.model import LessonHead, Module

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def head(name: str, *, optional: bool = False) -> LessonHead:
    ids = (f"m/{name}#one", f"m/{name}#two")
    return LessonHead(f"m/{name}", name.upper(), Path(), 10, optional, ids, ids)


MODULE = Module(
    "m",
    "Boats",
    1,
    Path(),
    (head("a"), head("b"), head("extra", optional=True)),
    minutes=45,
    outcomes={"O1": "tell what floats", "O2": "sail"},
    version="1.2",
    pass_percent=70,
    quiz_path=Path("quiz.md"),
)
READ = tuple(
    Visit(name, 0, NOON + timedelta(days=day))
    for day, name in enumerate(name for lesson in MODULE.lessons[:2] for name in lesson.section_ids)
)


def sitting(number: int, day: int, shares: tuple[float, float], *, finished: bool = True):
    """A run with its two answers."""
    at = NOON + timedelta(days=day)
    plan = (Planned("m/quiz#1", outcome="O1"), Planned("m/quiz#2", outcome="O2"))
    terms = Terms(outcomes={"O1": "tell what floated"})
    run = Run(number, "m/quiz", 1, "check", at, plan, at if finished else None, terms)
    attempts = [
        Attempt(number * 10 + place, planned.item_id, "d", "{}", 0, 0, at, number, share, share)
        for place, (planned, share) in enumerate(zip(plan, shares, strict=True))
    ]
    return run, attempts


def found(visits=READ, *sittings, module=MODULE):
    runs = [run for run, _ in sittings]
    attempts = [attempt for _, attempts in sittings for attempt in attempts]
    return completion_of(module, visits, attempts, runs)


def test_a_module_is_completed_when_all_is_read_and_the_quiz_is_passed():
    done = found(READ, sitting(1, 1, (1, 1)))
    assert done == Completion(
        "m", "Boats", "1.2", 45, NOON + timedelta(days=3), ("tell what floated", "sail"), 70
    )


def test_the_first_time_counts():
    again = [Visit(visit.section_id, 9, visit.at + timedelta(days=30)) for visit in READ]
    sittings = [sitting(1, 5, (1, 0)), sitting(2, 7, (1, 1)), sitting(3, 20, (1, 1)), sitting(4, 25, (0, 0))]
    done = found((*again, *READ), *sittings)
    assert isinstance(done, Completion)
    assert done.at == NOON + timedelta(days=7)


@pytest.mark.parametrize(
    ("visits", "sittings", "missing"),
    [
        ((), (), Missing(MODULE.lessons[:2], quiz=True)),
        (READ[:3], [sitting(1, 1, (1, 1))], Missing(MODULE.lessons[1:2], quiz=False)),
        (READ, (), Missing((), quiz=True)),
        (READ, [sitting(1, 1, (1, 1), finished=False)], Missing((), quiz=True)),
        (READ, [sitting(1, 1, (1, 0))], Missing((), quiz=True)),
    ],
)
def test_what_is_missing_is_named(visits, sittings, missing):
    assert found(visits, *sittings) == missing


def test_without_a_quiz_reading_is_enough_and_no_outcome_is_claimed():
    done = found(module=replace(MODULE, quiz_path=None))
    assert isinstance(done, Completion)
    assert (done.outcomes, done.pass_percent) == ((), None)


def test_an_empty_module_is_never_completed():
    empty = replace(MODULE, quiz_path=None, lessons=())
    assert found((), module=empty) == Missing((), quiz=False)


def test_a_certificate_of_several_modules_needs_them_all():
    done = found(READ, sitting(1, 9, (1, 1)))
    assert isinstance(done, Completion)
    later = replace(done, module_id="n", minutes=15, at=done.at + timedelta(days=1))
    whole = certificate_of("Jo", "the course", [done, later])
    assert (whole.minutes, whole.at) == (60, later.at)
    with pytest.raises(NotCompleted, match="1 of 2 modules"):
        certificate_of("Jo", "the course", [done, found()])
    with pytest.raises(NotCompleted):
        certificate_of("Jo", "nothing", [])
