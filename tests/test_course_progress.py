from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.digest import item_digest
from course.errors import NotFound
from course.history import Attempt, Planned, Run, Visit
from course.journey import next_step
from course.model import Course, LessonHead, Module, Quiz, QuizMode
from course.parse import parse_quiz
from course.progress import progress, run_score
from course.response import Chosen, Typed
from course.score import score
from course.sitting import Sitting
from course.snapshot import item_from, item_source

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PATH = Path("m")


def head(
    lesson_id: str, sections: int, *, minutes: int = 10, optional: bool = False, items: int = 0
) -> LessonHead:
    ids = tuple(f"{lesson_id}#s{number}" for number in range(1, sections + 1))
    questions = tuple(tuple(f"{lesson_id}#q{name[-1]}{n}" for n in range(items)) for name in ids)
    titles = tuple(f"S{number}" for number in range(1, sections + 1))
    return LessonHead(lesson_id, lesson_id.upper(), PATH, minutes, optional, ids, titles, questions)


def module(module_id: str, *lessons: LessonHead, quiz: bool = True) -> Module:
    return Module(
        module_id, module_id.upper(), 1, PATH, lessons, quiz_path=PATH / "quiz.md" if quiz else None
    )


COURSE = Course(
    (
        module("a", head("a/x", 4, items=2), head("a/y", 2, optional=True), head("a/z", 1)),
        module("b", head("b/x", 1), quiz=False),
    )
)


def seen(*names: str) -> list[Visit]:
    return [Visit(name, 5, NOON + timedelta(minutes=at)) for at, name in enumerate(names)]


def attempt(item_id: str, share: float | None = 1.0, run_id: int | None = None, minutes: int = 0) -> Attempt:
    at = NOON + timedelta(minutes=minutes)
    return Attempt(1, item_id, "", '{"kind":"chosen","options":[0]}', 0, 0, at, run_id, share, share)


def run(run_id: int, plan: tuple[Planned, ...] = (), *, finished: bool = True, minutes: int = 0) -> Run:
    at = NOON + timedelta(minutes=minutes)
    return Run(run_id, "a/quiz", 1, "check", at, plan, at if finished else None)


PLAN = (Planned("a/quiz#1", 1, "O1"), Planned("a/quiz#2", 1, "O2"), Planned("a/quiz#3", 2, "O2"))


# Score ------------------------------------------------------------------------------------------


def test_score_adds_up_points_and_outcomes():
    total = score(PLAN, {"a/quiz#1": 1.0, "a/quiz#3": 0.5, "a/quiz#gone": 1.0})
    assert (total.earned, total.possible, total.percent) == (2.0, 4.0, 50)
    assert total.outcomes == {"O1": 1.0, "O2": pytest.approx(1 / 3)}


@pytest.mark.parametrize(
    ("shares", "passes"),
    [
        ((1, 1, 1), True),
        ((1, 0.1, 1), True),
        ((1, 0, 1), False),
        ((0, 1, 1), False),
        ((0.7, 0.7, 0.7), True),
        ((0.6, 1, 1), False),
        ((1, 1, 0.5), False),
    ],
)
def test_a_pass_needs_the_pass_mark_in_all_and_in_each_outcome(shares: tuple[float, ...], *, passes: bool):
    total = score(PLAN, dict(zip((planned.item_id for planned in PLAN), shares, strict=True)))
    assert total.passes(70) is passes


def test_percent_is_never_rounded_up_to_a_pass():
    plan = [Planned(str(number)) for number in range(1000)]
    total = score(plan, {str(number): 1.0 for number in range(699)})
    assert (total.percent, total.passes(70)) == (69, False)
    assert score(plan, {str(number): 1.0 for number in range(700)}).passes(70)


def test_nothing_to_score_is_no_pass():
    assert (score([], {}).percent, score([], {}).passes(0)) == (0, False)


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=20))
def test_score_stays_between_nothing_and_all(shares: list[float]):
    total = score(
        [Planned(str(at)) for at in range(len(shares))], {str(at): share for at, share in enumerate(shares)}
    )
    assert 0 <= total.percent <= 100
    assert (total.percent == 100) == all(share == 1 for share in shares)


# Progress ---------------------------------------------------------------------------------------


def test_nothing_done_yet():
    so_far = progress(COURSE, [])
    assert so_far.minutes_left == 30
    assert (so_far.module("a").lessons_done, so_far.module("a").lessons_total) == (0, 2)
    quiz = so_far.module("a").quiz
    assert quiz is not None
    assert (quiz.best, quiz.latest, quiz.passed, quiz.open_run) == (None, None, False, None)
    assert so_far.module("b").quiz is None


