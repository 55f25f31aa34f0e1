"""Conversations about a small collection, with the real embedding model."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from assistant import Assistant, Verdict
from assistant.agreement import agree, values_of
from assistant.cite import proves
from assistant.conversation import Conversation, Exchange
from assistant.export import as_json, as_markdown
from index.cache import index_of
from index.embed import find_embedder

HARBOUR = """\
---
title: Harbour Links
checked_on: 2026-03-01
---

## Dates and money

The key figures of Harbour Links are:

- Duration of Harbour Links: 30 months, from 1 March 2018 to 31 August 2020.
- Total value of Harbour Links: EUR 640,000.00.

## Partners

The partners of Harbour Links are:

- Port of Arnby (Sweden), lead partner of Harbour Links.
- Harbour Office Lindhavn (Denmark).
- Puerto de Vallosa (Spain).

## Questions people ask

### Why did Harbour Links begin in spring?

Harbour Links began in spring because the night ferries stop in winter.
"""

GREEN = """\
---
title: Green Coast
checked_on: 2026-05-02
---

## Dates and money

The key figures of Green Coast are:

- Duration of Green Coast: 18 months.
- Total value of Green Coast: EUR 310,000.

## Partners

The partners of Green Coast are:

- Sea Laboratory Skovsund (Denmark), lead partner of Green Coast.
- Stiftung Blau (Germany).
"""

NEWS = """\
---
title: News of the ports
checked_on: 2025-11-30
---

## Money for ports

The total value of Harbour Links is EUR 700,000.
"""


NIGHT = """\
---
title: Night Ferry
---

## Length

Night Ferry ran for 12 months.

## Budget

