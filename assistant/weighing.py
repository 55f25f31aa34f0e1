"""How well each sentence answers a question: what speaks for it, weighed and summed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.model import BlockKind
from index.words import fold

from .asked_above import asked_above, asked_there, judges_a_value
from .candidates import begins_section, explains_terms, leans, says_unknown
from .definitions import defines, is_entry, spells
from .evidence import Words, coverage, gives_value, holds_kind, support, words_of
from .fields import is_labelled
from .lexicon import is_required, step_words, whole_words
from .terms import TermKind
from .wants import Want

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.embed import Reading
    from index.model import Hit

    from .candidates import Candidate
    from .question import Question
    from .reading import Look


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its features and its score."""

    candidate: Candidate
    features: dict[str, float]
    score: float
    reading: Reading | None
    """The sentence as the embedding model reads it; None without a model."""


WEIGHTS: dict[str, float] = {
    "own": 1.4,
    "context": 2.7,
    "heading": 1.5,
    "named": -1.0,
    "value": 0.2,
    "passage": 0.15,
    "same_language": 1.3,
    "defines": 5.0,
    "spells": 2.0,
    "spans": 5.0,
    "label": 6.0,
    "names": -0.6,
    "explains": 0.3,
    "glossary": 4.8,
    "asked_there": 3.2,
    "answers_there": 0.4,
    "lead": -2.3,
    "list_lead": -1.6,
    "entry": 1.8,
    "leans": -0.4,
    "length": -0.9,
    "typed": 1.45,
    "near": 0.8,
    "says": 1.0,
    "around": 0.55,
}
"""How much each feature of a candidate counts; fitted on the development questions."""
LONG = 40
"""Words from which a sentence counts as long."""
READ = 4
"""Passages read by the model for a question."""
SURELY_ASKED = 0.9
"""How far a heading must ask the same by its words not to be looked at by meaning."""
SURELY_READ = 2
"""Of these, the best found; the others are those whose sentences fit best by their words."""


def worth_reading(question: Question, hits: Sequence[Hit], candidates: Sequence[Candidate]) -> list[Hit]:
    """The hits to read: the best found, the entry of the term that is to be explained, and what fits best by words."""
    entry = [each.hit for each in candidates if is_entry(question, each)][:1]
    chosen = list({hit.passage.id: hit for hit in (*hits[:SURELY_READ], *entry)}.values())
    fitting = sorted(_giving(question, candidates), key=lambda each: -_score(_plain_features(question, each)))
    for hit in (*(each.hit for each in fitting), *hits):
        if len(chosen) < READ and all(hit.passage.id != other.passage.id for other in chosen):
            chosen.append(hit)
    return chosen


def weigh(question: Question, candidates: Sequence[Candidate], look: Look | None) -> list[Weighed]:
    """The candidates that can answer, with features and scores, best first; of passages not read, none."""
    if look is not None:
        candidates = [each for each in candidates if each.hit.passage.id in look.passages] or candidates
    readings = [look.reading(each.hit.passage.id, each.start) if look else None for each in candidates]
    read = _read_features(candidates, readings, look)
    weighed = []
    for candidate, reading, more in zip(candidates, readings, read, strict=True):
        features = {**_plain_features(question, candidate), **more}
        if look is not None and features["asked_there"] < SURELY_ASKED:
            features |= asked_above(question, candidate, look)
        weighed.append(Weighed(candidate, features, _score(features), reading))
    about = [
        each
        for each in weighed
        if not (question.topics and question.surely_named) or _is_about(question, each.candidate)
    ] or weighed
    fit = {(each.guide, each.start) for each in _giving(question, [each.candidate for each in about])}
    weighed = [each for each in about if (each.candidate.guide, each.candidate.start) in fit]
    return sorted(weighed, key=lambda each: (-each.score, each.candidate.hit.rank, each.candidate.start))


