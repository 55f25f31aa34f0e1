"""The answerability gate: decides, before anything is shown, whether the guides hold the answer.

Two logistic regressions over the same signs: one for questions that name a guide, whose passages are found and where
what counts is whether the detail is there, and one for the others, where it must show that the subject is there at
all. `tests/benchmarks/fit_gate.py` fits them and writes `gate.toml`.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from .lexicon import is_required
from .question import Term, TermKind
from .signs import is_gone, signs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    """The fitted gates: `named` for questions that name a guide, `unnamed` for the others."""
    fitted = tomllib.loads(files("assistant").joinpath("gate.toml").read_text(encoding="utf-8"))
    return {name: Gate(**fitted[name]) for name in ("named", "unnamed")}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the gate saw and made of it."""

    probability: float
    features: dict[str, float]
    missing: tuple[Term, ...]
    """Terms of the question that nothing cited speaks of."""
    threshold: float = 1.0
    """Least probability for an answer."""
    absent: tuple[Term, ...] = ()
    """Of a question about a named guide, the terms that must be spoken of and are not."""

    @property
    def missing_names(self) -> tuple[Term, ...]:
        """Names, numbers and countries of the question that nothing cited holds."""
        return tuple(term for term in self.missing if term.kind is not TermKind.WORD)

    @property
    def answers(self) -> bool:
        """Whether the guides are taken to hold the answer."""
        return self.probability >= self.threshold and not self.absent


def judge(found: Found) -> Judgement:
    """How likely it is that what was found answers the question."""
    if not found.extracts:
        return Judgement(0.0, {}, found.question.terms)
    features, lacking = signs(found)
    gate = gates()["named" if found.question.topics else "unnamed"]
    absent = tuple(term for term in lacking if _is_decisive(found, term))
    return Judgement(gate.chance(features), features, lacking, gate.threshold, absent)


def _is_decisive(found: Found, term: Term) -> bool:
    """Whether a value about a named guide must speak of a term and does not: money for travel is not just any money."""
    wants_value = bool(found.question.topics and found.question.value)
    return wants_value and any(map(is_required, term.concepts)) and is_gone(term, found.cited)


def together(parts: Sequence[Judgement]) -> Judgement:
    """The judgement of a question from those of its parts: their mean probability, and what any of them lacks."""
    lacking = {term.folded: term for part in parts for term in part.missing}
    worst = min(parts, key=lambda part: part.probability)
    chance = sum(part.probability for part in parts) / len(parts)
    absent = tuple(term for part in parts for term in part.absent)
    return Judgement(chance, worst.features, tuple(lacking.values()), worst.threshold, absent)