Not yet known.
"""


@pytest.fixture(scope="module")
def embedder():
    found, reason = find_embedder()
    if found is None:
        pytest.skip(reason)
    return found


def assistant_over(folder, embedder, **texts: str):
    for name, text in texts.items():
        (folder / f"{name.replace('_', '-')}.md").write_text(text, encoding="utf-8")
    return Assistant(index_of([folder], folder / "cache", embedder))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("guides")
    return assistant_over(folder, embedder, harbour_links=HARBOUR, green_coast=GREEN)


def talk(assistant, *questions):
    answers = []
    for question in questions:
        answers.append(assistant.ask(question, earlier=answers))
    return answers


@pytest.mark.parametrize(
    ("questions", "fact"),
    [
        (["How long did Harbour Links run?", "and its total value?"], "640,000"),
        (["How long did Harbour Links run?", "who led it?"], "Arnby"),
        (["How long did Harbour Links run?", "what about Green Coast?"], "18 months"),
        (["Wie lange lief Harbour Links?", "und das Budget?"], "640,000"),
        (["Hvor længe varede Harbour Links?", "og hvem ledede det?"], "Arnby"),
        (["Who led Green Coast?", "And Harbour Links?", "and how long did it run?"], "30 months"),
    ],
)
def test_a_follow_up_is_answered_about_what_was_named(assistant, questions, fact):
    last = talk(assistant, *questions)[-1]
    assert last.verdict in {Verdict.ANSWERED, Verdict.PARTIAL}
    assert fact in last.answer
    assert last.question == questions[-1]
    assert "Harbour Links" in last.taken_as or "Green Coast" in last.taken_as
    assert all(proves(assistant.index, citation) for citation in last.citations)


def test_the_same_words_without_a_talk_are_not_answered_about_one_guide(assistant):
    alone = assistant.ask("What was the budget?")
    assert alone.verdict is Verdict.CLARIFY
    assert {option.guide for option in alone.options} == {"harbour-links", "green-coast"}


@pytest.mark.parametrize("reply", ["Green Coast", "number"])
def test_a_question_back_is_completed_by_name_or_number(assistant, reply):
    back = assistant.ask("What was the budget?")
    names = [option.name for option in back.options]
    typed = str(names.index("Green Coast") + 1) if reply == "number" else reply
    answer = assistant.ask(typed, earlier=[back])
    assert "310,000" in answer.answer
    assert "640,000" not in answer.answer


def test_the_printed_form_has_more_keys_only_where_they_carry_something(assistant):
    first, second = talk(assistant, "How long did Harbour Links run?", "who led it?")
    assert {"taken_as", "options"}.isdisjoint(json.loads(first.model_dump_json()))
    assert json.loads(second.model_dump_json())["taken_as"] == "Who led Harbour Links?"
    back = json.loads(assistant.ask("What was the budget?").model_dump_json())
    assert {option["name"] for option in back["options"]} == {"Harbour Links", "Green Coast"}


# What to ask next ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "language"),
    [("How long did Harbour Links run?", "en"), ("Wie lange lief Harbour Links?", "de")],
)
def test_every_suggestion_is_answered_and_new(assistant, question, language):
    answer = assistant.ask(question)
    suggested = assistant.suggest(answer)
    assert 1 <= len(suggested) <= 2
    for each in suggested:
        reply = assistant.ask(each, language)
        assert reply.verdict is Verdict.ANSWERED
        assert {citation.guide for citation in reply.citations} == {"harbour-links"}
        assert reply.citations[0].start != answer.citations[0].start
    german = [each for each in suggested if each.startswith(("Wer", "Wie", "Wann", "Was", "Welche"))]
    assert bool(german) == (language == "de")


def test_what_was_asked_already_is_not_suggested(assistant):
    answer = assistant.ask("How long did Harbour Links run?")
    first = assistant.suggest(answer)[0]
    earlier = [answer, assistant.ask(first)]
    assert first not in assistant.suggest(answer, earlier)


def test_what_the_guide_does_not_answer_is_not_suggested(tmp_path, embedder):
    over = assistant_over(tmp_path, embedder, night_ferry=NIGHT)
    assert over.suggest(over.ask("How long did Night Ferry run?")) == ()


def test_looking_for_suggestions_can_be_stopped(assistant):
    answer = assistant.ask("How long did Harbour Links run?")
    assert assistant.suggest(answer, (), lambda: False) == ()


def test_nothing_is_suggested_where_a_guide_must_be_chosen(assistant):
    assert assistant.suggest(assistant.ask("What was the budget?")) == ()


# Guides that contradict each other ----------------------------------------------------------------


def test_two_values_for_one_field_are_both_shown_with_guide_and_date(tmp_path, embedder):
    over = assistant_over(tmp_path, embedder, harbour_links=HARBOUR, port_news=NEWS)
    answer = over.ask("What is the total value of Harbour Links?")
    assert "640,000" in answer.answer
    assert "700,000" in answer.answer
    last = answer.answer.splitlines()[-1]
    assert last.startswith("The guides differ:")
    assert "Harbour Links, checked on 2026-03-01" in last
    assert "News of the ports, checked on 2025-11-30" in last
    assert {citation.guide for citation in answer.citations} == {"harbour-links", "port-news"}
    danish = over.ask("Hvad er den samlede værdi af Harbour Links?", "da")
    assert danish.answer.splitlines()[-1].startswith("Guiderne er ikke enige:")


@pytest.mark.parametrize(
    "line",
    [
        "The total value of Harbour Links is 640.000 euro.",
        "The total value of Green Coast is EUR 700,000.",
        "The total value of Harbour Links and Green Coast together is EUR 950,000.",
    ],
)
def test_the_same_value_or_another_thing_is_no_contradiction(tmp_path, embedder, line):
    news = NEWS.replace("The total value of Harbour Links is EUR 700,000.", line)
    over = assistant_over(tmp_path, embedder, harbour_links=HARBOUR, green_coast=GREEN, port_news=news)
    answer = over.ask("What is the total value of Harbour Links?")
    assert "640,000" in answer.answer
    assert "differ" not in answer.answer


def test_two_projects_found_by_one_question_do_not_contradict_each_other(assistant):
    for question in ("How long do projects of ports and coasts run?", "Which projects have a total value?"):
        assert "differ" not in assistant.ask(question).answer


def test_two_projects_compared_do_not_contradict_each_other(assistant):
    answer = assistant.ask("Which had more money, Harbour Links or Green Coast?")
    assert "640,000" in answer.answer
    assert "310,000" in answer.answer
    assert "differ" not in answer.answer


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("amount", "EUR 1,176,540.00", "1.176.540 €", True),
        ("amount", "EUR 1,176,540", "EUR 1.2 million", True),
        ("amount", "EUR 1,176,540", "EUR 1.4 million", False),
        ("amount", "EUR 640,000", "EUR 700,000", False),
        ("amount", "1,2 Mio. Euro", "1.200.000 Euro", True),
        ("amount", "EUR 10 and EUR 12.50", "12,50 €", True),
        ("date", "until 30.06.2021", "30 June 2021", True),
        ("date", "it ended in 2021", "30 June 2021", True),
        ("date", "30 June 2021", "31 July 2021", False),
        ("duration", "54 months", "54 Monate", True),
        ("duration", "54 months", "48 months", False),
        ("share", "85 %", "85 per cent", True),
    ],
)
def test_values_agree_whatever_their_form(kind, one, other, same):
    assert agree(values_of(one, kind), values_of(other, kind)) is same


# Taken away ---------------------------------------------------------------------------------------


def test_exported_citations_resolve(assistant):
    moment = datetime(2026, 11, 22, 9, tzinfo=UTC)
    answers = talk(assistant, "How long did Harbour Links run?", "who led it?")
    exchanges = tuple(Exchange(number, moment, answer) for number, answer in enumerate(answers, 1))
    conversation = Conversation(7, moment, exchanges)
    (exported,) = json.loads(as_json([conversation]))
    cited = [each for exchange in exported["exchanges"] for each in exchange["citations"]]
    assert cited
    for each in cited:
        guide = assistant.index.guide(each["guide"])
        assert guide.text[each["start"] : each["end"]] == each["quote"]
        assert each["heading"]
    markdown = as_markdown([conversation])
    assert "*Taken as: Who led Harbour Links?*" in markdown
    first = cited[0]
    assert f"`guide:harbour-links` {first['start']}–{first['end']}" in markdown
    assert "“Duration of Harbour Links: 30 months, from 1 March 2018 to 31 August 2020.”" in markdown
