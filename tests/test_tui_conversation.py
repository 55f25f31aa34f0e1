"""Talks on the assistant's page: what a question was taken for, choices, ratings, earlier conversations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from assistant.conversation import Feedback, Reason
from assistant.export import cases_as_lines
from assistant.model import Answer, Elapsed, Option
from assistant.verdict import Verdict
from course.catalog import load_course
from tui.lesson_links import lessons_on
from tui.screens.history import HistoryScreen
from tui.widgets.source import quote_place

if TYPE_CHECKING:
    from conftest import Stage
    from textual.pilot import Pilot

RAN = "How long did the ferry run?"
BUDGET = "and its budget?"
COST = "The ferry ran for 54 months."


@pytest.fixture
def talk(stage: Stage) -> Stage:
    stage.assistant.will_answer(RAN, "It ran for 54 months [1].", [COST], suggestions=("Who paid for it?",))
    stage.assistant.will_answer(
        BUDGET, "It cost 1,000 euro [1].", [COST], taken_as="The budget of the ferry?"
    )
    stage.assistant.will_answer("And the wine?", "Not in the guides.", [COST], refused=True)
    stage.assistant.will_answer("The ferry", "The ferry cost 1,000 euro [1].", [COST])
    options = (Option(guide="ferry", name="The ferry"), Option(guide="quay", name="The quay"))
    asked_back = Answer(
        question="What was the budget?",
        language="en",
        verdict=Verdict.CLARIFY,
        answer="The question fits several guides. Which one do you mean: The ferry, The quay?",
        nearest=(stage.assistant.citation(1, COST),),
        options=options,
        elapsed_ms=Elapsed(retrieve=1, answer=2, total=3),
    )
    stage.assistant.answers[asked_back.question] = asked_back
    return stage


async def ask(stage: Stage, pilot: Pilot[None], question: str, words: str) -> str:
    line = pilot.app.screen.query_one("#line")
    line.value = question
    line.focus()
    await pilot.press("enter")
    return await stage.see(pilot, words)


async def test_a_follow_up_is_asked_with_the_talk_and_tells_what_it_was_taken_for(talk: Stage):
    app = talk.app(asks=True)
    async with app.run_test() as pilot:
        await ask(talk, pilot, RAN, "54 months [1]")
        text = await ask(talk, pilot, BUDGET, "1,000 euro [1]")
        lines = [line.strip() for line in text.split("\n")]
        asked = lines.index(f"You     {BUDGET}")
        assert lines[asked + 1] == "Taken as: The budget of the ferry?"
        assert talk.assistant.earlier == [(), (RAN,)]


async def test_a_new_conversation_is_asked_without_the_old_one(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        await pilot.press("ctrl+n")
        await ask(talk, pilot, BUDGET, "1,000 euro [1]")
        assert talk.assistant.earlier == [(), ()]


@pytest.mark.parametrize("keys", [["1"], ["tab", "enter"]])
async def test_a_question_back_is_answered_by_picking(talk: Stage, keys: list[str]):
    app = talk.app(asks=True, question="What was the budget?")
    async with app.run_test() as pilot:
        text = await talk.see(pilot, "2  The quay")
        assert "1  The ferry" in text
        assert "The nearest passages" not in text
        assert "Dates and money" not in text
        await pilot.press(*keys)
        await talk.see(pilot, "The ferry cost 1,000 euro [1].")
        assert talk.assistant.asked == ["What was the budget?", "The ferry"]
        assert talk.assistant.earlier[-1] == ("What was the budget?",)


# Thumbs -------------------------------------------------------------------------------------------


def kept_feedback(stage: Stage) -> Feedback | None:
    (conversation,) = stage.services().history.conversations()
    return conversation.exchanges[-1].feedback


async def test_a_thumb_up_is_kept_and_taken_back_by_the_same_key(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        await pilot.press("plus")
        await talk.see(pilot, "+ You found this good.")
        assert kept_feedback(talk) == Feedback(good=True)
        await pilot.press("plus")
        await talk.until(pilot, lambda: "You found" not in talk.text(app))
        assert kept_feedback(talk) is None


async def test_a_thumb_down_asks_why_and_one_key_makes_it_a_case(talk: Stage):
    app = talk.app(asks=True)
    async with app.run_test(size=(80, 30)) as pilot:
        await ask(talk, pilot, RAN, "54 months [1]")
        await ask(talk, pilot, BUDGET, "1,000 euro [1]")
        await pilot.press("ctrl+t")
        await pilot.press("minus")
        text = await talk.see(pilot, "4  The guides do not say this")
        assert "The budget of the ferry?" in text
        await pilot.press("1")
        await talk.see(pilot, "What must a right answer hold?")
        await pilot.press(*"2000 euro; May", "enter")
        await talk.see(pilot, "− You noted: It says something wrong.")
        noted = Feedback(good=False, reason=Reason.WRONG, expected=("2000 euro", "May"))
        assert kept_feedback(talk) == noted
        assert talk.services().history.cases() == ()
        await pilot.press("ctrl+t")
        await talk.see(pilot, "It is kept as a test question.")
        (line,) = cases_as_lines(talk.services().history.cases()).splitlines()
        case = json.loads(line)
        assert case["question"] == "The budget of the ferry?"
        assert case["answer_facts"] == ["2000 euro", "May"]
        assert case["guides"] == ["ferry"]
        await pilot.press("minus")
        await talk.until(pilot, lambda: "You noted" not in talk.text(app))
        assert kept_feedback(talk) is None


async def test_what_should_have_been_refused_needs_no_more_words(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        await pilot.press("minus")
        await talk.see(pilot, "What is wrong")
        await pilot.press("4")
        await talk.see(pilot, "− You noted: The guides do not say this")
        assert kept_feedback(talk) == Feedback(good=False, reason=Reason.UNFOUNDED)


async def test_a_refusal_has_reasons_of_its_own_and_esc_notes_nothing(talk: Stage):
    app = talk.app(asks=True, question="And the wine?")
    async with app.run_test() as pilot:
        await talk.see(pilot, "Not in the guides.")
        await pilot.press("minus")
        text = await talk.see(pilot, "1  The guides do say it")
        assert "It says something wrong" not in text
        await pilot.press("escape")
        await talk.see(pilot, "Not in the guides.")
        assert kept_feedback(talk) is None


# Earlier conversations ----------------------------------------------------------------------------


async def test_a_conversation_is_found_by_its_words_and_gone_on_with(talk: Stage):
    app = talk.app(asks=True)
    async with app.run_test() as pilot:
        await ask(talk, pilot, RAN, "54 months [1]")
        await pilot.press("ctrl+n")
        await ask(talk, pilot, "And the wine?", "Not in the guides.")
        await pilot.press("ctrl+r")
        text = await talk.see(pilot, "2 conversations")
        assert text.index("And the wine?") < text.index(RAN)
        await pilot.press(*"months")
        await talk.until(pilot, lambda: "2 conversations" not in talk.text(app))
        assert "And the wine?" not in talk.text(app)
        await pilot.press("down", "enter")
        await talk.see(pilot, "54 months [1]")
        assert "And the wine?" not in talk.text(app)
        await ask(talk, pilot, BUDGET, "1,000 euro [1]")
        assert talk.assistant.earlier[-1] == (RAN,)
        assert [head.questions for head in talk.services().history.heads()] == [1, 2]


async def test_what_was_found_for_earlier_words_is_not_shown(talk: Stage):
    app = talk.app(asks=True)
    async with app.run_test() as pilot:
        await ask(talk, pilot, RAN, "54 months [1]")
        await pilot.press("ctrl+r")
        await talk.see(pilot, "1 conversation")
        await pilot.press(*"months")
        await talk.see(pilot, RAN)
        app.screen.post_message(HistoryScreen.Found("mon", ()))
        await pilot.pause()
        assert "1 conversation" in talk.text(app)
        app.screen.post_message(HistoryScreen.Found("months", ()))
        await talk.see(pilot, "No conversation holds these words.")


async def test_a_reopened_talk_opens_its_sources_and_shows_what_was_noted(talk: Stage):
    kept = talk.services().history.keep(talk.assistant.ask(RAN), talk.clock())
    talk.services().history.rate(kept.exchanges[0].id, Feedback(good=True))
    app = talk.app(asks=True)
    async with app.run_test() as pilot:
        await talk.see(pilot, "1 guide")
        await pilot.press("ctrl+r")
        await talk.see(pilot, RAN)
        await pilot.press("enter")
        await talk.see(pilot, f"▸ {RAN}")
        await pilot.press("enter")
        await talk.see(pilot, "+ You found this good.")
        await pilot.press("1")
        await talk.see(pilot, "▌ The ferry ran")


async def test_an_erased_conversation_can_be_put_back(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        await pilot.press("ctrl+r")
        await talk.see(pilot, "1 question ·")
        await pilot.press("down", "d")
        await talk.see(pilot, "0 conversations")
        assert talk.services().history.conversations() == ()
        await pilot.press("u")
        await talk.see(pilot, "1 question ·")
        assert talk.services().history.heads()[0].title == RAN
        assert "u Undo" not in talk.text(app)
        assert "d Erase" in talk.text(app)
        await pilot.press("slash", "x")
        await talk.see(pilot, "No conversation holds these words.")


async def test_a_conversation_is_copied_with_its_sources(talk: Stage):
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        await pilot.press("ctrl+r")
        await talk.see(pilot, "1 question ·")
        await pilot.press("down", "y")
        await talk.until(pilot, lambda: bool(app.clipboard))
        assert app.clipboard.startswith(f"# {RAN}")
        assert f"“{COST}”" in app.clipboard


async def test_an_answer_that_cannot_be_kept_is_given_all_the_same(talk: Stage):
    talk.home.mkdir()
    (talk.home / "conversations.sqlite").write_bytes(b"This is no database. " * 100)
    app = talk.app(asks=True, question=RAN)
    async with app.run_test() as pilot:
        await talk.see(pilot, "54 months [1]")
        await talk.until(pilot, lambda: bool(app._notifications))
        assert "This answer is not kept" in next(iter(app._notifications)).message
        await pilot.press("plus")
        await talk.until(pilot, lambda: len(app._notifications) > 1)
        assert "nothing can be noted" in list(app._notifications)[-1].message


# What teaches it ----------------------------------------------------------------------------------


async def test_the_lesson_that_teaches_it_is_offered_and_opened(talk: Stage):
    talk.assistant.will_answer("What can the page show?", "A list [1].", [COST])
    app = talk.app(asks=True, question="What can the page show?")
    async with app.run_test() as pilot:
        await talk.see(pilot, "Lessons on this:")
        await talk.click_words(pilot, "What the page can show")
        await talk.see(pilot, "A paragraph with")


@pytest.mark.parametrize(
    ("question", "refs"),
    [
        ("What can the page show?", ["small/reading#what-the-page-can-show"]),
        ("How can I practise reading?", []),
        ("Tell what sinks", ["small", "other"]),
        ("How long did the ferry run?", []),
        ("Which page tells of whales and harbours?", []),
    ],
)
def test_only_lessons_whose_titles_hold_the_question_are_linked(talk: Stage, question: str, refs: list[str]):
    answer = Answer(
        question=question,
        language="en",
        verdict=Verdict.ANSWERED,
        answer="",
        elapsed_ms=Elapsed(retrieve=0, answer=0, total=0),
    )
    assert [link.ref for link in lessons_on(answer, load_course(talk.course_folder))] == refs


@pytest.mark.parametrize(
    ("text", "place"),
    [("The ferry ran.", (4, 9)), ("Now the ferry ran.", (8, 13)), ("The boat ran.", None)],
)
def test_quoted_words_are_found_where_they_stand_now(text: str, place: tuple[int, int] | None):
    assert quote_place(text, (4, 9), "ferry") == place


async def test_an_export_that_fails_for_a_reason_nobody_foresaw_is_told(
    talk: Stage, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise RuntimeError("out of paper")

    monkeypatch.setattr("tui.screens.exports.write_talk", fail)
    app = talk.app(asks=True)
    async with app.run_test() as pilot:
        await ask(talk, pilot, RAN, "54 months [1]")
        await pilot.press("ctrl+s")
        await talk.see(pilot, "Markdown, to read and print")
        await pilot.press("enter")
        await talk.until(pilot, lambda: any("out of paper" in note.message for note in app._notifications))
