"""What rules an answer out, however likely the gate finds it: what is asked for plainly is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.words import fold

from .candidates import says_unknown
from .evidence import support
from .facts import number_words
from .lexicon import answer_of, concepts_of, is_required
from .signs import HELD, is_gone, said_with_headings, whole_passage
from .terms import TermKind
from .value_objections import (
    belongs_elsewhere,
    belongs_to_another,
    counts_others,
    dates_another,
    has_no_value,
)
from .wants import Want

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .candidates import Candidate
    from .question import Question
    from .signs import Found
    from .terms import Term

_SEPARATE = re.compile(r"[,;]| (?:and|og|und|y|e|i|oraz|et|en|och) ")
_NAMES_WHAT = frozenset({Want.ANY, Want.WHO, Want.WHERE})


def objections(found: Found, lacking: Sequence[Term]) -> tuple[str, ...]:
    """The names of the objections, which the inspector shows; empty for none.

    `lacking` are the terms of the question that nothing cited speaks of.
    """
    tests: dict[str, Callable[[], bool]] = {
        "subject_missing": lambda: _lacks_what_must_be_spoken_of(found, lacking),
        "name_missing": lambda: _lacks_a_name(found, lacking),
        "said_unknown": lambda: _is_said_unknown(found),
        "other_date": lambda: _is_another_date(found, lacking),
        "only_counted": lambda: _is_only_counted(found),
        "next_number": lambda: _lacks_a_numbered_name(found),
        "other_country": lambda: _tells_of_another_country(found),
        "unnamed_role": lambda: _names_only_a_role(found),
        "value_missing": lambda: has_no_value(found),
        "value_elsewhere": lambda: belongs_elsewhere(found),
        "value_of_another": lambda: belongs_to_another(found),
        "date_of_another": lambda: dates_another(found),
        "other_count": lambda: counts_others(found),
    }
    return tuple(name for name, objects in tests.items() if objects())


def _lacks_what_must_be_spoken_of(found: Found, lacking: Sequence[Term]) -> bool:
    """Money for travel is not just any money, and a firm is not its manager."""
    if found.question.want is Want.WHY:
        return False  # the reason need not say again what it is the reason of
    must = [term for term in lacking if any(map(is_required, term.concepts))]
    if not found.question.topics:
        must = [term for term in must if term.concepts & _UNMISTAKABLE]
    return any(is_gone(term, found.cited) for term in must)


_UNMISTAKABLE = frozenset({"reach", "manager", "salary"})
"""Concepts for which little else is meant, so that they are missed where no guide is named as well."""


def _lacks_a_name(found: Found, lacking: Sequence[Term]) -> bool:
    """Another country's answer is none, nor is that of another B Light 2 or, of a guide, a value of another year.

    Names are not missed where another language is cited, which may spell them otherwise, nor where no guide is named
    and they may be misspelt: the gate weighs them.
    """
    question = found.question
    kinds = {TermKind.COUNTRY}
    if question.value and question.topics:
        own = all(each.language == question.language for each in found.cited)
        kinds |= {TermKind.NUMBER, TermKind.NAME} if own else {TermKind.NUMBER}
    gone = [term for term in lacking if is_gone(term, found.cited)]
    ends = _numbers_of_names(question)
    return any(
        (term.folded in ends and bool(question.value))
        or (term.kind in kinds and not re.fullmatch(r"\d{1,2}", term.folded))
        for term in gone
    )


def _numbers_of_names(question: Question) -> set[str]:
    """Small numbers that are part of a name, such as that of B Light 2; any other may stand in words in a text."""
    names = {each.folded for each in question.terms if each.kind is TermKind.NAME}
    return {number for word, number in _NUMBERED.findall(question.text) if fold(word) in names}


def _is_said_unknown(found: Found) -> bool:
    """The guide that is named says itself that it does not hold the value."""
    return bool(found.question.value and found.question.topics) and says_unknown(found.cited[0])


def _is_another_date(found: Found, lacking: Sequence[Term]) -> bool:
    """The day on which something was signed is not the day on which it ended."""
    if found.question.value != "date" or not found.question.topics:
        return False
    asked = [term for term in lacking if any(answer_of(name) == "date" for name in term.concepts)]
    return any(is_gone(term, found.cited) for term in asked)


def _is_only_counted(found: Found) -> bool:
    """Several things are to be named, as in "which four firms", and the text only says how many they are."""
    question = found.question
    if question.value or question.want not in _NAMES_WHAT:
        return False
    wanted = _count(question.terms[0], number_words(question.language)) if question.terms else 0
    return max(_named(found.cited)) < wanted - 1


def _count(term: Term, words: Mapping[str, int]) -> int:
    """How many things a term of the question counts, up to twenty; 0 for any other term."""
    number = int(term.folded) if term.folded.isdecimal() else words.get(term.folded, 0)
    return number if number <= _MOST_NAMED else 0


_MOST_NAMED = 20


def _named(cited: Sequence[Candidate]) -> tuple[int, int]:
    """How many sentences or entries there are, and how many parts the longest has."""
    return len(cited), max(len(_SEPARATE.split(each.text)) for each in cited)


def _lacks_a_numbered_name(found: Found) -> bool:
    """A guide's name that goes on with a number, such as B Light 2, is another thing than the name alone."""
    text = fold(" — ".join(map(whole_passage, found.cited)))
    return any(
        re.search(rf"{re.escape(fold(word))}\W{{0,2}}{number}(?!\d)", text) is None
        for word, number in _NUMBERED.findall(found.question.text)
        if fold(word) in {topic.split(".")[0].rpartition("-")[2] for topic in found.question.topics}
    )


_NUMBERED = re.compile(r"([^\W\d_]{2,}) (\d{1,2})(?!\w|[.,]\d|\s?%)")
"""A word with a number of one or two digits behind it."""


def _tells_of_another_country(found: Found) -> bool:
    """A country of the question stands only where nothing else of the question is spoken of."""
    question = found.question
    if question.value or not question.topics:
        return False
    said = [said_with_headings(each) for each in found.cited]
    others = [term for term in question.terms if term.concepts and term.kind is TermKind.WORD]
    countries = [term for term in question.terms if term.kind is TermKind.COUNTRY]
    return bool(others) and not all(
        any(
            support(country, words) >= HELD and any(support(term, words) >= HELD for term in others)
            for words in said
        )
        for country in countries
    )


def _names_only_a_role(found: Found) -> bool:
    """Somebody in a role is asked for, and the text says that there is "a manager", without a name."""
    roles = {name for term in found.question.terms for name in term.concepts if is_required(name)}
    if found.question.value or not roles or not found.question.topics:
        return False
    before = [each for each in (_before_role(candidate.text, roles) for candidate in found.cited) if each]
    return bool(before) and all(_INDEFINITE.intersection(words) for words in before)


def _before_role(text: str, roles: set[str]) -> list[str]:
    """The two words before the first one in a text that stands for a role; empty for none."""
    words = re.findall(r"[^\W_]+", fold(text))
    place = next((place for place, word in enumerate(words) if roles & concepts_of(word)), 0)
    return words[max(0, place - 2) : place]


_INDEFINITE = frozenset(["a", "an", "en", "et", "ein", "eine", "einen", "einem", "einer", "un", "una"])
