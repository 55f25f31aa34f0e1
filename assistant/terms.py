"""The content words of a question: its names, numbers, countries and the words that stand for something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from index.words import fold

from . import lexicon

_TOKEN = re.compile(r"[^\W_]+(?:[.,'’/&+-][^\W_]+)*", re.UNICODE)
_COMPOUND = re.compile(r"(?<=[A-Z0-9])-(?=[a-zà-ÿ]{3})")
"""Where a word is joined to a short name, as in "TRL-niveauer" and "EU-funded"."""
_PAIR = re.compile(r"(?<=[a-zà-ÿ]{3})-(?=[a-zà-ÿ]{3})")
"""Where a pair of words is joined, but not a syllable before a word, as in "co-financing"."""


class TermKind(StrEnum):
    """What a content word of a question is."""

    NAME = "name"
    NUMBER = "number"
    COUNTRY = "country"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a question."""

    text: str
    folded: str
    kind: TermKind
    concepts: frozenset[str] = frozenset()
    country: str = ""

    @property
    def is_code(self) -> bool:
        """Whether it is the short name of something, such as `EEN` or `I3`."""
        letters = [sign for sign in self.text if sign.isalpha()]
        coded = sum(letter.isupper() for letter in letters) >= 2 or any(sign.isdigit() for sign in self.text)
        return self.kind is TermKind.NAME and coded

    @property
    def is_short(self) -> bool:
        """Whether it has the length of a short name, as `erdf` written by somebody in a hurry has."""
        return self.kind is TermKind.WORD and len(self.folded) <= LONGEST_SHORT_NAME


LONGEST_SHORT_NAME = 5
"""Letters of a short name, at most."""


def tokens_of(text: str) -> list[str]:
    """The words and numbers of a question as they are written, what is joined by a hyphen taken apart."""
    return [
        part
        for token in _TOKEN.findall(text)
        for part in (_PAIR if token.islower() else _COMPOUND).split(token)
    ]


def terms_of(tokens: list[str], language: str, counted: frozenset[str] = frozenset()) -> tuple[Term, ...]:
    """The terms among the tokens of a question in a language, once each; words that are `counted` say something."""
    skip = lexicon.function_words(language) - counted
    found: dict[str, Term] = {}
    place = 0
    while place < len(tokens):
        phrase = _phrase(tokens, place)
        if phrase:
            found.setdefault(phrase.folded, phrase)
            place += len(phrase.folded.split())
            continue
        folded = bare(tokens[place], language)
        ends = place == len(tokens) - 1 and "end" in lexicon.concepts_of(folded)  # as in "when was it over?"
        if _announces(tokens, place, skip):
            place += 1
            continue
        if (folded not in skip or ends) and (len(folded) > 1 or folded.isdigit()):
            found.setdefault(folded, _term(tokens[place], folded, first=place == 0, language=language))
        place += 1
    return tuple(found.values())


LONGEST_PHRASE = 4
"""Words of the longest phrase that stands for a concept."""


def bare(token: str, language: str) -> str:
    """A word folded, without what is joined to it."""
    folded = fold(token).strip("'’.-").removesuffix("'s").removesuffix("’s")
    return _ELIDED.sub("", folded) if language in {"fr", "it"} else folded


_ELIDED = re.compile(r"^(?:l|d|qu|s|n|j|m|t|c|dell|all|nell|sull|un|quest)['’](?=\w{2})")
"""What French and Italian write together with the next word, as in "l'échelle"."""


def _announces(tokens: list[str], place: int, skip: frozenset[str]) -> bool:
    """Whether a number only says how many things are asked for, as in "name the 3 challenges"."""
    beside = 0 < place < len(tokens) - 1
    counts = tokens[place].isdigit() and len(tokens[place]) < LONGEST_COUNT
    return beside and counts and fold(tokens[place - 1]) in skip and tokens[place + 1].islower()


LONGEST_COUNT = 3
"""Digits from which a number is no count of things asked for."""


def _phrase(tokens: list[str], place: int) -> Term | None:
    """The term for the longest phrase that begins at a token."""
    for length in range(min(LONGEST_PHRASE, len(tokens) - place), 1, -1):
        words = tuple(fold(token) for token in tokens[place : place + length])
        concept = lexicon.phrases().get(words)
        if concept:
            text = " ".join(tokens[place : place + length])
            return Term(text, " ".join(words), TermKind.WORD, frozenset({concept}))
    return None


def _term(token: str, folded: str, *, first: bool, language: str) -> Term:
    country = lexicon.country_of(folded)
    if country:
        return Term(token, folded, TermKind.COUNTRY, country=country)
    if folded[0].isdigit() and folded not in lexicon.ordinals():
        return Term(token, _whole_years(folded), TermKind.NUMBER)
    folded = lexicon.ordinals().get(folded, folded)
    concepts = lexicon.concepts_of(folded)
    shouted = sum(letter.isupper() for letter in token) >= 2
    capital = token[0].isupper() and not first and language != "de"
    if (shouted or capital) and not concepts:
        return Term(token, folded, TermKind.NAME)
    return Term(token, folded, TermKind.WORD, concepts)


def _whole_years(number: str) -> str:
    """A stretch of years with both written out: `2021-27` is `2021-2027`."""
    years = _SHORT_STRETCH.fullmatch(number)
    return f"{years[1]}{years[2]}-{years[1]}{years[3]}" if years else number


_SHORT_STRETCH = re.compile(r"((?:19|20))(\d{2})[-/](\d{2})")


def kinds_asked(term: Term) -> list[str]:
    """Kinds of value that a term asks for by its concepts, such as an amount for money."""
    return [kind for name in sorted(term.concepts) if (kind := lexicon.answer_of(name))]
