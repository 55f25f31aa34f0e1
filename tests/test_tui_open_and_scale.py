"""Open questions and opinion scales in the full-screen application, and what stands around every question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course.response import Rated, Written
from tui.widgets.item import ItemView
from tui.widgets.rating import RatingArea
from tui.widgets.written import CheckRows, WritingBox

if TYPE_CHECKING:
    from conftest import Stage
    from textual.pilot import Pilot

    from tui.app import HansaApp

LESSON = """\
---
title: Your own words
---

## An offer

<!-- q id=offer type=open outcome=O1 points=2 -->
### What would you offer to a partner?

> [!TIP]
> Think of rooms and tools.

> [!IMPORTANT]
> We offer our laboratory for two weeks.
>
> - [ ] It names a thing.
> - [ ] It names a time.

> [!NOTE]
> An offer with a date is easy to accept.
<!-- /q -->

## A scale

<!-- q id=sure type=likert scale=1..5 labels="not at all / fully" -->
### How far do you agree?

- I know whom to call.
- I know what to ask.
<!-- /q -->

## The Velmora case

Velmora builds sensors in Aarhus.

<!-- q id=here case=the-velmora-case shuffle=no -->
### What does it build?

- [x] Sensors
- [ ] Ships
<!-- /q -->

## Later

<!-- q id=later case=the-velmora-case shuffle=no select=all -->
### Where is it?

- [x] Aarhus
- [x] Denmark
- [ ] Lübeck
<!-- /q -->
"""


@pytest.fixture
def words(stage: Stage) -> Stage:
    stage.course_folder.joinpath("01-small", "03-words.md").write_text(LESSON, encoding="utf-8")
    return stage


async def begin(stage: Stage, pilot: Pilot[None], words: str) -> None:
    await stage.see(pilot, words)
    await pilot.press("tab")


def last(app: HansaApp) -> tuple[object, float | None]:
    attempt = app.services.record.attempts()[-1]
    return attempt.response, attempt.share


async def test_an_open_answer_is_written_compared_and_ticked(words: Stage):
    app = words.app("small/words#an-offer")
    async with app.run_test() as pilot:
        await begin(words, pilot, "What would you offer")
        assert "our laboratory" not in words.text(app)
        await pilot.press(*"Two weeks", "enter", *"here", "ctrl+s")
        text = await words.see(pilot, "We offer our laboratory for two weeks.")
        assert "[ ] It names a time." in text
        await pilot.press("b", "enter")
        await words.see(pilot, "You ticked 1 of 2 points of the model answer.")
        assert last(app) == (Written(text="Two weeks\nhere", ticked=(1,)), 0.5)


async def test_nothing_written_is_told(words: Stage):
    app = words.app("small/words#an-offer")
    async with app.run_test() as pilot:
        await begin(words, pilot, "What would you offer")
        await words.click_words(pilot, "ctrl+s Compare")
        await words.see(pilot, "Write your answer first.")


async def test_an_open_answer_is_given_with_the_mouse(words: Stage):
    app = words.app("small/words#an-offer")
    async with app.run_test(size=(80, 40)) as pilot:
        await begin(words, pilot, "What would you offer")
        await pilot.press(*"A room")
        await words.click_words(pilot, "ctrl+s Compare")
        await words.see(pilot, "[ ] It names a thing.")
        await words.click_words(pilot, "It names a thing.")
        await words.see(pilot, "[x] It names a thing.")
        await words.click_words(pilot, "enter Answer")
        await words.see(pilot, "You ticked 1 of 2")
        assert last(app) == (Written(text="A room", ticked=(0,)), 0.5)


async def test_an_open_answer_can_be_mended(words: Stage):
    app = words.app("small/words#an-offer")
    async with app.run_test(size=(80, 40)) as pilot:
        await begin(words, pilot, "What would you offer")
        await pilot.press(*"A room", "ctrl+s", "enter")
        await words.see(pilot, "You ticked 0 of 2")
        await pilot.press("r")
        await words.until(pilot, lambda: not app.screen.query_one(WritingBox).read_only)
        assert app.screen.query_one(WritingBox).text == "A room"
        await pilot.press("ctrl+end", *" in May", "ctrl+s", "a", "b", "enter")
        await words.see(pilot, "You ticked 2 of 2")
        assert last(app) == (Written(text="A room in May", ticked=(0, 1)), 1.0)


async def test_an_open_answer_is_there_when_the_learner_comes_back(words: Stage):
    app = words.app("small/words#an-offer")
    async with app.run_test() as pilot:
        await begin(words, pilot, "What would you offer")
        await pilot.press(*"A room", "ctrl+s", "a", "enter")
        await words.see(pilot, "You ticked 1 of 2")
    again = words.app("small/words#an-offer")
    async with again.run_test(size=(80, 40)) as pilot:
        text = await words.see(pilot, "You ticked 1 of 2")
        assert "A room" in text
        assert again.screen.query_one(CheckRows).ticked == {0}


async def test_statements_are_rated_with_numbers(words: Stage):
    app = words.app("small/words#a-scale")
    async with app.run_test() as pilot:
        await begin(words, pilot, "How far do you agree?")
        text = words.text(app)
        assert "1 = not at all" in text
        assert "5 = fully" in text
        await pilot.press("4", "enter")
        await words.see(pilot, "1 statement is not rated yet.")
        await pilot.press("2", "enter")
        await words.see(pilot, "Nothing is right or wrong here.")
        assert last(app) == (Rated(values=(4, 2)), 1.0)
        assert app.services.record.attempts()[-1].points == 0


async def test_statements_are_rated_with_arrows(words: Stage):
    app = words.app("small/words#a-scale")
    async with app.run_test() as pilot:
        await begin(words, pilot, "How far do you agree?")
        await pilot.press("right", "right", "right", "right", "down", "left", "left")
        assert app.screen.query_one(RatingArea).response() == Rated(values=(5, 2))


async def test_statements_are_rated_with_the_mouse(words: Stage):
    app = words.app("small/words#a-scale")
    async with app.run_test() as pilot:
        await begin(words, pilot, "How far do you agree?")
        lines = words.text(app).split("\n")
        row = next(at for at, line in enumerate(lines) if "I know what to ask" in line) + 1
        await pilot.click(offset=(lines[row].index("5"), row))
        await pilot.click(offset=(lines[row].index("1"), row - 2))
        await words.until(pilot, lambda: app.screen.query_one(RatingArea).response() == Rated(values=(1, 5)))


async def test_a_case_is_shown_where_it_does_not_stand_already(words: Stage):
    app = words.app("small/words#the-velmora-case")
    async with app.run_test(size=(80, 40)) as pilot:
        text = await words.see(pilot, "What does it build?")
        assert text.count("Velmora builds sensors") == 1
        await pilot.press("n")
        text = await words.see(pilot, "Where is it?")
        assert text.index("Velmora builds sensors") < text.index("Where is it?")


async def test_how_many_are_right_need_not_be_told(words: Stage):
    app = words.app("small/words#later")
    async with app.run_test() as pilot:
        await begin(words, pilot, "Choose all that are right")
        await pilot.press("a", "enter")
        await words.see(pilot, "Partly right: 50 %.")
        assert app.screen.query_one(ItemView).mark is not None


DANISH = """\
---
title: Egne ord
---

