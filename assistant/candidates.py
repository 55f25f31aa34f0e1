"""Sentences that may answer a question, each with what speaks for it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.model import BlockKind
from index.sentences import sentences
from index.words import fold

from .evidence import Words, coverage, gives_value, holds_kind, missing, spells_out, support, words_of
from .instructions import addresses_a_model
from .lexicon import (
    concepts_of,
    definition_headings,
    function_words,
    is_required,
    step_words,
    unknown_phrases,
    whole_words,
)
from .negation import denies
from .question import Question, TermKind, Want

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.embed import Reading
    from index.model import Guide, Hit, Sentence
    from index.search import GuideIndex

    from .reading import Look


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
ASKED_ALIKE, SURELY_ASKED = 0.7, 0.9
"""How far a heading must ask the same by meaning to count, and by its words not to be looked at by meaning."""
SURELY_READ = 2
"""Of these, the best found; the others are those whose sentences fit best by their words."""


def worth_reading(question: Question, hits: Sequence[Hit], candidates: Sequence[Candidate]) -> list[Hit]:
    """The hits to read: the best found, the entry of the term that is to be explained, and what fits best by words."""
    entry = [each.hit for each in candidates if _is_entry(question, each)][:1]
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
            features |= _asked_above(question, candidate, look)
        weighed.append(Weighed(candidate, features, _score(features), reading))
    about = [
        each for each in weighed if not question.topics or _is_about(question, each.candidate)
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
        each for each in candidates if not (explains_terms(each) or _judges_a_value(question, each))
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
    if candidate.guide in question.topics or _is_entry(question, candidate):
        return True
    said = " ".join((candidate.title, *candidate.headings, candidate.text))
    squeezed = re.sub(r"[^a-z0-9]", "", fold(said))
    return any(re.sub(r"[^a-z0-9]", "", fold(topic.split(".")[0])) in squeezed for topic in question.topics)


def _is_entry(question: Question, candidate: Candidate) -> bool:
    """Whether a definition is asked for and the heading is the term: it may stand in the glossary of a programme."""
    if question.want is not Want.DEFINITION or not candidate.headings:
        return False
    heading = words_of(candidate.headings[-1].partition("(")[0]).folded - function_words(candidate.language)
    return bool(heading) and heading <= {term.folded for term in question.terms}


def _score(features: Mapping[str, float]) -> float:
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in features.items())


@lru_cache(maxsize=1024)
def _plain_features(question: Question, candidate: Candidate) -> Mapping[str, float]:
    own, context = candidate.own_words, candidate.context_words
    heading = words_of(candidate.headings[-1] if candidate.headings else "")
    named = [term for term in question.terms if term.kind is not TermKind.WORD]
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
        "label": float(_is_labelled(question, candidate)),
        "names": float(_names_its_guide(candidate)),
        "explains": float(question.want is not Want.DEFINITION and explains_terms(candidate)),
        "glossary": coverage(question.terms, own)
        * float(question.want is Want.DEFINITION and bool(question.terms) and explains_terms(candidate)),
        "asked_there": _asked_there(question, candidate),
        "answers_there": _asked_there(question, candidate) * float(_begins_section(candidate)),
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


def says_unknown(candidate: Candidate) -> bool:
    """Whether a sentence says that the guide does not hold something."""
    text = f" {_plain(candidate.text)} "
    return any(f" {phrase} " in text for phrase in unknown_phrases())


def _asked_there(question: Question, candidate: Candidate) -> float:
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


def _asked_above(question: Question, candidate: Candidate, look: Look) -> dict[str, float]:
    """What a heading that asks the same in other words or another language speaks for; nothing if one denies."""
    same = look.asked_above(candidate.hit.passage)
    if same < ASKED_ALIKE or _is_denied(question, candidate):
        return {}
    return {"asked_there": same, "answers_there": same * float(_begins_section(candidate))}


def _is_denied(question: Question, candidate: Candidate) -> bool:
    """Whether question and heading ask apart: what is and what is not, or a value and whether one value is right."""
    if (
        question.value
        and _YES_NO_VALUE.search(candidate.headings[-1])
        and not _YES_NO_VALUE.search(question.text)
    ):
        return True
    return denies(candidate.headings[-1], candidate.language) != denies(question.text, question.language)


def _judges_a_value(question: Question, candidate: Candidate) -> bool:
    """Whether a value is asked for, and the heading above only asks whether one value is right."""
    heading = candidate.headings[-1] if candidate.headings else ""
    return bool(question.value and _YES_NO_VALUE.search(heading) and not _YES_NO_VALUE.search(question.text))


_YES_NO_VALUE = re.compile(r"^\W*(?:is|are|er|ist|sind|es|son|czy)\b.*\d", re.IGNORECASE)
"""A heading such as "Is EUR 155,050 the budget?", below which that value is denied or granted."""


def lists_what_is_asked(question: Question, candidate: Candidate) -> bool:
    """Whether the list of an entry may answer: how something goes is told by one of steps, not by one of events."""
    if question.want is not Want.HOW:
        return True
    return any(map(step_words().holds, words_of(candidate.headings[-1] if candidate.headings else "").folded))


def _begins_section(candidate: Candidate) -> bool:
    return candidate.start == candidate.hit.passage.start


def _holds_type(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence holds what is asked for: a value, or, for who and where, a name not in the question."""
    if question.value:
        return gives_value(question, candidate.text)
    if question.want in {Want.WHO, Want.WHERE}:
        asked = words_of(question.text).folded
        words = re.findall(r"[^\W\d_]+", candidate.text)[1:]
        return any(word[0].isupper() and fold(word) not in asked for word in words)
    return False


