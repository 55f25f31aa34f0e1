"""A question that fits several guides and names none is asked back, and one that is clear enough is not."""

from __future__ import annotations

import pytest

from assistant import Assistant, Verdict
from index.cache import index_of
from index.embed import find_embedder

GUIDE = """\
---
title: {name}
slug: {slug}
---

## What it is about

{name} was paid by the programme {programme}. The results of {name} are a map of piers and a course for pilots.

## Dates and money

Facts of {name}:

- Total value of {name}: EUR {value}.
- End of {name}: 3 May {year}.

## Partners

The partners of {name} are:

- Harbour Office Lindhavn, Denmark, lead partner of {name}.
- {pole}, Poland.
"""
GUIDES = (
    {
        "name": "Ferry Net",
        "slug": "ferry-net",
        "programme": "Sea Ways",
        "value": "70,000",
        "year": 2016,
        "pole": "Port of Wydma",
    },
    {
        "name": "Blue Gate",
        "slug": "blue-gate",
        "programme": "Coast Plus",
        "value": "90,500",
        "year": 2018,
        "pole": "Zatoka Shipyard",
    },
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    embedder, reason = find_embedder()
    if embedder is None:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("guides")
    for each in GUIDES:
        (folder / f"{each['slug']}.md").write_text(GUIDE.format(**each), encoding="utf-8")
    return Assistant(index_of([folder], tmp_path_factory.mktemp("cache"), embedder))


@pytest.mark.parametrize(
    "question",
    [
        "What was the total budget?",
        "Hvad var det samlede budget?",
        "Wie hoch war das gesamte Budget?",
        "¿Cuál fue el presupuesto total?",
        "Jaki był całkowity budżet?",
        "Who was the Polish partner?",
        "Kto był partnerem z Polski?",
        "What were the results of the project?",
        "Which programme paid for it?",
    ],
)
def test_what_fits_two_guides_alike_is_asked_back(assistant, question):
    answer = assistant.ask(question)
    assert answer.verdict is Verdict.CLARIFY
    assert {option.name for option in answer.options} == {"Ferry Net", "Blue Gate"}


@pytest.mark.parametrize(
    "question",
    [
        "What was the total budget of Ferry Net?",
        "Who was the Polish partner of Blue Gate?",
        "What is a map of piers?",
    ],
)
def test_what_is_clear_is_not_asked_back(assistant, question):
    assert assistant.ask(question).verdict is not Verdict.CLARIFY


def test_a_country_that_no_guide_tells_of_is_not_asked_back(assistant):
    assert assistant.ask("Who was the Greek partner?").verdict is Verdict.NOT_FOUND


def test_the_project_of_which_the_talk_was_is_known(assistant):
    first = assistant.ask("When did Ferry Net end?")
    then = assistant.ask("What were the results of the project?", earlier=[first])
    assert then.verdict is not Verdict.CLARIFY
    assert then.taken_as == "What were the results of Ferry Net?"