## Et tilbud

Skriv.
"""


async def test_a_lesson_is_read_in_another_language(words: Stage):
    folder = words.course_folder / "01-small"
    folder.joinpath("04-once.md").write_text(
        "---\ntitle: Once\n---\n\n## An offer\n\nWrite.\n", encoding="utf-8"
    )
    folder.joinpath("04-once.da.md").write_text(DANISH, encoding="utf-8")
    app = words.app("small/once")
    async with app.run_test() as pilot:
        await words.see(pilot, "Write.")
        await pilot.press("v")
        await words.see(pilot, "Danish")
        await pilot.press("down", "enter")
        await words.see(pilot, "Skriv.")
        assert app.services.language == "da"


async def test_a_lesson_without_a_translation_offers_no_language(words: Stage):
    app = words.app("small/words")
    async with app.run_test() as pilot:
        await words.see(pilot, "What would you offer")
        await pilot.press("v")
        assert not app.screen.is_modal


async def test_ratings_are_compared_with_those_before(words: Stage):
    question = "<!-- q id=view type=likert pair={moment} -->\n### Agree?\n\n- I know whom to call.\n"
    scale = f"---\ntitle: {{title}}\n---\n\n## S\n\n{question}"
    folder = words.course_folder / "01-small"
    for number, moment in ((5, "pre"), (6, "post")):
        text = scale.format(title=moment, moment=moment)
        folder.joinpath(f"0{number}-{moment}.md").write_text(text, encoding="utf-8")
    app = words.app("small/pre")
    async with app.run_test() as pilot:
        await begin(words, pilot, "Agree?")
        await pilot.press("2", "enter")
        assert "before" not in await words.see(pilot, "Nothing is right or wrong here.")
    app = words.app("small/post")
    async with app.run_test() as pilot:
        await begin(words, pilot, "Agree?")
        await pilot.press("4", "enter")
        await words.see(pilot, "I know whom to call: 2 before, 4 now.")
