from __future__ import annotations

from typing import TYPE_CHECKING

from course.errors import RecordError
from course.record import LearnerRecord

if TYPE_CHECKING:
    from conftest import Stage

    from course.history import Attempt
    from tui.app import HansaApp

import pytest

from course.response import Chosen, Filled, Grouped, Ordered, Paired, Typed
from tui.widgets.item import ItemView


def last_attempt(app: HansaApp) -> Attempt | None:
    attempts = app.services.record.attempts()
    return attempts[-1] if attempts else None


def item_view(app: HansaApp) -> ItemView:
    return app.screen.query_one(ItemView)


def letter_of(app: HansaApp, option: int) -> str:
    return "abcdefgh"[item_view(app).area._order.index(option)]


@pytest.mark.parametrize(
    ("section", "wanted", "keys", "response"),
    [
        ("two-of-three", "Choose two", (), Chosen(options=(0, 1))),
        ("true-or-not", "Choose one", ("a",), Chosen(options=(0,))),
        ("a-word", "Type a few words", tuple("hansa"), Typed(text="hansa")),
        ("a-number", "Type a number in towns", tuple("205"), Typed(text="205")),
        ("pairs", "Match each", ("a", "b"), Paired(rights=(0, 1))),
        ("groups", "Put each into a group", ("a", "b"), Grouped(groups=(0, 1))),
        ("gaps", "Fill the two gaps", ("a", "tab", *"Trave"), Filled(gaps=("Lübeck", "Trave"))),
    ],
)
async def test_each_type_is_answered_with_the_keyboard(
    stage: Stage, section: str, wanted: str, keys: tuple[str, ...], response: object
):
    app = stage.app(f"small/practice#{section}")
    async with app.run_test() as pilot:
        await stage.see(pilot, wanted)
        await pilot.press("tab")
        await pilot.press(*(keys or (letter_of(app, 0), letter_of(app, 1))), "enter")
        await stage.see(pilot, "✓ Correct.")
        attempt = last_attempt(app)
        assert attempt.response == response
        assert attempt.share == 1.0
        assert attempt.item_id.startswith("small/practice#")


async def test_one_of_several_is_answered_and_explained_in_place(stage: Stage):
    app = stage.app("small/practice#one-of-three")
    async with app.run_test(size=(80, 40)) as pilot:
        text = await stage.see(pilot, "Which one floats?")
        assert "tab Answer this question" in text
        await pilot.press("tab", letter_of(app, 0), "enter")
        text = await stage.see(pilot, "✓ Correct.")
        boat = next(line for line in text.split("\n") if "The boat" in line)
        assert "(•) The boat" in boat
        assert "✓ your answer · correct" in boat
        assert "Stones sink." in text
        assert "Boats float because they are hollow." in text
        assert "Heavy things" not in text
        assert "enter Go on" in text
        await pilot.press("enter")
        await stage.see(pilot, "section 2 of 9")


async def test_a_wrong_answer_is_told_calmly_and_can_be_given_again(stage: Stage):
    app = stage.app("small/practice#one-of-three")
    async with app.run_test(size=(80, 40)) as pilot:
        await stage.see(pilot, "Which one floats?")
        await pilot.press("tab", letter_of(app, 1), "enter")
        text = await stage.see(pilot, "✗ Not right yet.")
        assert "✗ your answer · not right" in text
        assert "Heavy things need a hull." in text
        await pilot.press("r")
        await stage.until(pilot, lambda: "Not right yet" not in stage.text(app))
        await pilot.press(letter_of(app, 0), "enter")
        await stage.see(pilot, "✓ Correct.")
        assert [attempt.share for attempt in app.services.record.attempts()] == [0.0, 1.0]


async def test_hints_come_in_stages_and_are_counted(stage: Stage):
    app = stage.app("small/practice#one-of-three")
    async with app.run_test() as pilot:
        await stage.see(pilot, "Which one floats?")
        await pilot.press("tab")
        await stage.see(pilot, "h Hint, 2 left")
        await pilot.press("h")
        text = await stage.see(pilot, "Think of harbours.")
        assert "It has sails." not in text
        await pilot.press("h")
        await stage.see(pilot, "It has sails.")
        await pilot.press(letter_of(app, 0), "enter")
        await stage.see(pilot, "Correct.")
        assert last_attempt(app).hints == 2


async def test_a_hint_while_typing(stage: Stage):
    app = stage.app("small/practice#a-word")
    async with app.run_test() as pilot:
        await stage.see(pilot, "union of towns")
        await pilot.press("tab", "h", "ctrl+t")
        await stage.see(pilot, "It is the name of this program.")


async def test_arrow_keys_and_space_choose_too(stage: Stage):
    app = stage.app("small/practice#one-of-three")
    async with app.run_test() as pilot:
        await stage.see(pilot, "Which one floats?")
        await pilot.press("tab", "down", "down", "space")
        assert item_view(app).area._picked == {item_view(app).area._order[2]}


