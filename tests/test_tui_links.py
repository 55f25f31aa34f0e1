"""Links to the glossary, pictures and files of a lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course.glossary import entry_of
from course.links import Surroundings, dead_term
from course.model import Course
from tui.guide_text import is_named

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Stage

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)])
LESSON = """\
---
title: Links
---

## Words and files

A [crossing](term:partners) and a [cog](term:cog) and a [whale](term:whale).

![A ferry at the quay](ferry.png)

A [tool](tool.sh), a [list](gone.csv), and a [way out](../../secret.txt).
"""
GLOSSARY = "---\ntitle: Glossary\n---\n\n## Cog\n\nA round ship of the Hansa.\n\n## Salt\n\nDear.\n"


@pytest.fixture
def linked(stage: Stage) -> Stage:
    """The small course with a glossary of its own, and a lesson that links."""
    folder = stage.course_folder / "01-small"
    folder.joinpath("03-links.md").write_text(LESSON, encoding="utf-8")
    folder.joinpath("ferry.png").write_bytes(b"picture")
    folder.joinpath("tool.sh").write_text("echo", encoding="utf-8")
    stage.course_folder.joinpath("glossary.md").write_text(GLOSSARY, encoding="utf-8")
    return stage


def test_an_entry_is_one_section_of_the_glossary(linked: Stage, tmp_path: Path):
    entry = entry_of(linked.course_folder, "cog")
    assert entry is not None
    assert entry.title == "Cog"
    assert entry_of(linked.course_folder, "whale") is None
    assert entry_of(tmp_path / "nowhere", "cog") is None


def test_a_heading_is_named_by_its_words_its_slug_or_a_name_in_brackets():
    assert is_named("Open innovation", "open-innovation")
    assert is_named("De minimis-støtte (de minimis aid)", "de-minimis-aid")
    assert is_named("Bedste praksis (best practice, god praksis)", "best-practice")
    assert is_named("Bedste praksis (best practice)", "Bedste praksis")
    assert not is_named("Open innovation", "innovation")


def test_the_checker_knows_terms_of_the_guide():
    around = Surroundings(Course(()), {"glossary", "glossary#cog"}, {"salt"})
    assert [bool(dead_term(f"term:{name}", around)) for name in ("cog", "salt", "whale")] == [
        False,
        False,
        True,
    ]
    assert dead_term("term:cog", Surroundings(Course(())))


@SIZES
async def test_a_term_opens_over_the_lesson_and_esc_returns(linked: Stage, size: tuple[int, int]):
    app = linked.app("small/links")
    async with app.run_test(size=size) as pilot:
        before = await linked.see(pilot, "A crossing and a cog")
        await linked.click_words(pilot, "cog")
        text = await linked.see(pilot, "A round ship of the Hansa.")
        assert "Glossary" in text
        await pilot.press("escape")
        await linked.see(pilot, "A crossing and a cog")
        assert linked.text(app) == before


@SIZES
async def test_a_term_of_the_guide_lands_on_its_entry(
    linked: Stage, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
):
    monkeypatch.setattr("tui.terms.GLOSSARY", "ferry")
    app = linked.app("small/links")
    async with app.run_test(size=size) as pilot:
        await linked.see(pilot, "A crossing and a cog")
        await pilot.press("l", "enter")
        text = await linked.see(pilot, "The harbour of Lübeck")
        assert "The ferry" in text
        await pilot.press("escape")
        await linked.see(pilot, "A crossing and a cog")


async def test_an_unknown_term_is_told(linked: Stage):
    app = linked.app("small/links")
    async with app.run_test() as pilot:
        await linked.see(pilot, "A crossing and a cog")
        await linked.click_words(pilot, "whale")
        await linked.until(pilot, lambda: bool(app._notifications))
        assert next(iter(app._notifications)).message == "The glossary has no entry for “whale”."


@SIZES
async def test_a_picture_is_opened_only_when_asked(
    linked: Stage, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
):
    opened: list[str] = []
    app = linked.app("small/links")
    monkeypatch.setattr(app, "open_url", opened.append)
    async with app.run_test(size=size) as pilot:
        await linked.see(pilot, "[Picture: A ferry at the quay]")
        await pilot.press("l")
        text = await linked.see(pilot, "a file of this lesson: ferry.png")
        assert "the glossary" in text
        await pilot.press("down", "down", "down", "enter")
        await linked.see(pilot, "Open it with the program for such files")
        assert not opened
        await pilot.press("down", "enter")
        await linked.until(pilot, lambda: app.clipboard.endswith("ferry.png"))
        await linked.click_words(pilot, "Picture: A ferry")
        await linked.see(pilot, "▸ Stay here")
        await pilot.press("down", "down", "enter")
        await linked.until(pilot, lambda: len(opened) == 1)
        assert opened[0].startswith("file:")


async def test_a_program_is_never_run_and_no_file_outside_is_opened(linked: Stage):
    app = linked.app("small/links")
    async with app.run_test() as pilot:
        await linked.see(pilot, "[Picture: A ferry at the quay]")
        await linked.click_words(pilot, "tool")
        text = await linked.see(pilot, "Copy the path")
        assert "Open it" not in text
        await pilot.press("escape")
        await linked.see(pilot, "A crossing")
        await linked.click_words(pilot, "way out")
        await linked.until(pilot, lambda: len(app._notifications) == 1)
        await linked.click_words(pilot, "a list")
        await linked.click_words(pilot, "list")
        await linked.until(pilot, lambda: len(app._notifications) == 2)
        left, gone = (note.message for note in app._notifications)
        assert "leaves the module" in left
        assert "gone.csv is missing" in gone
