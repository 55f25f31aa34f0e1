"""The answerability gate: decides, before anything is shown, whether the guides hold the answer.

Three logistic regressions over the same signs: one for questions that name a guide, whose passages are found and where
what counts is whether the detail is there; one for the others, where it must show that the subject is there at all;
and one for those answered in another language, whose words tell little. `tests/benchmarks/fit_gate.py` fits them and
writes `gate.toml`.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from .objections import objections
from .signs import signs
from .terms import Term, TermKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .candidates import Candidate
    from .question import Question
    from .signs import Found

_FARTHEST = 30.0


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic regression."""

    bias: float
    threshold: float
    """Least probability for an answer; lower than a half, so that few questions are refused wrongly."""
    coefficients: Mapping[str, float]
    """By the name of the sign; those not named do not count."""

    def chance(self, found: Mapping[str, float]) -> float:
        """The probability that the guides hold the answer, 0 to 1."""
        total = self.bias + sum(much * found.get(name, 0.0) for name, much in self.coefficients.items())
        return 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, total))))


@cache
def gates() -> dict[str, Gate]:
    """The fitted gates, by the names that `gates_for` tells."""
    fitted = tomllib.loads(files("assistant").joinpath("gate.toml").read_text(encoding="utf-8"))
    return {name: Gate(**fitted[name]) for name in ("named", "unnamed", "across")}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the gate saw and made of it."""

    probability: float
    features: dict[str, float]
    missing: tuple[Term, ...]
    """Terms of the question that nothing cited speaks of."""
    threshold: float = 1.0
    """Least probability for an answer."""
    unanswered: tuple[Term, ...] = ()
    """What was asked in the same breath and is not answered."""
    objections: tuple[str, ...] = ()
    """Names of what rules an answer out, whatever the probability."""

    @property
    def missing_names(self) -> tuple[Term, ...]:
        """Names, numbers and countries of the question that nothing cited holds, and what else is not answered."""
        names = (term for term in self.missing if term.kind is not TermKind.WORD)
        return tuple(dict.fromkeys((*names, *self.unanswered)))

    @property
    def answers(self) -> bool:
        """Whether the guides are taken to hold the answer."""
        return self.probability >= self.threshold and not self.objections


def judge(found: Found) -> Judgement:
    """How likely it is that what was found answers the question."""
    if not found.extracts:
        return Judgement(0.0, {}, found.question.terms)
    features, lacking = signs(found)
    fitting = [gates()[name] for name in gates_for(found.question, found.cited)]
    chance = sum(gate.chance(features) for gate in fitting) / len(fitting)
    threshold = sum(gate.threshold for gate in fitting) / len(fitting)
    against = objections(found, lacking)
    seen = {**features, **dict.fromkeys(against, 1.0)}
    return Judgement(chance, seen, lacking, threshold, objections=against)


def gates_for(question: Question, cited: Sequence[Candidate]) -> tuple[str, ...]:
    """Names of the gates that judge an answer, each alike.

    `named` judges questions that name a guide, the others `unnamed`, or `across` where nothing is cited in the language
    of the question; both where words may name a guide or just be used.
    """
    across = all(each.language != question.language for each in cited)
    other = "across" if across else "unnamed"
    if question.topics:
        return ("named",) if question.surely_named else ("named", other)
    return (other,)


def together(parts: Sequence[Judgement]) -> Judgement:
    """The judgement of a question from those of its parts: their mean probability, and what any of them lacks."""
    lacking = {term.folded: term for part in parts for term in part.missing}
    worst = min(parts, key=lambda part: part.probability)
    chance = sum(part.probability for part in parts) / len(parts)
    against = tuple(name for part in parts for name in part.objections)
    return Judgement(chance, worst.features, tuple(lacking.values()), worst.threshold, objections=against)


def in_part(given: Sequence[Judgement], unanswered: Sequence[Question]) -> Judgement:
    """The judgement of several things asked in one breath, of which some are answered and the others not."""
    lacking = {
        term.folded: term for question in unanswered for term in question.terms if term.kind is TermKind.WORD
    }
    return replace(together(given), unanswered=tuple(lacking.values()))
