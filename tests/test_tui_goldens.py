# ruff: noqa: PLC0415 - pages are loaded anew in another language, so nothing of them is kept here
"""Every page as text, at two sizes, with few colours and none, and in Danish; every key and every way out of it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.color import ColorSystem
from scenes import SCENES, build_app, furnish, reach, rest
from textual.widgets import Input

if TYPE_CHECKING:
    from conftest import Stage
    from textual.pilot import Pilot
    from textual.screen import Screen

    from tui.app import HansaApp

GOLDENS = Path(__file__).parent / "goldens"
RENEWING = "HANSA_RENEW_GOLDENS"
"""Environment variable that has the files written anew."""

SIZE = re.compile(r" *\d+ kB")
"""How large files are depends on the version of SQLite."""

SMALL, LARGE, LEAST = (80, 24), (120, 40), (60, 20)
DRAWN = "─│┃▌▅▇█▁▂▃▄▆ "
LEAVING = ("enter", "escape", "q", "ctrl+q")


@pytest.fixture(autouse=True)
def _course(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scenes play in a folder whose name is no part of the pages."""
    monkeypatch.chdir(tmp_path)
    stage.home, stage.course_folder = Path("home"), Path("course")
    furnish(stage, monkeypatch)


def compare(name: str, shown: str) -> None:
    """Hold a page against its file, or write the file."""
    file = GOLDENS / f"{name}.txt"
    shown = SIZE.sub(lambda size: "# kB".rjust(len(size[0])), shown)
    if os.environ.get(RENEWING):
        assert not os.environ.get("CI"), f"{RENEWING} is set: goldens are renewed by hand and looked at"
        file.parent.mkdir(exist_ok=True)
        file.write_text(shown + "\n", encoding="utf-8", newline="\n")
    assert shown + "\n" == file.read_text(encoding="utf-8"), f"look at the page; {RENEWING}=1 writes it anew"


def test_every_page_has_a_scene_and_no_file_is_left_over():
    kept = {file.name for file in GOLDENS.iterdir()}
    assert kept == {f"{scene}-{tail}.txt" for scene in SCENES for tail in ("80x24", "80x24-da", "120x40")}
    pages = set()
    for source in (Path(__file__).parent.parent / "tui" / "screens").glob("*.py"):
        pages |= set(re.findall(r"^class (\w+Screen)\(", source.read_text(encoding="utf-8"), re.MULTILINE))
    assert pages - {scene.shows for scene in SCENES.values()} == {"SmallScreen"}


