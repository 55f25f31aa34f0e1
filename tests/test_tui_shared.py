"""What visitors of a served Hansa are refused: the files and programs of its machine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from course.assessment_rows import handed_on
from course.assessments import Assessment, assessments_of, keep
from tui.app import HansaApp
from tui.messages import LinkFollowed
from tui.screens.chat_model import ChatModelScreen
from tui.self_check_files import take_in
from tui.settings import SettingsError
from tui.start import Start
from tui.stored import export_to

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Stage

REF = "self-checks/open-innovation-readiness"
REFUSAL = "Hansa is shared here: files and programs of its machine are out of reach."
NO_CHAT = "No chat model can be chosen here: its key and address are not yours."
KEYS = [f"SA1-{letter}{number}" for letter in "ABCDEF" for number in range(1, 5)]


def shared(stage: Stage, ref: str | None = None) -> HansaApp:
    services = stage.services()
    services.is_shared = True
    return HansaApp(services, Start(ref=ref))


def told(app: HansaApp) -> list[str]:
    return [each.message for each in app._notifications]


def files_beside(stage: Stage) -> set[Path]:
    """Every file that is not in the folder of the visitor."""
    return {
        path for path in stage.home.parent.rglob("*") if path.is_file() and stage.home not in path.parents
    }


def test_only_what_is_in_the_folder_of_the_visitor_may_be_named(stage: Stage, tmp_path: Path):
    services = stage.services()
    services.refuse_path(tmp_path / "other.txt")
    assert services.refusal == services.chat_refusal == ""
    services.is_shared = True
    services.refuse_path(stage.home / "exports" / "mine.jsonl")
    for path in (tmp_path / "other.txt", stage.home / ".." / "other.txt", stage.home.parent):
        with pytest.raises(PermissionError, match="out of reach"):
            services.refuse_path(path)


def test_a_link_out_of_the_folder_is_refused(stage: Stage, tmp_path: Path):
    stage.home.mkdir()
    try:
        (stage.home / "out").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("links are not allowed on this machine")
    services = stage.services()
    services.is_shared = True
    with pytest.raises(PermissionError, match="out of reach"):
        services.refuse_path(stage.home / "out" / "other.txt")


def test_the_parts_that_use_files_refuse_them_as_well(stage: Stage, tmp_path: Path):
    services = stage.services()
    services.is_shared = True
    file = tmp_path / "file.json"
    with pytest.raises(PermissionError, match="out of reach"):
        services.intake.start([tmp_path], lambda: None)
    assert services.intake.runs == 0
    with pytest.raises(PermissionError, match="out of reach"):
        export_to(services, file)
    assert not file.exists()
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(PermissionError, match="out of reach"):
        take_in(services, file)
    with pytest.raises(SettingsError, match="No chat model"):
        services.choose_chat(services.chat_settings())
    services.close()


async def test_guides_are_not_added(stage: Stage):
    app = shared(stage)
    before = files_beside(stage)
    async with app.run_test(size=(120, 40)) as pilot:
        await stage.see(pilot, "Modules")
        await pilot.press("g")
        text = await stage.see(pilot, "▸ ")
        await pilot.press("plus")
        await stage.until(pilot, lambda: REFUSAL in told(app))
        assert "+ Add" not in text
        assert not app.screen.is_modal
        assert app.screen.check_action("add", ()) is False
        assert app.services.intake.runs == 0
    assert files_beside(stage) == before


async def test_the_address_of_a_link_is_shown_to_copy_and_opened_by_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    opened: list[str] = []
    monkeypatch.setattr("textual.app.App.open_url", lambda _app, url, **_more: opened.append(url))
    app = shared(stage)
    async with app.run_test() as pilot:
        await stage.see(pilot, "Modules")
        app.follow_link(LinkFollowed("https://example.org/page"))
        text = await stage.see(pilot, "https://example.org/page")
        assert "Copy the address into your browser; nothing is opened from here." in text
        assert "Open it in the browser" not in text
        await pilot.press("down", "enter")
        await stage.until(pilot, lambda: app.clipboard == "https://example.org/page")
        app.open_url("https://example.org/page")
        await stage.until(pilot, lambda: REFUSAL in told(app))
    assert opened == []


async def test_a_file_of_a_lesson_is_not_opened_and_its_path_is_not_shown(stage: Stage):
    folder = stage.course_folder / "01-small"
    folder.joinpath("03-links.md").write_text(
        "---\ntitle: Links\n---\n\n## Files\n\n![A ferry](ferry.png)\n", encoding="utf-8"
    )
    folder.joinpath("ferry.png").write_bytes(b"picture")
    app = shared(stage, "small/links")
    async with app.run_test() as pilot:
        await stage.see(pilot, "[Picture: A ferry]")
        await stage.click_words(pilot, "Picture: A ferry")
        await stage.until(pilot, lambda: REFUSAL in told(app))
        assert not app.screen.is_modal
        assert str(folder) not in stage.text(app)


async def test_the_result_of_a_colleague_is_not_read_from_a_path(stage: Stage, tmp_path: Path):
    at = stage.clock()
    own = Assessment(0, "open-innovation-readiness", at, "", dict.fromkeys(KEYS, 3), {}, at)
    file = tmp_path / "mara.json"
    file.write_text(json.dumps(handed_on(own, "Mara")), encoding="utf-8")
    app = shared(stage, REF)
    with app.services.record.writing() as connection:
        keep(connection, own)
    async with app.run_test(size=(80, 60)) as pilot:
        text = await stage.see(pilot, "Total: ")
        assert "Colleague" not in text
        await pilot.press("i")
        await stage.until(pilot, lambda: REFUSAL in told(app))
        assert not app.screen.is_modal
        assert [each.rater for each in assessments_of(app.services.record)] == [""]


async def test_the_export_goes_into_the_folder_of_the_visitor(stage: Stage):
    app = shared(stage)
    before = files_beside(stage)
    async with app.run_test(size=(120, 40)) as pilot:
        await stage.see(pilot, "Modules")
        await pilot.press("f2")
        await stage.see(pilot, "▸ Language")
        await pilot.press("end", "enter")
        await stage.see(pilot, "▸ Export your progress")
        for _ in range(2):
            count = len(told(app))
            await pilot.press("enter")
            await stage.until(pilot, lambda count=count: len(told(app)) > count)
        assert not app.screen.is_modal
        assert all(each.startswith(f"Written: {stage.home}") for each in told(app))
    assert [path.name for path in sorted((stage.home / "exports").iterdir())] == [
        "hansa-2026-11-22-1.jsonl",
        "hansa-2026-11-22-2.jsonl",
    ]
    assert files_beside(stage) == before


async def test_no_chat_model_is_chosen_nor_looked_for(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    looked: list[int] = []
    monkeypatch.setattr("tui.screens.chat_model.find_servers", lambda: looked.append(1) or ())
    app = shared(stage)
    async with app.run_test(size=(120, 40)) as pilot:
        await stage.see(pilot, "Modules")
        await pilot.press("f2")
        await stage.see(pilot, "▸ Language")
        await pilot.press("end", "up", "enter")
        await stage.until(pilot, lambda: NO_CHAT in told(app))
        assert not isinstance(app.screen, ChatModelScreen)
        app.push_screen(ChatModelScreen())
        await stage.see(pilot, "No chat model is used")
        await pilot.press("r")
        await pilot.pause()
    assert looked == []