async def test_options_are_answered_with_the_mouse(stage: Stage):
    app = stage.app("small/practice#one-of-three")
    async with app.run_test() as pilot:
        await stage.see(pilot, "Which one floats?")
        await stage.click_words(pilot, "The boat")
        await stage.see(pilot, "(•) The boat")
        await stage.click_words(pilot, "enter Answer")
        await stage.see(pilot, "✓ Correct.")


async def test_pairs_are_joined_with_the_mouse(stage: Stage):
    app = stage.app("small/practice#pairs")
    async with app.run_test() as pilot:
        await stage.see(pilot, "Join each town")
        await stage.click_words(pilot, "Bremen")
        await stage.click_words(pilot, "Weser")
        await stage.see(pilot, "→ b  Weser")
        await stage.click_words(pilot, "Hamburg")
        await stage.click_words(pilot, "Rhine")
        await stage.click_words(pilot, "enter Answer")
        text = await stage.see(pilot, "Partly right: 50 %.")
        assert "it belongs to: Elbe" in text


async def test_gaps_are_chosen_with_the_mouse(stage: Stage):
    app = stage.app("small/practice#gaps")
    async with app.run_test() as pilot:
        await stage.see(pilot, "[1: ____]")
        await stage.click_words(pilot, "( ) Bern")
        await stage.see(pilot, "[1: Bern]")
        await pilot.press("tab", *"trave", "enter")
        text = await stage.see(pilot, "[1: Bern ✗]")
        assert "[2: trave ✓]" in text


async def test_an_order_is_carried_with_keys(stage: Stage):
    app = stage.app("small/practice#an-order")
    async with app.run_test() as pilot:
        await stage.see(pilot, "Put the steps in order.")
        await pilot.press("tab")
        area = item_view(app).area
        for target in (0, 1):
            row = area._arranged.index(target)
            await pilot.press(*["up"] * 3, *["down"] * row)
            await pilot.press(*["u"] * (row - target))
        await pilot.press("enter")
        await stage.see(pilot, "✓ Correct.")
        assert last_attempt(app).response == Ordered(order=(0, 1, 2))


async def test_an_order_is_carried_with_brackets_shift_and_the_mouse(stage: Stage):
    app = stage.app("small/practice#an-order")
    async with app.run_test() as pilot:
        await stage.see(pilot, "Put the steps in order.")
        await pilot.press("tab")
        area = item_view(app).area
        first = list(area._arranged)
        await pilot.press("shift+down", "]")
        assert area._arranged == [first[1], first[2], first[0]]
        await pilot.press("[", "shift+up")
        assert area._arranged == first
        assert area.cursor == 0
        line = next(line for line in stage.text(app).split("\n") if "▸  1" in line)
        row = stage.text(app).split("\n").index(line)
        await pilot.click(offset=(line.rindex("↓"), row))
        await stage.until(pilot, lambda: area._arranged == [first[1], first[0], first[2]])


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ("one-of-three", "Choose an answer first: press its letter."),
        ("a-word", "Type your answer first."),
        ("pairs", "2 rows have no letter yet."),
        ("gaps", "2 gaps are still empty."),
    ],
)
async def test_an_unfinished_answer_is_not_taken(stage: Stage, section: str, sentence: str):
    app = stage.app(f"small/practice#{section}")
    async with app.run_test() as pilot:
        await stage.see(pilot, "tab Answer this question")
        await pilot.press("tab", "enter")
        await stage.see(pilot, sentence)
        assert last_attempt(app) is None


async def test_words_are_not_taken_for_a_number(stage: Stage):
    app = stage.app("small/practice#a-number")
    async with app.run_test() as pilot:
        await stage.see(pilot, "How many towns?")
        await pilot.press("tab", *"many", "enter")
        await stage.see(pilot, "for example 27.5")
        assert last_attempt(app) is None


async def test_a_near_miss_is_told(stage: Stage):
    app = stage.app("small/practice#a-word")
    async with app.run_test() as pilot:
        await stage.see(pilot, "union of towns")
        await pilot.press("tab", *"Hanse", "enter")
        await stage.see(pilot, "You came close")


async def test_an_answer_is_shown_again_after_a_restart(stage: Stage):
    app = stage.app("small/practice#a-word")
    async with app.run_test() as pilot:
        await stage.see(pilot, "union of towns")
        await pilot.press("tab", *"Hansa", "enter")
        await stage.see(pilot, "✓ Correct.")
    app.services.close()
    again = stage.app("small/practice#a-word")
    async with again.run_test() as pilot:
        text = await stage.see(pilot, "✓ Correct.")
        assert "Hansa" in text
        assert "tab See the answer again" in text


async def test_control_sequences_in_an_answer_do_nothing(stage: Stage):
    app = stage.app("small/practice#gaps")
    async with app.run_test() as pilot:
        await stage.see(pilot, "[2: ____]")
        await pilot.press("tab", "tab")
        app.screen.focused.value = "\x1b[31m[b]x\x07"
        await stage.see(pilot, "[2: [b]x]")


