"""Names, codes and countries in a sentence, and whether a text holds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.months import month_numbers
from index.words import fold

from .evidence import support
from .facts import unit_of
from .lexicon import country_of, function_words
from .terms import Term, TermKind

if TYPE_CHECKING:
    from .evidence import Words

_TOKEN = re.compile(r"[^\W_]+(?:[-'’&/][^\W_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;–—])[\s\"'“„«(]*$")
_LONGEST_ENDING = 3
_UNCHANGED = 4
"""Letters of a name that an ending never replaces."""


def names_in(text: str, language: str) -> tuple[str, ...]:
    """Names, codes and countries in a sentence, as written.

    Where a language writes every noun with a capital, as German does, only words with digits or several capitals
    count; the check of the content looks after the others.
    """
    found: dict[str, None] = {}
    matches = list(_TOKEN.finditer(text))
    for place, match in enumerate(matches):
        word = match.group()
        following = matches[place + 1].group() if place + 1 < len(matches) else ""
        at_start = bool(_SENTENCE_START.search(text[: match.start()]))
        if _is_name(word, following, language, at_start=at_start):
            found.setdefault(word)
    return tuple(found)


def _is_name(word: str, following: str, language: str, *, at_start: bool) -> bool:
    folded = fold(word)
    if not word[0].isalnum() or word.isdigit() or word.casefold() in month_numbers():
        return False
    if country_of(folded) or sum(letter.isupper() for letter in word) > 1:
        return not unit_of(folded)
    if any(letter.isdigit() for letter in word):
        return any(letter.isalpha() for letter in word) and not word[0].isdigit()
    if not word[0].isupper() or language == "de" or folded in function_words(language) or unit_of(folded):
        return False
    return not at_start or following[:1].isupper()


def named_in(name: str, words: Words) -> bool:
    """Whether a name stands in a text: itself, with another ending, as a country in any form, or spelled out."""
    folded = fold(name)
    country = country_of(folded)
    if country:
        return country in words.countries
    if support(Term(name, folded, TermKind.NAME), words) >= 1:
        return True
    parts = [part for part in re.split(r"[^a-z0-9]+", folded) if part]
    return all(any(_same_name(part, word) for word in words.folded) for part in parts)


def _same_name(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    return len(short) >= _UNCHANGED and long.startswith(short) and len(long) - len(short) <= _LONGEST_ENDING
