"""The answerability gate: decides, before anything is shown, whether the guides hold the answer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.words import fold

from .candidates import defines
from .evidence import gives_value, same_stem, support, words_of
from .lexicon import is_required
from .question import Question, Term, TermKind, Want

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.model import Hit

    from .alignment import Floats
    from .candidates import Candidate, Weighed
    from .evidence import Words
    from .extract import Extract
    from .reading import Look

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

    @property
    def missing_names(self) -> tuple[Term, ...]:
        """Names, numbers and countries of the question that nothing cited holds."""
        return tuple(term for term in self.missing if term.kind is not TermKind.WORD)

    @property
    def answers(self) -> bool:
        """Whether the guides are taken to hold the answer."""
        return self.probability >= THRESHOLD


def is_telling(term: Term) -> bool:
    """Whether a term tells things of one kind apart: a country, number or short name, or a concept such as a manager."""
    if term.kind in {TermKind.COUNTRY, TermKind.NUMBER} or term.is_code:
        return True
    return any(is_required(name) for name in term.concepts)


def judge(
    question: Question,
    hits: Sequence[Hit],
    weighed: Sequence[Weighed],
    extracts: Sequence[Extract],
    look: Look | None,
    full_match: float,
) -> Judgement:
    """How likely it is that the extracts answer the question.

    `full_match` is the keyword score of a passage that holds each word of the question.
    """
    if not extracts:
        return Judgement(0.0, {}, question.terms)
    features, lacking = gate_features(question, hits, weighed, extracts, look, full_match)
    total = BIAS + sum(COEFFICIENTS.get(name, 0.0) * value for name, value in features.items())
    chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
    return Judgement(chance, features, lacking)


def together(parts: Sequence[Judgement]) -> Judgement:
    """The judgement of a question from those of its parts: their mean probability, and what any of them lacks."""
    lacking = {term.folded: term for part in parts for term in part.missing}
    worst = min(parts, key=lambda part: part.probability)
    chance = sum(part.probability for part in parts) / len(parts)
    return Judgement(chance, worst.features, tuple(lacking.values()))


NEAR_BEST = 4
"""Candidates looked at for what the guides say they do not hold."""


def gate_features(
    question: Question,
    hits: Sequence[Hit],
    weighed: Sequence[Weighed],
    extracts: Sequence[Extract],
    look: Look | None,
    full_match: float,
) -> tuple[dict[str, float], tuple[Term, ...]]:
    """What the gate looks at, by name, and the terms of the question that nothing cited speaks of."""
    cited = [candidate for each in extracts for candidate in each.candidates]
    held = held_terms(question, cited, look)
    lacking = tuple(term for term, much in held if much < HELD)
    absent = [term for term in lacking if is_telling(term)]
    around = [words_of(text) for text in {_whole(each) for each in cited}]
    gone = [term for term in absent if all(support(term, text) < HELD for text in around)]
    named = float(bool(question.topics))
    amounts = [much for _, much in held]
    return {
        "least_held": min(amounts, default=1.0),
        "mean_held": sum(amounts) / len(amounts) if amounts else 1.0,
        "unheld_words": float(sum(not term.concepts and term.kind is TermKind.WORD for term in lacking)),
        "unheld_concepts": float(sum(bool(term.concepts) for term in lacking)),
        "missing_names": float(sum(term.kind is not TermKind.WORD for term in lacking)),
        "lacks_value": float(_lacks_value(question, extracts)),
        "no_value": float(_has_no_value(question, extracts)),
        "counted_unheld": float(
            question.value in _COUNTED and any(term.concepts or term.is_code for term in lacking)
        ),
        "undefined": float(_is_undefined(question, cited)),
        "topic": named,
        "absent": float(len(absent)),
        "absent_around": float(len(gone)),
        "absent_named": named * len(absent),
        "scattered": float(len(lacking)) / max(1, len(held)),
        "terms": float(min(len(held), 8)),
        "best_score": weighed[0].score,
        "typed": max(weighed[0].features["typed"], float(not question.value)),
        "unknown": float(weighed[0].features["unknown"]),
        "unknown_near": max(
            (each.features["own"] for each in weighed[:NEAR_BEST] if each.features["unknown"]), default=0.0
        ),
        "asked_there": max(each.features["asked_there"] for each in weighed[:3]),
        **_ranked(hits, full_match),
        **_read(cited, look),
    }, lacking


def _whole(candidate: Candidate) -> str:
    """The passage of a candidate with what stands above it."""
    return " — ".join((candidate.title, *candidate.headings, candidate.hit.passage.text))


def _ranked(hits: Sequence[Hit], full_match: float) -> dict[str, float]:
    """How far the best passage stands out among all passages, and whether both rankings agree on it."""
    best, *others = sorted(hits, key=lambda hit: -hit.scores.fused)
    dense = [hit.scores.dense if hit.scores.dense is not None else 0.0 for hit in (best, *others)]
    words = [hit.scores.keyword for hit in (best, *others)]
    return {
        "fused": best.scores.fused,
        "dense": dense[0],
        "dense_z": best.scores.dense_z or 0.0,
        "keyword_z": best.scores.keyword_z,
        "ahead": best.scores.fused - others[0].scores.fused if others else 0.0,
        "dense_ahead": dense[0] - max(dense[1:], default=dense[0]),
        "keyword_share": min(2.0, best.scores.keyword / max(1.0, full_match)),
        "agree": float(dense[0] == max(dense) and words[0] == max(words)),
    }


def _read(cited: Sequence[Candidate], look: Look | None) -> dict[str, float]:
    """How far the passages read, and what is cited of them, say the words of the question."""
    names = ("said", "least_said", "said_elsewhere", "said_cited", "literal", "rarest_missing", "missing", "near")
    if look is None or look.alignment is None:
        return dict.fromkeys(names, 0.0)
    align = look.alignment
    own = {pid: align.words_held([read.context, *read.sentences.values()]) for pid, read in look.passages.items()}
    best = max(own, key=lambda pid: align.weighted(own[pid]))
    others = [align.weighted(values) for pid, values in own.items() if pid != best]
    lowest = sorted(own[best].tolist())[:2]
    readings = [reading for each in cited if (reading := look.reading(each.hit.passage.id, each.start))]
    above = [look.passages[each.hit.passage.id].context for each in cited if each.hit.passage.id in look.passages]
    literal = _literal(look, best)
    rarity = look.asked.rarity
    gone = [much for much, is_there in zip(rarity, literal, strict=True) if not is_there]
    said = align.weighted(own[best])
    return dict(
        zip(
            names,
            (
                said,
                sum(lowest) / len(lowest),
                said - max(others, default=said),
                align.held([*readings, *above]),
                1 - sum(gone) / max(1e-6, sum(rarity)),
                max(gone, default=0.0),
                float(len(gone)),
                max((float(each.vector @ look.asked.vector) for each in readings), default=MIDDLE_NEAR - 0.03)
                - MIDDLE_NEAR,
            ),
            strict=True,
        )
    )


def _literal(look: Look, passage: int) -> list[bool]:
    """Whether each content word of the question stands in a passage as it is, or in another form."""
    read = look.passages[passage]
    said = {fold(word).strip(_SIGNS) for each in (read.context, *read.sentences.values()) for word in each.words}
    return [word in said or any(same_stem(word, other) for other in said) for word in look.asked.words]


_SIGNS = ".,;:?!¿¡'\"()“”„«»"


def held_terms(
    question: Question, cited: Sequence[Candidate], look: Look | None
) -> list[tuple[Term, float]]:
    """Each term of the question with how surely the cited text speaks of it, 0 to 1.

    A term that stands for a known concept must be held by a word or a value for that concept, and a name or a
    number by itself; any other word may be said in other words.
    """
    texts = [words_of(" — ".join((each.title, *each.headings, each.text))) for each in cited]
    readings = [
        reading for each in cited if look and (reading := look.reading(each.hit.passage.id, each.start))
    ]
    said = look.alignment.words_held(readings) if look and look.alignment and readings else None
    return [(term, _held(term, texts, look, said)) for term in question.terms]


def _held(term: Term, texts: Sequence[Words], look: Look | None, said: Floats | None) -> float:
    surely = max(support(term, words) for words in texts)
    if said is None or look is None or surely >= 1 or term.concepts or term.kind is not TermKind.WORD:
        return surely
    own = [
        much
        for word, much in zip(look.asked.words, said.tolist(), strict=True)
        if word.startswith(term.folded)
    ]
    if not own:
        return 1.0
    return max(surely, min(1.0, max(0.0, (max(own) - UNRELATED) / (SAME - UNRELATED))))


UNRELATED, SAME = 0.25, 0.7
"""Cosines between words in context that speak of different things, and of the same (measured on development data)."""


def _is_undefined(question: Question, cited: Sequence[Candidate]) -> bool:
    """Whether a definition is asked for and nothing cited in the asker's language gives one."""
    own = [candidate for candidate in cited if candidate.language == question.language]
    return question.want is Want.DEFINITION and bool(own) and not any(defines(question, c) for c in cited)


def _lacks_value(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether the kind of value that must stand in the answer does not; a list answers "how many" by its length."""
    if not question.value:
        return False
    listed = question.value == "number" and any(each.is_list for each in extracts)
    given = any(gives_value(question, candidate.text) for each in extracts for candidate in each.candidates)
    return not (given or listed)


def _has_no_value(question: Question, extracts: Sequence[Extract]) -> bool:
    """Whether nothing cited holds a value of the kind at all, whatever it belongs to."""
    if not question.value or any(each.is_list for each in extracts):
        return False
    kinds = {question.value, *({"range"} if question.value == "duration" else ()), *({"amount"} if question.value == "share" else ())}
    return not any(kinds & words_of(c.text).values for each in extracts for c in each.candidates)


_COUNTED = frozenset({"amount", "share", "number"})
