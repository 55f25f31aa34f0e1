"""Which guides are asked, and conversations written to files."""

from __future__ import annotations

import json
import tomllib
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from assistant import Assistant
from assistant.verdict import Verdict
from index.collection import Collection
from tui.app import HansaApp
from tui.guide_filter import GuideFilter, narrowed
from tui.screens.why import verdict_said
from tui.sign_words import sign_words
from tui.start import Start

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Stage
    from textual.pilot import Pilot

SIZES = [(80, 24), (120, 40)]
GUIDE = """\
---
title: The {name} ferry
slug: {name}
language: en
topics: [{topic}, ships]
---

## Captain

The captain of the {name} ferry is {captain}.
"""


@pytest.fixture
def guides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    for name, topic, captain in (
        ("north", "ice", "Anna Berg"),
        ("south", "sun", "Piotr Lis"),
        ("east", "sun", "Ida"),
    ):
        words = GUIDE.format(name=name, topic=topic, captain=captain)
        (folder / f"{name}.md").write_text(words, encoding="utf-8")
    monkeypatch.setattr("index.collection.shipped_guides", lambda: folder)
    return folder


@pytest.fixture
def app(stage: Stage, guides: Path) -> HansaApp:
    del guides
    services = stage.services()
    services._assistant = None
    services._collection = Collection(services.paths.collection)
    return HansaApp(services, Start.ask())


async def ask(stage: Stage, pilot: Pilot[None], question: str, words: str) -> str:
    line = pilot.app.screen.query_one("#line")
    line.value = question
    line.focus()
    await pilot.press("enter")
    return await stage.see(pilot, words)


@pytest.mark.parametrize("size", SIZES)
async def test_only_the_guides_that_were_chosen_are_asked(stage: Stage, app: HansaApp, size: tuple[int, int]):
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "3 guides")
        text = await ask(stage, pilot, "Who is the captain of the ferry?", "line ")
        assert "north ferry › Captain" in text
        assert "south ferry › Captain" in text
        await pilot.press("ctrl+g")
        await stage.see(pilot, "( ) sun")
        await stage.click_words(pilot, "( ) sun")
        await stage.see(pilot, "(•) sun")
        await pilot.press("escape")
        await stage.see(pilot, "2 of 3 guides · sun")
        await pilot.press("ctrl+n")
        text = await ask(stage, pilot, "Who is the captain of the ferry?", "line ")
        assert "south ferry › Captain" in text
        assert "north ferry" not in text


def test_an_index_within_some_guides_lists_and_finds_them_alone(app: HansaApp):
    index = app.services.open_index()
    part = index.within({"north", "nowhere"})
    assert [head.slug for head in part.guides()] == ["north"]
    assert (len(part), len(index)) == (1, 3)
    assert {hit.passage.guide for hit in part.search("captain of the ferry")} == {"north"}
    assert {hit.passage.guide for hit in part.search("captain", guides={"south"})} == set()
    assert {hit.passage.guide for hit in index.search("captain of the ferry")} == {"north", "south", "east"}
    assert index.within(()).search("captain") == []
    del index
    assert part.guide("north").title == "The north ferry"


def test_without_a_filter_nothing_changes(app: HansaApp):
    assistant = Assistant(app.services.open_index())
    assert narrowed(assistant, GuideFilter()) is assistant
    assert [topic.slug for topic in narrowed(assistant, GuideFilter(guide="south")).topics] == ["south"]


@pytest.mark.parametrize("size", SIZES)
async def test_a_conversation_is_written_to_a_file_that_is_told(
    stage: Stage, app: HansaApp, size: tuple[int, int]
):
    folder = app.services.paths.exports
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "3 guides")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert len(app.screen_stack) == 1, "there is nothing to write yet"
        await ask(stage, pilot, "Who is the captain?", "line ")
        for form in ("Markdown", "JSON", "Markdown"):
            await pilot.press("ctrl+s")
            await stage.see(pilot, "Export this conversation")
            await stage.click_words(pilot, form)
            await stage.until(pilot, lambda: any("Written to" in each.message for each in app._notifications))
            app.clear_notifications()
        names = sorted(path.name for path in folder.iterdir())
        assert names == ["2026-11-22-talk-1-2.md", "2026-11-22-talk-1.json", "2026-11-22-talk-1.md"]
        assert "Who is the captain?" in (folder / "2026-11-22-talk-1.md").read_text(encoding="utf-8")
        (kept,) = json.loads((folder / "2026-11-22-talk-1.json").read_text(encoding="utf-8"))
        assert kept["exchanges"][0]["question"] == "Who is the captain?"


async def test_an_earlier_conversation_is_written_from_the_list(stage: Stage, app: HansaApp):
    async with app.run_test() as pilot:
        await stage.see(pilot, "3 guides")
        await ask(stage, pilot, "Who is the captain?", "line ")
        await pilot.press("ctrl+r")
        await stage.see(pilot, "1 conversation")
        await pilot.press("down", "ctrl+s")
        await stage.see(pilot, "Export this conversation")
        await pilot.press("enter")
        await stage.until(pilot, lambda: any("Written to" in each.message for each in app._notifications))


async def test_a_file_that_cannot_be_written_is_told(stage: Stage, app: HansaApp):
    async with app.run_test() as pilot:
        await stage.see(pilot, "3 guides")
        await ask(stage, pilot, "Who is the captain?", "line ")
        app.services.paths.exports.write_text("in the way", encoding="utf-8")
        await pilot.press("ctrl+s")
        await stage.see(pilot, "Export this conversation")
        await pilot.press("enter")
        await stage.until(pilot, lambda: bool(app._notifications))
        assert "exists already" in next(iter(app._notifications)).message


def test_every_sign_of_the_gate_is_told_in_words():
    names = set(read_gate_signs())
    assert len(names) > 20
    assert [name for name in names if sign_words(name) == name] == []


def read_gate_signs() -> list[str]:
    table = tomllib.loads(resources.files("assistant").joinpath("gate.toml").read_text(encoding="utf-8"))
    return [name for head in table.values() for name in head["coefficients"]]


def test_every_verdict_has_its_sentence():
    assert len({verdict_said(verdict) for verdict in Verdict}) == len(Verdict)
