from __future__ import annotations

from typing import TYPE_CHECKING

from course.errors import RecordError

if TYPE_CHECKING:
    import pytest
    from conftest import Stage


async def test_a_section_shows_every_kind_of_block(stage: Stage):
    app = stage.app("small/reading#what-the-page-can-show")
    async with app.run_test(size=(80, 60)) as pilot:
        text = await stage.see(pilot, "section 2 of 4")
        assert "strong, soft and coded words, and a note.¹" in text
        assert "• first thing" in text
        assert "  • nested thing" in text
        assert "1. step one" in text
        assert "┃ Warning" in text
        assert "│ Quoted words." in text
        assert "code [b]line[/b]" in text
        assert "Boat" in text
        assert "[Picture: A ferry at the quay]" in text
        assert "¹ The note at the foot." in text


async def test_no_line_is_wider_than_the_column(stage: Stage):
    app = stage.app("small/reading#what-the-page-can-show")
    async with app.run_test(size=(80, 60)) as pilot:
        text = await stage.see(pilot, "section 2 of 4")
        body = text.split("\n")[2:-2]
        assert max(len(line) for line in body) <= 74


async def test_next_and_previous_move_through_sections_and_on(stage: Stage):
    app = stage.app("small/reading#the-last-page")
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 4 of 4")
        await pilot.press("n")
        text = await stage.see(pilot, "You have reached the end of this lesson.")
        assert "▸ Go on to Practice, about 9 min" in text
        await pilot.press("p")
        await stage.see(pilot, "section 4 of 4")
        await pilot.press("n", "n")
        await stage.see(pilot, "section 1 of 9")


async def test_the_last_lesson_leads_to_the_quiz(stage: Stage):
    app = stage.app("small/practice#gaps")
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 9 of 9")
        await pilot.press("n")
        await stage.see(pilot, "Go on to the quiz of this module")
        await pilot.press("enter")
        await stage.see(pilot, "3 questions.")


async def test_contents_lead_to_a_section(stage: Stage):
    app = stage.app("small/reading")
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 1 of 4")
        await pilot.press("t")
        await stage.see(pilot, "4  The last page")
        await pilot.press("down", "down", "enter")
        await stage.see(pilot, "section 3 of 4")


async def test_visits_and_the_place_are_kept(stage: Stage):
    app = stage.app("small/reading#what-the-page-can-show")
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 2 of 4")
        await pilot.press("pagedown")
        await stage.until(pilot, lambda: app.screen.column.scroll_y > 0)
        place = round(app.screen.column.scroll_y)
        await pilot.press("escape")
        await stage.until(pilot, lambda: app.services.record.visits()[-1].position == place)
        await stage.see(pilot, "Section 2 of 4")
    app.services.close()
    again = stage.app()
    async with again.run_test() as pilot:
        await stage.see(pilot, "Section 2 of 4")
        await pilot.press("enter")
        await stage.see(pilot, "section 2 of 4")
        await stage.until(pilot, lambda: round(again.screen.column.scroll_y) == place)


async def test_a_lesson_link_goes_there_and_a_guide_link_comes_back(stage: Stage):
    app = stage.app("small/reading")
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 1 of 4")
        await pilot.press("l")
        text = await stage.see(pilot, "a guide")
        assert "https://example.org/page" in text
        await pilot.press("enter")
        await stage.see(pilot, "The ferry ran for 54 months.")
        await pilot.press("escape")
        await stage.see(pilot, "section 1 of 4")
        await stage.click_words(pilot, "lesson, and the")
        await stage.see(pilot, "section 1 of 9")


