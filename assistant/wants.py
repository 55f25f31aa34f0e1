"""The kind of answer that a question wants: an amount, a date, a list, a definition and so on."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from itertools import pairwise

from index.words import fold

from . import lexicon
from .facts import number_words
from .terms import Term, TermKind, kinds_asked
from .values import values_in


class Want(StrEnum):
    """The kind of answer a question wants."""

    COMPARE = "compare"
    DURATION = "duration"
    AMOUNT = "amount"
    NUMBER = "number"
    SHARE = "share"
    DATE = "date"
    WHO = "who"
    WHY = "why"
    WHERE = "where"
    HOW = "how"
    DEFINITION = "definition"
    YES_NO = "yesno"
    ANY = "any"


ONE_VALUE = frozenset({Want.AMOUNT, Want.DURATION, Want.DATE, Want.NUMBER, Want.SHARE})


@cache
def openings() -> tuple[tuple[Want, tuple[str, ...]], ...]:
    """The phrases that ask for each kind, in the order in which they are looked for."""
    return tuple((Want(name), phrases) for name, phrases in lexicon.wants())


@cache
def counting() -> frozenset[str]:
    """The phrases that ask for a number, such as "how many"."""
    return frozenset(phrase for want, phrases in openings() if want is Want.NUMBER for phrase in phrases)


def want_of(tokens: list[str], terms: tuple[Term, ...], language: str, *, named: bool) -> Want:
    """What the phrases say; else what the concepts ask for; `named` tells whether a guide is named."""
    spoken = " " + " ".join(re.sub(r"[^\w ]", " ", fold(token)) for token in tokens) + " "
    for want, phrases in openings():
        if any(_says(spoken, phrase) for phrase in phrases):
            if want is Want.DATE and (
                _opens(spoken, Want.WHY) or _goes_on(spoken, language) or _MEANWHILE.search(spoken)
            ):
                continue
            if want is Want.YES_NO and language == "de" and spoken.startswith(" was "):
                continue  # "what" in German, not the English "was"
            if want is Want.DEFINITION and not (named or _is_definite(spoken)):
                return want
            return _refined(want, terms, spoken)
    return thing_asked(tokens) or _refined(Want.ANY, _picked(tokens, terms, language) or terms, spoken)


def thing_asked(tokens: list[str]) -> Want | None:
    """What is wanted where a thing is asked for, not a value, as in "which programme paid" or "cost categories"."""
    which, words = lexicon.which_words(), [fold(token) for token in tokens]
    for first, then in pairwise(words):
        if _is_thing(then) and (which.holds(first) or _is_valued(first)):
            return Want.WHO if which.holds(first) and lexicon.bodies().holds(then) else Want.ANY
    return None


def _is_valued(word: str) -> bool:
    return any(lexicon.answer_of(concept) for concept in lexicon.concepts_of(word))


def _is_thing(word: str) -> bool:
    concepts = lexicon.concepts_of(word)
    return bool(concepts) and not any(lexicon.answer_of(concept) for concept in concepts)


def _picked(tokens: list[str], terms: tuple[Term, ...], language: str) -> tuple[Term, ...]:
    """What "which …" or "what …" is to pick from, such as areas in "in which areas did it run"; empty for none."""
    first, *then = [fold(token) for token in tokens[:3]]
    if not _PICKS.fullmatch(first) and then:
        first, *then = then
    if not _PICKS.fullmatch(first) or not then or then[0] in lexicon.function_words(language):
        return ()
    numbers = number_words(language)
    words = [term for term in terms if term.kind is TermKind.WORD and term.folded not in numbers]
    told = [term for term in words if term.concepts != {"eu"}][:FARTHEST_PICKED]
    return tuple(term for term in told if term.concepts)[:1] or tuple(told)


FARTHEST_PICKED = 2
"""Content words up to what is to be picked from: in "which total budget" it is the second."""
_PICKS = re.compile(
    r"which|what|hvilke[nt]?|welche[mnrs]?|que|cual(?:es)?|jak(?:i|a|ie|ich|im|iej)|ktor\w+|vilke[nt]|vilka|welke?|quel(?:le)?s?"
)
"""Words that ask to pick one thing, or several, of a kind."""


def _goes_on(spoken: str, language: str) -> bool:
    """Whether a clause that begins with "when" goes on to ask for something else."""
    asking = _OTHER_QUESTION.get(language, _OTHER_QUESTION["en"])
    return _opens(spoken, Want.DATE) and re.search(rf"\w .* (?:{asking}) ", spoken) is not None


_MEANWHILE = re.compile(r" when \w{2,}ing ")
"""As in "mistakes when stating the level", which asks for no date."""
_OTHER_QUESTION = {
    "en": "what|which|who",
    "da": "hvad|hvilke|hvem",
    "de": "was|welche|wer",
    "es": "que|quien",
    "pl": "co|kto",
}
"""Words that begin another question within one, by language: the English "when was" asks nothing else."""
_DEFINITE = re.compile(r" (?:the|its|der|die|das|den|el|la|los|le|il|het|de|do|o|a) \w| \w+(?:et|en|erne) ")
_INDEFINITE = re.compile(r"^ \w+ \w+ (?:an?|et|en|eine?|una?|een|ett|uma?|une) ")


def _is_definite(spoken: str) -> bool:
    """Whether "What is …?" asks for the value of one thing, as "the budget" does and "a budget" does not."""
    return bool(_DEFINITE.search(spoken)) and not _INDEFINITE.search(spoken)


def asks_which_there_are(tokens: list[str]) -> bool:
    """Whether "What are the …?" asks for things there are, not for what a word means."""
    opening, rest = " ".join(map(fold, tokens[:2])), " ".join(map(fold, tokens[2:]))
    return opening in _ARE and _DEFINITE.match(f" {rest} ") is not None


_ARE = frozenset({"what are", "what were", "was sind", "was waren", "cuales son", "cuales eran"})


def _opens(spoken: str, want: Want) -> bool:
    """Whether a question begins with a phrase of a kind, so that a later "when" only leads to a clause."""
    return any(
        spoken.startswith(f" {phrase} ") for kind, phrases in openings() if kind is want for phrase in phrases
    )


def _says(spoken: str, phrase: str) -> bool:
    if phrase.startswith("^"):
        return spoken.startswith(f" {phrase[1:]} ")
    return f" {phrase} " in spoken


def _refined(want: Want, terms: tuple[Term, ...], spoken: str) -> Want:
    """A definition of "the budget" wants an amount, and "how many euros" does; "how much time" wants a duration.

    A duration that the question gives itself, as "in three years" does, is not asked for.
    """
    if want is Want.NUMBER:
        counted = [kind for term in terms[:1] for kind in kinds_asked(term)]
        return next((Want(kind) for kind in counted if kind in {"amount", "duration", "share"}), want)
    if want not in {Want.ANY, Want.DEFINITION, Want.AMOUNT}:
        return want
    told = terms[:1] if want is Want.AMOUNT else terms
    asked = [kind for term in told for kind in kinds_asked(term)]
    for kind in ("share", "amount", "duration"):
        given = kind == "duration" and kind in values_in(spoken)
        if kind in asked and not given and not (kind == "share" and _SHARING.search(spoken)):
            return Want(kind)
    return want


_SHARING = re.compile(r" (?:must|can|could|should|may|will|do|does|did) .* share $")
"""To share, as in "what must partners share?", asks for no share."""


def asks_for_several(tokens: list[str]) -> bool:
    """Whether the question asks for a list: by a list word, or a plural after its question word."""
    spoken = " ".join(fold(token) for token in tokens)
    return any(f" {phrase} " in f" {spoken} " for phrase in lexicon.list_phrases())


def heads_a_list(tokens: list[str]) -> bool:
    """Whether a few words without a verb name several things, as the heading of a list does: "common mistakes in …"."""
    words = [fold(token) for token in tokens]
    if any(map(lexicon.which_words().holds, words)):
        return False
    small = lexicon.function_words("en")
    before = next((place for place, word in enumerate(words) if word in small), len(words))
    said = [token for token in tokens[:before] if token[:1].islower() or token is tokens[0]]
    return bool(said) and any(_PLURAL.search(fold(token)) for token in said)


_PLURAL = re.compile(r"[a-z]{3}(?<![siu])s$")
