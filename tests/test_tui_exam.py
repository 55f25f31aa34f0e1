from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from course.history import Terms

if TYPE_CHECKING:
    from conftest import Stage
    from textual.pilot import Pilot


@pytest.fixture
def exam(stage: Stage) -> Stage:
    """The small quiz as an exam of ten minutes."""
    quiz = stage.course_folder / "01-small" / "quiz.md"
    text = quiz.read_text(encoding="utf-8").replace("mode: check", "mode: exam\nminutes: 10")
    quiz.write_text(text, encoding="utf-8")
    return stage


async def begin(exam: Stage, pilot: Pilot[None]) -> None:
    await exam.see(pilot, "not begun")
    await pilot.press("enter")
    await exam.see(pilot, "Answer sheet")


async def test_the_start_tells_the_terms(exam: Stage):
    async with exam.app("small/quiz").run_test() as pilot:
        text = " ".join((await exam.see(pilot, "not begun")).split())
        assert "change your answers until you hand in" in text
        assert "You have 10 minutes." in text
        assert "The time runs on when you leave." in text


async def test_an_exam_from_the_sheet_to_the_result(exam: Stage):
    app = exam.app("small/quiz")
    async with app.run_test() as pilot:
        await begin(exam, pilot)
        text = exam.text(app)
        assert "0 of 3 answered · 10 minutes left" in text
        assert "▸   1  Does a boat float?" in text
        assert text.count("open") == 3
        await pilot.press("enter")
        await exam.see(pilot, "question 1 of 3")
        await pilot.press("a", "enter")
        await exam.see(pilot, "question 2 of 3")
        await pilot.press("b", "enter")
        await exam.see(pilot, "question 3 of 3")
        await pilot.press(*"ship", "enter")
        text = await exam.see(pilot, "3 of 3 answered")
        assert text.count("answered") == 4
        await pilot.press("h")
        text = await exam.see(pilot, "Hand in now?")
        assert "Every question is answered." in text
        assert "▸ Back to the answer sheet" in text
        await pilot.press("down", "enter")
        text = await exam.see(pilot, "Passed with 100 %")
        assert "100 %, reached" in text
        assert app.services.record.runs("small/quiz")[0].finished is not None


async def test_a_question_is_flagged_skipped_and_named_before_handing_in(exam: Stage):
    app = exam.app("small/quiz")
    async with app.run_test() as pilot:
        await begin(exam, pilot)
        await pilot.press("enter")
        await exam.see(pilot, "question 1 of 3")
        await pilot.press("f", "n")
        await exam.see(pilot, "question 2 of 3")
        await pilot.press("b", "enter")
        text = await exam.see(pilot, "question 3 of 3")
        assert "ctrl+g Flag" in text
        assert "n Next" not in text
        await pilot.press("ctrl+g", "escape")
        text = await exam.see(pilot, "Answer sheet")
        assert text.count("open, flagged") == 2
        await pilot.press("f")
        await exam.until(pilot, lambda: exam.text(app).count("flagged") == 1)
        await exam.click_words(pilot, "Hand in")
        text = await exam.see(pilot, "Questions 1 and 3 have no answer yet.")
        assert "Flagged: 1." in text
        await pilot.press("enter")
        await exam.see(pilot, "Answer sheet")
        await exam.click_words(pilot, "Does a boat float?")
        text = await exam.see(pilot, "question 1 of 3")
        assert "Flagged, to look at again." in text


async def test_an_answer_can_be_changed_and_hints_are_not_offered(exam: Stage):
    app = exam.app("small/quiz")
    async with app.run_test() as pilot:
        await begin(exam, pilot)
        await pilot.press("enter")
        await exam.see(pilot, "question 1 of 3")
        await pilot.press("b", "enter")
        await exam.see(pilot, "question 2 of 3")
        await pilot.press("p")
        text = await exam.see(pilot, "b  (•) It does not")
        assert "Hint" not in text
        await pilot.press("a", "enter")
        await exam.see(pilot, "question 2 of 3")
        await exam.until(pilot, lambda: len(app.services.record.attempts()) == 2)
        shares = [attempt.share for attempt in app.services.record.attempts()]
        assert shares == [0.0, 1.0]
        assert app.screen.sat.sitting.result().score.earned == 1.0


async def test_everything_stands_there_after_a_restart(exam: Stage):
    app = exam.app("small/quiz")
    async with app.run_test() as pilot:
        await begin(exam, pilot)
        await pilot.press("f", "enter")
        await exam.see(pilot, "question 1 of 3")
        await pilot.press("a", "enter")
        await exam.see(pilot, "question 2 of 3")
        await exam.until(pilot, lambda: len(app.services.record.attempts()) == 1)
    app.services.close()
    exam.moment += timedelta(minutes=4)
    again = exam.app()
    async with again.run_test() as pilot:
        await exam.see(pilot, "Exam: 1 of 3 answered · 6 minutes left")
        await pilot.press("enter")
        text = await exam.see(pilot, "Answer sheet")
        assert "answered, flagged" in text
        assert "1 of 3 answered · 6 minutes left" in text


