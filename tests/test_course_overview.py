"""What the record says about progress: certainty, time, questions, the reviews to come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.calibration import ENOUGH, calibration
from course.forecast import DAYS, forecast
from course.history import Attempt, Planned, Run, Visit
from course.items import Frame, ShortText
from course.model import Course, LessonHead, Module, Place, Span
from course.overview import overview
from course.question_history import question_histories
from course.review import Plan, plan_reviews, recalled
from course.snapshot import item_source
from course.time_spent import PAUSE, seconds_spent

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = NOON.replace(hour=0)


def attempt(item_id="m/l#q", share=1.0, at=NOON, run_id=None, *, digest="d", certainty=None):
    return Attempt(0, item_id, digest, "{}", 0, 0, at, run_id, share, share, None, certainty)


def run(run_id=1, mode="check", quiz_id="m/quiz", *, finished=True, outcome="O1"):
    plan = (Planned(f"{quiz_id}#q", outcome=outcome),)
    return Run(run_id, quiz_id, 1, mode, NOON, plan, NOON if finished else None)


def asked(prompt, **more: object):
    return item_source(ShortText(Frame("m/l#q", (Span(prompt),), Place(Path(), 1), **more), ()))


# Certainty ----------------------------------------------------------------------------------------


def test_certainty_is_counted_by_level_and_shared_only_when_there_is_enough():
    certain = [attempt(certainty=3)] * 8 + [attempt(certainty=3, share=0.9)] * 2
    few = [attempt(certainty=1, share=0.0)] * (ENOUGH - 1)
    others = [attempt(), attempt(certainty=2, share=None)]
    unsure, fairly, sure = calibration([*certain, *few, *others])
    assert (unsure.answers, unsure.right, unsure.share) == (9, 0, None)
    assert (fairly.answers, fairly.share) == (0, None)
    assert (sure.answers, sure.right, sure.share) == (10, 8, 0.8)


# Time ---------------------------------------------------------------------------------------------


def after(minutes):
    return NOON + timedelta(minutes=minutes)


def test_time_counts_for_the_module_of_the_first_trace_and_pauses_do_not():
    visits = [Visit("a/l#1", 0, after(0)), Visit("a/l#2", 0, after(4)), Visit("b/l#1", 0, after(9))]
    answers = [attempt("b/l#q", at=after(11)), attempt("b/l#q", at=after(30))]
    assert seconds_spent(visits, answers, ()) == {"a": 9 * 60, "b": 2 * 60}


def test_a_sitting_is_work_from_its_start_to_its_end():
    sitting = Run(1, "a/quiz", 1, "check", after(0), (), after(12))
    answers = [attempt("a/quiz#q", at=after(6), run_id=1)]
    assert seconds_spent((), answers, [sitting]) == {"a": 12 * 60}
    assert seconds_spent((), (), [sitting]) == {}, "nothing tells what happened in twelve minutes"


@given(st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from("ab")), max_size=30))
def test_no_more_time_is_spent_than_has_passed(traces):
    visits = [Visit(f"{module}/l#s", 0, after(minute)) for minute, module in traces]
    spent = sum(seconds_spent(visits, (), ()).values())
    times = sorted(visit.at for visit in visits)
    assert 0 <= spent <= (times[-1] - times[0]).total_seconds() if times else spent == 0
    assert spent <= max(0, len(visits) - 1) * PAUSE.total_seconds()


# Questions ----------------------------------------------------------------------------------------


def test_a_question_tells_its_answers_its_last_result_and_when_it_returns():
    texts = {"d": asked("Which port?"), "v": asked("Which other port?", variant_of="m/l#q")}
    answers = [
        attempt(share=0.0),
        attempt("m/l#b", 0.5, NOON + timedelta(days=1), digest="v"),
        attempt("m/quiz#open", run_id=2),
        attempt("m/l#unmarked", share=None),
    ]
    runs = [run(2, finished=False)]
    known = recalled(answers, runs, asked=texts)
    (one,) = question_histories(answers, runs, known, texts)
    assert (one.item_id, one.prompt, one.answers, one.last_share) == ("m/l#b", "Which other port?", 2, 0.5)
    assert one.last_at == NOON + timedelta(days=1)
    assert one.due is not None
    assert one.due > one.last_at
    assert one.module_id == "m"


@pytest.mark.parametrize("source", ["", "nonsense", '{"": "Choice"}'])
def test_a_question_whose_wording_is_lost_goes_by_its_id(source):
    (one,) = question_histories([attempt()], (), (), {"d": source} if source else {})
    assert (one.prompt, one.due) == ("m/l#q", None)


def test_questions_answered_last_come_first():
    answers = [attempt(f"m/l#{day}", at=NOON + timedelta(days=day)) for day in (2, 3, 1)]
    found = question_histories(answers, (), (), {})
    assert [one.item_id for one in found] == ["m/l#3", "m/l#2", "m/l#1"]


# Reviews to come ----------------------------------------------------------------------------------


def days_of(answers, now):
    day = now.replace(hour=0)
    plan = plan_reviews(answers, (), now=now, day=day, minutes=10)
    return forecast(plan, recalled(answers, ()), day=day, now=now)


def test_two_weeks_are_told_day_by_day():
    answers = [
        attempt("m/l#wrong", 0.0),
        attempt("m/l#right"),
        attempt("m/l#sure", certainty=3),
        attempt("m/l#long", certainty=3, at=NOON - timedelta(days=60)),
        attempt("m/l#long", certainty=3),
    ]
    found = days_of(answers, NOON)
    assert [day.day.day for day in found] == [*range(21, 31), *range(1, 5)]
    assert [len(day.due) for day in found] == [0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert [day.minutes for day in found][:3] == [0, 1, 1]


def test_a_backlog_stands_on_the_days_over_which_it_is_spread():
    answers = [attempt(f"m/l#{number}", 0.0) for number in range(40)]
    found = days_of(answers, NOON + timedelta(days=9))
    assert [len(day.due) for day in found[:4]] == [15, 15, 10, 0]
    assert forecast(Plan(), (), day=DAY, now=NOON)[-1].day == (DAY + timedelta(days=DAYS - 1)).date()


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from([0.0, 0.6, 1.0])), max_size=30),
    st.integers(60, 90),
)
def test_no_question_is_told_twice(answers, ahead):
    given_answers = [
        attempt(f"m/l#{number}", share, NOON + timedelta(days=day))
        for number, (day, share) in enumerate(answers)
    ]
    found = days_of(given_answers, NOON + timedelta(days=ahead))
    names = [due.item_id for day in found for due in day.due]
    assert len(names) == len(set(names))
    assert set(names) <= {one.item_id for one in given_answers}


# All of it ----------------------------------------------------------------------------------------


def test_the_overview_puts_it_together():
    lesson = LessonHead("m/l", "L", Path(), 20, False, ("m/l#s",), ("S",))  # noqa: FBT003 - as the class has it
    module = Module(
        "m", "M", 1, Path(), (lesson,), minutes=20, outcomes={"O1": "float", "O2": "sink", "O3": "swim"},
        quiz_path=Path("quiz.md"),
    )  # fmt: skip
    other = Module("n", "N", 2, Path(), ())
    runs = [run(1), run(2, outcome="O2"), run(3, finished=False, outcome="O3")]
    answers = [
        attempt("m/quiz#q", run_id=1, certainty=3),
        attempt("m/quiz#q", 0.5, run_id=2),
        attempt("m/quiz#q", run_id=3, certainty=3),
    ]
    found = overview(
        Course((module, other)),
        [Visit("m/l#s", 0, NOON - timedelta(minutes=3))],
        answers,
        runs,
        now=NOON,
        day=DAY,
        minutes=10,
        admitted=lambda _name: True,
        asked={},
    )
    first, second = found.modules
    told = [(one.name, one.best, one.reached) for one in first.outcomes]
    assert told == [("O1", 1.0, True), ("O2", 0.5, False), ("O3", None, False)]
    assert (first.reached, first.seconds, found.seconds) == (1, 180.0, 180.0)
    assert first.completion is not None
    assert (found.completed, second.completion, second.questions) == (1, None, ())
    assert [level.answers for level in found.levels] == [0, 0, 1], "what is not handed in is not told"
    assert [one.item_id for one in first.questions] == ["m/quiz#q"]
    assert len(found.days) == DAYS
