from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from course.catalog import open_lesson
from course.response import Chosen, Typed
from tui.giving import give

if TYPE_CHECKING:
    from conftest import Stage
    from textual.pilot import Pilot


def answered(stage: Stage, days: int = 5) -> None:
    """Three questions of the first module answered right, then some days gone by."""
    services = stage.services()
    module = services.course.modules[0]
    items = {item.frame.id.partition("#")[2]: item for item in open_lesson(module, module.lessons[1]).items}
    give(services, items["single"], Chosen(options=(0,)), seconds=30.0)
    give(services, items["word"], Typed(text="Hansa"), seconds=40.0)
    give(services, items["number"], Typed(text="999"), seconds=50.0)
    services.close()
    stage.moment += timedelta(days=days)


async def see_line(stage: Stage, pilot: Pilot[None], words: str) -> str:
    return " ".join((await stage.see(pilot, words)).split())


async def test_home_has_no_line_while_nothing_is_due(stage: Stage):
    answered(stage, days=0)
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Continue")
        assert "to look at again" not in stage.text(app)
        await pilot.press("r")
        await stage.see(pilot, "Nothing is due today.")


async def test_home_tells_what_is_due_and_leads_there(stage: Stage):
    answered(stage)
    app = stage.app()
    async with app.run_test() as pilot:
        text = await stage.see(pilot, "Today     3 questions to look at again")
        assert "about 2 min" in text
        await stage.click_words(pilot, "to look at again")
        await stage.see(pilot, "not begun")


async def test_a_review_from_start_to_end(stage: Stage):
    answered(stage)
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "to look at again")
        await pilot.press("r")
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        text = await stage.see(pilot, "question 1 of 3")
        assert "How many towns?" in text, "the one that was wrong comes first"
        await pilot.press(*"200", "enter")
        text = await stage.see(pilot, "✓ Correct.")
        assert "Try again" not in text
        await pilot.press("enter")
        await stage.see(pilot, "question 2 of 3")
        if "Which one floats?" in stage.text(app):
            await pilot.press("c", "enter")
            await stage.see(pilot, "✓ correct")
            await pilot.press("enter")
        else:
            await pilot.press(*"x", "enter")
            await stage.see(pilot, "✗")
            await pilot.press("enter")
        await stage.see(pilot, "question 3 of 3")
        await pilot.press("escape")
        await stage.see(pilot, "Modules")
        await pilot.press("r")
        await stage.see(pilot, "question 3 of 3")
        if "Which one floats?" in stage.text(app):
            await pilot.press("c", "enter")
        else:
            await pilot.press(*"x", "enter")
        await stage.see(pilot, "enter Go on")
        await pilot.press("enter")
        text = await stage.see(pilot, "You knew")
        assert "What you missed comes back soon" in text
        runs = app.services.record.runs("review")
        assert [(run.mode, run.finished is not None) for run in runs] == [("review", True)]
        assert len(app.services.record.attempts(run_id=runs[0].id)) == 3
        await pilot.press("escape")
        await stage.see(pilot, "Modules")
        await stage.until(pilot, lambda: "to look at again" not in stage.text(app))


async def test_a_break_is_met_with_a_calm_word(stage: Stage):
    answered(stage, days=30)
    app = stage.app()
    async with app.run_test() as pilot:
        await see_line(stage, pilot, "Welcome back after 30 days.")


async def test_a_question_that_is_gone_is_left_out(stage: Stage):
    answered(stage)
    lesson = stage.course_folder / "01-small" / "02-practice.md"
    text = lesson.read_text(encoding="utf-8").replace("id=number", "id=another")
    lesson.write_text(text, encoding="utf-8")
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "to look at again")
        await pilot.press("r")
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 2")


async def test_a_new_module_begins_with_two_questions_from_earlier_ones(stage: Stage):
    answered(stage)
    app = stage.app("other/more")
    async with app.run_test() as pilot:
        text = await see_line(stage, pilot, "Before module 2: Other module")
        assert "2 questions, about 2 minutes from earlier modules." in text
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 2")
        await pilot.press(*"200", "enter")
        await stage.see(pilot, "✓ Correct.")
        await pilot.press("enter")
        await stage.see(pilot, "question 2 of 2")
        if "Which one floats?" in stage.text(app):
            line = next(line for line in stage.text(app).split("\n") if "The boat" in line)
            await pilot.press(line.partition("(")[0].strip(" ▌▸"), "enter")
        else:
            await pilot.press(*"hansa", "enter")
        await stage.see(pilot, "enter Go on")
        await pilot.press("enter")
        await stage.see(pilot, "You knew 2 of 2.")
        await pilot.press("enter")
        await stage.see(pilot, "section 1 of 1")


async def test_a_module_brings_back_an_outcome_before_it_is_due(stage: Stage):
    lesson = stage.course_folder / "01-small" / "02-practice.md"
    text = lesson.read_text(encoding="utf-8").replace("id=number outcome=O1", "id=number outcome=O2")
    lesson.write_text(text, encoding="utf-8")
    answered(stage, days=1)
    module = stage.course_folder / "02-other" / "module.md"
    module.write_text(
        "---\ntitle: Other module\nid: other\nbrings_back: [small/O1]\n---\n\nHello.\n", encoding="utf-8"
    )
    app = stage.app("other/more")
    async with app.run_test() as pilot:
        text = await see_line(stage, pilot, "Before module 2: Other module")
        assert "A look back first: 2 questions" in text, "one is brought back, another one is due"
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 2")


async def test_the_questions_before_a_module_can_be_skipped_once_and_for_all(stage: Stage):
    answered(stage)
    app = stage.app("other/more")
    async with app.run_test() as pilot:
        await stage.see(pilot, "Before module 2")
        await pilot.press("down", "enter")
        await stage.see(pilot, "section 1 of 1")
    app.services.close()
    again = stage.app("other/more")
    async with again.run_test() as pilot:
        await stage.see(pilot, "section 1 of 1")


async def test_a_review_of_yesterday_is_closed_and_a_new_one_begun(stage: Stage):
    answered(stage)
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "to look at again")
        await pilot.press("r")
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 3")
    app.services.close()
    stage.moment += timedelta(days=1)
    again = stage.app()
    async with again.run_test() as pilot:
        await stage.see(pilot, "to look at again")
        await pilot.press("r")
        await stage.see(pilot, "not begun")
        (run,) = again.services.record.runs("review")
        assert run.finished is not None
