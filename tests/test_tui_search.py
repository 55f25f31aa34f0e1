"""One search over lessons, questions, the glossary and the guides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from course.catalog import load_course
from course.notes import Anchor, Note
from index.collection import Collection
from tui.app import HansaApp
from tui.course_search import CourseSearch, Kind
from tui.folded import query_words
from tui.glossary_search import find_terms
from tui.note_search import find_notes
from tui.screens.search import SearchScreen
from tui.start import Start

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Stage
    from textual.pilot import Pilot

SIZES = [(80, 24), (120, 40), (60, 20)]

GLOSSARY = """\
---
title: {title}
slug: {slug}
language: {language}
topics: [glossary]
---

## {term}

{words}

## Quay

A quay is where a boat lies; sailors load it there.
"""

SHIPS = """\
---
title: Ships of the north
slug: ships
language: en
topics: [ships]
---

## The cog

A cog is a boat with one mast and a flat floor.
"""


@pytest.fixture
def app(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HansaApp:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    english = GLOSSARY.format(
        title="Glossary", slug="glossary", language="en", term="Boat", words="A boat floats."
    )
    danish = GLOSSARY.format(
        title="Ordliste", slug="ordliste", language="da", term="Båd", words="En båd flyder."
    )
    (shipped / "glossary.md").write_text(english, encoding="utf-8")
    (shipped / "glossary.da.md").write_text(danish, encoding="utf-8")
    (shipped / "ships.md").write_text(SHIPS, encoding="utf-8")
    monkeypatch.setattr("index.collection.shipped_guides", lambda: shipped)
    services = stage.services()
    services._assistant = None
    services._collection = Collection(services.paths.collection)
    return HansaApp(services, Start())


async def look_for(stage: Stage, pilot: Pilot[None], words: str, found: str = "Guides · ") -> str:
    await stage.see(pilot, "▸ Begin")
    await pilot.press("slash")
    await stage.see(pilot, "Type words to look for")
    await pilot.press(*words)
    await stage.see(pilot, found)
    search = pilot.app.services.course_search
    await stage.until(pilot, lambda: not pilot.app.screen._guides and search.done == search.count)
    return stage.text(pilot.app)


@pytest.mark.parametrize("size", SIZES)
async def test_notes_and_bookmarks_are_found_and_opened_at_their_block(
    stage: Stage, app: HansaApp, size: tuple[int, int]
):
    anchor = Anchor("small/reading#what-the-page-can-show", 1, "0" * 16, "first thing nested thing")
    app.services.record.keep_note(Note("a" * 16, anchor, "Ask Grete about trade", stage.moment))
    app.services.record.keep_note(Note("b" * 16, replace(anchor, block=6), "", stage.moment))
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("f3", *"nested th")
        await stage.see(pilot, "Your notes · 2")
        await pilot.press("ctrl+a", "ctrl+k", *"grete")
        text = await stage.see(pilot, "Your notes · 1")
        assert "Ask Grete about trade" in text
        assert "Reading and looking" in text
        await stage.click_words(pilot, "Ask Grete")
        await stage.see(pilot, "section 2 of 4")
        await stage.see(pilot, "▌ • first thing")


def test_a_note_whose_own_words_fit_comes_before_one_at_a_block_that_does():
    anchor = Anchor("small/reading#start", 0, "0" * 16, "The café at the harbour")
    at = datetime(2026, 11, 22, tzinfo=UTC)
    mark, note = Note("a" * 16, anchor, "", at), Note("b" * 16, anchor, "Meet in the Cafe", at)
    assert find_notes([mark, note], query_words("café")) == [note, mark]
    assert find_notes([mark, note], query_words("cafe meet")) == [note]
    assert find_notes([mark, note], query_words("")) == []


@pytest.mark.parametrize("size", SIZES)
async def test_every_kind_is_found_with_a_line_of_context(stage: Stage, app: HansaApp, size: tuple[int, int]):
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("slash", *"boat")
        told = ["Lessons · 1", "Glossary · 2", "Guides · 1"]
        await stage.until(
            pilot,
            lambda: [view._content.plain for view in app.screen.query("#found TextView.heading")] == told,
        )
        text = stage.text(app)
        assert "Reading and looking › What the page can show" in " ".join(text.split()) or size[0] < 80
        assert max(map(len, text.split("\n"))) <= size[0]


async def test_a_question_opens_its_section_and_the_words_stay(stage: Stage, app: HansaApp):
    async with app.run_test() as pilot:
        text = await look_for(stage, pilot, "union tow", "Questions · 1")
        assert "What is the word for a union of towns?" in text
        await stage.click_words(pilot, "What is the word")
        await stage.see(pilot, "section 4 of 9")
        await pilot.press("escape")
        await stage.see(pilot, "▸ ")
        await pilot.press("f3")
        text = await stage.see(pilot, "Questions · 1")
        assert "union tow" in text
        await pilot.press(*"salt")
        await stage.see(pilot, "Ships carried salt.")


async def test_terms_and_guides_open_at_the_marked_words_and_esc_returns(stage: Stage, app: HansaApp):
    async with app.run_test(size=(80, 40)) as pilot:
        await look_for(stage, pilot, "boat")
        await stage.click_words(pilot, "A boat floats.")
        text = await stage.see(pilot, "▌ A boat floats.")
        assert "Glossary" in text
        await pilot.press("escape")
        await stage.see(pilot, "Guides · 1")
        await stage.click_words(pilot, "Ships of the north › The cog")
        await stage.see(pilot, "▌ A cog is a boat")
        await pilot.press("escape")
        assert "boat" in await stage.see(pilot, "Guides · 1")


async def test_keys_go_from_the_words_to_the_lines_and_back(stage: Stage, app: HansaApp):
    async with app.run_test() as pilot:
        await look_for(stage, pilot, "boat")
        await pilot.press("down")
        await stage.see(pilot, "▸ Reading and looking")
        await pilot.press("up")
        await stage.until(pilot, lambda: app.screen.focused is app.screen.line)
        await pilot.press("down", "slash")
        await stage.until(pilot, lambda: app.screen.focused is app.screen.line)
        await pilot.press("escape")
        await stage.see(pilot, "Modules")


async def test_nothing_found_is_told_and_can_be_asked(stage: Stage, app: HansaApp):
    async with app.run_test() as pilot:
        await look_for(stage, pilot, "qqq", "Nothing holds these words.")
        await stage.click_words(pilot, "Ask the guides: qqq")
        await stage.see(pilot, "You     qqq")


async def test_the_search_is_reached_from_a_lesson_and_leads_to_another(stage: Stage, app: HansaApp):
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        app.open_place("other/more")
        await stage.see(pilot, "Text.")
        await pilot.press("f3")
        await stage.until(pilot, lambda: isinstance(app.screen, SearchScreen))
        await pilot.press(*"herring")
        await stage.until(pilot, lambda: app.services.course_search.done == 3)
        assert "Herring" not in stage.text(app), "answers are not given away"
        app.screen.line.value = "mind the gap"
        await stage.see(pilot, "Lessons · 1")
        await pilot.press("down", "enter")
        await stage.see(pilot, "section 2 of 4")
        assert len(app.screen_stack) == 2
        await pilot.press("escape")
        await stage.see(pilot, "Modules")


async def test_many_lines_of_a_kind_are_shown_when_wanted(stage: Stage, app: HansaApp):
    more = stage.course_folder / "03-many"
    more.mkdir()
    (more / "module.md").write_text("---\ntitle: Many\nid: many\n---\n", encoding="utf-8")
    sections = "".join(f"## Walrus {number}\n\nText of walrus {number}.\n\n" for number in range(9))
    (more / "01-many.md").write_text(f"---\ntitle: Many\n---\n\n{sections}", encoding="utf-8")
    (more / "02-broken.md").write_bytes(b"---\ntitle: Walrus\n---\n\n\xff\xfe")
    app.services.course = load_course(stage.course_folder)
    async with app.run_test(size=(80, 50)) as pilot:
        await look_for(stage, pilot, "walrus", "Lessons · 9")
        assert "Walrus 8" not in stage.text(app)
        await stage.click_words(pilot, "5 more")
        await stage.see(pilot, "Walrus 8")


def test_lessons_can_be_searched_while_they_are_read(stage: Stage):
    search = CourseSearch(load_course(stage.course_folder), "en")
    reading = search.read(lambda: True)
    assert search.find(("stone",), Kind.QUESTION) == []
    assert next(reading) == 1
    assert [place.title for place in search.find(("mind", "gap"), Kind.LESSON)] == [
        "Reading and looking › What the page can show"
    ]
    assert list(reading) == [2, 3]
    assert [place.ref for place in search.find(("which", "float"), Kind.QUESTION)] == [
        "small/practice#single"
    ]
    assert search.find((), Kind.LESSON) == []
    assert list(search.read(lambda: True)) == []


def test_reading_stops_when_nobody_waits_and_goes_on_later(stage: Stage):
    search = CourseSearch(load_course(stage.course_folder), "en")
    assert list(search.read(lambda: search.done < 1)) == [1]
    assert list(search.read(lambda: True)) == [2, 3]
    assert search.done == search.count == 3


async def test_a_large_course_tells_how_much_of_it_is_searched(
    stage: Stage, app: HansaApp, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tui.course_search.MOST_LESSONS", 2)
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("slash")
        await stage.see(pilot, "The first 2 lessons, their questions")


def test_titles_come_before_text_and_terms_in_the_own_language(stage: Stage, app: HansaApp):
    search = CourseSearch(load_course(stage.course_folder), "en")
    list(search.read(lambda: True))
    found = search.find(("gaps",), Kind.LESSON) + search.find(("gap",), Kind.LESSON)
    assert [place.title for place in found] == [
        "Practice › Gaps",
        "Practice › Gaps",
        "Reading and looking › What the page can show",
    ]
    index = app.services.open_index()
    assert [term.term for term in find_terms(index, query_words("boat"), "en")] == ["Boat", "Quay"]
    assert [term.term for term in find_terms(index, query_words("BAD"), "da")] == ["Båd"]
    assert [term.term for term in find_terms(index, query_words("boat"), "pl")] == ["Boat", "Quay"]
    assert find_terms(index, (), "en") == []
