"""Sentences that may answer a question, each with what speaks for it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.sentences import sentences
from index.words import fold

from .evidence import Words, coverage, gives_value, spells_out, words_of
from .instructions import addresses_a_model
from .lexicon import concepts_of, definition_headings, function_words
from .question import Question, TermKind, Want

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.embed import Reading
    from index.model import BlockKind, Guide, Hit, Sentence
    from index.search import GuideIndex

MOST_CANDIDATES = 12
"""Sentences compared with the question by the embedding model; the others are out by their words."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a guide: `guide.text[start:end]`, with the passage it was found in."""

    hit: Hit
    text: str
    start: int
    end: int
    line: int
    kind: BlockKind
    headings: tuple[str, ...]
    title: str
    language: str
    page: int | None = None

    @property
    def guide(self) -> str:
        """Slug of its guide."""
        return self.hit.passage.guide

    @property
    def own_words(self) -> Words:
        """The words of the sentence itself."""
        return words_of(self.text)

    @property
    def context_words(self) -> Words:
        """The words of the headings above it and of its guide's title."""
        return words_of(" — ".join((self.title, *self.headings)))

    @property
    def spoken(self) -> str:
        """The sentence with what it stands under, as the embedding model reads it."""
        return f"{self.title}: {' › '.join(self.headings[-2:])}: {self.text}"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its features and its score."""

    candidate: Candidate
    features: dict[str, float]
    score: float
    reading: Reading | None
    """The sentence as the embedding model reads it; None without a model."""


def candidates_of(hits: Sequence[Hit], index: GuideIndex) -> list[Candidate]:
    """Every sentence of the passages that speaks to a reader, in the order of the hits."""
    found: list[Candidate] = []
    for hit in hits:
        guide = index.guide(hit.passage.guide)
        within = sentences(guide, hit.passage.start, hit.passage.end)
        found.extend(
            candidate_of(hit, guide, sentence) for sentence in within if not addresses_a_model(sentence.text)
        )
    return found


def candidate_of(hit: Hit, guide: Guide, sentence: Sentence) -> Candidate:
    """A sentence of a guide as a candidate of the passage it was found in."""
    return Candidate(
        hit=hit,
        text=sentence.text,
        start=sentence.start,
        end=sentence.end,
        line=sentence.line,
        kind=sentence.kind,
        headings=sentence.headings,
        title=guide.title,
        language=guide.language,
        page=sentence.page,
    )


WEIGHTS: dict[str, float] = {
    "own": 0.64,
    "context": 0.74,
    "named": 0.6,
    "value": 0.0,
    "topic": 0.0,
    "passage": 0.0,
    "same_language": 0.05,
    "defines": 0.38,
    "length": -0.39,
    "label": 3.0,
    "names": 0.7,
    "leans": -0.7,
    "explains": -1.2,
    "near": 1.38,
}
"""How much each feature of a candidate counts; fitted on the development questions."""
LONG = 40
"""Words from which a sentence counts as long."""


def weigh(question: Question, candidates: Sequence[Candidate], index: GuideIndex) -> list[Weighed]:
    """The candidates that can answer, with features and scores, best first; only the likeliest are embedded."""
    if question.topics:
        candidates = [each for each in candidates if _is_about(question, each)] or candidates
    if question.value:
        candidates = [each for each in candidates if gives_value(question, each.text)] or candidates
    if question.want is Want.DEFINITION:
        candidates = [each for each in candidates if defines(question, each)] or candidates
    plain = [(candidate, _plain_features(question, candidate)) for candidate in candidates]
    plain.sort(key=lambda pair: (-_score(pair[1]), pair[0].hit.rank, pair[0].start))
    likely = plain[:MOST_CANDIDATES]
    readings = _readings([candidate for candidate, _ in likely], index)
    near = _nearness(question, readings, index)
    weighed = [
        Weighed(candidate, features | {"near": nearness}, _score(features | {"near": nearness}), reading)
        for (candidate, features), nearness, reading in zip(likely, near, readings, strict=True)
    ]
    return sorted(weighed, key=lambda each: (-each.score, each.candidate.hit.rank, each.candidate.start))


def _is_about(question: Question, candidate: Candidate) -> bool:
    """Whether a candidate stands in a guide that the question names, or names that guide itself."""
    if candidate.guide in question.topics:
        return True
    squeezed = re.sub(r"[^a-z0-9]", "", fold(candidate.text))
    return any(re.sub(r"[^a-z0-9]", "", fold(topic.split(".")[0])) in squeezed for topic in question.topics)


def _score(features: dict[str, float]) -> float:
    return sum(WEIGHTS[name] * value for name, value in features.items())


def _plain_features(question: Question, candidate: Candidate) -> dict[str, float]:
    own, context = candidate.own_words, candidate.context_words
    named = [term for term in question.terms if term.kind is not TermKind.WORD]
    return {
        "own": coverage(question.terms, own),
        "context": coverage(question.terms, own, context),
        "named": coverage(named, own) if named else 0.0,
        "value": float(bool(question.value) and gives_value(question, candidate.text)),
        "topic": float(candidate.guide in question.topics),
        "passage": max(-1.0, min(3.0, candidate.hit.scores.fused)),
        "same_language": float(candidate.language == question.language),
        "defines": float(question.want is Want.DEFINITION and defines(question, candidate)),
        "label": float(_is_labelled(question, candidate)),
        "names": float(_names_its_guide(candidate)),
        "explains": float(question.want is not Want.DEFINITION and _explains_terms(candidate)),
        "leans": float(_leans(candidate.text)),
        "length": min(len(candidate.text.split()), LONG) / LONG,
    }


def _is_labelled(question: Question, candidate: Candidate) -> bool:
    """Whether the sentence is a field, such as "Start of InterVentures: 1 August 2019", of just what is asked for."""
    label, colon, value = candidate.text.partition(":")
    if not colon or not value.strip() or not question.value or len(label.split()) > LONGEST_LABEL:
        return False
    subject = {fold(part) for part in re.split(r"[-.]", candidate.guide)}
    words = (
        {fold(word) for word in re.findall(r"[^\W\d_]+", label)}
        - subject
        - function_words(candidate.language)
    )
    asked = question.concepts | {term.folded for term in question.terms}
    return bool(words) and all(word in asked or concepts_of(word) & asked for word in words)


LONGEST_LABEL = 8
"""Words of the name of a field, at most."""


def _names_its_guide(candidate: Candidate) -> bool:
    """Whether a sentence says itself which guide's subject it speaks of."""
    name = re.sub(r"[^a-z0-9]", "", fold(candidate.guide.split(".")[0]))
    return name in re.sub(r"[^a-z0-9]", "", fold(candidate.text))


