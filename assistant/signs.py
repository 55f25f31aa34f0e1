"""What speaks for and against an answer: the signs by which the gate judges, as numbers by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.words import fold

from .closeness import closeness
from .definitions import defines
from .evidence import gives_value, holds_kind, same_stem, support, words_of
from .lexicon import is_required
from .terms import Term, TermKind
from .wants import Want

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.model import Hit

    from .alignment import Floats
    from .candidates import Candidate
    from .evidence import Words
    from .extract import Extract
    from .question import Question
    from .reading import Look
    from .weighing import Weighed

MIDDLE_NEAR = 0.85
"""Usual inner product of a question with a sentence that answers it, taken off before it is weighed."""
HELD = 0.35
"""Support from which a term of the question counts as spoken of."""
NEAR_BEST = 4
"""Candidates looked at for what the guides say they do not hold."""
UNRELATED, SAME = 0.25, 0.7
"""Cosines between words in context that speak of different things, and of the same (measured on development data)."""
_SIGNS = ".,;:?!¿¡'\"()“”„«»"


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found for a question."""

    question: Question
    hits: Sequence[Hit]
    weighed: Sequence[Weighed]
    extracts: Sequence[Extract]
    look: Look | None
    full_match: float
    """The keyword score of a passage that holds each word of the question."""

    @property
    def cited(self) -> list[Candidate]:
        """The sentences that would be cited."""
        return [candidate for each in self.extracts for candidate in each.candidates]


def is_telling(term: Term) -> bool:
    """Whether a term tells things of one kind apart: a country, number, short name or concept such as a manager."""
    if term.kind in {TermKind.COUNTRY, TermKind.NUMBER} or term.is_code:
        return True
    return any(is_required(name) for name in term.concepts)


def signs(found: Found) -> tuple[dict[str, float], tuple[Term, ...]]:
    """The signs by name, and the terms of the question that nothing cited speaks of.

    There must be candidates and extracts.
    """
    question, weighed, extracts, look = found.question, found.weighed, found.extracts, found.look
    cited = found.cited
    held = held_terms(question, cited, look)
    lacking = tuple(term for term, much in held if much < HELD)
    absent = [term for term in lacking if is_telling(term)]
    gone = [term for term in absent if is_gone(term, cited)]
    amounts = [much for _, much in held]
    return {
        "least_held": min(amounts, default=1.0),
        "mean_held": sum(amounts) / len(amounts) if amounts else 1.0,
        "unheld_words": float(sum(not term.concepts and term.kind is TermKind.WORD for term in lacking)),
        "unheld_concepts": float(sum(bool(term.concepts) for term in lacking)),
        "missing_names": float(sum(term.kind is not TermKind.WORD for term in lacking)),
        "lacks_value": float(_lacks_value(question, extracts)),
        "no_value": float(_has_no_value(found)),
        "undefined": float(_is_undefined(question, cited)),
        "absent": float(len(absent)),
        "absent_around": float(len(gone)),
        "scattered": float(len(lacking)) / max(1, len(held)),
        "terms": float(min(len(held), 8)),
        "best_score": weighed[0].score,
        "typed": max(weighed[0].features["typed"], float(not question.value)),
        "unknown": float(weighed[0].features["unknown"]),
        "unknown_near": max(
            (each.features["own"] for each in weighed[:NEAR_BEST] if each.features["unknown"]), default=0.0
        ),
        "asked_there": max(each.features["asked_there"] for each in weighed[:3]),
        **_ranked(found.hits, found.full_match),
        **_read(found),
        **closeness(look),
    }, lacking


def is_gone(term: Term, cited: Sequence[Candidate]) -> bool:
    """Whether even the passages around the cited sentences do not speak of a term."""
    return all(support(term, words_of(text)) < HELD for text in {whole_passage(each) for each in cited})


def said_with_headings(candidate: Candidate) -> Words:
    """The words of a sentence with those that stand above it."""
    return words_of(" — ".join((candidate.title, *candidate.headings, candidate.text)))


