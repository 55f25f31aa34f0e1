from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Stage


async def test_first_run_welcomes_and_tells_what_to_press(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        text = await stage.see(pilot, "Welcome.")
        assert "▸ Begin     Module 1 · Reading and looking" in text
        assert "Section 1 of 4" in text
        assert "0 of 2" in text
        assert "enter Continue" in text


async def test_enter_opens_the_first_lesson_and_home_then_continues_there(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("enter")
        await stage.see(pilot, "section 1 of 4")
        await pilot.press("n")
        await stage.see(pilot, "section 2 of 4")
        await pilot.press("escape")
        text = await stage.see(pilot, "Section 2 of 4: What the page can show")
        assert "▸ Continue  Module 1 · Reading and looking" in text
        assert "Welcome." not in text


async def test_a_module_opens_to_its_lessons_and_quiz(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("down", "down", "down", "enter")
        text = await stage.see(pilot, "Practice")
        assert "Quiz" in text
        assert "Afterwards you can" in text
        assert "– tell what floats" in text
        await pilot.press("enter")
        await stage.until(pilot, lambda: "Practice" not in stage.text(app))
        assert "Afterwards" not in stage.text(app)
        await pilot.press("enter")
        await stage.see(pilot, "Practice")
        await pilot.press("down", "down", "enter")
        await stage.see(pilot, "section 1 of 9")


async def test_rows_and_keys_can_be_clicked(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await stage.click_words(pilot, "Small module")
        await stage.see(pilot, "Practice")
        await stage.click_words(pilot, "? Help")
        await stage.see(pilot, "the keys of this page")


async def test_a_finished_lesson_is_counted(stage: Stage):
    services = stage.services()
    for section in services.course.modules[0].lessons[0].section_ids:
        services.record.visit(section, 0, stage.clock())
    services.close()
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "1 of 2")


async def test_a_question_typed_at_home_goes_to_the_guides(stage: Stage):
    stage.assistant.will_answer("What floats?", "Boats float [1].", ["The ferry ran for 54 months."])
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.click("#ask")
        await pilot.press(*"What", "space", *"floats?", "enter")
        await stage.see(pilot, "Boats float [1].")
        await pilot.press("escape")
        await stage.see(pilot, "Modules")


async def test_trouble_in_course_files_is_told(stage: Stage):
    stage.course_folder.joinpath("01-small", "03-bad.md").write_text("no title\n", encoding="utf-8")
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "hansa course check")


async def test_an_unusable_record_is_told_in_words(stage: Stage):
    stage.home.mkdir()
    stage.home.joinpath("learner.sqlite").write_bytes(
        b"not a database, but long enough to be read as one" * 40
    )
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.until(pilot, lambda: bool(app._notifications))
        assert "learner.sqlite" in next(iter(app._notifications)).message


async def test_the_wide_window_shows_the_same(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(120, 40)) as pilot:
        assert "Small module" in await stage.see(pilot, "Welcome.")


async def test_a_window_too_small_says_so_and_comes_back(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await stage.see(pilot, "Take the tour")
        await pilot.press("down", "down", "down")
        await pilot.resize_terminal(40, 10)
        text = await stage.see(pilot, "40 × 10")
        assert "60 × 18" in text.replace("\n", " ")
        assert "Modules" not in text
        await pilot.resize_terminal(60, 18)
        text = await stage.see(pilot, "Modules")
        assert "▸ +  1  Small module" in text


async def test_every_page_line_fits_the_least_window(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(60, 18)) as pilot:
        text = await stage.see(pilot, "Begin")
        assert "? Help" in text
        assert max(len(line) for line in text.split("\n")) <= 60


async def test_help_lists_the_keys_and_the_idea(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(80, 30)) as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("question_mark")
        text = await stage.see(pilot, "the keys of this page")
        assert "saved at once" in text
        assert "Ask the guides a question" in text
        await pilot.press("escape")
        await stage.see(pilot, "Modules")


async def test_the_palette_offers_the_commands_of_the_page(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(80, 30)) as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("ctrl+p")
        await stage.see(pilot, "Guides")
        await pilot.press(*"nextlook")
        await stage.see(pilot, "Change to the next look")
        await pilot.press("enter")
        await stage.until(pilot, lambda: app.theme == "hansa-light")


async def test_resume_opens_the_place_where_the_learner_stopped(stage: Stage):
    services = stage.services()
    services.record.visit("small/practice#a-word", 0, stage.clock())
    services.close()
    app = stage.app(resumes=True)
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 4 of 9")


async def test_ctrl_c_tells_how_to_leave(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("ctrl+c")
        await stage.until(pilot, lambda: bool(app._notifications))
        assert "ctrl+q" in next(iter(app._notifications)).message


async def test_a_wrong_reference_is_told(stage: Stage):
    app = stage.app("small/nothing")
    async with app.run_test() as pilot:
        await stage.until(pilot, lambda: bool(app._notifications))
        assert "nothing" in next(iter(app._notifications)).message


def test_the_first_paint_loads_nothing_heavy():
    program = (
        "import sys; import tui.app, tui.screens.home, course.catalog\n"
        "course = course.catalog.load_course(course.catalog.shipped_modules())\n"
        "heavy = {'sqlalchemy', 'markdown_it', 'faiss', 'numpy', 'pydantic', 'tantivy', 'langchain_core'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


async def test_many_modules_are_listed_a_stretch_at_a_time(stage: Stage):
    for number in range(3, 71):
        folder = stage.course_folder / f"{number}-many-{number}"
        folder.mkdir()
        folder.joinpath("module.md").write_text(f"---\ntitle: Many {number}\n---\n", encoding="utf-8")
    app = stage.app()
    async with app.run_test(size=(80, 60)) as pilot:
        await stage.see(pilot, "Welcome.")
        text = await stage.see(pilot, "40 modules more")
        assert "Many 30" in text
        assert "Many 31" not in text
        await stage.click_words(pilot, "40 modules more")
        text = await stage.see(pilot, "Many 31")
        assert "30 modules before" in text
        assert "10 modules more" in text
        assert "Many 30" not in text
        await stage.click_words(pilot, "10 modules more")
        text = await stage.see(pilot, "Many 70")
        assert "modules more" not in text
        await stage.click_words(pilot, "60 modules before")
        await stage.see(pilot, "Many 31")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_twelve_modules_leave_the_line_for_a_question_in_view(stage: Stage, size: tuple[int, int]):
    for number in range(3, 13):
        folder = stage.course_folder / f"{number:02}-many-{number}"
        folder.mkdir()
        folder.joinpath("module.md").write_text(f"---\ntitle: Many {number}\n---\n", encoding="utf-8")
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "▸ Begin")
        text = await stage.see(pilot, "Type a question about programmes")
        assert "Ask the guides" in text
        assert "Take the tour" in text
        listed = text.count("Many")
        assert listed == (3 if size[1] == 24 else 10)
        await pilot.press("enter")
        await stage.see(pilot, "section 1 of 4")
        await pilot.press("escape")
        await stage.see(pilot, "▸ Continue")
        assert "Type a question about programmes" in stage.text(app)
        other = (80, 24) if size[1] == 40 else (120, 40)
        await pilot.resize_terminal(*other)
        await stage.until(pilot, lambda: stage.text(app).count("Many") == (10 if size[1] == 24 else 4))
        assert "▸ Continue" in stage.text(app)
        await pilot.press("down", "down", "down")
        await stage.see(pilot, "▸ +  2  Other module")
        await pilot.resize_terminal(*size)
        await stage.until(pilot, lambda: stage.text(app).count("Many") == (4 if size[1] == 24 else 10))
        await stage.see(pilot, "▸ +  2  Other module")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_opened_module_tells_what_was_done_meanwhile(stage: Stage, size: tuple[int, int]):
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "▸ Begin")
        await stage.click_words(pilot, "Other module")
        await stage.see(pilot, "· More")
        await stage.click_words(pilot, "· More")
        await stage.see(pilot, "section 1 of 1")
        await stage.until(pilot, lambda: bool(app.services.record.visits()))
        await pilot.press("escape")
        await stage.see(pilot, "✓ More")
        await stage.click_words(pilot, "Quiz")
        await stage.see(pilot, "▸ Begin")
        await pilot.press("enter")
        await stage.see(pilot, "question 1 of 3")
        await pilot.press("escape")
        await stage.see(pilot, "✓ More")
        quiz = r"  Quiz +begun"
        await stage.until(pilot, lambda: re.search(quiz, stage.text(app)) is not None)


async def test_the_modules_are_listed_from_where_the_learner_is(stage: Stage):
    for number in range(3, 13):
        folder = stage.course_folder / f"{number:02}-many-{number}"
        folder.mkdir()
        folder.joinpath("module.md").write_text(
            f"---\ntitle: Many {number}\nid: many-{number}\n---\n", encoding="utf-8"
        )
        folder.joinpath("01-one.md").write_text("---\ntitle: One\n---\n\n## A\n\nA.\n\n## B\n\nB.\n", "utf-8")
    services = stage.services()
    services.record.visit("many-9/one#a", 0, stage.clock())
    services.close()
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Continue  Module 9 · One")
        text = await stage.see(pilot, "Many 9")
        assert "6 modules before" in text
        assert "Small module" not in text
