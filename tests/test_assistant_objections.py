"""What rules an answer out: each objection on sentences of its own, beside one to which nothing is to be objected."""

from __future__ import annotations

import pytest

from assistant.candidates import Candidate
from assistant.extract import Extract
from assistant.objections import objections
from assistant.question import read_question
from assistant.signs import HELD, Found, held_terms
from assistant.topics import Topic
from index.model import BlockKind, Hit, Passage, Scores

TOPICS = (
    Topic("ferry-net", ("ferrynet",), "en", "Ferry Net"),
    Topic("blue-gate", ("bluegate",), "en", "Blue Gate"),
)
FERRY, HARBOUR = "Ferry Net", "Harbour towns"
PLAIN, LISTED = BlockKind.PARAGRAPH, BlockKind.LIST_ITEM


def cited(text, title=FERRY, headings=(), kind=PLAIN, language="en"):
    """A sentence that stands alone in its passage."""
    slug = title.lower().replace(" ", "-")
    passage = Passage(1, slug, title, headings, 0, len(text), text, language, 1, 0)
    hit = Hit(passage, Scores(1.0, 0.9, 2.0, 5.0, 2.0), 1)
    return Candidate(hit, text, 0, len(text), 1, kind, headings, title, language)


def objected(asked, *sentences, language="en"):
    """The names of the objections to citing some sentences for a question."""
    question = read_question(asked, TOPICS, language)
    extracts = [Extract((each,)) for each in sentences]
    lacking = [term for term, much in held_terms(question, sentences, None) if much < HELD]
    return objections(Found(question, (), (), extracts, None, 1.0), lacking)


@pytest.mark.parametrize(
    ("language", "question", "text", "value"),
    [
        (
            "en",
            "What did the quay of Ferry Net cost?",
            "The quay was built in spring.",
            "The quay took EUR 90.",
        ),
        ("da", "Hvad kostede kajen i Ferry Net?", "Kajen blev bygget om foråret.", "Kajen kostede 90 euro."),
        ("de", "Was kostete der Kai von Ferry Net?", "Der Kai entstand im Mai.", "Der Kai kostete 90 Euro."),
        ("pl", "Ile kosztował pomost Ferry Net?", "Pomost powstał wiosną.", "Pomost kosztował 90 euro."),
        ("es", "¿Cuánto costó el muelle de Ferry Net?", "El muelle es nuevo.", "El muelle costó 90 euros."),
    ],
)
def test_a_price_that_is_not_told_is_missing(language, question, text, value):
    assert "value_missing" in objected(question, cited(text, language=language), language=language)
    assert "value_missing" not in objected(question, cited(value, language=language), language=language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Berths are free for members of Ferry Net."),
        ("da", "Pladserne i Ferry Net er gratis."),
        ("de", "Die Plätze von Ferry Net sind kostenlos."),
        ("pl", "Miejsca w Ferry Net są bezpłatne."),
        ("es", "Los puestos de Ferry Net son gratuitos."),
    ],
)
def test_what_is_free_has_a_price(language, text):
    assert "value_missing" not in objected(
        "How much does a berth cost in Ferry Net?", cited(text, language=language)
    )


def test_a_value_of_a_common_word_may_be_told_without_a_number():
    assert objected("What is blended finance?", cited("Blended finance is a grant and equity in one.")) == ()


def test_a_value_in_a_passage_without_the_name_asked_for_belongs_elsewhere():
    question = "How big is the budget of the Lindhavn harbour plan 2031-2035?"
    plan = cited("The harbour plan of Lindhavn runs in 2031-2035.", HARBOUR)
    other = cited("The budget of the sailing school is EUR 70,000.", "Schools")
    own = cited("The budget of the plan of Lindhavn 2031-2035 is EUR 70,000.", HARBOUR)
    assert "value_elsewhere" in objected(question, plan, other)
    assert "value_elsewhere" not in objected(question, plan, own)


def test_the_date_of_another_entry_of_a_list_is_none():
    question = "When was the regatta of Vallosa?"
    first = cited("Regatta of Lindhavn: 3 May 2019.", HARBOUR, kind=LISTED)
    second = cited("Regatta of Vallosa, with forty boats.", HARBOUR, kind=LISTED)
    dated = cited("Regatta of Vallosa: 5 June 2020.", HARBOUR, kind=LISTED)
    assert "value_of_another" in objected(question, first, second)
    assert "value_of_another" not in objected(question, first, dated)
    going_on = cited("It was on 3 May 2019.", HARBOUR)
    assert "value_of_another" not in objected(question, second, going_on)


def test_the_dates_of_a_call_are_not_those_of_the_project():
    call = cited("The call QUAY ran from 2 May 2011 to 3 June 2012.")
    own = cited("Ferry Net ran from 2 May 2011 to 3 June 2012, with money of the ERDF.")
    assert "date_of_another" in objected("When did Ferry Net end?", call)
    assert "date_of_another" not in objected("When did Ferry Net end?", own)
    assert "date_of_another" not in objected("When did QUAY of Ferry Net end?", call)


@pytest.mark.parametrize(
    ("language", "question", "other", "right"),
    [
        ("en", "How many firms use Ferry Net?", "Ferry Net has 4 boats.", "Ferry Net has 4 firms."),
        ("da", "Hvor mange virksomheder er med i Ferry Net?", "Der er 4 både.", "Der er 4 små virksomheder."),
        ("de", "Wie viele Firmen sind in Ferry Net?", "Es gibt 4 Boote.", "Es gibt 4 kleine Firmen."),
        ("pl", "Ile firm korzysta z Ferry Net?", "Są 4 statki.", "Są 4 małe firmy."),
        ("es", "¿Cuántas empresas usan Ferry Net?", "Hay 4 barcos.", "Hay 4 empresas."),
    ],
)
def test_a_number_must_count_what_is_asked_about(language, question, other, right):
    assert "other_count" in objected(question, cited(other, language=language), language=language)
    assert "other_count" not in objected(question, cited(right, language=language), language=language)