async def test_time_that_is_over_hands_in_what_was_answered(exam: Stage):
    app = exam.app("small/quiz")
    async with app.run_test() as pilot:
        await begin(exam, pilot)
        await pilot.press("enter")
        await exam.see(pilot, "question 1 of 3")
        await pilot.press("a", "enter")
        await exam.see(pilot, "question 2 of 3")
        exam.moment += timedelta(minutes=11)
        await pilot.press("b", "enter")
        text = await exam.see(pilot, "The time was over.")
        assert "What you had answered was handed in." in text
        assert "33 % are" not in text
    (run,) = app.services.record.runs("small/quiz")
    assert run.finished == run.started + timedelta(minutes=10)
    assert len(app.services.record.attempts()) == 1


async def test_time_that_ran_out_while_nobody_was_there_is_handed_in_at_the_next_start(exam: Stage):
    app = exam.app("small/quiz")
    async with app.run_test() as pilot:
        await begin(exam, pilot)
        await pilot.press("escape")
        await exam.see(pilot, "Modules")
        assert "The time runs on: 10 minutes left." in next(iter(app._notifications)).message
    app.services.close()
    exam.moment += timedelta(days=2)
    again = exam.app("small/quiz")
    async with again.run_test() as pilot:
        await exam.see(pilot, "Last time you reached 0 %.")
        await exam.click_words(pilot, "Look at your answers")
        text = await exam.see(pilot, "You gave no answer to this question.")
        assert "✓ correct" in text
        assert "enter Answer" not in text
    (run,) = again.services.record.runs("small/quiz")
    assert run.finished == run.started + timedelta(minutes=10)


async def test_the_clock_hands_in_without_a_key(exam: Stage, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tui.screens.exam.TICK", 0.02)
    app = exam.app("small/quiz")
    async with app.run_test() as pilot:
        await begin(exam, pilot)
        exam.moment += timedelta(minutes=11)
        await exam.see(pilot, "The time was over.")


async def test_another_window_that_hands_in_ends_this_one(exam: Stage):
    app = exam.app("small/quiz")
    async with app.run_test() as pilot:
        await begin(exam, pilot)
        await pilot.press("enter")
        await exam.see(pilot, "question 1 of 3")
        app.services.record.finish_run(app.services.record.runs()[0].id, exam.clock())
        await pilot.press("a", "enter")
        await exam.see(pilot, "Not passed yet")
        assert app.services.record.attempts() == ()


async def test_an_attempt_is_shown_as_it_was_when_the_module_has_changed(exam: Stage):
    app = exam.app("small/quiz")
    async with app.run_test() as pilot:
        await begin(exam, pilot)
        await pilot.press("enter")
        await exam.see(pilot, "question 1 of 3")
        await pilot.press("b", "enter")
        await exam.see(pilot, "question 2 of 3")
        await exam.until(pilot, lambda: len(app.services.record.attempts()) == 1)
        await pilot.press("escape")
        await exam.see(pilot, "Answer sheet")
        await pilot.press("h")
        await exam.see(pilot, "▸ Back to the answer sheet")
        await pilot.press("down")
        await exam.see(pilot, "▸ Hand in")
        await pilot.press("enter")
        await exam.see(pilot, "Not passed yet")
    app.services.close()
    quiz = exam.course_folder / "01-small" / "quiz.md"
    text = quiz.read_text(encoding="utf-8").replace("Does a boat float?", "Do ferries float?")
    quiz.write_text(text, encoding="utf-8")
    again = exam.app("small/quiz")
    async with again.run_test() as pilot:
        await exam.see(pilot, "▸ Take the quiz again")
        await exam.click_words(pilot, "Look at an earlier attempt")
        await exam.see(pilot, "0 % · not passed")
        await pilot.press("enter")
        await exam.see(pilot, "The module has changed since.")
        await exam.click_words(pilot, "Look at every answer")
        text = await exam.see(pilot, "Does a boat float?")
        assert "✗ your answer · not right" in text
        assert "It does." in text


async def test_an_exam_without_a_limit_shows_no_clock(exam: Stage):
    quiz = exam.course_folder / "01-small" / "quiz.md"
    quiz.write_text(quiz.read_text(encoding="utf-8").replace("minutes: 10\n", ""), encoding="utf-8")
    app = exam.app("small/quiz")
    async with app.run_test() as pilot:
        await begin(exam, pilot)
        assert "left" not in exam.text(app)
        assert app.services.record.runs()[0].terms == Terms(
            "Small quiz", 60, 0, 0, {"O1": "tell what floats", "O2": "tell what sinks"}
        )
