from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course.template import new_module
from tui.drafts import Drafts
from tui.paths import Paths
from tui.preview_app import PreviewApp
from tui.previewing import PreviewServices, first_file, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Stage

FIRST = "01-before-the-call.md"


@pytest.fixture
def module(tmp_path: Path) -> Path:
    return new_module("first export", tmp_path / "course")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[PreviewServices]:
    services = PreviewServices(Paths(tmp_path / "home"))
    yield services
    services.close()


def preview(services: PreviewServices, path: Path) -> PreviewApp:
    reading = read_file(first_file(path), frozenset())
    assert reading.module is not None
    return PreviewApp(services, reading, reading.module, frozenset())


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


async def test_a_saved_change_is_shown_in_place(stage: Stage, services: PreviewServices, module: Path):
    app = preview(services, module)
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 1 of 5")
        await pilot.press("n")
        await stage.see(pilot, "section 2 of 5")
        change(module / FIRST, "Velmora makes small sensors.", "Velmora makes large anchors.")
        await stage.see(pilot, "Velmora makes large anchors.")
        await stage.see(pilot, "section 2 of 5")


async def test_the_place_is_kept_when_sections_come_before_it(
    stage: Stage, services: PreviewServices, module: Path
):
    app = preview(services, module / FIRST)
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 1 of 5")
        await pilot.press("n", "n")
        await stage.see(pilot, "Whom to call")
        app.screen.column.scroll_to(y=4, animate=False)
        await stage.until(pilot, lambda: app.screen.column.scroll_y == 4)
        change(module / FIRST, "## One sentence", "## In between\n\nText.\n\n## One sentence")
        await stage.see(pilot, "section 4 of 6")
        await stage.until(pilot, lambda: app.screen.column.scroll_y == 4)


async def test_problems_stand_below_or_beside_the_text(stage: Stage, services: PreviewServices, module: Path):
    change(module / FIRST, "- [x] What you want", "- [ ] What you want")
    app = preview(services, module / FIRST)
    async with app.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, "1 problem in this file")
        text, problems = app.screen.query_one("#text"), app.screen.query_one("#problems")
        assert problems.region.y == text.region.bottom
        await pilot.resize_terminal(120, 40)
        await stage.until(pilot, lambda: problems.region.x == text.region.right)
        shown = await stage.see(pilot, "Error Q012")
        assert "line 23, column 1" in shown


async def test_a_broken_file_leaves_the_last_good_text(stage: Stage, services: PreviewServices, module: Path):
    app = preview(services, module / FIRST)
    async with app.run_test(size=(120, 40)) as pilot:
        await stage.see(pilot, "No problems in this file.")
        change(module / FIRST, "title:", "titel:")
        text = await stage.see(pilot, "The file cannot be read.")
        assert "A first call takes a few minutes" in text
        assert "C104" in text
        change(module / FIRST, "titel: Before", "title: Long before")
        await stage.see(pilot, "No problems in this file.")
        (module / FIRST).unlink()
        await stage.see(pilot, "The file cannot be read.")
        assert "A first call takes a few minutes" in stage.text(app)


async def test_a_file_that_is_broken_from_the_start(stage: Stage, services: PreviewServices, module: Path):
    change(module / FIRST, "title:", "titel:")
    app = preview(services, module / FIRST)
    async with app.run_test(size=(120, 40)) as pilot:
        await stage.see(pilot, "This file cannot be read yet.")
        change(module / FIRST, "titel:", "title:")
        await stage.see(pilot, "A first call takes a few minutes")


async def test_answers_are_judged_but_not_recorded(stage: Stage, services: PreviewServices, module: Path):
    app = preview(services, module / FIRST)
    async with app.run_test(size=(120, 40)) as pilot:
        await stage.see(pilot, "section 1 of 5")
        await pilot.press("n")
        await stage.see(pilot, "What belongs into the sentence")
        await pilot.press("tab", "space", "enter")
        await stage.until(pilot, lambda: len(services.record.attempts()) == 1)
        assert not services.paths.record.exists()
    services.close()
    assert services.record.attempts() == ()


async def test_an_answer_stays_while_other_text_changes(
    stage: Stage, services: PreviewServices, module: Path
):
    app = preview(services, module / FIRST)
    async with app.run_test(size=(120, 40)) as pilot:
        await stage.see(pilot, "section 1 of 5")
        await pilot.press("n")
        await stage.see(pilot, "What belongs into the sentence")
        await pilot.press("tab", "space", "enter")
        await stage.until(pilot, lambda: len(app.screen.earlier) == 1)
        change(module / FIRST, "Velmora makes small sensors.", "Velmora makes large anchors.")
        await stage.see(pilot, "Velmora makes large anchors.")
        assert len(app.screen.earlier) == 1
        change(module / FIRST, "### What belongs into", "### What does not belong into")
        await stage.see(pilot, "What does not belong into")
        assert app.screen.earlier == {}


async def test_another_file_of_the_module(stage: Stage, services: PreviewServices, module: Path):
    app = preview(services, module)
    async with app.run_test(size=(120, 40)) as pilot:
        await stage.see(pilot, "section 1 of 5")
        await pilot.press("f")
        text = await stage.see(pilot, "quiz.md")
        assert "module.md" in text
        await stage.click_words(pilot, "quiz.md")
        await stage.see(pilot, "Four questions, one try each.")
        await pilot.press("n")
        await stage.see(pilot, "Which sentence opens a call well?")
        change(module / "quiz.md", "opens a call well", "opens a talk well")
        await stage.see(pilot, "Which sentence opens a talk well?")


async def test_what_follows_a_lesson_is_previewed_too(stage: Stage, services: PreviewServices, module: Path):
    app = preview(services, module)
    async with app.run_test(size=(120, 40)) as pilot:
        await stage.see(pilot, "section 1 of 5")
        await pilot.press("n", "n", "n", "n", "n")
        await stage.see(pilot, "Go on to After the call")
        await pilot.press("enter")
        await stage.see(pilot, "What was said in a call is gone on the next day.")
        assert "02-after-the-call.md" in stage.text(app)


async def test_escape_ends_it(stage: Stage, services: PreviewServices, module: Path):
    app = preview(services, module)
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 1 of 5")
        await pilot.press("escape")
        await stage.until(pilot, lambda: not app.is_running)


def test_what_is_typed_in_a_preview_stays_out_of_the_drafts_of_the_learner(services: PreviewServices):
    own = Drafts(services.paths.drafts)
    own.keep("small/practice#word", "Hansa")
    assert services.drafts.take("small/practice#word") == ""
    services.drafts.keep("small/practice#word", "league")
    assert own.take("small/practice#word") == "Hansa"
