"""What the gate goes by, and that its fitted numbers fit the signs it sees."""

from __future__ import annotations

import pytest

from assistant import Assistant, Verdict
from assistant.candidates import candidates_of
from assistant.gate import Gate, Judgement, gates, gates_for, together
from assistant.question import read_question
from assistant.topics import Topic, topic_names
from index.cache import index_of
from index.embed import find_embedder

FERRY = """\
---
title: Ferry Net
slug: ferry-net
---

## Dates and money

Facts of Ferry Net:

- Duration of Ferry Net: 20 months, from 1 March 2015 to 31 October 2016.
- Budget of Ferry Net: not given on the project page.

## Partners

The partners of Ferry Net are:

- Harbour Office Lindhavn, Denmark, lead partner of Ferry Net.
- Puerto de Vallosa, Spain.

## Words used

- A slip way is a ramp on which boats go into the water.
- A berth is the place where a ship is tied up.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    embedder, reason = find_embedder()
    if embedder is None:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("guides")
    (folder / "ferry-net.md").write_text(FERRY, encoding="utf-8")
    return Assistant(index_of([folder], tmp_path_factory.mktemp("cache"), embedder))


def test_every_fitted_coefficient_belongs_to_a_sign(assistant):
    question = read_question("What is a berth?", assistant.topics)
    seen = assistant.work_out(question, assistant.retrieve(question)).judgement.features
    for gate in gates().values():
        assert set(gate.coefficients) == set(seen)
        assert 0 < gate.threshold < 1


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("When did Ferry Net end?", "31 October 2016"),
        ("What is a slipway?", "ramp"),
        ("what is a berth", "tied up"),
        ("Which Spanish partner did Ferry Net have?", "Vallosa"),
    ],
)
def test_what_is_held_is_answered(assistant, question, fact):
    answer = assistant.ask(question)
    assert answer.verdict is Verdict.ANSWERED
    assert fact in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "What was the budget of Ferry Net?",
        "Which Portuguese partner did Ferry Net have?",
        "Who was the project manager of Ferry Net?",
        "How many tonnes does a whale weigh?",
    ],
)
def test_what_is_not_held_or_said_to_be_unknown_is_refused(assistant, question):
    assert assistant.ask(question).verdict is Verdict.NOT_FOUND


def test_a_refusal_says_what_was_searched_what_was_near_and_whom_to_ask(assistant):
    answer = assistant.ask("Which Portuguese partner did Ferry Net have?").answer
    assert "1 guides with" in answer
    assert "Portuguese" in answer
    assert "Ferry Net › Partners" in answer
    assert "Enterprise Europe Network" in answer


def test_a_question_in_parts_is_judged_by_their_mean():
    whole = together([Judgement(0.9, {"a": 1.0}, (), 0.5), Judgement(0.2, {"b": 1.0}, (), 0.5)])
    assert whole.probability == pytest.approx(0.55)
    assert whole.features == {"b": 1.0}
    assert whole.answers


def test_a_gate_is_a_logistic_regression():
    gate = Gate(1.0, 0.5, {"near": 2.0})
    assert gate.chance({"near": -0.5, "other": 9.0}) == pytest.approx(0.5)
    assert gate.chance({"near": 1e9}) == pytest.approx(1.0)


def test_an_answer_in_another_language_has_a_gate_of_its_own(assistant):
    topics = (topic("Ferry Net"), topic("Lead partner"))
    cited = candidates_of(assistant.index.search("berth", k=1), assistant.index)
    for text, language, names in [
        ("What is a berth?", "en", ("unnamed",)),
        ("Was ist ein Liegeplatz?", "de", ("across",)),
        ("What does a lead partner do?", "en", ("named", "unnamed")),
        ("Was kostet Ferry Net?", "de", ("named",)),
    ]:
        assert gates_for(read_question(text, topics, language), cited) == names


def topic(title: str) -> Topic:
    slug = title.lower().replace(" ", "-")
    return Topic(slug, topic_names(slug, title), "en", title)


def test_a_guide_called_by_common_words_is_no_subject_beside_one_with_a_name():
    topics = (topic("Lead partner"), topic("Ferry Net"))
    both = read_question("Who is the lead partner of Ferry Net?", topics, "en")
    assert both.topics == ("ferry-net",)
    assert "lead" in both.concepts
    assert read_question("What does a lead partner do?", topics, "en").topics == ("lead-partner",)


def test_guides_of_one_title_are_one_subject():
    twins = (Topic("a", ("tides",), "en", "Tides"), Topic("b", ("tides",), "en", "Tides"))
    assert read_question("When do the tides turn?", twins, "en").subjects == 1
