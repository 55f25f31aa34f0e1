from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from course.catalog import open_quiz
from course.digest import item_digest
from course.response import Chosen
from tui.quiz_run import begin

if TYPE_CHECKING:
    import pytest
    from conftest import Stage
    from textual.pilot import Pilot

    from course.model import Module, Quiz
    from tui.quiz_run import Sat
    from tui.services import Services


async def answer_the_small_quiz(stage: Stage, pilot: Pilot[None], first: str = "a") -> None:
    await stage.see(pilot, "question 1 of 3")
    await pilot.press(first, "enter")
    await stage.see(pilot, "question 2 of 3")
    await pilot.press("b", "enter")
    await stage.see(pilot, "question 3 of 3")
    await pilot.press(*"ship", "enter")
    await stage.see(pilot, "result")


async def test_the_start_tells_what_the_quiz_is(stage: Stage):
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        text = " ".join((await stage.see(pilot, "3 questions.")).split())
        assert "one try for each" in text
        assert "You pass with 60 % of the points, in all and in each outcome." in text
        assert "nothing is lost" in text
        assert "▸ Begin" in text


async def test_a_quiz_from_start_to_result(stage: Stage):
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await answer_the_small_quiz(stage, pilot)
        text = await stage.see(pilot, "100 %")
        assert "✓ Passed with 100 %." in text
        assert "tell what sinks" in text
        assert "What went well" in text
        assert "Go on to module 2: Other module" in text
        record = app.services.record
        assert record.open_run("small/quiz") is None
        assert [attempt.share for attempt in record.attempts()] == [1.0, 1.0, 1.0]


async def test_feedback_waits_until_the_end(stage: Stage):
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 3")
        await pilot.press("b", "enter")
        text = await stage.see(pilot, "question 2 of 3")
        assert "It does." not in text


async def test_not_passed_is_told_calmly_and_each_answer_can_be_seen(stage: Stage):
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await answer_the_small_quiz(stage, pilot, first="b")
        text = await stage.see(pilot, "Not passed yet")
        assert "That is fine: look at the answers" in text
        assert "66 % in all, but not 60 % in tell what floats." in " ".join(text.split())
        assert "0 %, not reached yet" in text
        assert "▸ Look at every answer" in text
        await pilot.press("enter")
        text = await stage.see(pilot, "answer 1 of 3")
        assert "✗ your answer · not right" in text
        assert "It does." in text
        await pilot.press("n", "n", "n")
        await stage.see(pilot, "result")
        await pilot.press("enter", "t")
        await stage.see(pilot, "result")


async def test_leaving_says_that_nothing_is_lost(stage: Stage):
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 3")
        await pilot.press("escape")
        await stage.see(pilot, "Modules")
        assert "Your answers are saved" in next(iter(app._notifications)).message


async def test_the_same_question_stands_after_a_restart(stage: Stage):
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 3")
        await pilot.press("a", "enter")
        await stage.see(pilot, "question 2 of 3")
    app.services.close()
    again = stage.app()
    async with again.run_test() as pilot:
        await stage.see(pilot, "You stopped at question 2.")
        await pilot.press("enter")
        text = await stage.see(pilot, "question 2 of 3")
        assert "Does a stone float?" in text


async def test_an_open_sitting_goes_on_as_it_was_asked_when_the_module_changes(stage: Stage):
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 3")
        await pilot.press("a", "enter")
        await stage.see(pilot, "question 2 of 3")
    app.services.close()
    quiz = stage.course_folder / "01-small" / "quiz.md"
    text = quiz.read_text(encoding="utf-8").replace("Does a stone float?", "Do stones swim?")
    quiz.write_text(text, encoding="utf-8")
    again = stage.app("small/quiz")
    async with again.run_test() as pilot:
        text = await stage.see(pilot, "question 2 of 3")
        assert "Does a stone float?" in text
        await pilot.press("b", "enter")
        await stage.see(pilot, "question 3 of 3")
        await pilot.press(*"ship", "enter")
        text = await stage.see(pilot, "Passed with 100 %")
        assert "The module has changed since." in text


async def test_an_answer_that_was_given_but_not_marked_counts(stage: Stage):

    services = stage.services()
    quiz = open_quiz(services.course.modules[0])
    sat = begin(services, quiz, services.course.modules[0], None)
    item = quiz.items[0]
    services.record.give(
        item.frame.id,
        Chosen(options=(0,)),
        digest=item_digest(item),
        at=stage.clock(),
        run_id=sat.run.id,
    )
    services.close()
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "question 2 of 3")


async def test_a_retake_is_a_new_sitting(stage: Stage):
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await answer_the_small_quiz(stage, pilot, first="b")
        await stage.click_words(pilot, "Take the quiz again")
        await stage.see(pilot, "question 1 of 3")
        assert len(app.services.record.runs("small/quiz")) == 2


async def test_a_finished_quiz_shows_its_last_result_first(stage: Stage):
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await answer_the_small_quiz(stage, pilot)
        await pilot.press("escape")
        await stage.see(pilot, "passed 100 %")
        app.open_place("small/quiz")
        text = await stage.see(pilot, "Last time you reached 100 %.")
        assert "▸ Take the quiz again" in text


async def test_practice_tells_at_once(stage: Stage):
    app = stage.app("other/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 3")
        await pilot.press("b", "enter")
        text = await stage.see(pilot, "✗ Not right yet.")
        assert "r Try again" in text
        await pilot.press("enter")
        await stage.see(pilot, "question 2 of 3")


