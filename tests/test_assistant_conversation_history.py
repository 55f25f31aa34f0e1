"""Conversations kept in a file: found, rated, erased, put back."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from threading import Thread

import pytest

from assistant.conversation import ConversationHead, Feedback, Reason, evaluation_case
from assistant.errors import HistoryError, UnknownConversationError
from assistant.export import as_json, as_markdown, cases_as_lines, from_line, plain
from assistant.history import History
from assistant.model import Answer, Citation, Elapsed, Trace
from assistant.verdict import Verdict

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
QUOTE = "The ferry ran for 54 months."


def answer(question, text="The ferry ran for 54 months. [1]", **more: object):
    citation = Citation(
        n=1,
        guide="ferry",
        title="The ferry",
        path="ferry.md",
        heading="Dates",
        line=3,
        start=7,
        end=35,
        quote=QUOTE,
        score=0.5,
    )
    return Answer(
        question=question,
        language=more.pop("language", "en"),
        verdict=more.pop("verdict", Verdict.ANSWERED),
        answer=text,
        citations=(citation,),
        elapsed_ms=Elapsed(retrieve=1, answer=2, total=3),
        trace=Trace(probability=0.8, missing=("travel",)),
        **more,
    )


@pytest.fixture
def history(tmp_path):
    kept = History(tmp_path / "home" / "conversations.sqlite")
    yield kept
    kept.close()


@pytest.fixture
def talk(history):
    """A conversation of two questions."""
    first = history.keep(answer("How long did the ferry run?"), MOMENT)
    return history.keep(answer("and its budget?", "One euro. [1]", taken_as="The budget?"), MOMENT, first)


def test_nothing_is_written_before_something_is_kept(history):
    assert history.conversations() == ()
    assert history.cases() == ()
    history.erase_all()
    with pytest.raises(UnknownConversationError, match="no conversation 1"):
        history.conversation(1)
    assert not history.path.exists()


def test_a_conversation_comes_back_whole_in_another_process(history, talk):
    history.close()
    again = History(history.path).conversation(talk.id)
    assert again == talk
    assert again.title == "How long did the ferry run?"
    assert [each.taken_as for each in again.answers] == ["", "The budget?"]
    assert again.exchanges[0].answer.trace.missing == ("travel",)
    assert again.began == again.exchanges[0].asked_at == MOMENT


def test_a_new_conversation_begins_without_the_old_one(history, talk):
    other = history.keep(answer("What is a quay?"), MOMENT)
    assert other.id != talk.id
    assert [each.title for each in history.heads()] == ["What is a quay?", talk.title]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ferry", True),
        ("FÉRRY months", True),
        ("budget", True),
        ("dates", True),
        ("ferry whale", False),
        ("100%", False),
        ("_", False),
        ("'; DROP TABLE exchanges; --", False),
    ],
)
def test_all_of_the_words_must_stand_in_a_question_or_its_answer(history, talk, words, found):
    head = ConversationHead(talk.id, MOMENT, "How long did the ferry run?", 2)
    assert history.heads(words) == (head,) * found
    assert history.conversations() == (talk,)


def test_what_is_erased_is_gone_from_the_file_and_can_be_put_back(history, talk):
    history.rate(talk.exchanges[0].id, Feedback(good=False, reason=Reason.WRONG, expected=("secret fact",)))
    erased = history.erase(talk.id)
    assert history.conversations() == ()
    left = b"".join(path.read_bytes() for path in history.path.parent.iterdir())
    assert b"54 months" not in left
    assert b"secret fact" not in left
    history.put_back(erased)
    assert history.conversation(talk.id) == erased
    assert erased.exchanges[0].feedback.expected == ("secret fact",)


def test_a_talk_moves_to_another_file_once(history, talk, tmp_path):
    history.rate(talk.exchanges[0].id, Feedback(good=False, reason=Reason.WRONG, expected=("1 May",)))
    line = json.dumps(plain(history.conversation(talk.id)))
    other = History(tmp_path / "elsewhere" / "conversations.sqlite")
    other.keep(answer("Something else?"), MOMENT.replace(hour=8))
    assert other.take_in([from_line(line)]) == 1
    assert other.take_in([from_line(line)]) == 0
    moved = other.conversation(other.heads("ferry")[0].id)
    assert [each.answer for each in moved.exchanges] == [
        each.answer.model_copy(update={"trace": Trace()}) for each in talk.exchanges
    ]
    assert moved.exchanges[0].feedback.expected == ("1 May",)
    other.close()


@pytest.mark.parametrize("line", ["", "[]", "{", '{"exchanges": [{}], "began": "2026-01-01"}'])
def test_a_line_that_is_no_talk_is_told(line):
    with pytest.raises(HistoryError, match="export the data anew"):
        from_line(line)


def test_erasing_everything_leaves_no_words(history, talk):
    history.erase_all()
    assert history.conversations() == ()
    history.close()
    assert b"ferry" not in history.path.read_bytes()
    with pytest.raises(UnknownConversationError):
        history.erase(talk.id)


def test_a_talk_goes_on_anew_when_it_was_erased_meanwhile(history, talk):
    history.erase(talk.id)
    anew = history.keep(answer("Still there?"), MOMENT, talk)
    assert [each.answer.question for each in anew.exchanges] == ["Still there?"]
    with pytest.raises(UnknownConversationError, match="not kept any more"):
        history.rate(talk.exchanges[0].id, Feedback(good=True))


def test_a_rating_takes_the_place_of_the_last_one_and_can_be_taken_back(history, talk):
    number = talk.exchanges[1].id
    history.rate(number, Feedback(good=True))
    history.rate(number, Feedback(good=False, reason=Reason.INCOMPLETE))
    assert history.conversation(talk.id).exchanges[1].feedback == Feedback(
        good=False, reason=Reason.INCOMPLETE
    )
    history.rate(number, None)
    assert history.conversation(talk.id) == talk


@pytest.mark.parametrize(
    ("reason", "expected", "answerable"),
    [(Reason.WRONG, ("two euro",), True), (Reason.UNFOUNDED, (), False), (Reason.REFUSED, (), True)],
)
def test_a_bad_answer_becomes_a_case_to_test_with(history, talk, reason, expected, answerable):
    number = talk.exchanges[1].id
    history.rate(number, Feedback(good=False, reason=reason, expected=expected))
    assert history.cases() == ()
    history.rate(number, Feedback(good=False, reason=reason, expected=expected, is_case=True))
    (line,) = cases_as_lines(history.cases()).splitlines()
    assert json.loads(line) == {
        "id": f"talk-{number}",
        "lang": "en",
        "question": "The budget?",
        "answer_facts": list(expected),
        "answerable": answerable,
        "guides": ["ferry"],
    }


def test_a_case_of_a_refusal_names_the_guides_that_were_nearest(history):
    refused = answer("And the wine?", "Not in the guides.", verdict=Verdict.NOT_FOUND)
    refused = refused.model_copy(update={"citations": (), "nearest": refused.citations})
    kept = history.keep(refused, MOMENT).exchanges[0]
    assert evaluation_case(kept)["guides"] == ["ferry"]


def test_json_holds_everything_and_markdown_is_not_broken_by_what_was_typed(history):
    typed = "# <b>What</b> is *this* [link](http://evil.example) ?"
    kept = history.keep(answer(typed, "# not a heading [1]\n- [click](http://evil.example)"), MOMENT)
    history.rate(kept.exchanges[0].id, Feedback(good=False, reason=Reason.WRONG, expected=("x",)))
    kept = history.conversation(kept.id)
    (exported,) = json.loads(as_json([kept]))
    assert exported["exchanges"][0]["question"] == typed
    assert exported["exchanges"][0]["feedback"] == {
        "good": False,
        "reason": "wrong",
        "expected": ["x"],
        "is_case": False,
    }
    lines = as_markdown([kept]).splitlines()
    assert [line for line in lines if line.startswith("# ")] == [lines[0]]
    assert "](http" not in "\n".join(lines)
    assert "<b>" not in "\n".join(lines).replace("\\<b", "")
    assert "\\# not a heading [1]" in lines
    assert f"1. The ferry › Dates (`guide:ferry` 7–35): “{QUOTE}”" in lines


def test_threads_keep_into_one_file(history):
    def keep():
        for number in range(5):
            history.keep(answer(f"Question {number}?"), MOMENT)

    threads = [Thread(target=keep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(history.conversations()) == 20


@pytest.mark.usefixtures("talk")
def test_a_file_of_a_newer_version_is_refused_and_left_alone(history):
    history.close()
    with sqlite3.connect(history.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(HistoryError, match="newer Hansa"):
        History(history.path).conversations()


def test_a_damaged_file_is_told_in_one_sentence(tmp_path):
    path = tmp_path / "conversations.sqlite"
    path.write_bytes(b"This is no database. " * 100)
    with pytest.raises(HistoryError, match="move the file away") as told:
        History(path).conversations()
    assert "\n" not in str(told.value)


def test_a_row_that_was_tampered_with_is_told(history, talk):
    history.close()
    with sqlite3.connect(history.path) as connection:
        connection.execute("UPDATE exchanges SET answer = '{}'")
    connection.close()
    with pytest.raises(HistoryError, match="cannot be used"):
        history.conversation(talk.id)
