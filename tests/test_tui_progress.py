from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from course.catalog import open_lesson, open_quiz
from course.response import Chosen, Typed
from course.solve import right_response
from tui.giving import give
from tui.quiz_run import begin, hand_in

if TYPE_CHECKING:
    from conftest import Stage
    from textual.pilot import Pilot

SIZES = [(80, 24), (120, 40)]


def worked(stage: Stage) -> None:
    """The first module completed three days ago, one practice question wrong, certainty told twelve times."""
    services = stage.services()
    module = services.course.modules[0]
    for head in module.lessons:
        for section_id in head.section_ids:
            services.record.visit(section_id, 0, stage.clock())
            stage.moment += timedelta(minutes=4)
    items = {item.frame.id.partition("#")[2]: item for item in open_lesson(module, module.lessons[1]).items}
    give(services, items["single"], Chosen(options=(1,)))
    for _ in range(12):
        give(services, items["word"], Typed(text="Hansa"), certainty=3)
    give(services, items["word"], Typed(text="Hansa"), certainty=1)
    quiz = open_quiz(module)
    sat = begin(services, quiz, module, None)
    for item in sat.sitting.items:
        response = right_response(item)
        assert response is not None
        give(services, item, response, run_id=sat.run.id)
    hand_in(services, sat)
    services.close()
    stage.moment += timedelta(days=3)


async def to_progress(stage: Stage, pilot: Pilot[None]) -> str:
    await stage.see(pilot, "Modules")
    await pilot.press("o")
    return await stage.see(pilot, "Certificate of the whole course")


def lines(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_done_is_told_calmly(stage: Stage, size: tuple[int, int]):
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        text = await to_progress(stage, pilot)
        assert "0 of 2 modules are completed. About 15 min left to read." in text
        assert "▸  1  Small module" in text
        assert "0 of 2 outcomes  ··" in text
        assert "0 of 2 lessons, quiz not taken." in text
        await pilot.press("pagedown")
        text = await stage.see(pilot, "No question has asked you yet how sure you are.")
        assert "Nothing comes back in the next 14 days." in text
        assert max(len(line) for line in text.split("\n")) <= size[0]


@pytest.mark.parametrize("size", SIZES)
async def test_what_was_done_is_told_in_words_before_bars(stage: Stage, size: tuple[int, int]):
    worked(stage)
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        text = await to_progress(stage, pilot)
        assert "1 of 2 modules" in text
        assert "2 of 2 outcomes  ■■" in text
        told = lines(text)
        assert "2 of 2 lessons, quiz passed with 100 %. At least 52 min spent. Nothing left to read." in told
        await pilot.press("pagedown")
        text = await stage.see(pilot, "certain: 12 of 12 right, 100 %  ■■■■■■■■■■")
        assert "unsure: 1 of 1 right; too few to tell a share" in text
        assert "fairly sure: no answer" in text
        assert "today: 4 questions, about 3 minutes  ■■■■" in text
        assert "Nothing on the other days." in text


async def test_a_module_shows_its_outcomes_questions_and_certificate(stage: Stage):
    worked(stage)
    app = stage.app()
    async with app.run_test(size=(80, 40)) as pilot:
        await to_progress(stage, pilot)
        await pilot.press("enter")
        text = lines(await stage.see(pilot, "Get your certificate"))
        assert "tell what floats: reached, 100 % ■■■■■■■■■■" in text
        assert "Does a stone float? – answered once, last right on 2026-11-22; waits for a review" in text
        assert "Which one floats? – answered once, last wrong" in text
        assert "What is the word for a union of towns? – answered 13 times, last right" in text
        await pilot.press("enter")
        await stage.see(pilot, "Which name is to stand on it?")
        await pilot.press("escape")
        await stage.see(pilot, "Get your certificate")
        await pilot.press("escape")
        await stage.see(pilot, "Certificate of the whole course")


async def test_the_certificate_of_the_course_tells_what_is_left(stage: Stage):
    worked(stage)
    app = stage.app()
    async with app.run_test() as pilot:
        await to_progress(stage, pilot)
        await pilot.press("down", "down", "enter")
        text = await stage.see(pilot, "1 of 2 modules are completed. These are left:")
        assert "▸ Other module" in text
        await pilot.press("escape")
        await to_progress_again(stage, pilot)
        await pilot.press("c")
        await stage.see(pilot, "These are left:")
        await stage.click_words(pilot, "Other module")
        await stage.see(pilot, "Before module 2")


async def to_progress_again(stage: Stage, pilot: Pilot[None]) -> None:
    await stage.see(pilot, "Certificate of the whole course")


async def test_a_click_and_the_palette_lead_there_too(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "Modules")
        await pilot.press("ctrl+p")
        await pilot.press(*"progress")
        await stage.see(pilot, "See what you reached and what comes back.")
        await pilot.press("enter")
        await stage.see(pilot, "Certificate of the whole course")
        await stage.click_words(pilot, "Other module")
        await stage.see(pilot, "What is missing for the certificate")
        await stage.see(pilot, "tell what sinks: not tested yet")


async def test_a_record_that_cannot_be_used_is_told(stage: Stage):
    stage.home.mkdir()
    stage.home.joinpath("learner.sqlite").write_bytes(b"not a database, but long enough" * 60)
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "Modules")
        await pilot.press("o")
        await stage.see(pilot, "Looking up what you did")
        await stage.until(pilot, lambda: len(app._notifications) >= 2)