def test_sections_seen_and_minutes_left():
    so_far = progress(COURSE, seen("a/x#s1", "a/x#s1", "a/x#s3", "a/x#gone"))
    lesson = so_far.lesson("a/x")
    assert lesson.seen == {"a/x#s1", "a/x#s3"}
    assert (lesson.sections, lesson.done, lesson.begun, lesson.minutes_left) == (4, False, True, 5)


def test_a_lesson_is_done_when_all_sections_are_seen():
    so_far = progress(COURSE, seen("b/x#s1", "a/y#s1", "a/y#s2"))
    assert so_far.lesson("b/x").done
    assert so_far.module("b").done
    assert so_far.module("a").lessons_done == 0


def test_quiz_results_come_from_finished_runs():
    attempts = [
        attempt("a/quiz#1", 0.0, 1),
        attempt("a/quiz#1", 1.0, 1),
        attempt("a/quiz#2", 1.0, 1),
        attempt("a/quiz#3", 1.0, 1),
        attempt("a/quiz#1", 1.0, 2),
        attempt("a/quiz#2", 1.0, 3),
        attempt("a/quiz#3", None, 3),
    ]
    runs = [run(1, PLAN), run(2, PLAN), run(3, PLAN, finished=False)]
    quiz = progress(COURSE, [], attempts, runs).module("a").quiz
    assert quiz is not None
    assert (quiz.best, quiz.latest, quiz.passed, quiz.answered) == (100, 25, True, 2)
    assert quiz.outcomes == {"O1": 1.0, "O2": 0.0}
    assert quiz.open_run == runs[2]


def test_a_run_without_a_plan_counts_what_was_answered():
    total = run_score(run(1), [attempt("q1", 1.0, 1), attempt("q2", 0.0, 1), attempt("q3", 1.0, 2)])
    assert total.percent == 50


def test_a_module_is_done_with_its_quiz_passed():
    visits = seen("a/x#s1", "a/x#s2", "a/x#s3", "a/x#s4", "a/z#s1")
    assert not progress(COURSE, visits).module("a").done
    attempts = [attempt(planned.item_id, 1.0, 1) for planned in PLAN]
    assert progress(COURSE, visits, attempts, [run(1, PLAN)]).module("a").done


# Next step --------------------------------------------------------------------------------------


def test_the_first_step_is_the_first_section():
    step = next_step(COURSE, [])
    assert (step.kind, step.id, step.section_id, step.item_index) == ("lesson", "a/x", "a/x#s1", 0)


def test_continue_leads_to_the_section_last_open_and_its_open_question():
    step = next_step(COURSE, seen("a/x#s1", "a/x#s2"), [attempt("a/x#q20")])
    assert (step.section_id, step.item_index, step.position) == ("a/x#s2", 1, 5)
    assert step.item_id == "a/x#q21"
    step = next_step(COURSE, seen("a/x#s1", "a/x#s2"), [attempt("a/x#q20"), attempt("a/x#q21")])
    assert (step.section_id, step.item_index) == ("a/x#s2", None)


def test_the_end_of_a_lesson_with_an_open_question_is_not_left():
    assert next_step(COURSE, seen("a/x#s4")).section_id == "a/x#s4"


def test_after_a_lesson_comes_what_nobody_opened():
    done = [attempt("a/x#q40"), attempt("a/x#q41")]
    assert next_step(COURSE, seen("a/x#s1", "a/x#s4"), done).section_id == "a/x#s2"
    whole = seen("a/x#s1", "a/x#s2", "a/x#s3", "a/x#s4")
    assert next_step(COURSE, whole, done).section_id == "a/z#s1"


def test_an_optional_lesson_waits_until_it_is_begun():
    whole = seen("a/y#s1", "a/x#s1", "a/x#s2", "a/x#s3", "a/x#s4")
    done = [attempt("a/x#q40"), attempt("a/x#q41")]
    assert next_step(COURSE, whole, done).section_id == "a/y#s2"


READ = seen("a/x#s1", "a/x#s2", "a/x#s3", "a/x#s4", "a/z#s1")


def test_after_the_lessons_comes_the_quiz():
    step = next_step(COURSE, READ)
    assert (step.kind, step.id, step.run_id, step.item_index) == ("quiz", "a/quiz", None, 0)


def test_an_open_sitting_goes_on_at_its_question():
    runs = [run(9, PLAN, finished=False, minutes=30)]
    step = next_step(COURSE, READ, [attempt("a/quiz#1", 1.0, 9, 31)], runs)
    assert (step.kind, step.run_id, step.item_index) == ("quiz", 9, 1)


def test_reading_after_an_open_sitting_goes_first():
    runs = [run(9, PLAN, finished=False, minutes=-30)]
    assert next_step(COURSE, seen("a/x#s1"), [], runs).kind == "lesson"