def test_a_field_and_a_list_count_too():
    assert "other_count" not in objected("How many firms use Ferry Net?", cited("Firms in Ferry Net: 12"))
    entries = tuple(
        cited(name, headings=("The firms of Ferry Net are",), kind=LISTED) for name in ("Alma", "Brigg")
    )
    question = read_question("How many firms use Ferry Net?", TOPICS, "en")
    assert objections(Found(question, (), (), [Extract(entries)], None, 1.0), ()) == ()


def test_firms_that_applied_are_not_those_that_were_taught():
    question = "How many firms got training from Ferry Net?"
    assert "other_count" in objected(question, cited("Ferry Net had 30 firms as applicants."))
    assert "other_count" not in objected(question, cited("Ferry Net gave 30 firms training."))


def test_a_name_with_a_number_is_another_name():
    first = cited("Total value of Blue Gate: EUR 5,000 in axis 2.", "Blue Gate")
    second = cited("Total value of Blue Gate 2: EUR 6,000.", "Blue Gate")
    assert "next_number" in objected("What is the budget of Blue Gate 2?", first)
    assert "next_number" not in objected("What is the budget of Blue Gate 2?", second)
    assert "next_number" not in objected("What is the budget of Blue Gate?", first)


def test_a_small_number_may_stand_in_words_and_a_year_may_not():
    three = cited("Three lines of Ferry Net cost EUR 40 each.")
    assert "name_missing" not in objected("How much did the 3 lines of Ferry Net cost?", three)
    assert "name_missing" in objected("How much did the lines of Ferry Net cost in 2013?", three)
    assert "name_missing" in objected("How much did the lines of Tidal 3 in Ferry Net cost?", three)


@pytest.mark.parametrize("country", ["Brazil", "Japan", "Morocco", "Canada"])
def test_a_country_beyond_europe_is_missed_as_well(country):
    ports = cited("Ports pay a fee of EUR 40 for each ship.", HARBOUR)
    assert "name_missing" in objected(f"Which ports pay a fee in {country}?", ports)
    assert "name_missing" not in objected(
        f"Which ports in {country}?", cited(f"Ports in {country} pay.", HARBOUR)
    )


def test_a_country_must_be_told_of_together_with_what_is_asked():
    visit = cited("A visit to the Dutch coast took place in May.")
    partner = cited("Partner of Ferry Net: Harbour Office Lindhavn, Denmark.")
    dutch = cited("Partner of Ferry Net: Havenbedrijf Oostzijl, Netherlands.")
    question = "Which Dutch partner did Ferry Net have?"
    assert "other_country" in objected(question, visit, partner)
    assert "other_country" not in objected(question, visit, dutch)


@pytest.mark.parametrize(
    ("language", "question", "role", "name"),
    [
        ("en", "Who was the manager of Ferry Net?", "It had a manager.", "The manager was Ida Holm."),
        ("da", "Hvem var projektleder i Ferry Net?", "Den havde en projektleder.", "Projektleder: Ida Holm."),
        (
            "de",
            "Wer war Projektleiter von Ferry Net?",
            "Es gab einen Projektleiter.",
            "Projektleiter: Ida Holm.",
        ),
        ("es", "¿Quién era el director de Ferry Net?", "Tenía un director.", "El director era Ida Holm."),
    ],
)
def test_somebody_in_a_role_must_be_named(language, question, role, name):
    assert "unnamed_role" in objected(question, cited(role, language=language), language=language)
    assert "unnamed_role" not in objected(question, cited(name, language=language), language=language)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who chaired the council of Ferry Net?", "The council of Ferry Net met in Lindhavn."),
        ("Who gave speeches at the fair of Ferry Net?", "The fair of Ferry Net was in Lindhavn."),
        ("Which boats won the regatta of Ferry Net?", "The regatta of Ferry Net had four boats."),
        ("Hvem holdt åbningstale for Ferry Net?", "Ferry Net åbnede i Lindhavn."),
    ],
)
def test_a_chair_a_speaker_or_a_winner_must_be_spoken_of(question, text):
    assert "subject_missing" in objected(question, cited(text))


def test_a_reason_need_not_repeat_what_it_is_the_reason_of():
    text = cited("Ferry Net met online, as borders were closed.")
    assert "subject_missing" not in objected("Why did nobody travel in Ferry Net?", text)
    assert "subject_missing" in objected("What did Ferry Net spend on travel?", text)


def test_an_address_is_missed_without_a_guide_that_is_named():
    platform = cited("The Tidal Exchange is a platform for harbours.", HARBOUR)
    assert "subject_missing" in objected("web address of the Tidal Exchange", platform)
    assert "subject_missing" not in objected("How does the Tidal Exchange address harbours?", platform)


def test_a_salary_is_not_told_by_counting_staff():
    staff = cited("A small firm of Ferry Net has a staff of fewer than 50.")
    assert "subject_missing" in objected("What is the salary of a pilot in Ferry Net?", staff)
    assert "subject_missing" not in objected("What does the staff of Ferry Net do?", staff)


@pytest.mark.parametrize(
    "question", ["Who is the manager of Harbour Office Lindhavn?", "Kto jest kierownikiem portu Wydma?"]
)
def test_a_manager_is_missed_without_a_guide_that_is_named(question):
    assert "subject_missing" in objected(question, cited("It was the lead partner of a network.", HARBOUR))
