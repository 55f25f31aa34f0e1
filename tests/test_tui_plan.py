from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course.assessments import begin, finish
from course.journey import Step
from course.learner_name import keep_name
from tui.plan import read_plan, step_words, time_words, write_plan
from tui.settings import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Stage

PATHS = """\
[[path]]
id = "P0"
title = "Short way"
about = "A self-check and one lesson."
steps = ["self-checks/open-innovation-readiness", "other/more"]

[[path]]
id = "P1"
title = "Long way"
about = "Both modules."
steps = ["other", "small"]

[[prerequisite]]
first = ["small/reading"]
before = ["small/practice", "other"]
"""
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


@pytest.fixture
def stage(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    file = stage.course_folder.parent / "paths.toml"
    file.write_text(PATHS, encoding="utf-8")
    monkeypatch.setattr("course.learning_paths.shipped_paths", lambda: file)
    return stage


def settings(stage: Stage) -> Path:
    return stage.home / "settings.toml"


def read(stage: Stage, *lessons: str) -> None:
    services = stage.services()
    for _, head in services.course.lesson_heads():
        for section in head.section_ids if head.id in lessons else ():
            services.record.visit(section, 0, stage.clock())
    services.close()


@SIZES
async def test_a_path_is_chosen_and_continue_follows_it(stage: Stage, size: tuple[int, int]):
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        text = await stage.see(pilot, "▸ Begin     Module 1 · Reading and looking")
        assert "Plan      Choose a path through the course" in text
        await pilot.press("p")
        text = await stage.see(pilot, "P1  Long way")
        assert "✓ No path" in text
        assert "12 min to go" in text
        assert "Open innovation readiness · More" in text
        await pilot.press("down", "enter")
        text = await stage.see(pilot, "Plan      P1 Long way, module 1 of 2")
        assert "▸ Begin     Module 2 · More" in text
        await pilot.press("enter")
        await stage.see(pilot, "Text.")
    assert read_plan(settings(stage)) == "P1"


async def test_a_path_may_begin_with_a_self_check(stage: Stage):
    write_plan(settings(stage), "P0")
    app = stage.app()
    async with app.run_test() as pilot:
        text = await stage.see(pilot, "Plan      P0 Short way, step 1 of 2")
        assert "▸ Begin     Self-check" in text
        assert "about 12 min" in text
        assert "12 min to go" in text
        await pilot.press("enter")
        await stage.see(pilot, "begins with the first group")


async def test_what_is_done_leads_to_the_next_step_and_to_the_end(stage: Stage):
    write_plan(settings(stage), "P0")
    services = stage.services()
    own = begin(services.record, "open-innovation-readiness", stage.clock())
    finish(services.record, own.id, stage.clock())
    services.close()
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "Plan      P0 Short way, step 2 of 2")
        await stage.see(pilot, "Module 2 · More")
    read(stage, "other/more")
    app = stage.app()
    async with app.run_test() as pilot:
        text = await stage.see(pilot, "Plan      P0 Short way, done")
        assert "to go" not in text
        assert "Continue  Module 2 · Quiz" in text


async def test_a_lesson_on_the_path_goes_on_at_its_section(stage: Stage):
    write_plan(settings(stage), "P1")
    services = stage.services()
    services.record.visit("small/practice#a-word", 3, stage.clock())
    services.close()
    app = stage.app()
    async with app.run_test() as pilot:
        text = await stage.see(pilot, "Plan      P1 Long way, module 2 of 2")
        assert "Section 4 of 9: A word" in text


async def test_the_path_can_be_given_up(stage: Stage):
    write_plan(settings(stage), "P1")
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "module 1 of 2")
        await stage.click_words(pilot, "Plan      P1")
        await stage.see(pilot, "▸ ✓ P1  Long way")
        await stage.click_words(pilot, "No path")
        await stage.see(pilot, "Choose a path through the course")
    assert read_plan(settings(stage)) == ""


