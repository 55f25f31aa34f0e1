"""The guides on their page: found, narrowed, read, added and removed."""

from __future__ import annotations

from itertools import cycle
from threading import Event
from typing import TYPE_CHECKING

import pytest

from index.collection import Collection
from index.model import GuideHead, Problem, Progress
from tui.app import HansaApp
from tui.console.adding import Added
from tui.folded import excerpt, places_of, query_words
from tui.guide_filter import GuideFilter
from tui.intake_words import at_words, end_words, problem_words, progress_words
from tui.screens.guides import GuidesScreen
from tui.start import Start
from tui.typed_path import is_there, path_typed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Stage
    from textual.pilot import Pilot

SIZES = [(80, 24), (120, 40)]

SALT = """\
---
title: The salt road
slug: salt-road
language: en
topics: [trade, roads]
---

The road led from Lüneburg to Lübeck.

## What it cost

A cart of salt cost three marks in Lübeck. The toll was paid at Mölln.
"""

BOATS = """\
---
title: Skibe og havne
slug: boats
language: da
topics: [trade]
---

Koggen sejlede til Lübeck med sild.
"""


@pytest.fixture
def shelf(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two guides that ship, and a folder of the user's own."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "salt-road.md").write_text(SALT, encoding="utf-8")
    (shipped / "boats.md").write_text(BOATS, encoding="utf-8")
    monkeypatch.setattr("index.collection.shipped_guides", lambda: shipped)
    own = tmp_path / "own papers"
    own.mkdir()
    (own / "amber.md").write_text("# Amber\n\nAmber came from Gdańsk.\n", encoding="utf-8")
    (own / "broken.pdf").write_bytes(b"nothing")
    del stage
    return own


@pytest.fixture
def app(stage: Stage, shelf: Path) -> HansaApp:
    del shelf
    services = stage.services()
    services._assistant = None
    services._collection = Collection(services.paths.collection)
    return HansaApp(services, Start())


async def open_guides(stage: Stage, pilot: Pilot[None]) -> str:
    await stage.see(pilot, "▸ Begin")
    await pilot.press("g")
    return await stage.see(pilot, "▸ ")


@pytest.mark.parametrize("size", SIZES)
async def test_words_find_titles_then_places_in_the_text(stage: Stage, app: HansaApp, size: tuple[int, int]):
    async with app.run_test(size=size) as pilot:
        text = await open_guides(stage, pilot)
        assert "2 guides" in text
        assert "Danish" in text
        await pilot.press("slash", *"lubeck")
        text = await stage.see(pilot, "In the text")
        assert "The salt road › What it cost" in text
        assert "A cart of salt cost three marks in Lübeck." in text
        assert "Skibe og havne" in text
        await pilot.press("enter")
        assert "▸ " in await stage.see(pilot, "▸ ")
        await pilot.press("enter")
        text = await stage.see(pilot, "▌ ")
        assert "Marked words" in text
        await pilot.press("escape")
        assert "lubeck" in await stage.see(pilot, "In the text")


async def test_a_word_of_a_topic_finds_the_guide_and_nothing_is_told(stage: Stage, app: HansaApp):
    async with app.run_test() as pilot:
        await open_guides(stage, pilot)
        await pilot.press("slash", *"roads")
        await stage.until(pilot, lambda: "Skibe" not in stage.text(app))
        assert "The salt road" in stage.text(app)
        await pilot.press(*"xyzzy")
        await stage.see(pilot, "No title holds these words.")


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_is_narrowed_by_language_and_topic(stage: Stage, app: HansaApp, size: tuple[int, int]):
    async with app.run_test(size=size) as pilot:
        await open_guides(stage, pilot)
        await pilot.press("f")
        text = await stage.see(pilot, "( ) Danish")
        assert "( ) trade" in text
        assert "roads" not in text.split("One guide", maxsplit=1)[0], "a topic of one guide is no choice"
        await stage.click_words(pilot, "( ) Danish")
        await stage.see(pilot, "(•) Danish")
        await pilot.press("escape")
        text = await stage.see(pilot, "1 of 2 guides · Danish")
        assert "The salt road" not in text
        await pilot.press("f")
        await stage.see(pilot, "(•) Danish")
        await pilot.press("slash", *"engl")
        await stage.until(pilot, lambda: "Danish" not in stage.text(app))
        await pilot.press("down", "enter")
        await stage.see(pilot, "(•) English")
        await pilot.press("c")
        await stage.see(pilot, "( ) English")
        await pilot.press("escape")
        assert "The salt road" in await stage.see(pilot, "2 guides")


@pytest.mark.parametrize("size", SIZES)
async def test_a_folder_is_added_and_what_could_not_be_read_is_told(
    stage: Stage, app: HansaApp, shelf: Path, size: tuple[int, int]
):
    async with app.run_test(size=size) as pilot:
        await open_guides(stage, pilot)
        await pilot.press("plus")
        await stage.see(pilot, "Give the path")
        app.screen.query_one("#path").value = f"'{shelf}'"
        await pilot.press("enter")
        text = await stage.see(pilot, "1 file taken in, 1 could not be read.")
        assert "· broken.pdf is no PDF that can be opened" in text
        await stage.see(pilot, "yours · ")
        assert app.services.assistant().index.guides()[0].slug == "amber"
        assert "3 guides" in stage.text(app)


async def test_a_path_that_is_not_there_is_told_and_esc_adds_nothing(stage: Stage, app: HansaApp):
    async with app.run_test() as pilot:
        await open_guides(stage, pilot)
        await pilot.press("plus", *"/nowhere/at/all", "enter")
        await stage.see(pilot, "does not exist: check the spelling.")
        await pilot.press("escape")
        await stage.see(pilot, "▸ ")
        assert app.services.intake.added is None


async def test_a_path_is_completed(stage: Stage, app: HansaApp, shelf: Path):
    async with app.run_test() as pilot:
        await open_guides(stage, pilot)
        await pilot.press("plus")
        await stage.see(pilot, "Give the path")
        line = app.screen.query_one("#path")
        line.value = str(shelf / "amb")
        line.action_end()
        await stage.until(pilot, lambda: bool(line._suggestion))
        await pilot.press("tab")
        assert line.value == str(shelf / "amber.md")


@pytest.fixture
def held(app: HansaApp, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Embedding goes on until it is let go, telling how far it is all the while."""
    go, waiting, done = Event(), Event(), cycle(range(400))

    def embed(self: Collection, *, origin: str | None = None, progress: Callable[[Progress], None]) -> int:
        while self is app.services.collection and origin == "added" and not go.is_set():
            progress(Progress(next(done), 400, "embedding passages", "Amber"))
            waiting.wait(0.02)
        return 0

    monkeypatch.setattr(Collection, "embed", embed)
    return go.set


async def begin_to_add(stage: Stage, pilot: Pilot[None], shelf: Path) -> None:
    await open_guides(stage, pilot)
    await pilot.press("plus")
    await stage.see(pilot, "Give the path")
    pilot.app.screen.query_one("#path").value = str(shelf)
    await pilot.press("enter")
    await stage.see(pilot, "2 of 2 files · ")


@pytest.mark.usefixtures("held")
async def test_adding_is_stopped_by_a_key(stage: Stage, app: HansaApp, shelf: Path):
    async with app.run_test() as pilot:
        await begin_to_add(stage, pilot, shelf)
        assert "s Stop" in stage.text(app)
        assert "Amber" in stage.text(app)
        await pilot.press("s")
        await stage.see(pilot, "Stopped after 2 of 2 files")
        assert "yours" in await stage.see(pilot, "3 guides")


async def test_the_guides_are_asked_and_pages_changed_while_others_are_added(
    stage: Stage, app: HansaApp, shelf: Path, held: Callable[[], None]
):
    async with app.run_test() as pilot:
        await begin_to_add(stage, pilot, shelf)
        await pilot.press("a")
        await stage.see(pilot, "Ask the guides")
        await pilot.press(*"What did a cart of salt cost?", "enter")
        await stage.see(pilot, "The salt road › What it cost")
        assert app.services.intake.is_running
        held()
        await stage.until(pilot, lambda: bool(app._notifications))
        assert "1 file taken in" in next(iter(app._notifications)).message


@pytest.mark.usefixtures("held")
async def test_closing_stops_adding(stage: Stage, app: HansaApp, shelf: Path):
    async with app.run_test() as pilot:
        await begin_to_add(stage, pilot, shelf)
        intake = app.services.intake
    app.services.close()
    intake.wait(120)
    assert not intake.is_running
    assert intake.added
    assert intake.added.stopped
    assert {head.slug for head in Collection(app.services.paths.collection).guides()} == {
        "amber",
        "boats",
        "salt-road",
    }


@pytest.mark.parametrize("size", SIZES)
async def test_an_own_guide_is_removed_after_asking_and_a_shipped_one_stays(
    stage: Stage, app: HansaApp, shelf: Path, size: tuple[int, int]
):
    async with app.run_test(size=size) as pilot:
        await open_guides(stage, pilot)
        app.services.collection.update([shelf / "amber.md"])
        app.services.renew_guides()
        app.screen._load()
        await stage.see(pilot, "yours")
        await pilot.press("up", "up", "up", "down", "d")
        await stage.see(pilot, "▸ Keep it")
        await pilot.press("enter")
        await stage.see(pilot, "3 guides")
        await pilot.press("d")
        await stage.see(pilot, "▸ Keep it")
        await stage.click_words(pilot, "Remove it")
        await stage.see(pilot, "2 guides")
        assert (shelf / "amber.md").exists()
        assert "Amber" not in stage.text(app).split("The guide is removed", maxsplit=1)[0]
        await pilot.press("d")
        await stage.until(
            pilot, lambda: any("comes with Hansa" in each.message for each in app._notifications)
        )


async def test_guides_named_on_the_command_line_are_left_as_they_are(
    stage: Stage, app: HansaApp, shelf: Path
):
    app.services.guide_paths = (shelf / "amber.md",)
    app.services._assistant = stage.assistant
    async with app.run_test() as pilot:
        text = await open_guides(stage, pilot)
        assert "+ Add" not in text
        assert "d Remove" not in text
        await pilot.press("plus")
        await pilot.pause()
        assert isinstance(app.screen, GuidesScreen)


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
async def test_words_are_found_within_a_guide(stage: Stage, app: HansaApp, size: tuple[int, int]):
    async with app.run_test(size=size) as pilot:
        await open_guides(stage, pilot)
        app.open_guide("salt-road")
        await stage.see(pilot, "The road led")
        await pilot.press("slash", *"LUBECK")
        await stage.see(pilot, "1 of 2 places")
        await pilot.press("enter", "n")
        await stage.see(pilot, "2 of 2 places")
        await pilot.press("n")
        await stage.see(pilot, "1 of 2 places")
        await pilot.press("p")
        await stage.see(pilot, "2 of 2 places")
        await pilot.press("escape")
        await stage.see(pilot, "esc goes back")
        await pilot.press("slash", *"zebra")
        await stage.see(pilot, "found nowhere in this guide")
        await pilot.press("escape", "escape")
        await stage.see(pilot, "▸ ")


def test_folded_words_are_found_where_they_stand():
    text = "Straße and ŁÓDŹ, łódź; the strasse."
    found = [text[start:end] for start, end in places_of(query_words("strasse Lodz"), text)]
    assert found == ["Straße", "ŁÓDŹ", "łódź", "strasse"]
    assert places_of((), text) == []
    line = excerpt(("marks",), "word " * 30 + "three marks in all", 40)
    assert line.cell_length <= 40
    assert line.plain.startswith("… ")
    assert "marks" in line.plain


def test_a_filter_holds_and_lets_go_of_its_parts():
    heads = [
        GuideHead("a", "A", "da", "a.md", "shipped", "", ("trade",)),
        GuideHead("b", "B", "da", "b.md", "added", "", ("roads",)),
        GuideHead("c", "C", "en", "c.md", "added", "", ("roads",)),
    ]
    danish, roads = GuideFilter(language="da"), GuideFilter(topic="roads")
    both = GuideFilter().toggled(danish).toggled(roads)
    assert [head.slug for head in both.of(heads)] == ["b"]
    assert both.holds(danish)
    assert both.words(heads) == "Danish · roads"
    assert both.toggled(danish) == roads
    assert roads.toggled(GuideFilter(own=True)).words(heads) == "roads · added by you"
    assert GuideFilter(guide="c").words(heads) == "C"
    assert not GuideFilter()


def test_paths_are_taken_as_terminals_give_them(tmp_path: Path):
    (tmp_path / "my file.md").touch()
    wanted = tmp_path / "my file.md"
    for typed in (str(wanted), f"'{wanted}'", f'"{wanted}" ', str(wanted).replace(" ", "\\ ")):
        assert path_typed(typed) == wanted
    assert path_typed("  ") is None


@pytest.mark.parametrize("typed", ["~nosuchuser/guides", "/" + "a" * 300])
async def test_a_path_that_cannot_be_looked_up_is_told_and_ends_nothing(
    stage: Stage, app: HansaApp, typed: str
):
    async with app.run_test() as pilot:
        await open_guides(stage, pilot)
        await pilot.press("plus", *typed, "enter")
        await stage.see(pilot, "does not exist: check the spelling.")
        assert not is_there(path_typed(typed) or "")


def test_the_end_of_adding_is_told_in_words():
    class Run:
        failure = ""
        added = Added(total=9, files=9, unchanged=3, problems=[Problem("/x/a.pdf", "/x/a.pdf is damaged.")])

    assert end_words(Run) == "5 files taken in, 3 were there already, 1 could not be read."
    assert problem_words(Run.added.problems[0]) == "a.pdf is damaged."
    Run.added = Added(total=0)
    assert end_words(Run).startswith("Nothing there can become a guide")
    Run.added = Added(total=9, files=4, stopped=True)
    assert end_words(Run).startswith("Stopped after 4 of 9 files.")
    Run.failure = "The disk is full."
    assert end_words(Run) == "The disk is full."
    now = Added(total=40, files=12, passages=900, embedded=310, at="/x/y/handbook.pdf")
    assert progress_words(now).startswith("12 of 40 files · 310 of 900 passages · ")
    assert at_words(now) == "handbook.pdf"