def test_after_the_quiz_comes_the_next_module_then_what_failed_then_nothing():
    failed = [run(1, PLAN)]
    assert next_step(COURSE, READ, [], failed).section_id == "b/x#s1"
    all_read = [*READ, Visit("b/x#s1", 0, NOON + timedelta(hours=1))]
    assert next_step(COURSE, all_read, [], failed).id == "a/quiz"
    passed = [attempt(planned.item_id, 1.0, 1) for planned in PLAN]
    assert next_step(COURSE, all_read, passed, failed).kind == "done"


def test_a_course_without_modules_is_done():
    assert next_step(Course(()), seen("gone#s1")).kind == "done"


# Sittings ---------------------------------------------------------------------------------------

QUIZ_TEXT = "---\ntitle: Q\n---\n" + "\n".join(
    f"<!-- q id={name} outcome={outcome} {more} -->\n### P {name}?\n\n- [x] right\n- [ ] wrong\n<!-- /q -->\n"
    for name, outcome, more in [
        ("one", "O1", ""),
        ("two", "O2", "points=2"),
        ("twob", "O2", "points=2 variant-of=two"),
        ("twoc", "O2", "points=2 variant-of=two"),
        ("three", "O3", ""),
    ]
)
QUIZ = parse_quiz(PATH, "a", QUIZ_TEXT)
RIGHT, WRONG = Chosen(options=(0,)), Chosen(options=(1,))


def names(sitting: Sitting) -> list[str]:
    return [item.frame.id.partition("#")[2] for item in sitting.items]


def begun(seed: int, quiz: Quiz = QUIZ) -> Sitting:
    return Sitting.begun(quiz, seed, {"O2": "classify flows"})


def answered(sitting: Sitting, **wrong: bool) -> Sitting:
    while sitting.current is not None:
        outcome = sitting.current.frame.outcome
        sitting = sitting.answer(WRONG if wrong.get(outcome) else RIGHT)
    return sitting


def test_one_variant_of_each_group_is_drawn():
    for seed in range(10):
        drawn = names(begun(seed))
        assert len(drawn) == 3
        assert len({"two", "twob", "twoc"} & set(drawn)) == 1


def test_a_retake_draws_another_variant():
    variants = [name for seed in (5, 6, 7) for name in names(begun(seed)) if name.startswith("two")]
    assert sorted(variants) == ["two", "twob", "twoc"]


def test_the_order_depends_on_the_seed_alone():
    assert names(begun(3)) == names(begun(3))
    assert len({tuple(names(begun(seed))) for seed in range(30)}) > 6


def test_a_quiz_that_is_not_shuffled_keeps_the_order_of_the_author():
    plain = replace(QUIZ, shuffle=False)
    assert [name[:3] for name in names(begun(9, plain))] == ["one", "two", "thr"]


def test_a_quiz_asks_as_many_as_it_draws():
    assert len(names(begun(9, replace(QUIZ, draw=2)))) == 2


def test_a_sitting_from_first_to_last():
    sitting = begun(1)
    assert (sitting.position, sitting.finished) == (1, False)
    first = sitting.current
    assert first is not None
    sitting = sitting.answer(RIGHT)
    assert (sitting.position, sitting.current) == (2, sitting.items[1])
    assert sitting.marks[first.frame.id].right
    sitting = answered(sitting)
    assert (sitting.finished, sitting.position, sitting.current) == (True, 4, None)
    with pytest.raises(NotFound, match="finished"):
        sitting.answer(RIGHT)


def test_the_last_answer_to_a_question_counts():
    sitting = begun(1)
    name = sitting.items[0].frame.id
    sitting = sitting.answer(WRONG).answer(RIGHT, name)
    assert len(sitting.given) == 1
    assert sitting.marks[name].right


@pytest.mark.parametrize(
    ("mode", "tries", "left"),
    [
        (QuizMode.PRACTICE, 0, [None, None]),
        (QuizMode.PRACTICE, 2, [2, 1]),
        (QuizMode.CHECK, 5, [1, 0]),
        (QuizMode.EXAM, 5, [None, None]),
    ],
)
def test_tries_are_for_practice(mode: QuizMode, tries: int, left: list[int | None]):
    sitting = begun(1, replace(QUIZ, mode=mode, tries=tries))
    item = sitting.items[0]
    assert [sitting.tries_left(item), sitting.answer(WRONG).tries_left(item)] == left


def test_a_question_may_allow_its_own_number_of_tries():
    text = QUIZ_TEXT.replace("id=one", "id=one tries=3").replace(
        "title: Q", "title: Q\nmode: practice\ntries: 2"
    )
    sitting = begun(1, parse_quiz(PATH, "a", text))
    allowed = {item.frame.id.partition("#")[2]: sitting.tries_left(item) for item in sitting.items}
    assert (allowed["one"], allowed["three"]) == (3, 2)
    assert {planned.tries for planned in sitting.plan} == {2, 3}