async def test_tries_hold_the_right_answer_back(stage: Stage):
    quiz = stage.course_folder / "02-other" / "quiz.md"
    text = quiz.read_text(encoding="utf-8").replace("mode: practice", "mode: practice\ntries: 2")
    quiz.write_text(text, encoding="utf-8")
    app = stage.app("other/quiz")
    async with app.run_test() as pilot:
        text = " ".join((await stage.see(pilot, "not begun")).split())
        assert "You have 2 tries for each." in text
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 3")
        await pilot.press("b", "enter")
        text = await stage.see(pilot, "Not right yet. You have 1 more try.")
        assert "It does." in text
        assert "✓ correct" not in text
        await pilot.press("b", "enter")
        text = await stage.see(pilot, "✓ correct")
        assert "Try again" not in text
        assert len(app.services.record.attempts()) == 2
        await pilot.press("enter")
        await stage.see(pilot, "question 2 of 3")


async def test_certainty_is_asked_after_the_answer_and_kept(stage: Stage):
    quiz = stage.course_folder / "01-small" / "quiz.md"
    text = quiz.read_text(encoding="utf-8").replace("id=q1", "id=q1 certainty=yes")
    quiz.write_text(text.replace("id=q3", "id=q3 certainty=yes"), encoding="utf-8")
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 3")
        await pilot.press("b", "enter")
        text = await stage.see(pilot, "How sure are you?")
        assert "1 Unsure   2 Fairly sure   3 Certain" in text
        assert app.services.record.attempts() == ()
        await pilot.press("a")
        await stage.until(pilot, lambda: "How sure" not in stage.text(app))
        await pilot.press("enter")
        await stage.see(pilot, "How sure are you?")
        await pilot.press("3")
        await stage.see(pilot, "question 2 of 3")
        await pilot.press("b", "enter")
        await stage.see(pilot, "question 3 of 3")
        await pilot.press(*"ship", "enter")
        await stage.see(pilot, "How sure are you?")
        await pilot.press("escape")
        await stage.until(pilot, lambda: "How sure" not in stage.text(app))
        await pilot.press("enter")
        await stage.see(pilot, "How sure are you?")
        await pilot.press("1")
        await stage.see(pilot, "result")
        attempts = app.services.record.attempts()
        assert [attempt.certainty for attempt in attempts] == [3, None, 1]
        assert all(attempt.seconds is not None for attempt in attempts)


async def test_certainty_is_given_by_a_click(stage: Stage):
    quiz = stage.course_folder / "02-other" / "quiz.md"
    quiz.write_text(
        quiz.read_text(encoding="utf-8").replace("id=q1", "id=q1 certainty=yes"), encoding="utf-8"
    )
    app = stage.app("other/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 3")
        await pilot.press("a", "enter")
        await stage.see(pilot, "How sure are you?")
        await stage.click_words(pilot, "Fairly sure")
        await stage.see(pilot, "✓ Correct.")
        assert [attempt.certainty for attempt in app.services.record.attempts()] == [2]


async def test_an_earlier_attempt_is_chosen_from_a_list(stage: Stage):
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await answer_the_small_quiz(stage, pilot, first="b")
        await stage.click_words(pilot, "Take the quiz again")
        await answer_the_small_quiz(stage, pilot)
        app.open_place("small/quiz")
        await stage.see(pilot, "Last time you reached 100 %.")
        await stage.click_words(pilot, "Look at an earlier attempt")
        text = await stage.see(pilot, "66 % · not passed")
        assert "100 % · passed" in text
        await stage.click_words(pilot, "66 % · not passed")
        await stage.see(pilot, "66 % in all")
        await stage.click_words(pilot, "Look at every answer")
        await stage.see(pilot, "✗ your answer · not right")
        await pilot.press("t", "escape")
        await stage.see(pilot, "Last time you reached 100 %.")


async def test_the_wide_window_shows_the_quiz(stage: Stage):
    app = stage.app("small/quiz")
    async with app.run_test(size=(120, 40)) as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 3")


async def test_the_palette_offers_each_certainty_once_it_is_asked_for(stage: Stage):
    quiz = stage.course_folder / "01-small" / "quiz.md"
    quiz.write_text(
        quiz.read_text(encoding="utf-8").replace("id=q1", "id=q1 certainty=yes"), encoding="utf-8"
    )
    app = stage.app("small/quiz")
    async with app.run_test(size=(80, 30)) as pilot:
        await stage.see(pilot, "3 questions.")
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 3")
        await pilot.press("ctrl+p")
        await stage.see(pilot, "Search for a command")
        assert "How sure" not in stage.text(app)
        await pilot.press("escape", "a", "enter")
        await stage.see(pilot, "How sure are you?")
        await pilot.press("ctrl+p", *"howsure2")
        await stage.see(pilot, "How sure 2")
        await pilot.press("enter")
        await stage.until(pilot, lambda: bool(app.services.record.attempts()))
        assert [attempt.certainty for attempt in app.services.record.attempts()] == [2]


async def test_a_quiz_that_is_begun_twice_has_one_attempt(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    app, go, begun = stage.app("small/quiz"), Event(), []

    def slow(services: Services, quiz: Quiz, module: Module, before: Sat | None) -> Sat:
        begun.append(quiz.id)
        go.wait(60)
        return begin(services, quiz, module, before)

    monkeypatch.setattr("tui.screens.quiz.begin", slow)
    async with app.run_test() as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await stage.until(pilot, lambda: bool(begun))
        await pilot.press("enter")
        go.set()
        await stage.see(pilot, "question 1 of 3")
    assert len(begun) == len(stage.services().record.runs("small/quiz")) == 1
