"""Whether a sentence is a field, such as "Start of InterVentures: 1 August 2019", of what is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.words import fold

from .candidates import says_unknown
from .evidence import holds_kind, missing, words_of
from .lexicon import concepts_of, function_words, whole_words

if TYPE_CHECKING:
    from .candidates import Candidate
    from .question import Question


def is_labelled(question: Question, candidate: Candidate) -> bool:
    """Whether the sentence is a field, such as "Start of InterVentures: 1 August 2019", of just what is asked for."""
    label, colon, value = candidate.text.partition(":")
    if not colon or not question.value or len(label.split()) > LONGEST_LABEL:
        return False
    if not (holds_kind(question, value) or says_unknown(candidate)):
        return False
    subject = {fold(part) for part in re.split(r"[-.]", candidate.guide)}
    head, *owner = _AFTER_HEAD.split(label, maxsplit=1)
    if not question.topics and _names_another(question, " ".join(owner)):
        return False
    asked = question.concepts | {term.folded for term in question.terms}
    skip = subject | function_words(candidate.language) - asked
    words = {fold(word) for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", head)} - skip
    if not missing(question.terms, candidate.own_words):
        words = {word for word in words if not whole_words().holds(word)}
    return bool(words) and all(word in asked or concepts_of(word) & asked for word in words)


def head_of(label: str) -> str:
    """What a field is of, such as "Rate" of "Rate for public bodies: 80 %"."""
    return _AFTER_HEAD.split(label.partition(":")[0], maxsplit=1)[0]


def _names_another(question: Question, owner: str) -> bool:
    """Whether what a field belongs to has a name that the question does not hold."""
    asked = words_of(question.text)
    names = [fold(word) for word in re.findall(r"[^\W\d_]+", owner) if word[0].isupper()]
    return any(name not in asked.folded and not concepts_of(name) & asked.concepts for name in names)


_AFTER_HEAD = re.compile(r",| (?:of|for|in|af|for|von|der|des|de|del|w) ")
"""What follows the head of a label: "Budget of KISS ME, according to a partner" has the head "Budget"."""
LONGEST_LABEL = 16
"""Words of the name of a field, at most."""