def _is_labelled(question: Question, candidate: Candidate) -> bool:
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


def leans(text: str) -> bool:
    """Whether a sentence cannot be understood without the one before it."""
    first = re.match(r"\W*(\w+)", text)
    return first is not None and fold(first.group(1)) in _LEANING


def explains_terms(candidate: Candidate) -> bool:
    """Whether the sentence stands under a heading such as "Words used"."""
    words = words_of(" ".join(candidate.headings)).folded
    return any(definition_headings().holds(word) for word in words)


_MEANS = (
    "is|are|was|were|means?|stands? for|er|var|betyder|star for|"
    "ist|sind|war|bedeutet|steht fur|es|son|era|significa|to|jest|oznacza"
)


def defines(question: Question, candidate: Candidate) -> bool:
    """Whether the sentence says what the term asked for is: "… (TIBS)", "a living lab is …", "TIBS stands for …"."""
    if spells(question, candidate) or (_is_entry(question, candidate) and _begins_section(candidate)):
        return True
    text = _plain(candidate.text)
    subject = " ".join(re.split(r"-", question.topics[0].split(".")[0])) if question.topics else ""
    whole = _plain(" ".join(term.folded for term in question.terms)) or subject
    if not whole:
        return False
    if subject and whole != subject and _is_headed_by(candidate, {*whole.split(), *subject.split()}):
        return True
    if explains_terms(candidate) and re.match(rf"(?:\w{{1,3}} )?{re.escape(whole)}", text):
        return True
    # Small words inside a name, as in "plan de acción", are no terms of the question.
    spoken = r"(?: \w{1,3})* ".join(map(re.escape, whole.split()))
    return re.search(rf"\b{spoken}\w{{0,3}}(?: \w+)?? (?:{_MEANS})\b", text) is not None


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


def _plain(text: str) -> str:
    """Folded words parted by one space."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def standardised(values: Sequence[float]) -> list[float]:
    """The values in standard deviations from their mean; zeros when they are all alike."""
    middle = sum(values) / len(values)
    spread = math.sqrt(sum((value - middle) ** 2 for value in values) / len(values))
    return [(value - middle) / (spread + 1e-6) for value in values]
