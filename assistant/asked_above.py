"""Whether the heading above a sentence asks what the question asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .candidates import begins_section
from .evidence import coverage, words_of
from .lexicon import concepts_of, function_words
from .negation import denies

if TYPE_CHECKING:
    from .candidates import Candidate
    from .question import Question
    from .reading import Look

ASKED_ALIKE = 0.7
"""How far a heading must ask the same by meaning to count."""


def asked_there(question: Question, candidate: Candidate) -> float:
    """How far the heading above is the question itself: the share of content words they have in common."""
    if not candidate.headings or not candidate.headings[-1].endswith("?") or _is_denied(question, candidate):
        return 0.0
    skip = function_words(candidate.language)
    heading = words_of(candidate.headings[-1])
    held = coverage(question.terms, heading)
    asked = words_of(question.text)
    content = [word for word in heading.folded if word not in skip]
    back = sum(word in asked.folded or bool(concepts_of(word) & asked.concepts) for word in content)
    return held * back / max(1, len(content))


def asked_above(question: Question, candidate: Candidate, look: Look) -> dict[str, float]:
    """What a heading that asks the same in other words or another language speaks for; nothing if one denies."""
    same = look.asked_above(candidate.hit.passage)
    if same < ASKED_ALIKE or _is_denied(question, candidate):
        return {}
    return {"asked_there": same, "answers_there": same * float(begins_section(candidate))}


def _is_denied(question: Question, candidate: Candidate) -> bool:
    """Whether question and heading ask apart: what is and what is not, or a value and whether one value is right."""
    turned = denies(candidate.headings[-1], candidate.language) != denies(question.text, question.language)
    return turned or judges_a_value(question, candidate)


def judges_a_value(question: Question, candidate: Candidate) -> bool:
    """Whether a value is asked for, and the heading above only asks whether one value is right."""
    heading = candidate.headings[-1] if candidate.headings else ""
    return bool(question.value and _YES_NO_VALUE.search(heading) and not _YES_NO_VALUE.search(question.text))


_YES_NO_VALUE = re.compile(r"^\W*(?:is|are|er|ist|sind|es|son|czy)\b.*\d", re.IGNORECASE)
"""A heading such as "Is EUR 155,050 the budget?", below which that value is denied or granted."""
