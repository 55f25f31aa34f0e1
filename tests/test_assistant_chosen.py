"""Which sentences answer, asked of two fictional guides and a Danish version, with the real embedding model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import Assistant, Verdict
from assistant.candidates import candidates_of
from assistant.compose import answer
from assistant.extract import Extract
from assistant.question import read_question
from index.cache import index_of
from index.embed import find_embedder

LANTERN = """\
---
title: Lantern Fund
language: en
---

## In one minute

Lantern Fund is a fictional project of five towns about light in winter. It made quiet streets safer.

## Dates and money

The key figures of Lantern Fund are:

- Total value of Lantern Fund: EUR 812,400.
- Co-financing of Lantern Fund: EUR 690,540, which is 85 %.
- Share of the town of Brelby in Lantern Fund: EUR 97,300.
- Duration of Lantern Fund: 30 months, from 1 March 2018 to 31 August 2020.
- Lamps put up by Lantern Fund by winter 2019: 340.
- Streets lit by Lantern Fund: 25.
- Rate for towns in Lantern Fund: 80 %.
- Rate for associations in Lantern Fund: 70 %.

## The evening schools

Lantern Fund held evening schools for shopkeepers. A teacher first explains how a lamp is mended. \
Then the shopkeepers mend one lamp each in small groups.

## How a shop finds its lamp

Walk through your street with Lantern Fund at night. See which corner is dark. Choose the lamp for your shop there.

## Results in the towns

The reported results of Lantern Fund in three towns are:

- Brelby: the harbour got new lamps.
- Costs there fell to EUR 4,100 a year.
- Dunmar: the Night Light Scheme for shops was built anew with the help of Lantern Fund.

## Partners

The three partners of Lantern Fund are:

- Town of Brelby, Denmark, lead partner.
- Town of Dunmar, Latvia.
- Lamp Makers' Union, Poland.

## Typical mistakes

- The lamp is chosen before the street was seen.
- Nobody asks who pays for the power.

## Questions people ask

### Is EUR 97,300 the value of Lantern Fund?

No. EUR 97,300 is only the share of Brelby.
"""

LANTERN_DA = """\
---
title: Lantern Fund
language: da
---

## På ét minut

Lantern Fund er et opdigtet projekt i fem byer om lys om vinteren.

## Datoer og penge

Nøgletallene for Lantern Fund er:

- Samlet værdi af Lantern Fund: 812.400 euro.
- Varighed af Lantern Fund: 30 måneder, fra 1. marts 2018 til den 31. august 2020.

## Det, der skete

Begivenhederne i Lantern Fund er:

- 29. juni 2018: åbning af Lantern Fund i Brelby.
"""

HELPLINE = """\
---
title: Quay Helpline
language: en
---

## What it costs

The services of the Quay Helpline are free for small firms.

## What holds firms back

Three obstacles that the Quay Helpline names are:

