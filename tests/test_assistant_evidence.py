from __future__ import annotations

import pytest

from assistant.evidence import counts, coverage, gives_value, missing, support, words_of
from assistant.question import read_question
from assistant.values import values_in


def terms_of(text: str, language: str = "en"):
    return read_question(text, language=language).terms


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Project value: EUR 1,176,540.00", {"amount"}),
        ("1.176.540,00 euro", {"amount"}),
        ("about 5 million", {"amount"}),
        ("54 months", {"duration", "number"}),
        ("54 måneder", {"duration", "number"}),
        ("18 Monate", {"duration", "number"}),
        ("36 meses", {"duration", "number"}),
        ("54 miesiące", {"duration", "number"}),
        ("01.01.2017 – 30.06.2021", {"date", "range"}),
        ("from 1 January 2017 to 30 June 2021", {"date", "range"}),
        ("signed on 2 June 2011", {"date"}),
        ("1. september 2021", {"date"}),
        ("83.67%", {"share"}),
        ("85 procent", {"share"}),
        ("five partners", {"number"}),
        ("no values here", set()),
        ("to go on", set()),
        ("Interreg Baltic Sea Region 2014-2020", set()),
    ],
)
def test_values_are_recognised_in_several_languages(text, kinds):
    assert values_in(text) == kinds


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("the clusters?", "two new clusters", True),
        ("a cluster?", "two new clusters", True),
        ("What was it worth?", "Total value: EUR 5", True),
        ("What did it cost?", "EUR 770,860.00", True),
        ("When did it end?", "from 2017 to 30 June 2021", True),
        ("When did it end?", "signed on 2 June 2011", False),
        ("Anyone from Sweden?", "Värmland County (SE)", True),
        ("Anyone from Sweden?", "Swedish partner", True),
        ("Anyone from Norway?", "Värmland County (SE)", False),
        ("What is GIN?", "the platform Global Innovation Network", True),
        ("the travel?", "total value of the project", False),
        ("In 2019?", "on 2 June 2011", False),
        ("the intrnationalisation?", "internationalisation of firms", True),
    ],
)
def test_a_term_is_held_by_itself_or_by_other_words_for_it(question, text, held):
    (term,) = terms_of(question)
    assert (support(term, words_of(text)) >= 0.6) is held


@pytest.mark.parametrize(
    ("language", "question", "text"),
    [
        ("da", "budgettet", "Total value of the project"),
        ("de", "Laufzeit", "Project duration: 54 months"),
        ("es", "socios", "Project partners"),
        ("pl", "partnerzy", "Project partners"),
    ],
)
def test_concepts_join_the_languages(language, question, text):
    (term,) = terms_of(question, language)
    assert support(term, words_of(text)) >= 0.6


def test_a_number_must_count_what_is_asked_about():
    question = read_question("How many newsletters were there?", language="en")
    assert gives_value(question, "Creation of 4 regional newsletters")
    assert not gives_value(question, "4 workshops and a newsletter")
    assert not counts("no numbers", question.terms)


def test_coverage_is_whole_without_terms_and_counts_names_more():
    assert coverage((), words_of("anything")) == 1.0
    terms = terms_of("the HAMAG newsletter")
    assert coverage(terms, words_of("HAMAG")) > coverage(terms, words_of("newsletter")) > 0


def test_missing_names_what_no_text_holds():
    terms = terms_of("the travel of the partners")
    assert [term.text for term in missing(terms, words_of("project partners"))] == ["travel"]