def whole_passage(candidate: Candidate) -> str:
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


def _read(found: Found) -> dict[str, float]:
    """How far the passages read, and what is cited of them, say the words of the question."""
    look = found.look
    if look is None or look.alignment is None:
        return dict.fromkeys(_READ, 0.0)
    align = look.alignment
    own = {
        number: align.words_held([read.context, *read.sentences.values()])
        for number, read in look.passages.items()
    }
    most = max(own, key=lambda number: align.weighted(own[number]))
    top = max(
        (hit for hit in found.hits if hit.passage.id in own), key=lambda hit: hit.scores.fused
    ).passage.id
    others = [align.weighted(values) for number, values in own.items() if number != most]
    readings = [reading for each in found.cited if (reading := look.reading(each.hit.passage.id, each.start))]
    near = [float(each.vector @ look.asked.vector) for each in readings]
    said = align.weighted(own[most])
    return {
        "said": said,
        "least_said": _lowest(own[most]),
        "said_top": align.weighted(own[top]),
        "least_said_top": _lowest(own[top]),
        "said_elsewhere": said - max(others, default=said),
        "said_cited": align.held([*readings, look.passages[most].context]),
        "near": max(near, default=MIDDLE_NEAR - 0.03) - MIDDLE_NEAR,
        **_in_letters(look, top),
    }


_READ = (
    "said",
    "least_said",
    "said_top",
    "least_said_top",
    "said_elsewhere",
    "said_cited",
    "near",
    "literal",
    "rarest_missing",
    "missing",
)


def _lowest(cosines: Floats) -> float:
    """The mean of the two lowest."""
    lowest: list[float] = sorted(cosines.tolist())[:2]
    return sum(lowest) / len(lowest)


def _in_letters(look: Look, passage: int) -> dict[str, float]:
    """How far a passage holds the words of the question as they are, rare ones counting more."""
    held = _literal(look, passage)
    gone = [much for much, is_there in zip(look.asked.rarity, held, strict=True) if not is_there]
    return {
        "literal": 1 - sum(gone) / max(1e-6, sum(look.asked.rarity)),
        "rarest_missing": max(gone, default=0.0),
        "missing": float(len(gone)),
    }


def _literal(look: Look, passage: int) -> list[bool]:
    """Whether each content word of the question stands in a passage as it is, or in another form."""
    read = look.passages[passage]
    said = {
        fold(word).strip(_SIGNS) for each in (read.context, *read.sentences.values()) for word in each.words
    }
    return [word in said or any(same_stem(word, other) for other in said) for word in look.asked.words]


def held_terms(question: Question, cited: Sequence[Candidate], look: Look | None) -> list[tuple[Term, float]]:
    """Each term of the question with how surely the cited text speaks of it, 0 to 1.

    A term that stands for a known concept must be held by a word or a value for that concept, and a name or a
    number by itself; any other word may be said in other words.
    """
    texts = [said_with_headings(each) for each in cited]
    readings = [
        reading for each in cited if look and (reading := look.reading(each.hit.passage.id, each.start))
    ]
    said = look.alignment.words_held(readings) if look and look.alignment and readings else None
    return [(term, _held(term, texts, look, said)) for term in question.terms]


def _held(term: Term, texts: Sequence[Words], look: Look | None, said: Floats | None) -> float:
    surely: float = max(support(term, words) for words in texts)
    if said is None or look is None or surely >= 1 or term.concepts or term.kind is not TermKind.WORD:
        return surely
    own: list[float] = [
        much
        for word, much in zip(look.asked.words, said.tolist(), strict=True)
        if word.startswith(term.folded)
    ]
    if not own:
        return 1.0
    return max(surely, min(1.0, max(0.0, (max(own) - UNRELATED) / (SAME - UNRELATED))))


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


def _has_no_value(found: Found) -> bool:
    """Whether nothing cited holds a value of the kind at all; a list may answer by its length."""
    if not found.question.value or any(each.is_list for each in found.extracts):
        return False
    return not any(holds_kind(found.question, each.text) for each in found.cited)
