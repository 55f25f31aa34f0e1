from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.widgets.form import FieldBox, FormView

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Stage
    from textual.pilot import Pilot

PLACE = "other/map#your-turn"
LESSON = """\
---
title: Your map
---

## Before

Nothing to fill in here.

## Your turn

```form A23-network-map
A23 Network map - Velmora (fictional)
Contact: a former colleague
Strength (weak or strong): weak
Wake-up call:
```

**Done when**

- [ ] It is filled in.
"""


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.course_folder.joinpath("02-other", "02-map.md").write_text(LESSON, encoding="utf-8")
    return stage


def file_of(stage: Stage) -> Path:
    return stage.home / "workbook" / "A23-network-map.md"


async def into_the_form(stage: Stage, pilot: Pilot[None]) -> None:
    await stage.see(pilot, "A23 Network map")
    await pilot.press("tab")
    await stage.until(pilot, lambda: isinstance(pilot.app.focused, FieldBox))


async def test_a_form_shows_its_fields_with_hints_and_examples(stage: Stage):
    app = stage.app(PLACE)
    async with app.run_test(size=(80, 40)) as pilot:
        text = await stage.see(pilot, "A23 Network map")
        assert "Velmora (fictional)" in text
        assert "Example: a former colleague" in text
        assert "Strength  weak or strong" in text
        assert "Wake-up call" in text
        assert "It will be saved in" in text
        assert "[ ] It is filled in." in text
        assert not file_of(stage).exists()
        assert max(len(line) for line in text.split("\n")[2:-2]) <= 80


async def test_what_is_typed_is_saved_and_told(stage: Stage):
    app = stage.app(PLACE)
    async with app.run_test() as pilot:
        await into_the_form(stage, pilot)
        await pilot.press(*"a cousin n", "enter", *"an aunt", "tab", *"weak")
        await stage.until(pilot, file_of(stage).exists)
        await stage.until(pilot, lambda: "## Strength\n\nweak" in file_of(stage).read_text(encoding="utf-8"))
        assert "## Contact\n\na cousin n\nan aunt\n" in file_of(stage).read_text(encoding="utf-8")
        await pilot.press("tab")
        app.screen.query_one(FormView).query_one(".told").scroll_visible(animate=False)
        await stage.see(pilot, "Saved in")


async def test_a_pause_saves_without_leaving_the_field(stage: Stage):
    app = stage.app(PLACE)
    async with app.run_test() as pilot:
        await into_the_form(stage, pilot)
        await pilot.press("x")
        await stage.until(pilot, file_of(stage).exists)
        assert isinstance(app.focused, FieldBox)


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_leaving_at_once_loses_nothing(stage: Stage, key: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tui.widgets.form.SAVE_AFTER", 3600)
    app = stage.app(PLACE)
    async with app.run_test() as pilot:
        await into_the_form(stage, pilot)
        await pilot.press("x", key)
        await pilot.pause()
    assert "## Contact\n\nx\n" in file_of(stage).read_text(encoding="utf-8")


async def test_what_was_written_stands_there_again(stage: Stage):
    file_of(stage).parent.mkdir(parents=True)
    file_of(stage).write_text("## contact\n\nwritten by hand\n", encoding="utf-8")
    app = stage.app(PLACE)
    async with app.run_test() as pilot:
        await stage.see(pilot, "written by hand")
        await into_the_form(stage, pilot)
        await pilot.press("end", "!", "escape")
        await stage.until(pilot, lambda: "written by hand!" in file_of(stage).read_text(encoding="utf-8"))


async def test_looking_at_a_form_writes_nothing(stage: Stage):
    app = stage.app(PLACE)
    async with app.run_test() as pilot:
        await into_the_form(stage, pilot)
        await pilot.press("tab", "tab", "escape")
        await stage.see(pilot, "Modules")
    assert not file_of(stage).parent.exists()


async def test_the_arrow_keys_go_from_field_to_field_and_a_click_goes_into_one(stage: Stage):
    app = stage.app(PLACE)
    async with app.run_test(size=(80, 40)) as pilot:
        await into_the_form(stage, pilot)
        first, second, third = app.screen.query(FieldBox)
        await pilot.press("down")
        await stage.until(pilot, lambda: app.focused is second)
        await pilot.press("up")
        await stage.until(pilot, lambda: app.focused is first)
        await pilot.click(third)
        await stage.until(pilot, lambda: app.focused is third)


async def test_a_change_from_outside_is_kept_and_told(stage: Stage):
    app = stage.app(PLACE)
    async with app.run_test(size=(80, 40)) as pilot:
        await into_the_form(stage, pilot)
        file_of(stage).parent.mkdir(parents=True)
        file_of(stage).write_text("## Contact\n\nfrom outside\n", encoding="utf-8")
        await pilot.press("x", "tab")
        await stage.see(pilot, "Another program changed the file")
    kept = file_of(stage).with_name("A23-network-map.kept-1.md")
    assert "from outside" in kept.read_text(encoding="utf-8")


async def test_a_file_that_cannot_be_read_is_told_and_left_alone(stage: Stage):
    file_of(stage).parent.mkdir(parents=True)
    file_of(stage).write_bytes(b"\xff\xfe\x00")
    app = stage.app(PLACE)
    async with app.run_test(size=(80, 40)) as pilot:
        await stage.see(pilot, "is not in UTF-8")
        await pilot.press("tab", *"xyz", "escape")
    assert file_of(stage).read_bytes() == b"\xff\xfe\x00"


async def test_a_disk_that_cannot_be_written_is_told(stage: Stage):
    stage.home.mkdir()
    stage.home.joinpath("workbook").write_text("in the way", encoding="utf-8")
    app = stage.app(PLACE)
    async with app.run_test(size=(80, 40)) as pilot:
        await into_the_form(stage, pilot)
        await pilot.press("x", "tab")
        await stage.see(pilot, "cannot be written")


async def test_the_workbook_is_a_key_away_and_leads_to_the_lesson(stage: Stage):
    file_of(stage).parent.mkdir(parents=True)
    file_of(stage).write_text("## Contact\n\na cousin\n", encoding="utf-8")
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("w")
        text = await stage.see(pilot, "1 of 1 begun")
        assert "▸ A23 Network map" in text
        assert "begun, 1 of 3" in text
        assert "2  Other module" in text
        await pilot.press("enter")
        await stage.see(pilot, "section 2 of 2")
        await stage.see(pilot, "a cousin")


async def test_the_palette_leads_to_the_workbook(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("ctrl+p")
        await pilot.press(*"workbook")
        await stage.see(pilot, "List the forms that you fill in.")
        await pilot.press("enter")
        await stage.see(pilot, "empty")


async def test_a_course_without_forms_says_so(stage: Stage):
    stage.course_folder.joinpath("02-other", "02-map.md").unlink()
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("w")
        await stage.see(pilot, "The lessons have no forms to fill in.")
