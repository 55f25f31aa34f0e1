"""Reading a lesson: links within it, the way back, contents, another language, minutes left."""

from __future__ import annotations

from argparse import Namespace
from threading import Event
from typing import TYPE_CHECKING

import pytest

from course.landing import landing
from course.pace import minutes_left
from course.parse import parse_lesson
from tui.console.opening import open_services
from tui.messages import LessonLoaded
from tui.places import load_place
from tui.trail import LONGEST, Place, Trail

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Stage
    from textual.message import Message

    from tui.services import Services
    from tui.trail import Spot

LESSON = """\
---
title: Harbours
minutes: 12
---

## First steps

Go to [the tides](#tides), to [a question](#which), to [nothing](#nowhere), or to the
[cranes](lesson:small/harbours#cranes).

## Tall page

{filler}

### Tides

Water comes and goes.

{filler}

<!-- q id=which -->
### Which one rises?

- [x] The water
- [ ] The quay
<!-- /q -->

{filler}

## The end

### Cranes

They lift.

{filler}
"""
DANISH = """\
---
title: Havne
---

## Første skridt

Gå videre.

## Høj side

{filler}

### Tidevand

Vandet kommer og går.

{filler}

<!-- q id=which -->
### Hvad stiger?

- [x] Vandet
- [ ] Kajen
<!-- /q -->

{filler}

## Slutningen

### Kraner

De løfter.

{filler}
"""
FILLER = "\n\n".join(f"Paragraph {number} of this page tells of ships and ports." for number in range(12))
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)])


@pytest.fixture
def harbours(stage: Stage) -> Stage:
    """The small course with a lesson of long pages, also in Danish."""
    folder = stage.course_folder / "01-small"
    folder.joinpath("03-harbours.md").write_text(LESSON.format(filler=FILLER), encoding="utf-8")
    danish = FILLER.replace("Paragraph", "Afsnit").replace("of this page tells of", "fortæller om")
    folder.joinpath("03-harbours.da.md").write_text(DANISH.format(filler=danish), encoding="utf-8")
    return stage


def lesson(path: Path):
    return parse_lesson(path / "03-harbours.md", "small", LESSON.format(filler=FILLER))


def test_anchors_name_sections_headings_and_questions(tmp_path: Path):
    read = lesson(tmp_path)
    assert landing(read, "tall-page") == (1, None)
    assert landing(read, "tides") == (1, 12)
    assert landing(read, "which") == (1, 26)
    assert landing(read, "nowhere") is None


def test_minutes_left_shrink_with_the_words_that_are_left(tmp_path: Path):
    read = lesson(tmp_path)
    left = [minutes_left(read, position) for position in range(len(read.sections) + 1)]
    assert left[0] == 12
    assert left == sorted(left, reverse=True)
    assert left[-1] == 0
    empty = parse_lesson(tmp_path / "01-l.md", "m", "---\ntitle: T\n---\n")
    assert minutes_left(empty, 0) == 0


def test_a_trail_goes_back_and_forward_and_forgets_what_is_ahead_on_a_jump():
    trail, one, two, three = Trail(), Place("a", 1), Place("b", 2), Place("c", 3)
    assert trail.step(one, back=True) is None
    trail.leave(one)
    trail.leave(two)
    assert trail.step(three, back=True) == two
    assert trail.step(two, back=True) == one
    assert trail.step(one, back=False) == two
    trail.leave(two)
    assert trail.step(three, back=False) is None
    for line in range(2 * LONGEST):
        trail.leave(Place("d", line))
    assert len(trail.behind) == LONGEST


@SIZES
async def test_links_within_a_lesson_land_on_heading_and_question(harbours: Stage, size: tuple[int, int]):
    app = harbours.app("small/harbours")
    async with app.run_test(size=size) as pilot:
        await harbours.see(pilot, "section 1 of 3 · 12 min left")
        await harbours.click_words(pilot, "the tides")
        await harbours.see(pilot, "section 2 of 3")
        text = await harbours.see(pilot, "Water comes and goes.")
        assert text.split("\n")[3].strip().startswith("Tides")
        await pilot.press("comma")
        await harbours.see(pilot, "section 1 of 3")
        await pilot.press("l", "down", "enter")
        await harbours.see(pilot, "Which one rises?")
        await pilot.press("alt+left")
        await harbours.see(pilot, "section 1 of 3")
        await pilot.press("full_stop")
        await harbours.see(pilot, "Which one rises?")


