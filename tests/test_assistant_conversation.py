"""What a question means after others, without an index: rules and word lists alone."""

from __future__ import annotations

import pytest

from assistant.follow_up import understand
from assistant.lexicon import read_list
from assistant.model import Answer, Citation, Elapsed, Option
from assistant.question import read_question
from assistant.topics import Topic, topic_names
from assistant.verdict import Verdict
from assistant.wants import Want
from assistant.wording import say

NAMES = {
    "kiss-me": "KISS ME",
    "interventures": "InterVentures",
    "gosmart-bsr": "GoSmart BSR",
    "rules": "Rules of the fund",
}
WANTED = {
    "money": {Want.AMOUNT},
    "duration": {Want.DURATION},
    "start": {Want.DATE},
    "end": {Want.DATE},
    "lead": {Want.WHO},
}
"""Kinds of answer that a suggested question wants, by what it is made from."""
TOPICS = tuple(Topic(slug, topic_names(slug, title)) for slug, title in NAMES.items())


def answered(question, language="en", *, cites=(), verdict=Verdict.ANSWERED, taken_as="", options=()):
    citations = tuple(
        Citation(n=n, guide=slug, title="", path="", heading="", line=1, start=0, end=1, quote="x", score=0)
        for n, slug in enumerate(cites, 1)
    )
    return Answer(
        question=question,
        language=language,
        verdict=verdict,
        answer="",
        citations=citations,
        taken_as=taken_as,
        options=options,
        elapsed_ms=Elapsed(retrieve=0, answer=0, total=0),
    )


def meaning(text, *earlier, language=None):
    found = understand(text, earlier, TOPICS, NAMES, language)
    return found.text if found.leans else None


@pytest.mark.parametrize(
    ("language", "before", "typed", "meant"),
    [
        ("en", "How long did KISS ME run?", "and its budget?", "The budget of KISS ME?"),
        ("en", "How long did KISS ME run?", "who led it?", "Who led KISS ME?"),
        ("en", "How long did KISS ME run?", "And the partners?", "The partners of KISS ME?"),
        ("en", "How long did KISS ME run?", "What was its aim", "What was its aim (KISS ME)?"),
        ("en", "How long did KISS ME run?", "When did the project end?", "When did KISS ME end?"),
        (
            "en",
            "How long did KISS ME run?",
            "Who was the lead partner?",
            "Who was the lead partner (KISS ME)?",
        ),
        ("da", "Hvor længe varede KISS ME?", "og budgettet?", "Budgettet for KISS ME?"),
        ("da", "Hvor længe varede KISS ME?", "og hvem ledede det?", "Hvem ledede KISS ME?"),
        ("da", "Hvor længe varede KISS ME?", "Hvem ledede projektet?", "Hvem ledede KISS ME?"),
        ("de", "Wie lange lief KISS ME?", "und das Budget?", "Das Budget von KISS ME?"),
        ("de", "Wie lange lief KISS ME?", "und sein Budget?", "Budget von KISS ME?"),
        ("de", "Wie lange lief KISS ME?", "Wer hat es geleitet?", "Wer hat KISS ME geleitet?"),
        ("pl", "Jak długo trwał KISS ME?", "a jego budżet?", "Budżet KISS ME?"),
        ("pl", "Jak długo trwał KISS ME?", "kto go prowadził?", "Kto go prowadził (KISS ME)?"),
        ("es", "¿Cuánto duró KISS ME?", "¿y su presupuesto?", "¿El presupuesto de KISS ME?"),
        ("es", "¿Cuánto duró KISS ME?", "¿Quién dirigió el proyecto?", "¿Quién dirigió KISS ME?"),
        ("fr", "Combien de temps a duré KISS ME ?", "et son budget ?", "Budget de KISS ME?"),
        ("fi", "Kuinka kauan KISS ME kesti?", "budjetti 2020", "Budjetti 2020 (KISS ME)?"),
        ("fi", "Kuinka kauan KISS ME kesti?", "liikennemerkki 2020", None),
    ],
)
def test_what_was_named_before_is_carried(language, before, typed, meant):
    assert meaning(typed, answered(before, language), language=language) == meant


@pytest.mark.parametrize(
    ("before", "typed", "meant"),
    [
        ("How long did KISS ME run?", "and InterVentures?", "How long did InterVentures run?"),
        ("How long did KISS ME run?", "What about GoSmart BSR", "How long did GoSmart BSR run?"),
        (
            "Which partners of KISS ME came from Denmark?",
            "what about Sweden?",
            "Which partners of KISS ME came from Sweden?",
        ),
        (
            "Which partners of KISS ME came from Denmark?",
            "and in InterVentures?",
            "Which partners of InterVentures came from Denmark?",
        ),
        (
            "Who were the partners of KISS ME?",
            "and from Sweden?",
            "Who were the partners of KISS ME (Sweden)?",
        ),
        ("What did KISS ME do in 2018?", "and in 2019?", "What did KISS ME do in 2019?"),
        ("What does QHD stand for?", "and TIBS?", "What does TIBS stand for?"),
        (
            "Which Romanian partner did KISS ME have?",
            "And who was the Greek one?",
            "Which Greek partner did KISS ME have?",
        ),
    ],
)
def test_what_about_another_one_asks_the_last_question_anew(before, typed, meant):
    assert meaning(typed, answered(before)) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "What is open innovation?",
        "What is open innovation and how does it work?",
        "How long did InterVentures run?",
        "And how long did InterVentures run?",
        "How does a thermometer handle its own heat?",
        "What did Aalborg do with its money?",
        "How does a regional fund choose the proposals of small firms?",
        "open innovation",
        "Co to jest otwarta innowacja?",
        "Was ist ein Lead-Partner?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(typed):
    assert meaning(typed, answered("How long did KISS ME run?")) is None