async def test_without_colour_everything_is_told_by_signs(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = stage.app("small/practice#one-of-three")
    async with app.run_test(size=(80, 40)) as pilot:
        assert app.no_color
        await stage.see(pilot, "Which one floats?")
        await pilot.press("tab")
        assert "▸ a  ( )" in stage.text(app)
        await pilot.press(letter_of(app, 1), "enter")
        text = await stage.see(pilot, "✗ Not right yet.")
        assert "✗ your answer" in text
        assert "✓ correct" in text


async def test_an_answer_that_cannot_be_kept_is_told(stage: Stage, monkeypatch: pytest.MonkeyPatch):

    def refuse(*_: object, **__: object) -> int:
        raise RecordError("The disk is full; make room.")

    monkeypatch.setattr(LearnerRecord, "give", refuse)
    app = stage.app("small/practice#a-word")
    async with app.run_test() as pilot:
        await stage.see(pilot, "union of towns")
        await pilot.press("tab", *"Hansa", "enter")
        await stage.until(pilot, lambda: bool(app._notifications))
        assert "The disk is full" in next(iter(app._notifications)).message
        assert "Correct" not in stage.text(app)


async def test_as_many_options_as_wanted_are_asked_for(stage: Stage):
    app = stage.app("small/practice#two-of-three")
    async with app.run_test() as pilot:
        text = await stage.see(pilot, "Which two are ports?")
        assert text.count("Choose two") == 1
        await pilot.press("tab", letter_of(app, 0), "enter")
        await stage.see(pilot, "Choose two. You have chosen 1.")
        assert last_attempt(app) is None


CASE = "Three things fall into the water of the harbour, one after the other, and somebody looks after each."


async def test_a_short_remark_stands_after_the_question(stage: Stage):
    lesson = stage.course_folder / "01-small" / "02-practice.md"
    told = lesson.read_text(encoding="utf-8")
    told = told.replace("### How many towns?\n", "### How many towns?\n\nCount them all.\n")
    lesson.write_text(told, encoding="utf-8")
    app = stage.app("small/practice#a-number")
    async with app.run_test() as pilot:
        text = await stage.see(pilot, "How many towns?")
        assert text.index("How many towns?") < text.index("Count them all.")
        line = next(line for line in text.split("\n") if "Type a number  " in line)
        assert line.index("towns") < 40


async def test_the_case_stands_before_the_question_and_the_judgement_above_both(stage: Stage):
    lesson = stage.course_folder / "01-small" / "02-practice.md"
    told = lesson.read_text(encoding="utf-8")
    told = told.replace("### Which one floats?\n", f"### Which one floats?\n\n{CASE}\n")
    lesson.write_text(told, encoding="utf-8")
    app = stage.app("small/practice#one-of-three")
    async with app.run_test(size=(80, 40)) as pilot:
        text = await stage.see(pilot, "Which one floats?")
        assert text.index("Three things fall") < text.index("Which one floats?")
        await pilot.press("tab", letter_of(app, 1), "h")
        await stage.see(pilot, "Think of harbours.")
        await pilot.press("enter")
        text = await stage.see(pilot, "✗ Not right yet.")
        assert text.index("Not right yet.") < text.index("Three things fall")
        assert "Think of harbours." not in text


async def test_the_keys_that_answer_are_told_while_they_work(stage: Stage):
    app = stage.app("small/practice#an-order")
    async with app.run_test() as pilot:
        text = await stage.see(pilot, "Put in the right order")
        assert "u lifts it" not in text
        await pilot.press("tab")
        await stage.see(pilot, "Put in the right order · ↑ ↓ go to a step, u lifts it, d lowers it")


async def test_a_gap_that_is_wrong_is_told_as_a_share(stage: Stage):
    app = stage.app("small/practice#gaps")
    async with app.run_test() as pilot:
        await stage.see(pilot, "[1: ____]")
        await pilot.press("tab", "b", "tab", *"trave", "enter")
        await stage.see(pilot, "✗ Partly right: 50 %. 1 of 2 gaps are right.")


async def test_tab_shows_all_of_a_question_and_enter_all_of_its_feedback(stage: Stage):
    lesson = stage.course_folder / "01-small" / "02-practice.md"
    told = lesson.read_text(encoding="utf-8")
    told = told.replace("## One of three\n", "## One of three\n\n" + "Long words. " * 90 + "\n")
    told = told.replace("> Stones sink.", "> " + "Stones sink. " * 60)
    lesson.write_text(told, encoding="utf-8")
    app = stage.app("small/practice#one-of-three")
    async with app.run_test() as pilot:
        await stage.see(pilot, "more ↓ space")
        await pilot.press("tab")
        text = await stage.see(pilot, "enter Answer   h Hint")
        assert "h Hint, 2 left" in text
        await pilot.press(letter_of(app, 0), "enter")
        await stage.see(pilot, "✓ Correct.")
        assert "Boats float" not in stage.text(app)
        await pilot.press("enter")
        await stage.see(pilot, "Boats float because they are hollow.")
        await pilot.press("enter")
        await stage.see(pilot, "section 2 of 9")