- Long ways.
- Little light.
- No time.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    embedder, reason = find_embedder()
    if embedder is None:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("guides")
    for name, text in (
        ("lantern-fund.md", LANTERN),
        ("lantern-fund.da.md", LANTERN_DA),
        ("quay-helpline.md", HELPLINE),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return Assistant(index_of([folder], tmp_path_factory.mktemp("cache"), embedder))


@pytest.mark.parametrize(
    ("question", "language", "facts"),
    [
        pytest.param("What was the budget of Lantern Fund?", "en", ["812,400"], id="the-field-of-the-whole"),
        pytest.param("When was Lantern Fund over?", "en", ["31 August 2020"], id="a-span-tells-the-end"),
        pytest.param("How did the evening schools run?", "en", ["small groups"], id="manner-is-no-duration"),
        pytest.param(
            "Which funding scheme for shops was rebuilt with Lantern Fund?",
            "en",
            ["Night Light Scheme"],
            id="a-scheme-is-no-sum",
        ),
        pytest.param("Which rates does Lantern Fund pay?", "en", ["80 %", "70 %"], id="every-rate"),
        pytest.param(
            "Lantern Fund total value and co-financing", "en", ["812,400", "690,540"], id="two-fields"
        ),
        pytest.param(
            "Number of streets lit and lamps put up by Lantern Fund",
            "en",
            ["25", "340"],
            id="fields-of-one-list",
        ),
        pytest.param(
            "How can a shop use a walk at night to choose a lamp?", "en", ["is dark"], id="the-step-between"
        ),
        pytest.param("What does the Quay Helpline cost?", "en", ["free"], id="what-is-free"),
        pytest.param(
            "Name the 3 obstacles of the Quay Helpline.",
            "en",
            ["Long ways", "Little light", "No time"],
            id="a-count-is-no-condition",
        ),
        pytest.param(
            "What holds small firms back? List the obstacles of the Quay Helpline.",
            "en",
            ["Long ways", "No time"],
            id="a-second-sentence-begins-with-no-name",
        ),
        pytest.param(
            "typical mistakes in Lantern Fund", "en", ["before the street", "who pays"], id="a-heading-asks"
        ),
        pytest.param(
            "Which Latvian partner had Lantern Fund?", "en", ["Dunmar"], id="the-entry-of-a-country"
        ),
        pytest.param("Wer leitete Lantern Fund?", "de", ["Brelby, Denmark, lead partner"], id="who-led"),
        pytest.param("Mikä oli Lantern Fund -hankkeen kokonaisarvo?", "fi", ["812,400"], id="finnish"),
        pytest.param("Quelle était la valeur de Lantern Fund ?", "fr", ["812,400"], id="french"),
        pytest.param("Hvornår åbnede Lantern Fund?", "da", ["29. juni 2018"], id="a-day-in-a-danish-list"),
        pytest.param("Hvornår sluttede Lantern Fund?", "da", ["31. august 2020"], id="til-den"),
    ],
)
def test_the_sentences_that_answer_are_chosen(assistant, question, language, facts):
    answer = assistant.ask(question, language)
    assert answer.verdict in {Verdict.ANSWERED, Verdict.PARTIAL}
    assert [fact for fact in facts if fact not in answer.answer] == []


def test_the_denial_of_a_value_does_not_answer_a_question_for_it(assistant):
    answer = assistant.ask("and the budget?", "en", [assistant.ask("How long did Lantern Fund run?", "en")])
    assert "812,400" in answer.answer
    assert "No." not in answer.answer


def test_a_sentence_that_leans_is_told_with_the_one_before_it(assistant):
    answer = assistant.ask("How are lamps mended in groups at the evening schools of Lantern Fund?", "en")
    quotes = [citation.quote for citation in answer.citations]
    then = next(place for place, quote in enumerate(quotes) if quote.startswith("Then the shopkeepers"))
    assert quotes[then - 1].startswith("A teacher first explains")


def test_a_list_is_cited_with_the_line_that_leads_to_it(assistant):
    answer = assistant.ask("Who were the partners of Lantern Fund?", "en")
    quote = answer.citations[0].quote
    assert quote.startswith("The three partners of Lantern Fund are:")
    assert quote.rstrip().endswith("Poland.")
    assert answer.answer.startswith("The three partners of Lantern Fund are:")


@pytest.mark.parametrize(("language", "slug"), [("da", "lantern-fund.da"), ("en", "lantern-fund")])
def test_an_asker_is_told_of_one_version_of_a_guide(assistant, language, slug):
    question = {"da": "Hvor længe varede Lantern Fund?", "en": "How long did Lantern Fund run?"}[language]
    assert {citation.guide for citation in assistant.ask(question, language).citations} == {slug}


def test_what_only_adds_is_left_out_where_the_answer_would_grow_long(assistant):
    found = candidates_of(assistant.index.search("lamps", k=3), assistant.index)
    first, more, then = (
        replace(each, text=" ".join([word] * 60))
        for each, word in zip(found, ("one", "two", "three"), strict=False)
    )
    question = read_question("How is a lamp mended?", assistant.topics, "en")
    extracts = (Extract((first,)), Extract((more,), further=True), Extract((then,)))
    told = answer(question, extracts, (), assistant.index).text
    assert "one one" in told
    assert "two two" not in told
    assert "three three" in told
    assert "two two" in answer(question, extracts[:2], (), assistant.index).text
