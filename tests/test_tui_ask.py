from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.model import Considered, Trace
from index.model import Progress
from tui.screens.ask import AskScreen
from tui.screens.lists import ListScreen
from tui.widgets.rows import Row
from tui.widgets.talk import place_words

if TYPE_CHECKING:
    from conftest import Stage
    from textual.pilot import Pilot

    from assistant.model import Answer

import pytest

RAN = "How long did the ferry run?"
COST = "The ferry ran for 54 months."
TREASURE = "At the very end stands the hidden treasure of the guide."


@pytest.fixture
def talk(stage: Stage) -> Stage:
    stage.assistant.will_answer(
        RAN,
        "The ferry ran for 54 months [1].\n- and hid a treasure [2]",
        [COST, TREASURE],
        suggestions=("Who were the partners?",),
    )
    stage.assistant.will_answer("Who were the partners?", "Lübeck and Tallinn [1].", [COST])
    stage.assistant.will_answer(
        "And the travel?", "Not in the guides. I looked for: travel.", [COST], refused=True
    )
    return stage


async def ask(stage: Stage, pilot: Pilot[None], question: str) -> None:
    line = pilot.app.screen.query_one("#line")
    line.value = question
    line.focus()
    await pilot.press("enter")
    del stage


async def test_an_answer_shows_its_sources_and_what_to_ask_next(talk: Stage):
    app = talk.app(asks=True)
    async with app.run_test() as pilot:
        await talk.see(pilot, "1 guide")
        await ask(talk, pilot, RAN)
        text = await talk.see(pilot, "The ferry ran for 54 months [1].")
        assert f"You     {RAN}" in text
        assert "• and hid a treasure [2]" in text
        assert "1  The ferry › Dates and money" in text
        assert "line 11" in text
        assert "You could ask next:" in text
        assert "1-9 Source" in text