async def test_a_dead_link_is_told(harbours: Stage):
    app = harbours.app("small/harbours")
    async with app.run_test() as pilot:
        await harbours.see(pilot, "section 1 of 3")
        await harbours.click_words(pilot, "nothing")
        await harbours.until(pilot, lambda: bool(app._notifications))
        assert "no heading or question #nowhere" in next(iter(app._notifications)).message


@SIZES
async def test_a_link_to_another_lesson_lands_on_its_heading_and_leads_back(
    harbours: Stage, size: tuple[int, int]
):
    app = harbours.app("small/harbours")
    async with app.run_test(size=size) as pilot:
        await harbours.see(pilot, "section 1 of 3")
        await harbours.click_words(pilot, "cranes")
        text = await harbours.see(pilot, "They lift.")
        assert "section 3 of 3" in text
        await pilot.press("n", "enter")
        await harbours.see(pilot, "3 questions.")
        await pilot.press("escape")
        await harbours.see(pilot, "Modules")
        app.open_place("small/practice")
        await harbours.see(pilot, "section 1 of 9")
        await pilot.press("comma")
        await harbours.see(pilot, "section 3 of 3")


async def test_a_reference_may_name_a_heading_and_a_wrong_one_is_told(harbours: Stage):
    app = harbours.app("small/harbours#cranes")
    async with app.run_test() as pilot:
        await harbours.see(pilot, "They lift.")
        app.open_place("small/harbours#cranez")
        await harbours.until(pilot, lambda: bool(app._notifications))
        assert "has no section `cranez`" in next(iter(app._notifications)).message


@SIZES
async def test_contents_tell_what_was_read_and_lead_to_headings(harbours: Stage, size: tuple[int, int]):
    app = harbours.app("small/harbours")
    async with app.run_test(size=size) as pilot:
        await harbours.see(pilot, "section 1 of 3")
        await pilot.press("t")
        text = await harbours.see(pilot, "Tides")
        first, second = (line for line in text.split("\n") if line.lstrip(" ▸")[:2] in {"1 ", "2 "})
        assert first.rstrip().endswith("read")
        assert second.rstrip().endswith("Tall page")
        await pilot.press("down", "down", "enter")
        await harbours.see(pilot, "Water comes and goes.")
        assert "section 2 of 3" in harbours.text(app)


async def test_the_outline_tells_what_was_read(harbours: Stage):
    app = harbours.app("small/harbours")
    async with app.run_test(size=(120, 40)) as pilot:
        await harbours.see(pilot, "▸ 1  First steps")
        await pilot.press("n")
        text = await harbours.see(pilot, "▸ 2  Tall page")
        assert "✓ 1  First steps" in text
        assert "  3  The end" in text


@SIZES
async def test_another_language_stays_at_the_same_place(harbours: Stage, size: tuple[int, int]):
    app = harbours.app("small/harbours#which")
    async with app.run_test(size=size) as pilot:
        await harbours.see(pilot, "Which one rises?")
        place = round(app.screen.column.scroll_y)
        assert place > 0
        await pilot.press("v", "down", "enter")
        text = await harbours.see(pilot, "Havne")
        assert "section 2 of 3" in text
        await harbours.see(pilot, "Hvad stiger?")
        assert round(app.screen.column.scroll_y) == place
        await pilot.press("v", "up", "enter")
        await harbours.see(pilot, "Which one rises?")
        assert app.services.language == "en"


async def test_the_language_of_lessons_is_remembered(harbours: Stage, monkeypatch: pytest.MonkeyPatch):
    app = harbours.app("small/harbours")
    file = harbours.home / "settings.toml"
    async with app.run_test() as pilot:
        await harbours.see(pilot, "section 1 of 3")
        await pilot.press("v", "down", "enter")
        await harbours.see(pilot, "Havne")
        await harbours.until(pilot, lambda: file.exists() and "course_language" in file.read_text("utf-8"))
    monkeypatch.setenv("HANSA_HOME", str(harbours.home))
    assert open_services(Namespace(course=[], language=None)).language == "da"
    assert open_services(Namespace(course=[], language="en")).language == "en"
    file.write_text('[interface]\ncourse_language = "../da"\n', encoding="utf-8")
    services = open_services(Namespace(course=[], language=None))
    assert services.language == "en"
    assert "interface.course_language" in services.preference_problems[0]


