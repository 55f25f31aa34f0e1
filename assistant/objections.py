"""What rules an answer out, however likely the gate finds it: what is asked for plainly is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .candidates import says_unknown
from .facts import number_words
from .lexicon import answer_of, is_required
from .question import TermKind, Want
from .signs import is_gone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .candidates import Candidate
    from .question import Term
    from .signs import Found

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
    }
    return tuple(name for name, objects in tests.items() if objects())


def _lacks_what_must_be_spoken_of(found: Found, lacking: Sequence[Term]) -> bool:
    """Money for travel is not just any money, and a firm is not its manager."""
    must = [term for term in lacking if any(map(is_required, term.concepts))]
    return bool(found.question.topics) and any(is_gone(term, found.cited) for term in must)


def _lacks_a_name(found: Found, lacking: Sequence[Term]) -> bool:
    """Another country's answer is none, nor is a value of another year or programme; names differ by language."""
    question = found.question
    kinds = {TermKind.COUNTRY}
    if question.value:
        own = all(each.language == question.language for each in found.cited)
        kinds |= {TermKind.NUMBER, TermKind.NAME} if own else {TermKind.NUMBER}
    return any(term.kind in kinds and is_gone(term, found.cited) for term in lacking)


def _is_said_unknown(found: Found) -> bool:
    """The guide itself says that it does not hold the value."""
    return bool(found.question.value) and says_unknown(found.cited[0])


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
