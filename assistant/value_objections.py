"""What rules out an answer that must give a value: there is none, it counts other things, or it belongs elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.model import BlockKind
from index.words import fold

from .evidence import coverage, holds_kind, spells_out, support, words_of
from .lexicon import answer_of, free_words
from .question import Question, counted_term
from .signs import HELD, said_with_headings, whole_passage
from .terms import Term, TermKind
from .values import values_in

if TYPE_CHECKING:
    from .candidates import Candidate
    from .extract import Extract
    from .signs import Found

_WORD = re.compile(r"[^\W_]+")
_MEASURED = frozenset({"amount", "share", "date", "duration"})
"""Kinds of value that must be stated; a number may also come of the length of a list."""
_MONEY = frozenset({"money", "cofinancing"})
"""Concepts of money."""
_GIVEN = frozenset({"support", "cofinancing", "training"})
"""What those who are counted may have got, by concept: other words for what they did are too many."""
_COUNTED_WITHIN = 3
"""Words from a number to what it counts, at most."""
_ALL, _LESS = 0.99, 0.15
"""Coverage of a question by a sentence that holds all its terms, and how far one falls behind that lacks a term."""


def has_no_value(found: Found) -> bool:
    """A value of a guide's subject or money of something named is asked for, and nothing cited states one of the kind.

    Other values may be written in too many ways to be missed surely, as "the 16th century" is.
    """
    question = found.question
    money = question.value == "amount" and bool(question.concepts & _MONEY)
    if question.value not in _MEASURED or not (question.topics or (money and _names_something(question))):
        return False
    return not any(_gives(question, each) for each in found.cited)


def belongs_elsewhere(found: Found) -> bool:
    """The value stands in passages that hold none of the names asked for, such as another project's budget."""
    question = found.question
    if question.value == "duration" or _is_abroad(found):
        return False  # "at 38 years" asks for no duration
    names = [term for term in question.terms if term.kind is not TermKind.WORD]
    passages = {whole_passage(each) for each in _valued(found)}
    return bool(names and passages) and not any(
        support(term, words_of(text)) >= HELD for term in names for text in passages
    )


def belongs_to_another(found: Found) -> bool:
    """A sentence without the value holds all that is asked about, and the entries with the value do not."""
    question = found.question
    valued = _valued(found)
    asked = [term for term in question.terms if not _asks_value(term)]
    # A sentence may go on from the one before it, where an entry of a list speaks for itself.
    if (
        _is_abroad(found)
        or not valued
        or not asked
        or any(each.kind is not BlockKind.LIST_ITEM for each in valued)
    ):
        return False
    most = max(
        (coverage(asked, said_with_headings(each)) for each in found.cited if each not in valued), default=0.0
    )
    return most >= _ALL and max(coverage(asked, said_with_headings(each)) for each in valued) < most - _LESS


def dates_another(found: Found) -> bool:
    """The guide that is named gives the date of another thing, which has a short name of its own."""
    question = found.question
    if question.value not in {"date", "duration"} or len(question.topics) != 1:
        return False
    if not all(term.concepts for term in question.terms):
        return False
    valued = _valued(found)
    return bool(valued) and all(_speaks_of_another(question, each) for each in valued)


def counts_others(found: Found) -> bool:
    """Things are to be counted, and no number cited counts them, or of a guide just those that got help."""
    counted = counted_term(found.question) if found.question.value == "number" else None
    if counted is None or any(_lists(each, counted) for each in found.extracts):
        return False
    counting = [
        said_with_headings(each)
        for each in found.cited
        if any(_counts(text, counted) for text in (each.text, *each.headings[-1:]))
    ]
    named = found.question.terms if found.question.topics else ()
    got = [term for term in named if term.concepts & _GIVEN and term != counted]
    return any(all(support(term, words) < HELD for words in counting) for term in (counted, *got))


def _is_abroad(found: Found) -> bool:
    """Whether something cited is in another language than the question, so that names may be written otherwise."""
    return any(each.language != found.question.language for each in found.cited)


def _valued(found: Found) -> list[Candidate]:
    """The sentences cited that give a value of the kind asked for."""
    return [each for each in found.cited if found.question.value and _gives(found.question, each)]


def _gives(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence states a value of the kind asked for, or that something costs nothing."""
    if question.value != "amount":
        return holds_kind(question, candidate.text)
    own = candidate.own_words
    return bool(own.values & {"amount", "share"}) or any(map(free_words().holds, own.folded))


def _names_something(question: Question) -> bool:
    """Whether a question names what it is about; else it may ask what a word means."""
    return any(term.kind is not TermKind.WORD for term in question.terms)


def _asks_value(term: Term) -> bool:
    """Whether a word tells only which kind of value is asked for, such as money."""
    return bool(term.concepts) and all(map(answer_of, term.concepts))


def _speaks_of_another(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence names something by a short name, and not the guide or anything that is asked about."""
    own = candidate.guide.split(".", maxsplit=1)[0]
    if _squeezed(own) in _squeezed(candidate.text):
        return False
    known = words_of(f"{question.text} {own.replace('-', ' ')} {candidate.title}").folded
    title = words_of(candidate.title)
    return any(
        fold(name) not in known and not spells_out(Term(name, fold(name), TermKind.NAME), title)
        for name in _SHORT_NAME.findall(candidate.text)
    )


_SHORT_NAME = re.compile(r"\b(?!EUR?\b)(?=\w*[A-Z]\w*[A-Z])[^\W_]{3,}\b")
"""A word with several capitals, such as `TIBS`."""


def _squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _lists(extract: Extract, counted: Term) -> bool:
    """Whether an extract is a list of what is to be counted, as its heading says."""
    headings = extract.candidates[0].headings
    return extract.is_list and bool(headings) and support(counted, words_of(headings[-1])) >= HELD


def _counts(text: str, counted: Term) -> bool:
    """Whether a number in a text counts a thing: it stands close before it, or is the value of a field of that name."""
    label, colon, value = text.partition(":")
    if colon and values_in(value) & {"number", "amount"} and support(counted, words_of(label)) >= HELD:
        return True
    return any(
        "number" in values_in(word)
        and support(counted, words_of(" ".join(words[place + 1 : place + 1 + _COUNTED_WITHIN]))) >= HELD
        for words in map(_WORD.findall, _CLAUSE_END.split(text))
        for place, word in enumerate(words)
    )


_CLAUSE_END = re.compile(r"[.,;:()]\s")