def test_a_further_try_costs_what_the_author_set_but_not_in_an_exam():
    text = QUIZ_TEXT.replace("id=one", "id=one penalty=25%")
    for mode, share in ((QuizMode.PRACTICE, 0.75), (QuizMode.EXAM, 1.0)):
        sitting = begun(1, replace(parse_quiz(PATH, "a", text), mode=mode))
        sitting = sitting.answer(WRONG, "a/quiz#one").answer(RIGHT, "a/quiz#one")
        assert sitting.marks["a/quiz#one"].share == share


def test_a_question_that_is_not_drawn_is_refused():
    sitting = begun(1)
    other = next(item for item in QUIZ.items if item not in sitting.items)
    with pytest.raises(NotFound, match="not part of the quiz"):
        sitting.answer(RIGHT, other.frame.id)


def test_the_answer_sheet_tells_what_is_answered_and_flagged():
    sitting = begun(1)
    first, second, _third = (item.frame.id for item in sitting.items)
    sitting = (
        sitting.answer(RIGHT).flag(second, flagged=True).flag(first, flagged=True).flag(first, flagged=False)
    )
    assert [(entry.number, entry.answered, entry.flagged) for entry in sitting.sheet] == [
        (1, True, False),
        (2, False, True),
        (3, False, False),
    ]


def test_a_result_tells_each_outcome_names_strengths_and_next_steps():
    result = answered(begun(1), O2=True).result()
    assert (result.percent, result.passed) == (50, False)
    assert result.strengths == ("O1", "O3")
    assert result.next_steps == ("classify flows",)
    assert [(one.words, one.percent, one.reached) for one in result.outcomes] == [
        ("O1", 100, True),
        ("classify flows", 0, False),
        ("O3", 100, True),
    ]


def test_a_result_with_an_outcome_below_the_pass_mark():
    result = answered(begun(1), O1=True).result()
    assert (result.percent, result.passed) == (75, False)
    assert [one.name for one in result.outcomes if not one.reached] == ["O1"]


def test_a_result_that_is_a_pass():
    result = answered(begun(1)).result()
    assert (result.percent, result.passed, result.next_steps) == (100, True, ())


def test_a_sitting_handed_in_early_counts_what_is_missing():
    assert begun(1).result().percent == 0


def test_a_sitting_is_taken_up_from_the_record():
    sitting = begun(1)
    first, second, third = sitting.items
    attempts = [
        Attempt(1, first.frame.id, item_digest(first), RIGHT.to_json(), 1, 0, NOON),
        Attempt(3, third.frame.id, item_digest(third), Typed(text="x").to_json(), 1, 0, NOON),
        Attempt(4, "a/quiz#gone", "", RIGHT.to_json(), 1, 0, NOON),
        Attempt(5, third.frame.id, "", "nonsense", 1, 0, NOON),
    ]
    resumed = sitting.resumed(attempts)
    assert list(resumed.marks) == [first.frame.id]
    assert resumed.current == second


def test_an_answer_keeps_the_points_it_earned():
    sitting = begun(1)
    name = sitting.items[0].frame.id
    attempt = Attempt(1, name, "", RIGHT.to_json(), 1, 0, NOON, share=0.5, points=0.5)
    assert sitting.resumed([attempt]).marks[name].share == 0.5


def test_a_sitting_comes_back_from_its_run_whatever_the_quiz_is_now():
    sitting = answered(begun(4), O2=True)
    kept = {item.frame.id: item_from(item_source(item)) for item in sitting.items}
    run = Run(1, "a/quiz", 4, "check", NOON, sitting.plan, NOON, sitting.terms)
    again = Sitting.of_run(run, kept)
    attempts = [
        Attempt(at, given.item_id, "", given.response.to_json(), 4, 0, NOON)
        for at, given in enumerate(sitting.given)
    ]
    assert [item_digest(item) for item in again.items] == [item_digest(item) for item in sitting.items]
    assert again.resumed(attempts).result() == sitting.result()


def test_the_plan_is_what_the_record_keeps():
    sitting = begun(1)
    assert [planned.item_id for planned in sitting.plan] == [item.frame.id for item in sitting.items]
    assert sorted(planned.points for planned in sitting.plan) == [1, 1, 2]
    assert [planned.digest for planned in sitting.plan] == [item_digest(item) for item in sitting.items]


def test_a_digest_tells_wordings_apart_not_places():
    moved = parse_quiz(PATH, "a", QUIZ_TEXT.replace("---\n<!--", "---\n\n\n<!--", 1))
    changed = parse_quiz(PATH, "a", QUIZ_TEXT.replace("right", "correct"))
    assert [item_digest(item) for item in moved.items] == [item_digest(item) for item in QUIZ.items]
    assert not {item_digest(item) for item in changed.items} & {item_digest(item) for item in QUIZ.items}