def long_page(stage: Stage, count: int = 400) -> None:
    """A lesson that is one page, of prose and questions."""
    parts = []
    for number in range(count):
        parts.append(f"Paragraph {number} tells of ports.")
        if number % 50 == 49:
            parts.append(
                f"<!-- q id=q{number} -->\n### Which one is {number}?\n\n- [x] This\n- [ ] That\n<!-- /q -->"
            )
    text = "---\ntitle: Long\n---\n\n## One\n\n" + "\n\n".join(parts) + "\n"
    stage.course_folder.joinpath("01-small", "04-long.md").write_text(text, encoding="utf-8")


async def test_a_very_long_page_is_complete_and_keeps_its_place_and_answers(stage: Stage):
    long_page(stage)
    app = stage.app("small/long#q349")
    async with app.run_test() as pilot:
        await stage.see(pilot, "Which one is 349?")
        place = round(app.screen.column.scroll_y)
        assert place > 600
        app.open_place("small/reading")
        await stage.see(pilot, "Welcome to the small lesson.")
        app.open_place("small/long")
        await stage.see(pilot, "Which one is 349?")
        assert round(app.screen.column.scroll_y) == place
        app.screen.column.scroll_end(animate=False)
        await stage.see(pilot, "Paragraph 399 tells of ports.")


async def test_a_very_long_page_can_be_left_while_it_fills(stage: Stage):
    long_page(stage, 1500)
    app = stage.app("small/reading")
    async with app.run_test() as pilot:
        await stage.see(pilot, "Reading and looking")
        app.open_place("small/long")
        await stage.see(pilot, "Paragraph 0 tells of ports.")
        await pilot.press("n")
        text = await stage.see(pilot, "You have reached the end of this lesson.")
        assert "Paragraph" not in text
        await pilot.press("p")
        await stage.see(pilot, "Paragraph 0 tells of ports.")
        await pilot.press("escape")
        await stage.see(pilot, "Modules")


async def test_a_lesson_without_a_page_can_be_opened_and_left(stage: Stage):
    stage.course_folder.joinpath("01-small", "05-empty.md").write_text(
        "---\ntitle: Empty\n---\n", encoding="utf-8"
    )
    app = stage.app("small/empty")
    async with app.run_test() as pilot:
        await stage.see(pilot, "You have reached the end of this lesson.")
        await pilot.press("m", "b", "y", "A", "slash", *"salt", "enter", "escape")
        await stage.see(pilot, "Modules")


async def test_the_place_is_kept_when_hansa_is_left_while_scrolling(stage: Stage):
    app = stage.app("small/reading#what-the-page-can-show")
    async with app.run_test() as pilot:
        await stage.see(pilot, "A paragraph with strong")
        page = app.screen
        await stage.until(pilot, lambda: page._noted is not None)
        await pilot.press("pagedown")
        await stage.until(pilot, lambda: page.column.scroll_y > 0)
        place = round(page.column.scroll_y)
        await pilot.press("ctrl+q")
    assert stage.services().record.visits()[-1].position == place


async def test_a_place_that_nobody_waits_for_any_more_is_not_shown(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    app, go, arrived = stage.app(), Event(), Event()
    arrive = app._arrive

    def slow(services: Services, ref: str, *spot: Spot | None) -> object:
        if ref == "small/reading":
            go.wait(60)
        return load_place(services, ref, *spot)

    def tell(message: Message) -> None:
        arrive(message)
        if isinstance(message, LessonLoaded) and message.lesson.id == "small/reading":
            arrived.set()

    monkeypatch.setattr("tui.places.load_place", slow)
    monkeypatch.setattr(app, "_arrive", tell)
    async with app.run_test() as pilot:
        await stage.see(pilot, "Begin")
        app.open_place("small/reading")
        await pilot.pause()
        app.open_place("other/more")
        await stage.see(pilot, "Text.")
        go.set()
        await stage.until(pilot, arrived.is_set)
        await pilot.pause()
        assert "More" in stage.text(app)
        assert len(app.screen_stack) == 2
