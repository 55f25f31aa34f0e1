"""Questions that ask several things in one breath, and what rules an answer out."""

from __future__ import annotations

import pytest

from assistant import Assistant, Verdict
from assistant.parts import parts_of
from assistant.question import read_question
from assistant.topics import Topic, topic_names
from index.cache import index_of
from index.embed import find_embedder

LANTERN = """\
---
title: Lantern Quay
slug: lantern-quay
---

## Dates and money

Facts of Lantern Quay:

- Duration of Lantern Quay: 18 months, from 1 May 2014 to 31 October 2015.
- Budget of Lantern Quay: EUR 480,000.
- Contribution of the ERDF to Lantern Quay: EUR 312,000.

## Partners

The partners of Lantern Quay are:

- Town of Arnby, Sweden, lead partner of Lantern Quay.
- Puerto de Vallosa, Spain.

## Results

Lantern Quay lit five piers. A virtual tour showed four firms.

## Questions people ask

### Why does Lantern Quay have two partners but five piers?

Each partner chose piers in towns near by that could not take part.

### What is not a safe pier for Lantern Quay?

A pier without a rail is none.
"""

TOPICS = (Topic("lantern-quay", topic_names("lantern-quay", "Lantern Quay"), "en", "Lantern Quay"),)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    embedder, reason = find_embedder()
    if embedder is None:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("guides")
    (folder / "lantern-quay.md").write_text(LANTERN, encoding="utf-8")
    return Assistant(index_of([folder], tmp_path_factory.mktemp("cache"), embedder))


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("What was the budget of Lantern Quay and how long did it run?", "en", ["amount", "duration"]),
        ("Wie lange lief Lantern Quay und was kostete es?", "de", ["duration", "amount"]),
        ("¿Cuánto costó Lantern Quay y cuánto duró?", "es", ["amount", "duration"]),
    ],
)
def test_things_asked_in_one_breath_are_asked_apart(text, language, values):
    parts = parts_of(read_question(text, TOPICS, language), TOPICS)
    assert [part.value for part in parts] == values
    assert all(part.topics == ("lantern-quay",) for part in parts)


@pytest.mark.parametrize(
    "text",
    [
        "How is the money shared between the ERDF and the partners?",
        "Which towns and ports took part in Lantern Quay?",
        "When two regions work together, what do they gain and learn?",
    ],
)
def test_words_that_are_merely_joined_stay_one_question(text):
    question = read_question(text, TOPICS, "en")
    assert parts_of(question, TOPICS) == [question]


def test_a_bare_second_question_keeps_the_words_of_the_first():
    question = read_question("Who opened the pier of Arnby and when?", TOPICS, "en")
    when = parts_of(question, TOPICS)[1]
    assert when.value == "date"
    assert {"arnby", "pier"} <= {term.folded for term in when.terms}


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who led Lantern Quay, and what did it cost?", "en"),
        ("Hvem ledte Lantern Quay, og hvad kostede det?", "da"),
        ("Wer leitete Lantern Quay, und was hat es gekostet?", "de"),
        ("¿Quién dirigió Lantern Quay y cuánto costó?", "es"),
        ("Kto kierował Lantern Quay i ile to kosztowało?", "pl"),
    ],
)
def test_who_led_it_says_nothing_of_what_it_cost(assistant, question, language):
    answer = assistant.ask(question, language)
    assert answer.verdict is Verdict.ANSWERED
    assert "Arnby" in answer.answer
    assert "480,000" in answer.answer


def test_every_thing_asked_is_answered(assistant):
    answer = assistant.ask("What was the budget of Lantern Quay and how much came from the ERDF?")
    assert answer.verdict is Verdict.ANSWERED
    assert "480,000" in answer.answer
    assert "312,000" in answer.answer


def test_what_is_found_is_told_and_the_rest_is_named(assistant):
    answer = assistant.ask("How long did Lantern Quay run and what did it spend on travel?")
    assert answer.verdict is Verdict.PARTIAL
    assert "18 months" in answer.answer
    assert "travel" in answer.answer


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Why are there five piers in Lantern Quay when only two partners joined?", "could not take part"),
        ("Who ran Lantern Quay?", "Arnby"),
    ],
)
def test_a_heading_or_a_word_of_the_same_meaning_leads_to_the_answer(assistant, question, fact):
    assert fact in assistant.ask(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "Which four firms were on the virtual tour of Lantern Quay?",
        "What did Lantern Quay spend on travel?",
        "Who was the project manager of Lantern Quay?",
        "What was the budget of Lantern Quay in Norway?",
        "What was the budget of Lantern Quay in 2031?",
    ],
)
def test_a_text_that_lacks_just_what_is_asked_for_is_no_answer(assistant, question):
    answer = assistant.ask(question)
    assert answer.verdict is Verdict.NOT_FOUND
    assert not answer.citations


def test_the_reason_that_ruled_an_answer_out_is_kept_for_the_inspector(assistant):
    features = assistant.ask("What was the budget of Lantern Quay in Norway?").trace.features
    assert features["name_missing"] == 1