async def test_the_palette_leads_to_the_paths(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("ctrl+p", *"choose a path")
        await stage.see(pilot, "Choose a path through the course.")
        await pilot.press("enter")
        await stage.see(pilot, "P0  Short way")


async def test_what_is_better_read_first_is_told_and_locks_nothing(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(80, 40)) as pilot:
        await stage.see(pilot, "▸ Begin")
        await stage.click_words(pilot, "Other module")
        await stage.see(pilot, "Better read first: Reading and looking.")
        await stage.click_words(pilot, "Small module")
        text = await stage.see(pilot, "Practice")
        assert text.count("Better read first: Reading and looking.") == 2
        await stage.click_words(pilot, "Practice")
        await stage.see(pilot, "section 1 of 9")
        await stage.until(pilot, lambda: bool(app._notifications))
        assert next(iter(app._notifications)).message == "Better read first: Reading and looking."
    read(stage, "small/reading")
    app = stage.app()
    async with app.run_test(size=(80, 40)) as pilot:
        await stage.see(pilot, "▸ Continue")
        await stage.click_words(pilot, "Other module")
        assert "Better read first" not in await stage.see(pilot, "Afterwards you can")


async def test_broken_settings_are_told_and_home_works_without_them(stage: Stage):
    settings(stage).parent.mkdir(parents=True)
    settings(stage).write_text("[learning]\npath = 3\n", encoding="utf-8")
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await stage.until(pilot, lambda: bool(app._notifications))
        assert "learning.path" in next(iter(app._notifications)).message
        await stage.see(pilot, "Choose a path through the course")


def test_the_choice_stands_beside_other_settings(tmp_path: Path):
    file = tmp_path / "home" / "settings.toml"
    write_plan(file, "P2")
    text = file.read_text(encoding="utf-8") + '\n[appearance]\ntheme = "dark"\n'
    file.write_text(text, encoding="utf-8")
    write_plan(file, "P3")
    assert read_plan(file) == "P3"
    assert 'theme = "dark"' in file.read_text(encoding="utf-8")
    file.write_text("learning = 3\n", encoding="utf-8")
    assert read_plan(file) == ""
    file.write_text("[learning]\npath = []\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"learning\.path"):
        read_plan(file)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(5, "5 min to go"), (59, "59 min to go"), (60, "1 h to go"), (90, "2 h to go"), (1378, "23 h to go")],
)
def test_time_left_is_told_in_minutes_then_in_hours(minutes: int, words: str):
    assert time_words(minutes) == words


def test_the_next_step_is_told_in_one_line(stage: Stage):
    course = stage.services().course
    head = next(head for _module, head in course.lesson_heads() if head.id == "small/reading")
    lesson = Step("lesson", head.id, head.section_ids[1])
    assert step_words(None, course, lesson).startswith(
        "Small module · Reading and looking · section 2 of 4: "
    )
    assert step_words(None, course, Step("quiz", "small/quiz")) == "Small module · Quiz"
    begun = Step("quiz", "small/quiz", item_index=1, run_id=9)
    assert step_words(None, course, begun) == "Small module · Quiz · Question 2"
    assert step_words(None, course, Step("done")).startswith("You have finished every module.")


@SIZES
async def test_the_end_of_a_lesson_leads_along_the_path(stage: Stage, size: tuple[int, int]):
    write_plan(settings(stage), "P1")
    app = stage.app("other/more")
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "section 1 of 1")
        await pilot.press("n")
        await stage.see(pilot, "▸ Go on with your path: Other module")
    app = stage.app("other/quiz")
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "not begun")
        await pilot.press("enter")
        for number, keys in ((1, "a"), (2, "b"), (3, "ship")):
            await stage.see(pilot, f"question {number} of 3")
            await pilot.press(*keys, "enter")
            await stage.see(pilot, "enter Go on")
            await pilot.press("enter")
        await stage.see(pilot, "Passed with 100 %")
        await stage.see(pilot, "▸ Go on with your path: Reading and looking, about 6 min")
        await pilot.press("enter")
        await stage.see(pilot, "section 1 of 4")


async def test_a_lesson_off_the_path_leads_back_to_it_and_one_at_its_end_to_the_course(stage: Stage):
    write_plan(settings(stage), "P0")
    app = stage.app("small/practice#gaps")
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 9 of 9")
        await pilot.press("n")
        await stage.see(pilot, "▸ Go on with your path: Open innovation readiness, about 12 min")
    services = stage.services()
    own = begin(services.record, "open-innovation-readiness", stage.clock())
    finish(services.record, own.id, stage.clock())
    services.close()
    read(stage, "other/more")
    app = stage.app("small/practice#gaps")
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 9 of 9")
        await pilot.press("n")
        await stage.see(pilot, "▸ Go on to the quiz of this module")


@SIZES
async def test_a_path_has_a_certificate_once_all_its_steps_are_done(stage: Stage, size: tuple[int, int]):
    write_plan(settings(stage), "P0")
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "Plan      P0")
        await pilot.press("p")
        await stage.see(pilot, "▸ ✓ P0  Short way")
        await pilot.press("c")
        text = await stage.see(pilot, "Of the path “P0 Short way”, these steps are left:")
        assert "▸ Open innovation readiness" in text
        assert "  More" in text
        assert "Save as PDF" not in text
    services = stage.services()
    own = begin(services.record, "open-innovation-readiness", stage.clock())
    finish(services.record, own.id, stage.clock())
    keep_name(services.record, "Ada", stage.clock())
    services.close()
    read(stage, "other/more")
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "▸ Continue")
        await pilot.press("o")
        await stage.see(pilot, "Certificate of the path P0 Short way")
        await stage.click_words(pilot, "Certificate of the path")
        text = await stage.see(pilot, "You have completed the path “P0 Short way”.")
        await stage.click_words(pilot, "As Markdown")
        await stage.see(pilot, "Saved:")
    written = (stage.home / "certificates" / "certificate-p0.md").read_text(encoding="utf-8")
    assert "completed the path “P0 Short way” on 2026-11-22." in written
    assert "every lesson was read" in written
    assert "O1" not in written
