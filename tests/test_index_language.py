"""Languages of short questions, with names in them that belong to none."""

from __future__ import annotations

import subprocess
import sys

import pytest

from index.language import LANGUAGES, detect, language_of_passage

QUESTIONS = """
en|How long did KISS ME run?
en|Who are the partners of InterVentures?
en|What is the total value of GoSmart & Excel BSR?
en|Which programme pays for a first meeting with a partner?
en|What does TRL 5-9 mean?
en|Is HAMAG-BICRO a partner?
en|open innovation
en|Explain Trans-S3
en|Does Eurostars still pay for SME projects in 2026?
da|Hvor længe varede KISS ME?
da|Hvem er partnerne i InterVentures?
da|Hvad er budgettet for GoSmart & Excel BSR?
da|Hvad betyder TIBS?
da|Hvilke regioner støtter projektet?
da|Kan små virksomheder få støtte?
da|Hvad koster det?
de|Wie lange lief KISS ME?
de|Wer sind die Partner von InterVentures?
de|Wie hoch ist das Budget von GoSmart & Excel BSR?
de|Was ist ein Living Lab?
de|Welche Ziele hat SMEGoNet?
de|Gesamtwert des Projekts
pl|Jak długo trwał projekt KISS ME?
pl|Kto jest partnerem InterVentures?
pl|Jaki jest budżet GoSmart & Excel BSR?
pl|Czym jest otwarta innowacja?
pl|Ilu partnerów ma SMEGoNet?
es|¿Cuánto duró KISS ME?
es|¿Quiénes son los socios de InterVentures?
es|¿Cuál es el presupuesto de GoSmart & Excel BSR?
es|¿Qué es la innovación abierta?
es|Objetivos de SMEGoNet
sv|Hur länge pågick KISS ME?
sv|Vilka är partnerna i InterVentures?
sv|Vad är budgeten för GoSmart & Excel BSR?
sv|Vad betyder öppen innovation?
fr|Combien de temps a duré KISS ME ?
fr|Qui sont les partenaires d'InterVentures ?
fr|Quel est le budget de GoSmart & Excel BSR ?
fr|Qu'est-ce que l'innovation ouverte ?
it|Quanto è durato KISS ME?
it|Chi sono i partner di InterVentures?
it|Qual è il bilancio di GoSmart & Excel BSR?
it|Che cos'è l'innovazione aperta?
nl|Hoe lang duurde KISS ME?
nl|Wie zijn de partners van InterVentures?
nl|Wat is het budget van GoSmart & Excel BSR?
nl|Wat betekent open innovatie?
hr|Koliko je trajao projekt KISS ME?
lt|Kas yra projekto InterVentures partneriai?
lv|Cik ilgi ilga KISS ME?
et|Kui kaua KISS ME kestis?
el|Ποιος είναι ο προϋπολογισμός του GoSmart;
ro|Care este bugetul proiectului GoSmart?
pt|Quanto tempo durou o KISS ME?
fi|Kuinka kauan KISS ME kesti?
hu|Mennyi ideig tartott a KISS ME?
cs|Jak dlouho trval projekt KISS ME?
sk|Ako dlho trval projekt KISS ME?
sl|Kako dolgo je trajal projekt KISS ME?
bg|Колко време продължи KISS ME?
ga|Cé hiad comhpháirtithe InterVentures?
"""
PAIRS = [tuple(line.split("|")) for line in QUESTIONS.strip().splitlines()]
NAMES = [
    "",
    "1176540",
    "KISS ME",
    "InterVentures",
    "GoSmart & Excel BSR",
    "Interreg Europe",
    "?!",
    "Klaipėda ID",
]


@pytest.mark.parametrize(("language", "question"), PAIRS)
def test_the_language_of_a_question_is_told(language: str, question: str):
    assert detect(question) == language


def test_every_language_with_a_centroid_is_asked_in():
    assert {language for language, _ in PAIRS} == set(LANGUAGES)


@pytest.mark.parametrize("names", NAMES)
def test_names_alone_tell_nothing(names: str):
    assert detect(names) == "en"
    assert detect(names, "da") == "da"


def test_a_text_in_capitals_is_read_too():
    assert detect("HVAD ER BUDGETTET FOR PROJEKTET") == "da"


def test_a_plain_question_does_not_load_the_model():
    code = "import sys, index; print(index.detect('What is it?'), 'py3langid' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["en", "False"]


def test_the_language_of_a_passage_is_told_without_the_model():
    code = (
        "import sys; from index.language import language_of_passage as of;"
        " print(of(sys.argv[1], 'da'), 'py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, DANISH], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["da", "False"]


ENGLISH = (
    "Open innovation means that a firm uses ideas from outside as well as its own and lets others use what it"
    " does not need. It is of use to small firms that have no laboratory of their own."
)
GERMAN = (
    "Offene Innovation heißt, dass ein Unternehmen auch Ideen von außen nutzt und andere nutzen lässt, was es"
    " nicht braucht. Das hilft auch kleinen Firmen, die kein eigenes Labor haben."
)
SPANISH = (
    "La innovación abierta significa que una empresa usa también las ideas de fuera y deja que otros usen lo"
    " que no necesita. Es útil para las empresas pequeñas que no tienen un laboratorio."
)

DANISH = (
    "De tre arbejdsområder i Northern Connections er: Første område i Northern Connections: at udvide"
    " videngrundlaget. Andet område i Northern Connections: at opbygge klyngernes kapacitet til innovation."
    " Tredje område i Northern Connections: at opbygge politisk og strategisk kapacitet."
)
"""Danish in which the small words of English stand out."""


@pytest.mark.parametrize(
    ("text", "guide", "language"),
    [
        (ENGLISH, "en", "en"),
        (GERMAN, "en", "de"),
        (ENGLISH, "de", "en"),
        (SPANISH, "fr", "es"),
        (SPANISH, "pt", "es"),
        (DANISH, "da", "da"),
        (GERMAN.split(".", maxsplit=1)[0], "en", "en"),  # too short to tell
        (ENGLISH, "no", "no"),  # a language that is not known is believed
        ("KISS ME, TIBS, GoSmart, SmeGoNet, Interventures " * 8, "da", "da"),
        (f"{ENGLISH} {GERMAN}", "en", "en"),
    ],
)
def test_a_passage_has_the_language_of_its_guide_unless_it_clearly_has_not(text, guide, language):
    assert language_of_passage(text, guide) == language
