"""Whether a sentence says what something is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.words import fold

from .candidates import begins_section, explains_terms, plain
from .evidence import spells_out, words_of
from .lexicon import function_words
from .terms import TermKind
from .wants import Want

if TYPE_CHECKING:
    from .candidates import Candidate
    from .question import Question


_MEANS = (
    "is|are|was|were|means?|stands? for|er|var|betyder|star for|"
    "ist|sind|war|bedeutet|steht fur|es|son|era|significa|to|jest|oznacza"
)


def defines(question: Question, candidate: Candidate) -> bool:
    """Whether the sentence says what the term asked for is: "… (TIBS)", "a living lab is …", "TIBS stands for …"."""
    if spells(question, candidate) or (is_entry(question, candidate) and begins_section(candidate)):
        return True
    text = plain(candidate.text)
    subject = " ".join(re.split(r"-", question.topics[0].split(".")[0])) if question.topics else ""
    whole = plain(" ".join(term.folded for term in question.terms)) or subject
    if not whole:
        return False
    if subject and whole != subject and _is_headed_by(candidate, {*whole.split(), *subject.split()}):
        return True
    if explains_terms(candidate) and re.match(rf"(?:\w{{1,3}} )?{re.escape(whole)}", text):
        return True
    # Small words inside a name, as in "plan de acción", are no terms of the question.
    spoken = r"(?: \w{1,3})* ".join(map(re.escape, whole.split()))
    return re.search(rf"\b{spoken}\w{{0,3}}(?: \w+)?? (?:{_MEANS})\b", text) is not None


def is_entry(question: Question, candidate: Candidate) -> bool:
    """Whether a definition is asked for and the heading is the term: it may stand in the glossary of a programme."""
    if question.want is not Want.DEFINITION or not candidate.headings:
        return False
    heading = words_of(candidate.headings[-1].partition("(")[0]).folded - function_words(candidate.language)
    return bool(heading) and heading <= {term.folded for term in question.terms}


def _is_headed_by(candidate: Candidate, words: set[str]) -> bool:
    """Whether the heading above consists of some words, as that of a section on what they name."""
    if not candidate.headings:
        return False
    heading = words_of(candidate.headings[-1]).folded - function_words(candidate.language)
    return bool(heading) and heading == words


def spells(question: Question, candidate: Candidate) -> bool:
    """Whether the sentence spells out a short name that is asked for, or puts it in brackets behind the long one."""
    text = fold(candidate.text)
    names = [term for term in question.terms if term.kind is TermKind.NAME or term.is_short]
    return any(f"({term.folded})" in text or spells_out(term, candidate.own_words) for term in names)
