"""The real project pages: right quotes at the right places, and honest refusals."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant import Assistant
from index.cache import index_of
from index.embed import find_embedder

PAGES = Path(__file__).parent.parent.parent / "shared" / "data" / "project-pages"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    if not PAGES.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{PAGES} is missing")
        pytest.skip("the project pages are not beside this checkout")
    embedder, reason = find_embedder()
    assert embedder, reason
    return Assistant(index_of([PAGES], tmp_path_factory.mktemp("cache"), embedder))


@pytest.mark.parametrize(
    ("question", "language", "facts", "page"),
    [
        ("How long did KISS ME run?", "en", ["54 months"], "kiss-me"),
        ("What was KISS ME worth?", "en", ["1,176,540.00"], "kiss-me"),
        ("Which Swedish partner did KISS ME have?", "en", ["Värmland"], "kiss-me"),
        ("Who were the partners of KISS ME?", "en", ["Euregio", "Hedmark", "HAMAG"], "kiss-me"),
        ("What is the total project value of InterVentures?", "en", ["1,376,708"], "interventures"),
        ("Where were the interregional meetings of InterVentures?", "en", ["Pécs", "Milan"], "interventures"),
        ("Which clusters did SMEGoNet create?", "en", ["Cluj-Napoca", "Kozani"], "smegonet"),
        (
            "Which technology readiness levels do the support measures cover?",
            "en",
            ["5-9"],
            "cluster-innovation",
        ),
        ("Hvad er budgettet for GoSmart & Excel BSR?", "da", ["770,860.00"], "gosmart-excel-bsr.da"),
        ("Hvilke regioner støtter GoSmart & Excel BSR især?", "da", ["Podlaskie"], "gosmart-excel-bsr.da"),
        ("Wie viel war KISS ME wert?", "de", ["1,176,540.00"], "kiss-me"),
        ("¿Cuánto duró KISS ME?", "es", ["54 months"], "kiss-me"),
    ],
)
def test_facts_are_quoted_from_the_page_as_it_stands(assistant, question, language, facts, page):
    answer = assistant.ask(question)
    assert answer.language == language
    for fact in facts:
        assert fact in answer.answer
    assert page in {citation.guide for citation in answer.citations}
    for citation in answer.citations:
        text = Path(citation.path).read_text(encoding="utf-8")
        assert text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    "question",
    [
        "What did KISS ME spend on travel?",
        "Who was the project manager of InterVentures?",
        "What was the budget of SMEGoNet?",
        "When did SMEGoNet end?",
        "Which Portuguese partner took part in KISS ME?",
        "Hvornår slutter GoSmart & Excel BSR?",
        "Hvad er telefonnummeret på projektlederen for GoSmart & Excel BSR?",
        "What is the capital of France?",
    ],
)
def test_what_the_pages_do_not_hold_is_refused(assistant, question):
    answer = assistant.ask(question)
    assert answer.verdict == "not_found"
    assert answer.citations == ()
    assert answer.nearest
