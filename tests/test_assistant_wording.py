"""The frame of an answer: every sentence in every language, with the same places to fill in."""

from __future__ import annotations

import re

import pytest

from assistant.wording import FALLBACK, LOCALES, catalogue, languages, say

LANGUAGES = ("da", "de", "en", "es", "pl")


def phrases(language: str) -> dict[str, str]:
    source = (LOCALES / language / "LC_MESSAGES" / "assistant.po").read_text(encoding="utf-8")
    return dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source, re.MULTILINE))


def test_the_languages_are_those_promised():
    assert languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_the_same_places_in_every_language(language):
    for name, text in phrases(FALLBACK).items():
        assert set(re.findall(r"\{\w*\}", phrases(language)[name])) == set(re.findall(r"\{\w*\}", text)), name
    assert phrases(language).keys() == phrases(FALLBACK).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_what_its_source_says(language):
    for name, text in phrases(language).items():
        assert catalogue(language).gettext(name) == text.replace('\\"', '"'), "run .ci/catalogues.py"


def test_a_language_without_a_catalogue_gets_english():
    assert catalogue("fi").gettext("not_found") == say("not_found", "en") == say("not_found", "fi")


def test_an_unknown_phrase_is_an_error():
    with pytest.raises(KeyError):
        say("no_such_phrase", "en")
