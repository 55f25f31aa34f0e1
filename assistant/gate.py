"""The answerability gate: decides, before anything is shown, whether the guides hold the answer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .alignment import aligned
from .candidates import defines
from .evidence import gives_value, support, words_of
from .lexicon import is_required
from .question import Question, Term, TermKind, Want

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.embed import Reading
    from index.search import GuideIndex

    from .candidates import Weighed
    from .evidence import Words
    from .extract import Extract

BIAS = -2.1
COEFFICIENTS: dict[str, float] = {
    "least_held": 1.31,
    "mean_held": 2.01,
    "unheld_words": -0.12,
    "unheld_concepts": 0.0,
    "missing_names": -0.55,
    "lacks_value": -0.54,
    "undefined": -0.31,
    "near": 5.86,
    "topic": 0.76,
    "terms": 0.18,
}
"""Logistic regression on the development questions (tests/benchmarks/fit_gate.py)."""
MIDDLE_NEAR = 0.85
"""Usual inner product of a question with a sentence that answers it, taken off before it is weighed."""
THRESHOLD = 0.45
"""Least probability for an answer."""
HELD = 0.35
"""Support from which a term of the question counts as spoken of."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the gate saw and made of it."""

    probability: float
    features: dict[str, float]
    missing: tuple[Term, ...]
    """Terms of the question that nothing cited speaks of."""

    lacks_value: bool = False
    """Whether the question wants an amount, a date or the like and nothing cited holds one."""

    undefined: bool = False
    """Whether the question asks what one thing is and nothing cited says so."""
    wants_value: bool = False
    """Whether the question wants an amount, a share or a count."""

    @property
    def missing_names(self) -> tuple[Term, ...]:
        """Names, numbers and countries of the question that nothing cited holds."""
        return tuple(term for term in self.missing if term.kind is not TermKind.WORD)

    @property
    def answers(self) -> bool:
        """Whether the guides are taken to hold the answer; what must be there and is not decides alone."""
        if (
            self.lacks_value
            or self.undefined
            or any(is_decisive(term, counted=self.wants_value) for term in self.missing)
        ):
            return False
        return self.probability >= THRESHOLD


def is_decisive(term: Term, *, counted: bool) -> bool:
    """Whether a term must be held by what is cited: a country, number or code, or a concept such as a manager.

    Where an amount or a count is wanted (`counted`), any known concept must be: money for travel is not money.
    """
    if counted and term.concepts:
        return True
    if term.kind in {TermKind.COUNTRY, TermKind.NUMBER} or term.is_code:
        return True
    return any(is_required(name) for name in term.concepts)


_COUNTED = frozenset({"amount", "share", "number"})


def judge(
    question: Question, weighed: Sequence[Weighed], extracts: Sequence[Extract], index: GuideIndex
) -> Judgement:
    """How likely it is that the extracts answer the question."""
    if not extracts:
        return Judgement(0.0, dict.fromkeys(COEFFICIENTS, 0.0), question.terms)
    features, lacking = gate_features(question, weighed, extracts, index)
    total = BIAS + sum(COEFFICIENTS[name] * value for name, value in features.items())
    chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
    return Judgement(
        chance,
        features,
        lacking,
        lacks_value=bool(features["lacks_value"]),
        undefined=bool(features["undefined"] and 0 < len(question.terms) <= 2),
        wants_value=question.value in _COUNTED,
    )


def gate_features(
    question: Question, weighed: Sequence[Weighed], extracts: Sequence[Extract], index: GuideIndex
) -> tuple[dict[str, float], tuple[Term, ...]]:
    """What the gate looks at, by name, and the terms of the question that nothing cited speaks of."""
    held = held_terms(question, weighed, extracts, index)
    lacking = tuple(term for term, much in held if much < HELD)
    amounts = [much for _, much in held]
    return {
        "least_held": min(amounts, default=1.0),
        "mean_held": sum(amounts) / len(amounts) if amounts else 1.0,
        "unheld_words": float(sum(not term.concepts and term.kind is TermKind.WORD for term in lacking)),
        "unheld_concepts": float(sum(bool(term.concepts) for term in lacking)),
        "missing_names": float(sum(term.kind is not TermKind.WORD for term in lacking)),
        "lacks_value": float(_lacks_value(question, extracts)),
        "undefined": float(_is_undefined(question, extracts)),
        "near": _near(question, weighed, extracts, index) - MIDDLE_NEAR,
        "topic": float(bool(question.topics)),
        "terms": float(min(len(held), 8)),
    }, lacking


def held_terms(
    question: Question, weighed: Sequence[Weighed], extracts: Sequence[Extract], index: GuideIndex
) -> list[tuple[Term, float]]:
    """Each term of the question with how surely the cited text speaks of it, 0 to 1.

    A term that stands for a known concept must be held by a word or a value for that concept, and a name or a
    number by itself; any other word may be said in other words.
    """
    cited = [candidate for each in extracts for candidate in each.candidates]
    texts = [words_of(" — ".join((each.title, *each.headings, each.text))) for each in cited]
    starts = {(each.guide, each.start) for each in cited}
    readings = [w.reading for w in weighed if w.reading and (w.candidate.guide, w.candidate.start) in starts]
    asked = index.embedder.read(question.text, question=True) if index.embedder and readings else None
    return [(term, _held(term, texts, asked, readings)) for term in question.terms]


def _held(term: Term, texts: Sequence[Words], asked: Reading | None, readings: Sequence[Reading]) -> float:
    surely = max(support(term, words) for words in texts)
    if asked is None or surely >= 1 or term.concepts or term.kind is not TermKind.WORD:
        return surely
    return max(surely, aligned(term, asked, readings))


def _is_undefined(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether a definition is asked for and nothing cited in the asker's language gives one."""
    cited = [candidate for each in extracts for candidate in each.candidates]
    own = [candidate for candidate in cited if candidate.language == question.language]
    return question.want is Want.DEFINITION and bool(own) and not any(defines(question, c) for c in cited)


def _lacks_value(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether the kind of value that must stand in the answer does not; a list answers "how many" by its length."""
    if not question.value:
        return False
    listed = question.value == "number" and any(each.is_list for each in extracts)
    given = any(gives_value(question, candidate.text) for each in extracts for candidate in each.candidates)
    return not (given or listed)


def _near(
    question: Question, weighed: Sequence[Weighed], extracts: Sequence[Extract], index: GuideIndex
) -> float:
    """Inner product of the question with the best cited sentence."""
    if index.embedder is None:
        return MIDDLE_NEAR
    asked = index.embedder.question(question.text)
    starts = {(c.guide, c.start) for each in extracts for c in each.candidates}
    return max(
        (
            float(w.reading.vector @ asked)
            for w in weighed
            if w.reading and (w.candidate.guide, w.candidate.start) in starts
        ),
        default=MIDDLE_NEAR - 0.03,
    )