_LEANING = frozenset(
    [
        "this",
        "these",
        "that",
        "those",
        "it",
        "its",
        "they",
        "their",
        "he",
        "his",
        "she",
        "her",
        "such",
        "both",
        "here",
        "there",
        "dette",
        "disse",
        "det",
        "den",
        "de",
        "deres",
        "her",
        "der",
        "dies",
        "diese",
        "dieser",
        "dieses",
        "das",
        "es",
        "sie",
        "dabei",
        "dazu",
        "hier",
        "esto",
        "este",
        "esta",
        "estos",
        "estas",
        "ello",
        "aqui",
        "to",
        "ten",
        "ta",
        "te",
        "tego",
        "oni",
        "ono",
        "tutaj",
    ]
)
"""Words at the beginning of a sentence that speak of the sentence before it."""


def _leans(text: str) -> bool:
    """Whether a sentence cannot be understood without the one before it."""
    first = re.match(r"\W*(\w+)", text)
    return first is not None and fold(first.group(1)) in _LEANING


def _explains_terms(candidate: Candidate) -> bool:
    """Whether the sentence stands under a heading such as "Words used"."""
    words = words_of(" ".join(candidate.headings)).folded
    return any(definition_headings().holds(word) for word in words)


_MEANS = (
    "is|are|was|were|means?|stands? for|er|var|betyder|star for|"
    "ist|sind|war|bedeutet|steht fur|es|son|era|significa|to|jest|oznacza"
)


def defines(question: Question, candidate: Candidate) -> bool:
    """Whether the sentence says what the term asked for is: "… (TIBS)", "a living lab is …", "TIBS stands for …"."""
    text = fold(candidate.text)
    names = {" ".join(term.folded for term in question.terms), *(term.folded for term in question.terms)}
    if any(term.kind is TermKind.NAME and f"({term.folded})" in text for term in question.terms):
        return True
    if any(spells_out(term, candidate.own_words) for term in question.terms):
        return True
    whole = max(names, key=len, default="")
    if _explains_terms(candidate) and re.match(rf"(?:\w{{1,3}} )?{re.escape(whole)}", text):
        return bool(whole)
    return (
        bool(whole)
        and re.search(rf"\b{re.escape(whole)}\w{{0,3}}(?: \([^)]*\))? (?:{_MEANS})\b", text) is not None
    )


def _readings(candidates: Sequence[Candidate], index: GuideIndex) -> list[Reading | None]:
    embedder = index.embedder
    return [embedder.read(candidate.spoken) if embedder else None for candidate in candidates]


def _nearness(question: Question, readings: Sequence[Reading | None], index: GuideIndex) -> list[float]:
    """Inner products of the question with the candidates, standardised over them; zeros without a model."""
    if index.embedder is None or not readings:
        return [0.0] * len(readings)
    asked = index.embedder.question(question.text)
    products = [float(reading.vector @ asked) for reading in readings if reading is not None]
    return standardised(products)


def standardised(values: Sequence[float]) -> list[float]:
    """The values in standard deviations from their mean; zeros when they are all alike."""
    middle = sum(values) / len(values)
    spread = math.sqrt(sum((value - middle) ** 2 for value in values) / len(values))
    return [(value - middle) / (spread + 1e-6) for value in values]