def _giving(question: Question, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Of a guide that is named, the candidates that hold the kind of value asked for or say that it is unknown.

    All where no guide is named, as then the right passage matters more, and where none holds such a value; but
    what explains words, such as that an SME has fewer than 250 staff, gives no value, name or place of a guide's own.
    """
    if not question.topics or not (question.value or question.want in {Want.WHO, Want.WHERE}):
        return candidates
    told = [
        each for each in candidates if not (explains_terms(each) or judges_a_value(question, each))
    ] or candidates
    must = [term for term in question.terms if any(map(is_required, term.concepts))]
    told = [each for each in told if all(support(term, each.own_words) >= SURE for term in must)] or told
    if not question.value or not any(holds_kind(question, each.text) for each in told):
        return told
    return [each for each in told if says_unknown(each) or holds_kind(question, each.text)]


SURE = 0.8
"""Support from which a sentence speaks of a term in its own letters or as another word for the same."""


def _read_features(
    candidates: Sequence[Candidate], readings: Sequence[Reading | None], look: Look | None
) -> list[dict[str, float]]:
    """What the model makes of each candidate, standardised over all: the sentence, its words, those around it."""
    if look is None or not candidates:
        return [{"near": 0.0, "says": 0.0, "around": 0.0}] * len(candidates)
    near = [float(each.vector @ look.asked.vector) if each else 0.0 for each in readings]
    columns = [standardised(near)]
    if look.alignment is None:
        columns += [[0.0] * len(candidates)] * 2
    else:
        own, wide = [], []
        for candidate, reading in zip(candidates, readings, strict=True):
            passage = look.passages.get(candidate.hit.passage.id)
            own.append(look.alignment.held([reading] if reading else []))
            beside = passage.around(candidate.start) if passage else []
            wide.append(look.alignment.held(beside))
        columns += [standardised(own), standardised(wide)]
    return [dict(zip(("near", "says", "around"), row, strict=True)) for row in zip(*columns, strict=True)]


def _is_about(question: Question, candidate: Candidate) -> bool:
    """Whether a candidate stands in a guide that the question names, or names that guide itself or by its headings."""
    if candidate.guide in question.topics or is_entry(question, candidate):
        return True
    said = " ".join((candidate.title, *candidate.headings, candidate.text))
    squeezed = re.sub(r"[^a-z0-9]", "", fold(said))
    return any(re.sub(r"[^a-z0-9]", "", fold(topic.split(".")[0])) in squeezed for topic in question.topics)


def _score(features: Mapping[str, float]) -> float:
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in features.items())


@lru_cache(maxsize=1024)
def _plain_features(question: Question, candidate: Candidate) -> Mapping[str, float]:
    own, context = candidate.own_words, candidate.context_words
    heading = words_of(candidate.headings[-1] if candidate.headings else "")
    named = [term for term in question.terms if term.kind is not TermKind.WORD]
    telling = [term for term in question.terms if not whole_words().holds(term.folded)]
    return {
        "own": coverage(question.terms, own),
        "context": coverage(question.terms, own, context),
        "heading": coverage(question.terms, heading),
        "named": coverage(named, own) if named else 0.0,
        "value": float(bool(question.value) and gives_value(question, candidate.text)),
        "topic": float(candidate.guide in question.topics),
        "passage": max(-1.0, min(3.0, candidate.hit.scores.fused)),
        "same_language": float(candidate.language == question.language),
        "defines": float(question.want is Want.DEFINITION and defines(question, candidate)),
        "spans": float(bool(question.value) and bool(_SPANNED & question.concepts) and _gives_span(own)),
        "unknown": float(says_unknown(candidate)),
        "spells": float(question.want is Want.DEFINITION and spells(question, candidate)),
        "label": float(is_labelled(question, candidate)) * (1 + coverage(telling, own, context)) / 2,
        "names": float(_names_its_guide(candidate)),
        "explains": float(question.want is not Want.DEFINITION and explains_terms(candidate)),
        "glossary": coverage(question.terms, own)
        * float(question.want is Want.DEFINITION and bool(question.terms) and explains_terms(candidate)),
        "asked_there": asked_there(question, candidate),
        "answers_there": asked_there(question, candidate) * float(begins_section(candidate)),
        "lead": float(candidate.text.rstrip().endswith(":")),
        "list_lead": float(question.plural and candidate.text.rstrip().endswith(":")),
        "list_entry": float(question.plural and candidate.kind is BlockKind.LIST_ITEM),
        "entry": float(candidate.kind is BlockKind.LIST_ITEM and lists_what_is_asked(question, candidate)),
        "leans": float(leans(candidate.text)),
        "length": min(len(candidate.text.split()), LONG) / LONG,
        "typed": float(_holds_type(question, candidate)),
        "new": float(bool(candidate.own_words.folded - words_of(question.text).folded)),
    }


_SPANNED = frozenset({"start", "end", "duration"})
"""Concepts that one stretch of time answers."""


def _gives_span(words: Words) -> bool:
    """Whether a sentence tells from when to when; years such as those of "RIS3 for 2021-2027" are a name."""
    return "range" in words.values and bool(_SPANNED & words.concepts)


def lists_what_is_asked(question: Question, candidate: Candidate) -> bool:
    """Whether the list of an entry may answer: how something goes is told by one of steps, not by one of events."""
    if question.want is not Want.HOW:
        return True
    return any(map(step_words().holds, words_of(candidate.headings[-1] if candidate.headings else "").folded))


def _holds_type(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence holds what is asked for: a value, or, for who and where, a name not in the question."""
    if question.value:
        return gives_value(question, candidate.text)
    if question.want in {Want.WHO, Want.WHERE}:
        asked = words_of(question.text).folded
        words = re.findall(r"[^\W\d_]+", candidate.text)[1:]
        return any(word[0].isupper() and fold(word) not in asked for word in words)
    return False


def _names_its_guide(candidate: Candidate) -> bool:
    """Whether a sentence says itself which guide's subject it speaks of."""
    name = re.sub(r"[^a-z0-9]", "", fold(candidate.guide.split(".")[0]))
    return name in re.sub(r"[^a-z0-9]", "", fold(candidate.text))


def standardised(values: Sequence[float]) -> list[float]:
    """The values in standard deviations from their mean; zeros when they are all alike."""
    middle = sum(values) / len(values)
    spread = math.sqrt(sum((value - middle) ** 2 for value in values) / len(values))
    return [(value - middle) / (spread + 1e-6) for value in values]
