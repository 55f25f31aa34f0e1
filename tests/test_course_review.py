"""Ratings, cards and plans: what follows from answers, and what must hold for any answers."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fsrs import Rating
from hypothesis import given, settings
from hypothesis import strategies as st

from course.catalog import load_course, open_quiz, shipped_modules
from course.history import Attempt, Planned, Run, Terms
from course.items import Frame, ShortText
from course.memory import LONGEST_DAYS, memories, rating
from course.model import Course, Module, Place, Span
from course.review import (
    MOST_SECONDS,
    Due,
    Plan,
    before_module,
    next_variant,
    plan_reviews,
    recalled,
    round_up,
)
from course.snapshot import item_source

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = NOON.replace(hour=0)
ROOT = Path(__file__).resolve().parents[1]


def attempt(item_id="m/l#q", share=1.0, at=NOON, run_id=None, **more: object):
    number = more.pop("number", 0)
    given = {"seed": 0, "hints": 0, "points": share, **more}
    return Attempt(number, item_id, "d", "{}", at=at, run_id=run_id, share=share, **given)


def run(run_id=1, mode="practice", tries=0, *, finished=True, item_ids=("m/l#q",)):
    plan = tuple(Planned(name, tries=tries) for name in item_ids)
    return Run(run_id, "m/quiz", 1, mode, NOON, plan, NOON if finished else None, Terms(tries=tries))


# Ratings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("particulars", "wanted"),
    [
        ({"share": 0.0}, Rating.Again),
        ({"share": 0.49}, Rating.Again),
        ({"share": 0.5}, Rating.Hard),
        ({"share": 0.9}, Rating.Hard),
        ({"share": 1.0}, Rating.Good),
        ({"share": 1.0, "hints": 1}, Rating.Hard),
        ({"share": 1.0, "certainty": 1}, Rating.Hard),
        ({"share": 1.0, "certainty": 2}, Rating.Good),
        ({"share": 1.0, "certainty": 3}, Rating.Easy),
        ({"share": 1.0, "certainty": 3, "hints": 1}, Rating.Hard),
        ({"share": 0.0, "certainty": 3}, Rating.Again),
    ],
)
def test_one_answer_gives_its_rating(particulars, wanted):
    assert rating([attempt(**particulars)]) is wanted


def test_a_try_after_the_answer_was_shown_proves_nothing():
    tries = [attempt(share=0.0), attempt(share=1.0)]
    assert rating(tries) is Rating.Again
    assert rating(tries, run(tries=0)) is Rating.Again
    assert rating(tries, run(mode="check", tries=1)) is Rating.Again


def test_a_try_while_the_answer_is_held_back_counts():
    assert rating([attempt(share=0.0), attempt(share=1.0)], run(tries=2)) is Rating.Hard
    assert rating([attempt(share=0.0), attempt(share=0.0)], run(tries=2)) is Rating.Again


def test_the_last_answer_in_an_exam_counts():
    assert rating([attempt(share=0.0), attempt(share=1.0)], run(mode="exam")) is Rating.Good
    assert rating([attempt(share=1.0), attempt(share=0.0)], run(mode="exam")) is Rating.Again


# Memories ---------------------------------------------------------------------------------------


def test_the_better_the_answer_the_longer_the_wait():
    answers = {
        "m/l#again": attempt("m/l#again", 0.0),
        "m/l#hard": attempt("m/l#hard", 0.6),
        "m/l#good": attempt("m/l#good"),
        "m/l#easy": attempt("m/l#easy", certainty=3),
    }
    found = memories(answers.values())
    waits = [(found[name].due - NOON).days for name in answers]
    assert waits == [1, 1, 2, 8]
    assert [found[name].retrievability(NOON) for name in answers] == [1.0] * 4
    later = [found[name].retrievability(NOON + timedelta(days=30)) for name in answers]
    assert later == sorted(later)


def test_knowing_it_again_makes_the_wait_grow():
    first = memories([attempt()])["m/l#q"]
    second = memories([attempt(), attempt(at=first.due)])["m/l#q"]
    assert second.due - first.due > first.due - NOON
    assert second.stability > first.stability


def test_what_is_not_marked_or_not_handed_in_does_not_count():
    assert memories([attempt(share=None)]) == {}
    for mode in ("exam", "check"):
        assert memories([attempt(run_id=1)], [run(mode=mode, finished=False)]) == {}
        assert memories([attempt(run_id=1)], [run(mode=mode)]).keys() == {"m/l#q"}
    assert memories([attempt(run_id=1)], [run(mode="review", finished=False)]).keys() == {"m/l#q"}


def test_tries_in_a_lesson_within_the_hour_are_one_encounter():
    close = [attempt(share=0.0), attempt(at=NOON + timedelta(minutes=5))]
    apart = [attempt(share=0.0), attempt(at=NOON + timedelta(days=1))]
    assert memories(close)["m/l#q"].stability == pytest.approx(memories(close[:1])["m/l#q"].stability)
    assert memories(apart)["m/l#q"].stability > memories(apart[:1])["m/l#q"].stability


MINUTES = st.integers(0, 60 * 24 * 400)
ATTEMPTS = st.lists(
    st.builds(
        lambda minute, item, share, hints, certainty, run_id, seconds: attempt(
            f"m/l#q{item}",
            share,
            NOON + timedelta(minutes=minute),
            run_id,
            hints=hints,
            certainty=certainty,
            seconds=seconds,
        ),
        MINUTES,
        st.integers(0, 12),
        st.sampled_from([0.0, 0.3, 0.5, 0.8, 1.0, None]),
        st.integers(0, 2),
        st.sampled_from([None, 1, 2, 3]),
        st.sampled_from([None, 1, 2, 3]),
        st.one_of(st.none(), st.floats(0, 100_000)),
    ),
    max_size=40,
)
RUNS = [
    run(1, "exam"),
    run(2, "review"),
    run(3, "practice", tries=2, item_ids=[f"m/l#q{n}" for n in range(13)]),
]


@settings(max_examples=60)
@given(ATTEMPTS)
def test_nothing_is_ever_due_before_it_was_answered(attempts):
    for memory in memories(attempts, RUNS).values():
        last = max(one.at for one in attempts if one.item_id == memory.item_id)
        assert memory.last <= last
        assert timedelta(days=1) <= memory.due - memory.last <= timedelta(days=LONGEST_DAYS)
        assert memory.stability > 0
        assert 1 <= memory.difficulty <= 10
        for days in (0, 1, 1000):
            assert 0 < memory.retrievability(memory.last + timedelta(days=days)) <= 1


# Plans ------------------------------------------------------------------------------------------


def plan(attempts, runs=(), *, now=NOON, minutes=10, **more: object):
    return plan_reviews(attempts, runs, now=now, day=now.replace(hour=0, minute=0), minutes=minutes, **more)


def backlog(count, seconds=None, at=NOON):
    """Questions answered right, so many minutes apart; all due long before a year is over."""
    return [
        attempt(f"m/l#q{number:03}", at=at + timedelta(minutes=number), seconds=seconds)
        for number in range(count)
    ]


@settings(max_examples=60)
@given(ATTEMPTS, st.integers(1, 30), st.integers(0, 500), st.randoms(use_true_random=False))
def test_a_plan_keeps_the_cap_and_asks_the_likeliest_forgotten_first(attempts, minutes, days, dice):
    now = NOON + timedelta(days=days)
    found = plan(attempts, RUNS, now=now, minutes=minutes)
    due = [one for day in found.days for one in day]
    assert [one.retrievability for one in due] == sorted(one.retrievability for one in due)
    assert len({one.item_id for one in due}) == len(due)
    for day in found.days:
        assert sum(one.seconds for one in day) <= 60 * minutes or len(day) == 1
    assert all(found.days[1:])
    memory = memories(attempts, RUNS)
    ends = now.replace(hour=0) + timedelta(days=1)
    assert {one.item_id for one in due} == {name for name, one in memory.items() if one.due < ends}
    mixed = attempts[:]
    if len({(one.at, one.item_id) for one in mixed}) == len(mixed):
        dice.shuffle(mixed)
    assert plan(mixed, RUNS, now=now, minutes=minutes) == found


def test_nothing_is_due_on_the_day_of_a_good_answer():
    assert plan([attempt()]) == Plan()
    assert [due.item_id for due in plan([attempt()], now=NOON + timedelta(days=2)).today] == ["m/l#q"]


def test_a_question_is_due_all_day():
    early = NOON.replace(hour=1) + timedelta(days=2)
    assert plan([attempt()], now=early).today


def test_a_backlog_is_spread_over_days():
    found = plan(backlog(40, seconds=30.0), now=NOON + timedelta(days=30))
    assert [len(day) for day in found.days] == [20, 20]
    assert (found.minutes, found.waiting, found.away, found.after_break) == (10, 40, 29, True)


def test_what_was_spent_today_is_taken_off():
    now = NOON + timedelta(days=30)
    spent = [
        attempt(f"m/l#r{number}", at=now - timedelta(hours=1), run_id=2, seconds=60.0) for number in range(8)
    ]
    found = plan([*backlog(40, seconds=30.0), *spent], RUNS, now=now)
    assert [len(day) for day in found.days] == [4, 20, 16]
    assert not found.after_break
    spent += [attempt("m/l#r9", at=now, run_id=2, seconds=MOST_SECONDS)]
    assert plan([*backlog(4), *spent], RUNS, now=now).today == ()


def test_an_answer_that_took_for_ever_does_not_change_the_plan():
    (due,) = plan([attempt(seconds=90_000.0)], now=NOON + timedelta(days=9)).today
    assert due.seconds == MOST_SECONDS


def test_a_question_longer_than_a_day_bears_has_a_day_for_itself():
    found = plan(backlog(3, seconds=119.0), now=NOON + timedelta(days=9), minutes=1)
    assert [len(day) for day in found.days] == [1, 1, 1]


def source(**more: object) -> str:
    frame = Frame("m/l#q", (Span("?"),), Place(Path(), 1), **more)  # type: ignore[arg-type]
    return item_source(ShortText(frame, ()))


def test_questions_that_may_not_return_stay_out():
    now = NOON + timedelta(days=9)
    assert plan([attempt()], now=now, admitted=lambda _name: False) == Plan((), 9)
    for asked, due in ((source(), 1), (source(review=False), 0), ("nonsense", 0), ('{"frame": 1}', 0)):
        assert plan([attempt()], now=now, asked={"d": asked}).waiting == due
    assert plan([attempt()], now=now, asked={"other": source(review=False)}).waiting == 1


def test_a_question_and_its_variants_are_remembered_as_one():
    now = NOON + timedelta(days=9)
    variant = replace(attempt("m/l#b", at=NOON + timedelta(days=1)), item_digest="v")
    asked = {"d": source(), "v": source(variant_of="m/l#q")}
    (due,) = plan([attempt(), variant], now=now, asked=asked).today
    assert due.item_id == "m/l#b"
    assert plan([attempt(), variant], now=now).waiting == 2


def test_the_variant_that_follows_the_last_one_is_asked():
    items = [
        ShortText(Frame(name, (Span("?"),), Place(Path(), 1), variant_of=of), ())
        for name, of in (("m/l#a", ""), ("m/l#x", ""), ("m/l#b", "m/l#a"), ("m/l#c", "m/l#a"))
    ]
    turns = {name: next_variant(f"m/l#{name}", items) for name in "abcxz"}
    assert {name: item and item.frame.id for name, item in turns.items()} == {
        "a": "m/l#b",
        "b": "m/l#c",
        "c": "m/l#a",
        "x": "m/l#x",
        "z": None,
    }


MODULES = [Module(name, name, number, Path(name), ()) for number, name in enumerate("abc", 1)]


def before(module, known=(), due=(), now=NOON):
    """The ids of the questions that are asked before a module begins."""
    days = tuple((Due(item_id, "d", 0.5, 40.0),) for item_id in due)
    course = Course((*MODULES[:2], module))
    found = before_module(course, module, known, Plan(days), now=now, day=now.replace(hour=0))
    return [one.item_id for one in found]


def known(*asked: tuple[str, dict[str, object]]):
    """Questions that were answered, each a day after the one before, with what they say of themselves."""
    texts = {str(number): source(**says) for number, (_, says) in enumerate(asked)}
    answers = [
        replace(attempt(name, at=NOON + timedelta(days=number)), item_digest=str(number))
        for number, (name, _) in enumerate(asked)
    ]
    return recalled(answers, (), asked=texts)


def test_two_due_questions_from_earlier_modules_come_first():
    due = ["c/l#q", "b/l#q", "a/l#q", "b/l#r", "a/l#r"]
    assert before(MODULES[2], due=due) == ["b/l#q", "a/l#q"]
    assert before(replace(MODULES[2], id="x"), due=["x/l#q"]) == []


def test_a_module_brings_back_outcomes_that_were_learnt_whether_due_or_not():
    module = replace(MODULES[2], brings_back=("b/O2", "a/O1"))
    there = known(
        ("a/quiz#1", {"outcome": "O1"}),
        ("a/quiz#2", {"outcome": "O2"}),
        ("b/quiz#1", {"outcome": "O1"}),
        ("b/quiz#2", {"outcome": "O2"}),
    )
    assert before(module, there, due=["a/l#due"], now=NOON + timedelta(days=4)) == ["b/quiz#2", "a/quiz#1"]


def test_what_was_never_learnt_or_is_of_today_is_filled_up_by_what_is_due():
    module = replace(MODULES[2], brings_back=("b/O2", "a/O1"))
    there = known(("a/quiz#1", {"outcome": "O1"}))
    due = ["a/quiz#1", "a/l#due", "b/l#due"]
    assert before(module, there, due, now=NOON + timedelta(days=1)) == ["a/quiz#1", "a/l#due"]
    assert before(module, there, ["a/l#due"], now=NOON + timedelta(hours=1)) == ["a/l#due"]
    assert before(module) == []


def test_questions_tagged_spaced_come_back_before_others_of_the_outcome():
    module = replace(MODULES[2], brings_back=("a/O1",))
    tagged = ("a/quiz#tagged", {"outcome": "O1", "tags": ("spaced", "calls")})
    later = NOON + timedelta(days=60)
    assert before(module, known(("a/quiz#old", {"outcome": "O1"}), tagged), now=later) == ["a/quiz#tagged"]
    plain = [("a/quiz#old", {"outcome": "O1"}), ("a/quiz#new", {"outcome": "O1"})]
    assert before(module, known(*plain), now=later) == ["a/quiz#old"], "the most likely forgotten"


def test_a_module_may_bring_back_more_than_two_outcomes():
    module = replace(MODULES[2], brings_back=("a/O1", "a/O2", "b/O1"))
    there = known(*((f"{name}/quiz#{of}", {"outcome": of}) for name in "ab" for of in ("O1", "O2")))
    found = before(module, there, now=NOON + timedelta(days=9))
    assert found == ["a/quiz#O1", "a/quiz#O2", "b/quiz#O1"]


def test_what_may_not_return_is_not_brought_back():
    assert known(("a/quiz#1", {"outcome": "O1", "review": False})) == ()
    assert recalled([attempt("a/quiz#1")], (), admitted=lambda _name: False) == ()


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (1, 1), (60, 1), (61, 2)])
def test_minutes_are_told_whole(seconds, minutes):
    assert round_up(seconds) == minutes


def test_another_process_makes_the_same_plan():
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from datetime import timedelta\n"
        "from test_course_review import NOON, backlog, plan\n"
        "print(plan(backlog(40, seconds=33.0), now=NOON + timedelta(days=30)))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {f"{plan(backlog(40, seconds=33.0), now=NOON + timedelta(days=30))}\n"}


SHIPPED = {module.id: module for module in load_course(shipped_modules())}


@pytest.mark.parametrize("module_id", SHIPPED)
def test_what_shipped_modules_bring_back_has_questions_tagged_for_it(module_id):
    for name in SHIPPED[module_id].brings_back:
        of, _, outcome = name.partition("/")
        frames = [item.frame for item in open_quiz(SHIPPED[of]).items]
        assert any(frame.outcome == outcome and "spaced" in frame.tags for frame in frames), name


def test_every_module_but_the_first_brings_something_back():
    first, *others = SHIPPED.values()
    assert first.brings_back == ()
    assert all(len(module.brings_back) >= 2 for module in others)