async def test_a_web_address_is_never_opened_silently(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    opened: list[str] = []
    app = stage.app("small/reading")
    monkeypatch.setattr(app, "open_url", opened.append)
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 1 of 4")
        await stage.click_words(pilot, "web")
        text = await stage.see(pilot, "https://example.org/page")
        assert "▸ Stay here" in text
        assert not opened
        await pilot.press("down", "enter")
        await stage.until(pilot, lambda: app.clipboard == "https://example.org/page")
        await stage.click_words(pilot, "web")
        await pilot.press("down", "down", "enter")
        await stage.until(pilot, lambda: opened == ["https://example.org/page"])


async def test_a_section_without_links_says_so(stage: Stage):
    app = stage.app("small/reading#the-last-page")
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 4 of 4")
        await pilot.press("l")
        await stage.until(pilot, lambda: bool(app._notifications))
        assert next(iter(app._notifications)).message == "This section has no links."


async def test_a_checklist_keeps_its_ticks_across_a_restart(stage: Stage):
    app = stage.app("small/reading#your-list")
    async with app.run_test() as pilot:
        await stage.see(pilot, "[ ] Write it down")
        await pilot.press("tab", "down", "space")
        await stage.see(pilot, "▸ [x] Show it to somebody")
        await stage.click_words(pilot, "Write it down")
        await stage.see(pilot, "[x] Write it down")
        await pilot.press("n", "p")
        await stage.see(pilot, "[x] Show it to somebody")
        await stage.click_words(pilot, "Write it down")
        await stage.until(pilot, lambda: len(app.services.record.ticks("small/reading")) == 3)
    app.services.close()
    again = stage.app("small/reading#your-list")
    async with again.run_test() as pilot:
        text = await stage.see(pilot, "[x] Show it to somebody")
        assert "[ ] Write it down" in text


async def test_a_tick_that_cannot_be_kept_is_told(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    def fail(_tick: object) -> None:
        raise RecordError("The disk is full; free some space.")

    app = stage.app("small/reading#your-list")
    async with app.run_test() as pilot:
        await stage.see(pilot, "[ ] Write it down")
        monkeypatch.setattr(app.services.record, "tick", fail)
        await pilot.press("tab", "space")
        await stage.until(pilot, lambda: bool(app._notifications))
        told = next(iter(app._notifications)).message
        assert told == "Your tick could not be kept: The disk is full; free some space."


async def test_asking_returns_to_the_same_place(stage: Stage):
    app = stage.app("small/reading#what-the-page-can-show")
    async with app.run_test() as pilot:
        await stage.see(pilot, "section 2 of 4")
        await pilot.press("pagedown")
        await stage.until(pilot, lambda: app.screen.column.scroll_y > 0)
        before = stage.text(app)
        await pilot.press("a")
        await stage.see(pilot, "Ask the guides")
        await pilot.press("escape")
        await stage.see(pilot, "section 2 of 4")
        assert stage.text(app) == before


async def test_a_small_window_loses_nothing(stage: Stage):
    app = stage.app("small/practice#a-word")
    async with app.run_test() as pilot:
        await stage.see(pilot, "union of towns")
        await pilot.press("tab", *"Han")
        await pilot.resize_terminal(40, 10)
        await stage.see(pilot, "40 × 10")
        await pilot.resize_terminal(80, 24)
        await stage.see(pilot, "section 4 of 9")
        await pilot.press(*"sa", "enter")
        await stage.see(pilot, "✓ Correct.")


async def test_the_wide_window_adds_an_outline(stage: Stage):
    app = stage.app("small/reading#what-the-page-can-show")
    async with app.run_test(size=(120, 40)) as pilot:
        text = await stage.see(pilot, "section 2 of 4")
        assert "strong, soft and coded" in text
        assert "▸ 2  What the page can show" in text
        await stage.click_words(pilot, "4  The last page")
        await stage.see(pilot, "section 4 of 4")


async def test_the_first_section_offers_nothing_before_it(stage: Stage):
    app = stage.app("small/practice")
    async with app.run_test() as pilot:
        text = await stage.see(pilot, "section 1 of 9")
        assert "p Previous" not in text
        await pilot.press("n")
        text = await stage.see(pilot, "section 2 of 9")
        await stage.see(pilot, "p Previous")


async def test_more_below_is_told_until_the_end_is_seen(stage: Stage):
    lesson = stage.course_folder / "01-small" / "02-practice.md"
    told = lesson.read_text(encoding="utf-8")
    told = told.replace("## One of three\n", "## One of three\n\n" + "Long words. " * 90 + "\n")
    lesson.write_text(told, encoding="utf-8")
    app = stage.app("small/practice#one-of-three")
    async with app.run_test() as pilot:
        await stage.see(pilot, "more ↓ space")
        await stage.click_words(pilot, "space ─")
        await pilot.press("space", "space")
        await stage.until(pilot, lambda: "more ↓" not in stage.text(app))