def test_files_are_not_renewed_where_ci_runs(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(RENEWING, "1")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(AssertionError, match="by hand"):
        compare("home", "another page")


def colours_vanish(app: HansaApp) -> str:
    """Text that a terminal of 16 colours would show in the colour of its ground; empty if there is none."""
    for strip in app.screen._compositor.render_strips(app.size):
        for segment in strip:
            style = segment.style
            if style is None or not segment.text.strip() or style.color is None or style.bgcolor is None:
                continue
            pair = [each.downgrade(ColorSystem.STANDARD) for each in (style.color, style.bgcolor)]
            if pair[0] == pair[1] and not pair[0].is_default and not set(segment.text.strip()) <= set(DRAWN):
                return segment.text
    return ""


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("spoken", ["en", "da"], indirect=True)
async def test_a_page_looks_as_it_did(request: pytest.FixtureRequest, stage: Stage, scene: str, spoken: str):
    app = build_app(SCENES[scene], stage)
    app.services.language = spoken
    request.addfinalizer(app.services.close)
    async with app.run_test(size=SMALL) as pilot:
        await reach(SCENES[scene], stage, pilot)
        shown = stage.text(app)
        compare(f"{scene}-80x24" + ("" if spoken == "en" else f"-{spoken}"), shown)
        labels_are_whole(app, shown)
        if spoken != "en":
            return
        assert "palette" in scene or colours_vanish(app) == ""  # which dims the page beneath it
        app.theme = "hansa-terminal"
        await rest(stage, pilot)
        assert stage.text(app) == shown
        assert "palette" in scene or colours_vanish(app) == ""
        await pilot.resize_terminal(*LARGE)
        await rest(stage, pilot)
        compare(f"{scene}-120x40", stage.text(app))
        await pilot.resize_terminal(*LEAST)
        await rest(stage, pilot)
        if scene != "palette":  # which has a frame of its own
            is_usable(stage.text(app))
        await pilot.resize_terminal(LEAST[0] - 1, LEAST[1])
        await rest(stage, pilot)
        assert "This window is 59 × 20." in stage.text(app)
        await pilot.resize_terminal(*SMALL)
        await rest(stage, pilot)
        assert type(app.screen).__name__ == SCENES[scene].shows


def labels_are_whole(app: HansaApp, shown: str) -> None:
    """Nothing is cut in the header, and no key in the footer; help stands last."""
    from tui.widgets.keybar import KeyBar, footer_keys

    header, *_body, footer = shown.split("\n")
    assert "…" not in header
    if app.screen.query(KeyBar):
        whole = [f"{written} {title}" for _key, written, title in footer_keys(app.screen)]
        assert set(footer.strip().split("   ")) <= set(whole)
        assert footer.endswith(whole[-1])


def is_usable(shown: str) -> None:
    """A header, eight lines between the rules, and keys."""
    lines = shown.split("\n")
    assert lines[0].strip()
    rules = [place for place, line in enumerate(lines) if line.strip().startswith("─" * 8)]
    assert rules[0] == 1
    assert rules[-1] - rules[0] > 8
    assert lines[-1].strip()


def state(stage: Stage, app: HansaApp) -> tuple[object, ...]:
    """What a learner would see change, with what a key may do out of sight."""
    told = tuple(each.message for each in app._notifications)
    return (
        app.screen,
        app.current_mode,
        stage.text(app),
        app.focused,
        told,
        app.clipboard,
        app.theme,
        app._exit,
    )


def offered(app: HansaApp) -> list[str]:
    """The keys of the footer and of the help, those last that lead away.

    Moves may have nowhere to go; that each page is seen to its end and each widget left is tested apart.
    """
    from tui.commands import commands_from
    from tui.widgets.keybar import footer_keys

    page = app.screen
    keys = {key for key, _shown, _title in footer_keys(page)}
    for node, command in commands_from(page.focused or page):
        key = command.keys.split(",")[0]
        active = page.active_bindings.get(key)
        moves = not (command.footer or command.palette)
        if node is app or moves:
            continue
        if active is not None and active.enabled and active.node is node:
            keys.add(key)
    return sorted(keys, key=lambda key: (key in LEAVING, key))


async def does_something(stage: Stage, pilot: Pilot[Any], key: str) -> bool:
    """Whether a key changes anything, or does at one of the ends of the page."""
    app = pilot.app
    for first in ("", "end", "home"):
        if first:
            await pilot.press(first)
            await rest(stage, pilot, looks=1)
        before = state(stage, app)
        await pilot.press(key)
        await rest(stage, pilot, looks=1)
        if state(stage, app) != before:
            return True
    return False


async def comes_back(pilot: Pilot[Any], page: Screen[Any], mode: str) -> bool:
    """Go back to a page, where it is still there."""
    app = pilot.app
    app._exit = False
    if app.current_mode != mode:
        await app.switch_mode(mode)
    while app.screen is not page and page in app.screen_stack:
        await app.pop_screen()
    return app.screen is page


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("spoken", ["en"], indirect=True)
@pytest.mark.usefixtures("spoken")
async def test_without_colour_every_key_works_and_leads_on(
    stage: Stage, scene: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_COLOR", "1")
    scene_played, dead, left, tries = SCENES[scene], [], None, 0
    doubted: set[str] = set()  # without effect after other keys; tried once more on a fresh page
    while left is None or (left and tries < 5):
        stage.home = Path(f"home{tries or ''}")
        app = build_app(scene_played, stage)
        monkeypatch.setattr(app, "exit", lambda *_, app=app, **__: setattr(app, "_exit", True))
        monkeypatch.setattr(app, "open_url", app.copy_to_clipboard)
        async with app.run_test(size=SMALL) as pilot:
            await reach(scene_played, stage, pilot)
            page, focused, mode = app.screen, app.focused, app.current_mode
            if left is None:
                compare(f"{scene}-80x24", stage.text(app))
                await scrolls_to_its_end(stage, pilot)
                await focus_comes_round(stage, pilot)
                page.set_focus(focused)
                await rest(stage, pilot)
                left = offered(app)
            later: list[str] = []
            for place, key in enumerate(left):
                active = page.active_bindings.get(key)
                if active is None or not active.enabled:
                    later.append(key)
                    continue
                waits = key in {"enter", "tab"} and isinstance(focused, Input) and not focused.value
                if not waits and not await does_something(stage, pilot, key):
                    (dead if key in doubted else later).append(key)
                    doubted.add(key)
                if not await comes_back(pilot, page, mode) or (focused and not focused.is_attached):
                    later += left[place + 1 :]
                    break
                if app.focused is not focused:
                    page.set_focus(focused)
                    await rest(stage, pilot, looks=1)
            left, tries = later, tries + 1
        app.services.close()
    assert (dead, left) == ([], [])


async def scrolls_to_its_end(stage: Stage, pilot: Pilot[Any]) -> None:
    """Keys lead to the last line of everything that is longer than the window."""
    from textual.containers import VerticalScroll

    for column in pilot.app.screen.query(VerticalScroll):
        if column.display and column.max_scroll_y > 0:
            if column.focusable:
                column.focus()
            for key in (["pagedown"] * 12 + ["end", "tab"]) * 2 + ["down"] * 20 + ["tab"] * 20:
                if column.scroll_y >= column.max_scroll_y:
                    break
                await pilot.press(key)
                await rest(stage, pilot, looks=1)
            assert column.scroll_y >= column.max_scroll_y, column


async def focus_comes_round(stage: Stage, pilot: Pilot[Any]) -> None:
    """No widget keeps tab, tab comes back to where it began, and keys reach every widget."""
    app, page = pilot.app, pilot.app.screen
    chain = page.focus_chain if app.focused is not None else []
    seen = []
    for key in (*["tab"] * (len(chain) + 1), *["down"] * len(chain), *["up"] * len(chain)):
        before = app.focused
        await pilot.press(key)
        await rest(stage, pilot, looks=1)
        seen.append(app.focused)
        assert key != "tab" or len(chain) <= 1 or app.focused is not before
    held = {each for widget in seen if widget is not None for each in widget.ancestors_with_self}
    assert set(chain) <= held  # a column is reached where something in it is
    assert chain[:1] == [] or seen[0] in seen[1:]
