"""Blocks of a lesson: bookmarks, notes, copies and questions about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course.errors import RecordError
from course.parse import parse_lesson
from tui.block_topic import topic_of
from tui.copying import copied_text

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Stage

SIZES = pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
PLACE = "small/reading#what-the-page-can-show"


def told(app) -> list[str]:
    return [notification.message for notification in app._notifications]


@SIZES
async def test_a_note_is_written_changed_found_and_deleted(stage: Stage, size: tuple[int, int]):
    app = stage.app(PLACE)
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "section 2 of 4")
        await pilot.press("m", "down")
        text = await stage.see(pilot, "▌ • first thing")
        assert "e Note" in text
        assert "n Next" not in text
        await pilot.press("e", *"Ask Grete", "escape")
        await stage.see(pilot, "✎ Ask Grete")
        await pilot.press("e", *" first", "ctrl+s")
        await stage.see(pilot, "✎ Ask Grete first")
        await pilot.press("escape")
        await stage.see(pilot, "n Next")
    app.services.close()
    again = stage.app("small/practice")
    async with again.run_test(size=size) as pilot:
        await stage.see(pilot, "section 1 of 9")
        await pilot.press("B")
        text = await stage.see(pilot, "▸ Ask Grete first")
        assert "Reading and looking" in text
        assert "first thing nested thing" in text
        await pilot.press("enter")
        await stage.see(pilot, "✎ Ask Grete first")
        await pilot.press("e", "f8")
        await stage.until(pilot, lambda: "✎" not in stage.text(again))
        await pilot.press("u")
        await stage.see(pilot, "✎ Ask Grete first")
        await stage.until(pilot, lambda: len(again.services.record.notes()) == 1)
        await pilot.press("escape", "comma")
        await stage.see(pilot, "section 1 of 9")


@SIZES
async def test_a_bookmark_comes_and_goes_by_one_key(stage: Stage, size: tuple[int, int]):
    app = stage.app(PLACE)
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "section 2 of 4")
        await pilot.press("b")
        await stage.see(pilot, "◆ Bookmark")
        await stage.until(pilot, lambda: len(app.services.record.bookmarks()) == 1)
        assert told(app)[-1].startswith("Bookmark at “A paragraph with strong")
        await pilot.press("n", "p")
        await stage.see(pilot, "◆ Bookmark")
        await pilot.press("b")
        await stage.until(pilot, lambda: "◆" not in stage.text(app))
        await stage.until(pilot, lambda: not app.services.record.bookmarks())
        await pilot.press("u")
        await stage.see(pilot, "◆ Bookmark")


async def test_a_block_can_be_pointed_at_with_the_mouse(stage: Stage):
    app = stage.app(PLACE)
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 2 of 4")
        await pilot.press("m")
        await stage.see(pilot, "▌ A paragraph")
        await stage.click_words(pilot, "step two")
        await stage.see(pilot, "▌ 2. step two")
        await stage.click_words(pilot, "b Bookmark")
        text = await stage.see(pilot, "◆ Bookmark")
        assert text.index("step two") < text.index("◆") < text.index("Mind the gap")


async def test_questions_and_checklists_take_notes_as_well(stage: Stage):
    app = stage.app("small/reading#your-list")
    async with app.run_test() as pilot:
        await stage.see(pilot, "Write it down")
        await pilot.press("m", "e", *"by Friday", "escape")
        await stage.see(pilot, "✎ by Friday")
        await pilot.press("escape", "tab", "space")
        await stage.see(pilot, "▸ [x] Write it down")
        app.open_place("small/practice")
        await stage.see(pilot, "section 1 of 9")
        await pilot.press("b")
        await stage.see(pilot, "◆ Bookmark")
        note = app.services.record.bookmarks()[0]
        assert note.anchor.words.startswith("Which one floats?")


async def test_an_empty_note_is_none(stage: Stage):
    app = stage.app(PLACE)
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 2 of 4")
        await pilot.press("e")
        text = await stage.see(pilot, "Your note")
        assert "A paragraph with strong" in text
        await pilot.press("escape", "B")
        await stage.until(pilot, lambda: bool(told(app)))
        assert told(app) == ["There are no notes or bookmarks yet: m marks a block."]


async def test_a_note_that_cannot_be_kept_is_told(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    def fail(_note: object) -> None:
        raise RecordError("The disk is full; free some space.")

    app = stage.app(PLACE)
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 2 of 4")
        monkeypatch.setattr(app.services.record, "keep_note", fail)
        await pilot.press("b")
        await stage.until(
            pilot, lambda: any("could not be kept: The disk is full" in one for one in told(app))
        )


async def test_a_block_is_copied_and_stands_in_a_file(stage: Stage):
    app = stage.app(PLACE)
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 2 of 4")
        await pilot.press("y")
        copied = stage.home / "copied.txt"
        await stage.until(pilot, lambda: str(copied) in "".join(told(app)))
        assert app.clipboard.startswith("A paragraph with strong, soft")
        assert copied.read_text(encoding="utf-8").strip() == app.clipboard
        copied.unlink()
        copied.mkdir()
        await pilot.press("y")
        await stage.until(pilot, lambda: "could not be kept in" in told(app)[-1])


@SIZES
async def test_asking_about_a_block_begins_the_question(stage: Stage, size: tuple[int, int]):
    app = stage.app(PLACE)
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "section 2 of 4")
        await pilot.press("A")
        await stage.see(pilot, "About strong:")
        assert not stage.assistant.asked
        stage.assistant.will_answer("About strong: why?", "It ran [1].", ["The ferry ran for 54 months."])
        await pilot.press(*"why?", "enter")
        await stage.see(pilot, "It ran [1].")
        await pilot.press("escape")
        await stage.see(pilot, "section 2 of 4")


def test_the_topic_is_the_prompt_the_marked_term_or_the_heading(tmp_path: Path):
    text = "---\ntitle: T\n---\n\n## Ports\n\nPlain.\n\n### Tides\n\nWater.\n\nA **spring tide** is high.\n\n"
    text += "<!-- q id=q -->\n### What rises?\n\n- [x] Water\n- [ ] Stone\n"
    lesson = parse_lesson(tmp_path / "01-l.md", "m", text)
    section = lesson.sections[0]
    topics = [topic_of(block, section, lesson) for block in section.blocks]
    assert topics == ["About Ports: ", *["About Tides: "] * 2, "About spring tide: ", "What rises?"]


def test_code_is_copied_as_written_and_prose_unwrapped(tmp_path: Path):
    words = "word " * 60
    text = f"---\ntitle: T\n---\n\n## A\n\n{words}\n\n```sh\nls  -l\n\tcd\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    section = parse_lesson(tmp_path / "01-l.md", "m", text).sections[0]
    copied = [copied_text(block) for block in section.blocks]
    assert copied[0] == words.strip()
    assert copied[1] == "ls  -l\n\tcd\n"
    assert copied[2].split("\n")[0] == "a   b"