async def test_a_question_from_the_start_is_asked_at_once(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")


async def test_a_digit_opens_the_source_at_the_marked_words_and_esc_returns(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        before = talk.text(app)
        await pilot.press("2")
        text = await talk.see(pilot, "hidden treasure")
        marked = next(line for line in text.split("\n") if "hidden treasure" in line)
        assert marked.startswith("▌ At the very end")
        assert "Paragraph 0 " not in text
        await pilot.press("escape")
        await talk.see(pilot, "Ask the guides")
        assert talk.text(app) == before


async def test_the_marked_words_are_reversed(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        await pilot.press("1")
        text = await talk.see(pilot, "▌ The ferry ran")
        row = next(number for number, line in enumerate(text.split("\n")) if "▌ The ferry ran" in line)
        strip = app.screen._compositor.render_strips(app.size)[row]
        reversed_words = "".join(s.text for s in strip if s.style and s.style.reverse)
        assert reversed_words.strip() == COST
        assert "[b]not markup[/b]" in text


async def test_asking_from_a_source_returns_to_the_talk(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        await pilot.press("1")
        await talk.see(pilot, "▌ The ferry ran")
        await pilot.press("a")
        await talk.see(pilot, "54 months [1]")


async def test_a_digit_within_a_question_is_typed(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        await pilot.press("x", "1", "i", "y")
        assert app.screen.query_one("#line").value == "x1iy"


async def test_on_a_wide_window_the_source_stands_beside_the_talk(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test(size=(120, 40)) as pilot:
        await talk.see(pilot, "54 months [1]")
        await pilot.press("1")
        text = await talk.see(pilot, "▌ The ferry ran")
        assert f"You     {RAN}" in text
        await pilot.press("escape")
        await talk.until(pilot, lambda: "▌ The ferry ran" not in talk.text(app))
        assert RAN in talk.text(app)


async def test_a_refusal_says_so_and_shows_what_was_near(talk: Stage):
    app = talk.app(asks=True, question="And the travel?")
    async with app.run_test() as pilot:
        text = await talk.see(pilot, "Not in the guides.")
        assert "1  The ferry › Dates and money" in text
        await pilot.press("1")
        await talk.see(pilot, "▌ The ferry ran")


async def test_a_suggestion_is_asked_when_chosen(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        await pilot.press("tab", "down", "down", "enter")
        await talk.see(pilot, "Lübeck and Tallinn [1].")
        assert talk.assistant.asked == [RAN, "Who were the partners?"]


async def test_sources_numbers_and_suggestions_can_be_clicked(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        await talk.click_words(pilot, "1  The ferry")
        await talk.see(pilot, "▌ The ferry ran")
        await pilot.press("escape")
        await talk.see(pilot, "treasure [2]")
        await talk.click_words(pilot, "[2]")
        await talk.see(pilot, "▌ At the very end")
        await pilot.press("escape")
        await talk.see(pilot, "Who were")
        await talk.click_words(pilot, "Who were the partners?")
        await talk.see(pilot, "Lübeck and Tallinn [1].")


async def test_why_shows_the_trace(talk: Stage):

    considered = Considered(
        guide="ferry",
        heading="Dates",
        line=11,
        fused=0.5,
        dense=0.7,
        dense_z=1,
        keyword=3,
        used=True,
        reason="used: it fits",
    )
    trace = Trace(
        considered=(considered,),
        features={"coverage": 0.9},
        probability=0.83,
        threshold=0.5,
        missing=("travel",),
        cut=("A bold claim.",),
        keywords_only=True,
    )
    talk.assistant.will_answer("Why?", "Because [1].", [COST], trace=trace)
    app = talk.app(asks=True, question="Why?")
    async with app.run_test(size=(80, 40)) as pilot:
        await talk.see(pilot, "Because [1].")
        await pilot.press("tab", "i")
        text = await talk.see(pilot, "83 %")
        for words in (
            "50 %",
            "No passage holds: travel",
            "A bold claim.",
            "Only keywords",
            "used: it fits",
            "coverage",
        ):
            assert words in text
        await pilot.press("escape")
        await talk.see(pilot, "Because [1].")


async def test_copy_takes_the_answer_and_its_sources(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        await pilot.press("tab", "y")
        await talk.until(pilot, lambda: bool(app.clipboard))
        assert app.clipboard.startswith(f"**{RAN}**\n\nThe ferry ran for 54 months [1].")
        assert f"1. The ferry › Dates and money, line 11: “{COST}”" in app.clipboard
        assert "copied" in next(iter(app._notifications)).message


async def test_a_new_conversation_is_empty(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        await pilot.press("ctrl+n")
        await talk.until(pilot, lambda: "54 months" not in talk.text(app))
        assert "The answer comes from the guides alone" in talk.text(app)


async def test_the_up_arrow_recalls_the_last_question(talk: Stage):
    app = talk.app(asks=True)
    async with app.run_test() as pilot:
        await talk.see(pilot, "1 guide")
        await ask(talk, pilot, RAN)
        await talk.see(pilot, "54 months [1]")
        await pilot.press("up")
        assert app.screen.query_one("#line").value == RAN
        await pilot.press("down")
        assert app.screen.query_one("#line").value == ""


async def test_an_error_is_told_and_the_talk_goes_on(talk: Stage):

    talk.assistant.answers["?"] = AssistantError("The question is empty; type one.")
    talk.assistant.answers["!"] = ValueError("out of paper")
    app = talk.app(asks=True)
    async with app.run_test() as pilot:
        await talk.see(pilot, "1 guide")
        await ask(talk, pilot, "?")
        await talk.see(pilot, "The question is empty; type one.")
        await ask(talk, pilot, "!")
        await talk.see(pilot, "That did not work: out of paper.")
        await ask(talk, pilot, RAN)
        await talk.see(pilot, "54 months [1]")


async def test_questions_asked_meanwhile_are_answered_one_after_the_other(talk: Stage):
    held = Event()
    reply = talk.assistant.ask

    def slow(question: str, *given: object, **options: object) -> Answer:
        if question == "And the travel?":
            held.wait(60)
        return reply(question, *given, **options)

    talk.assistant.ask = slow
    app = talk.app(asks=True)
    async with app.run_test(size=(80, 40)) as pilot:
        await talk.see(pilot, "1 guide")
        await ask(talk, pilot, "And the travel?")
        await talk.see(pilot, "Looking in the guides")
        await ask(talk, pilot, RAN)
        await pilot.pause()
        assert "54 months [1]" not in talk.text(app)
        held.set()
        await talk.see(pilot, "54 months [1]")
        assert talk.assistant.asked == ["And the travel?", RAN]
        assert "Not in the guides." in talk.text(app)


async def test_preparing_the_guides_is_told_as_a_share(talk: Stage):

    app = talk.app(asks=True)
    async with app.run_test() as pilot:
        await talk.see(pilot, "1 guide")
        screen = app.screen
        assert isinstance(screen, AskScreen)
        app.dialogue.tell_progress(Progress(40, 152, "embedding passages"))
        await talk.see(pilot, "Preparing the guides, only this once: 26 %")
        app.dialogue.tell_progress(Progress(6, 6, "reading guides"))
        await talk.see(pilot, "Preparing the guides …")


async def test_control_sequences_in_a_question_are_not_echoed(talk: Stage):
    talk.assistant.will_answer("\x1b[31m[b]red[/b]\x07", "No \x1b]0;title\x07 harm [1].", [COST])
    app = talk.app(asks=True, question="\x1b[31m[b]red[/b]\x07")
    async with app.run_test() as pilot:
        text = await talk.see(pilot, "harm [1].")
        assert "\x1b" not in text
        assert "\x07" not in text
        assert "You     [b]red[/b]" in text


async def test_guides_are_listed_and_read(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("g")
        text = await stage.see(pilot, "▸ The ferry")
        assert "English" in text
        await pilot.press("enter")
        text = await stage.see(pilot, "Dates and money")
        assert "• The harbour of Lübeck" in text
        await pilot.press("t")
        await stage.see(pilot, "▸ Dates and money")
        await pilot.press("down", "enter")
        await stage.until(pilot, lambda: "Partners" in talk_top(stage.text(app)))
        await pilot.press("escape", "escape")
        await stage.see(pilot, "Modules")


def talk_top(text: str) -> str:
    return "\n".join(text.split("\n")[:4])


async def test_a_guide_that_is_gone_is_told(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "▸ Begin")
        app.open_guide("nowhere")
        await stage.until(pilot, lambda: bool(app._notifications))
        assert "nowhere" in next(iter(app._notifications)).message


LONG_REFUSAL = (
    "Not in the guides. No passage holds: wine. The nearest passages are about: The ferry › Dates and money."
)


async def test_a_refusal_does_not_list_in_words_what_stands_under_it(talk: Stage):
    talk.assistant.will_answer("And the wine?", LONG_REFUSAL, [COST], refused=True)
    app = talk.app(asks=True)
    async with app.run_test() as pilot:
        await talk.see(pilot, "1 guide")
        await ask(talk, pilot, "And the wine?")
        text = await talk.see(pilot, "No passage holds: wine.")
        assert text.count("The ferry › Dates and money") == 1
        assert text.index("The nearest passages are about:") < text.index("1  The ferry")


async def test_a_long_title_gives_way_to_the_heading_at_a_word(talk: Stage):
    citation = talk.assistant.citation(1, COST).model_copy(
        update={"title": "KISS ME and innovation across four border regions"}
    )
    assert place_words(citation, 42) == "KISS ME and innovation… › Dates and money"
    assert place_words(citation, 80) == "KISS ME and innovation across four border regions › Dates and money"


async def test_contents_of_a_guide_keep_their_title(talk: Stage):
    screen = ListScreen("Contents", "A guide with a very long title " * 4, [Row("One", 1)])
    app = talk.app()
    async with app.run_test() as pilot:
        await talk.see(pilot, "▸ Begin")
        app.push_screen(screen)
        text = await talk.see(pilot, "▸ One")
        assert text.startswith("  Contents")
        assert "…" in text.split("\n")[0]


async def test_only_the_last_answer_tells_what_to_ask_next(talk: Stage):
    app = talk.app(asks=True)
    async with app.run_test() as pilot:
        await talk.see(pilot, "1 guide")
        await ask(talk, pilot, RAN)
        await talk.see(pilot, "You could ask next:")
        await ask(talk, pilot, "And the travel?")
        await talk.until(pilot, lambda: "You could ask next:" not in talk.text(app))