def test_without_a_talk_nothing_is_added():
    assert meaning("and its budget?") is None


def test_the_talk_goes_on_from_what_a_follow_up_was_taken_to_mean():
    talk = [
        answered("How long did KISS ME run?"),
        answered("and InterVentures?", taken_as="How long did InterVentures run?"),
    ]
    assert meaning("who led it?", *talk) == "Who led InterVentures?"


def test_what_was_named_is_found_some_questions_back():
    talk = [answered("What was KISS ME about?"), answered("Who led it?", taken_as=""), answered("Why?")]
    assert meaning("and its budget?", *talk) == "The budget of KISS ME?"


def test_the_one_guide_cited_is_what_the_talk_is_about_when_nothing_was_named():
    assert (
        meaning("and its budget?", answered("Who helps firms to go abroad?", cites=("kiss-me", "kiss-me")))
        == "The budget of KISS ME?"
    )
    assert (
        meaning(
            "and its budget?", answered("Who helps firms to go abroad?", cites=("kiss-me", "interventures"))
        )
        is None
    )


def test_a_question_that_names_nothing_is_left_open_when_the_last_one_explained_a_word():
    explained = answered("What is open innovation?", cites=("kiss-me",))
    assert meaning("What was the budget?", explained) is None
    assert meaning("who invented it?", explained) == "Who invented open innovation?"


def test_a_thing_that_is_no_guide_is_carried_by_its_whole_name():
    assert meaning("who pays for it?", answered("What is B Light 2?")) == "Who pays for B Light 2?"


def test_a_guide_whose_title_does_not_name_it_is_carried_by_its_slug():
    names = {"sme-fund": "Rules"}
    topics = (Topic("sme-fund", topic_names("sme-fund", "Rules, first part")),)
    found = understand("and its budget?", [answered("How long is the SME fund open?")], topics, names)
    assert found.text == "The budget of sme fund?"


OPTIONS = (Option(guide="kiss-me", name="KISS ME"), Option(guide="interventures", name="InterVentures"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("KISS ME", "What was the budget (KISS ME)?"),
        ("kiss-me", "What was the budget (KISS ME)?"),
        ("2", "What was the budget (InterVentures)?"),
        ("2.", "What was the budget (InterVentures)?"),
        ("3", None),
        ("How long did KISS ME run?", None),
        ("What is open innovation?", None),
    ],
)
def test_a_reply_to_a_question_back_completes_the_one_before(typed, meant):
    back = answered("What was the budget?", verdict=Verdict.CLARIFY, options=OPTIONS)
    assert meaning(typed, back) == meant


def test_a_short_reply_keeps_the_language_of_the_talk():
    back = answered("Hvad var budgettet?", "da", verdict=Verdict.CLARIFY, options=OPTIONS)
    assert understand("2", [back], TOPICS, NAMES).language == "da"
    assert (
        understand("InterVentures?", [answered("Hvor længe varede KISS ME?", "da")], TOPICS, NAMES).language
        == "da"
    )


@pytest.mark.parametrize(
    ("language", "before", "typed", "meant"),
    [
        ("en", "How long did KISS ME run?", "And in total?", "How long did KISS ME run (in total)?"),
        ("en", "What did KISS ME cost?", "and for small firms?", "What did KISS ME cost (for small firms)?"),
        (
            "en",
            "Who were the partners of KISS ME?",
            "which of them were new?",
            "Which of them were new (partners, KISS ME)?",
        ),
        (
            "en",
            "What was the budget of KISS ME?",
            "how much of that came from ERDF?",
            "How much of that came from ERDF (budget, KISS ME)?",
        ),
        ("de", "Wie lange lief KISS ME?", "Wer war dabei?", "Wer war dabei (KISS ME)?"),
        ("de", "Wie lange lief KISS ME?", "Gibt es Gutscheine für Museen?", None),
        ("en", "How long did KISS ME run?", "Is it true that museums sell vouchers?", None),
        ("en", "How long did KISS ME run?", "What does ERDF mean?", None),
        ("en", "How long did KISS ME run?", "And what is a living lab?", None),
        ("es", "¿Cuánto duró KISS ME?", "¿Cuál es el precio de los museos?", None),
    ],
)
def test_details_are_added_and_empty_words_carry_nothing(language, before, typed, meant):
    assert meaning(typed, answered(before, language), language=language) == meant


@pytest.mark.parametrize("language", ["da", "de", "es", "pl"])
def test_the_frame_of_a_talk_is_said_in_the_askers_language(language):
    for phrase in ("taken_as", "differ", "checked_guide", "unchecked_guide"):
        values = {"question": "Q", "places": "P", "n": "1", "guide": "G", "date": "2026-11-22"}
        assert say(phrase, language, **values) != say(phrase, "en", **values)


@pytest.mark.parametrize("language", ["en", "da", "de", "es", "pl"])
def test_questions_to_suggest_ask_for_what_they_are_made_from(language):
    patterns = read_list("suggestions.toml")[language]
    assert set(patterns) == set(read_list("suggestions.toml")["en"])
    for concept, pattern in patterns.items():
        question = read_question(pattern.format(name="KISS ME"), TOPICS, language)
        assert question.topics == ("kiss-me",)
        assert question.want in WANTED.get(concept, {question.want})
        assert concept in question.concepts or question.want in WANTED.get(concept, ())
