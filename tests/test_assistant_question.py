from __future__ import annotations

import pytest

from assistant.errors import QuestionError
from assistant.question import LONGEST, counted_term, read_question
from assistant.terms import TermKind
from assistant.topics import Topic, is_proper_name, one_version, topic_names
from assistant.wants import Want

TOPICS = (
    Topic("kiss-me", topic_names("kiss-me", "KISS ME and innovation across four border regions")),
    Topic("interventures", topic_names("interventures", "InterVentures")),
    Topic("gosmart-excel-bsr", topic_names("gosmart-excel-bsr", "GoSmart & Excel BSR"), "en"),
    Topic("gosmart-excel-bsr.da", topic_names("gosmart-excel-bsr.da", "GoSmart & Excel BSR"), "da"),
)


@pytest.mark.parametrize(
    ("text", "language", "want"),
    [
        ("How long did it run?", "en", Want.DURATION),
        ("how much did it cost", "en", Want.AMOUNT),
        ("What was the budget?", "en", Want.AMOUNT),
        ("How many partners were there?", "en", Want.NUMBER),
        ("When did it start?", "en", Want.DATE),
        ("Who led it?", "en", Want.WHO),
        ("Where did they meet?", "en", Want.WHERE),
        ("Why were there five?", "en", Want.WHY),
        ("What is TIBS?", "en", Want.DEFINITION),
        ("What percentage did the fund pay?", "en", Want.SHARE),
        ("What is the difference between a lead and a project partner?", "en", Want.COMPARE),
        ("Hvor længe varede det?", "da", Want.DURATION),
        ("Hvor mange partnere var der?", "da", Want.NUMBER),
        ("Hvem var med?", "da", Want.WHO),
        ("Wie lange dauerte es?", "de", Want.DURATION),
        ("Wie viel hat es gekostet?", "de", Want.AMOUNT),
        ("¿Cuánto tiempo duró?", "es", Want.DURATION),
        ("¿Cuándo empezó?", "es", Want.DATE),
        ("Ile to kosztowało?", "pl", Want.AMOUNT),
        ("Kto był partnerem?", "pl", Want.WHO),
        ("When regions work together, what do they gain?", "en", Want.ANY),
        ("When exactly was the regatta?", "en", Want.DATE),
        ("On which day was the regatta?", "en", Want.DATE),
        ("Hvilken dato åbnede havnen?", "da", Want.DATE),
        ("An welchem Tag begann die Regatta?", "de", Want.DATE),
        ("¿En qué fecha abrió el puerto?", "es", Want.DATE),
        ("Którego dnia otwarto port?", "pl", Want.DATE),
        ("In which four harbours did the ferry run?", "en", Want.ANY),
        ("Which programme paid for the quay?", "en", Want.ANY),
        ("Which budget did the quay have?", "en", Want.AMOUNT),
        ("Which funding scheme paid for the quay?", "en", Want.ANY),
        ("Which organisation built the quay?", "en", Want.WHO),
        ("cost categories of the quay", "en", Want.ANY),
        ("How did the quay run?", "en", Want.HOW),
        ("Hvordan kom kajen i gang?", "da", Want.HOW),
        ("How much of the budget went to the quay?", "en", Want.SHARE),
        ("What must the ports share?", "en", Want.ANY),
        ("What share did the ports pay?", "en", Want.SHARE),
        ("Quel est le plafond des aides sur trois ans ?", "fr", Want.AMOUNT),
        ("mistakes when choosing a quay", "en", Want.ANY),
        ("What are the goals of the quay?", "en", Want.ANY),
        ("Welches Programm hat den Kai finanziert?", "de", Want.ANY),
    ],
)
def test_the_kind_of_answer_wanted_is_read_from_the_question(text, language, want):
    assert read_question(text, language=language).want is want


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("How long did KISS ME run?", ("kiss-me",)),
        ("how long did kiss me run", ("kiss-me",)),
        ("What did INTER VENTURES cost?", ("interventures",)),
        ("Which was longer, KISS ME or InterVentures?", ("kiss-me", "interventures")),
        ("Who loves a kiss?", ()),
    ],
)
def test_guides_are_recognised_however_they_are_written(text, topics):
    assert read_question(text, TOPICS, "en").topics == topics


@pytest.mark.parametrize(("language", "slug"), [("da", "gosmart-excel-bsr.da"), ("pl", "gosmart-excel-bsr")])
def test_a_guide_in_two_languages_is_asked_in_the_askers_or_in_english(language, slug):
    assert read_question("GoSmart & Excel BSR?", TOPICS, language).topics == (slug,)


def test_one_version_keeps_the_only_one_there_is():
    only = (Topic("x.da", ("xxxx",), "da"),)
    assert one_version(("x.da",), only, "es") == ("x.da",)


def test_the_name_of_a_guide_is_no_content_word():
    question = read_question("What did KISS ME spend on travel?", TOPICS, "en")
    assert [term.folded for term in question.terms] == ["spend", "travel"]


def test_names_countries_and_numbers_are_told_apart_from_words():
    question = read_question("Did the Danish HAMAG office sell 27 maps?", language="en")
    kinds = {term.folded: term.kind for term in question.terms}
    assert kinds["danish"] is TermKind.COUNTRY
    assert kinds["hamag"] is TermKind.NAME
    assert kinds["27"] is TermKind.NUMBER
    assert kinds["maps"] is TermKind.WORD


def test_a_phrase_stands_for_its_concept():
    question = read_question("Who took part?", language="en")
    assert [(term.text, term.concepts) for term in question.terms] == [("took part", frozenset({"partner"}))]


@pytest.mark.parametrize(
    ("text", "language", "counted"),
    [
        ("How many small firms use the quay?", "en", "firms"),
        ("Hvor mange partnere har havnen?", "da", "partnere"),
        ("Wie viele Firmen nutzen den Kai?", "de", "firmen"),
        ("¿Cuántas empresas usan el muelle?", "es", "empresas"),
        ("Ile firm korzysta z portu?", "pl", "firm"),
        ("How many gulls sat with the partners?", "en", None),
        ("How many months was the quay closed?", "en", None),
        ("When did the firms leave?", "en", None),
    ],
)
def test_what_is_counted_stands_right_behind_how_many(text, language, counted):
    term = counted_term(read_question(text, language=language))
    assert (term.folded if term else None) == counted


def test_a_definition_is_not_asked_for_its_own_words():
    terms = read_question("What do the letters TIBS stand for?", language="en").terms
    assert [term.folded for term in terms] == ["tibs"]


@pytest.mark.parametrize("text", ["", "   ", "?!", "…"])
def test_a_question_without_words_is_refused_in_one_sentence(text):
    with pytest.raises(QuestionError, match="holds no words"):
        read_question(text)


def test_a_question_that_is_far_too_long_says_the_limit():
    with pytest.raises(QuestionError, match=str(LONGEST)):
        read_question("word " * LONGEST)


def test_hostile_questions_are_read_quickly_and_whole():
    for text in ("a" * 1999, "(" * 500 + "x", "\x1b[31mred\x1b[0m", "🙂 " * 300 + "who", "1." * 900):
        assert read_question(text, TOPICS, "en").text == " ".join(text.split())


@pytest.mark.parametrize("title", ["KISS ME", "SMEGoNet", "I3"])
def test_capitals_and_digits_tell_a_name(title: str):
    assert is_proper_name(title)
    assert not is_proper_name(title.capitalize().rstrip("3"))
