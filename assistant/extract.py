"""The fewest sentences that carry the answer, in reading order, with the places they stand at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.model import BlockKind
from index.sentences import sentences
from index.words import fold

from .candidates import Candidate, candidate_of, leans, says_unknown
from .evidence import Words, coverage, missing, support, words_of
from .fields import head_of
from .lexicon import function_words, which_words
from .terms import Term, TermKind
from .values import stated
from .wants import Want
from .weighing import Weighed, lists_what_is_asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.search import GuideIndex

    from .question import Question

MOST_CORE, MOST_SENTENCES = 4, 5
"""Sentences by which an answer is judged, and those it is told in, at most."""
MOST_WORDS = 100
"""Words of an answer that is no list."""
SHORT_LIST = 6
"""Entries up to which a list is given whole when one of its entries answers but says too little alone."""
LED_LIST = 12
"""Entries up to which a list is given whole when the line above it answers."""
LIST_NAMED = 0.45
"""How far the heading of a list must name what is asked for, at least."""
ASKED_THERE = 0.5
"""How far the heading above a sentence must ask the same for it to answer before any list."""
TITLED = 0.2
"""How much more a list counts in a guide whose title holds all that is asked for."""
SAID_MORE = 0.15
"""How much more of what is asked for a sentence must say than the heading of a list does."""
NARROWED = 0.1
"""How much more a list counts of which some entries hold the country or name asked for."""
VALUE_MARGIN = 2.5
"""The same where one value answers."""
FIRST_MARGIN = 8.0
"""The same for a sentence of the passage that fits best as a whole."""
FURTHER = 0.5
"""How much further behind a sentence may be that only adds to the answer."""
MARGIN = 3.5
"""How far behind the best sentence another may be and still be added."""


@dataclass(frozen=True, slots=True)
class Extract:
    """Candidates that belong together: one sentence, or the entries of one list."""

    candidates: tuple[Candidate, ...]
    further: bool = False
    """Whether it only adds to what answers, and says nothing of whether there is an answer."""

    @property
    def is_list(self) -> bool:
        """Whether it is made of list entries."""
        return len(self.candidates) > 1


def extract(
    question: Question, weighed: Sequence[Weighed], candidates: Sequence[Candidate], index: GuideIndex
) -> tuple[Extract, ...]:
    """What answers the question: the best of the sentences weighed, or a list among all the candidates."""
    if not weighed:
        return ()
    defined = question.want is Want.DEFINITION and weighed[0].features["defines"] > 0
    entries = [] if question.value or defined else _list_asked_for(question, candidates, index)
    best = weighed[0].candidate
    single = question.want is Want.WHY or not question.plural
    if (single and weighed[0].features["asked_there"] >= ASKED_THERE) or _names_more(question, best, entries):
        entries = []
    kept = _narrowed(question, entries)
    if _falls_behind(kept, weighed) if not question.plural else _says_more(question, best, kept, weighed):
        kept = ()
    listed = len(kept) <= LED_LIST and any(each.start == best.start for each in kept)
    listed &= not _asks_for_one(question) and lists_what_is_asked(question, best)
    if kept and (question.plural or len(kept) < len(entries) or listed):
        return (Extract(kept),)
    if question.plural and best.kind is not BlockKind.LIST_ITEM and not question.value:
        below = _list_around(best, index)
        if 1 < len(below) <= LED_LIST:
            return (Extract((best,)), Extract(_narrowed(question, below)))
    if _is_bare(best) or _leads_to_list(best):
        entries = _list_around(best, index)
        if 1 < len(entries) <= (LED_LIST if _leads_to_list(best) else SHORT_LIST):
            return (Extract(_narrowed(question, entries)),)
    chosen = _several(question, weighed, index)
    return chosen if question.value else _whole_lists(chosen, index)


def _whole_lists(extracts: tuple[Extract, ...], index: GuideIndex) -> tuple[Extract, ...]:
    """A short list of which two entries were chosen is given whole, in place of the first of them."""
    kept: list[Extract] = []
    given: set[tuple[str, tuple[str, ...]]] = set()
    places = [(each.candidates[0].guide, each.candidates[0].headings) for each in extracts]
    for each, place in zip(extracts, places, strict=True):
        first = each.candidates[0]
        if first.kind is not BlockKind.LIST_ITEM or places.count(place) == 1:
            kept.append(each)
        elif place not in given:
            entries = _list_around(first, index)
            kept.append(Extract(tuple(entries)) if len(entries) <= SHORT_LIST else each)
            if len(entries) <= SHORT_LIST:
                given.add(place)
    return tuple(kept)


def _list_asked_for(
    question: Question, candidates: Sequence[Candidate], index: GuideIndex
) -> list[Candidate]:
    """The entries of the list whose heading or lead-in names what the question asks for; empty when none does."""
    best: list[Candidate] = []
    most = LIST_NAMED
    everywhere = [*candidates, *_of_topics(question, candidates, index)]
    lists = {(each.guide, each.headings): each for each in everywhere if each.kind is BlockKind.LIST_ITEM}
    for (guide, headings), entry in lists.items():
        named = _named(_generic(question), words_of(headings[-1] if headings else ""), words_of(entry.title))
        if question.topics and guide not in question.topics:
            named -= 0.3
        if named + NARROWED <= most:
            continue
        entries = _list_around(entry, index)
        if len(_narrowed(question, entries)) < len(entries):
            named += NARROWED
        if named > most:
            most, best = named, entries
    return best if len(best) > 1 else []


def _falls_behind(entries: Sequence[Candidate], weighed: Sequence[Weighed]) -> bool:
    """Whether the best of the entries that were weighed fits far worse than the best sentence."""
    listed = {(each.guide, each.start) for each in entries}
    scores = [each.score for each in weighed if (each.candidate.guide, each.candidate.start) in listed]
    return bool(scores) and max(scores) < weighed[0].score - MARGIN


def _says_more(
    question: Question, best: Candidate, entries: Sequence[Candidate], weighed: Sequence[Weighed]
) -> bool:
    """Whether a sentence itself says clearly more of what is asked for than the heading of a list that was not read."""
    known = {(each.candidate.guide, each.candidate.start) for each in weighed}
    if not entries or any((each.guide, each.start) in known for each in entries):
        return False
    terms, first = _generic(question), entries[0]
    heading = words_of(first.headings[-1] if first.headings else "")
    return coverage(terms, best.own_words) > _named(terms, heading, words_of(first.title)) + SAID_MORE


def _names_more(question: Question, best: Candidate, entries: Sequence[Candidate]) -> bool:
    """Whether a sentence holds more of the names, countries and numbers asked about than a list does."""
    named = [term for term in question.terms if term.kind is not TermKind.WORD]
    if not named or not entries:
        return False
    listed = [words_of(" ".join(each.text for each in entries)), entries[0].context_words]
    return coverage(named, *listed) < coverage(named, best.own_words, best.context_words)


def _of_topics(question: Question, candidates: Sequence[Candidate], index: GuideIndex) -> list[Candidate]:
    """Every sentence of the guides that the question names."""
    found: list[Candidate] = []
    for topic in question.topics:
        hit = next((each.hit for each in candidates if each.guide == topic), None)
        if hit:
            guide = index.guide(topic)
            found += [candidate_of(hit, guide, sentence) for sentence in sentences(guide)]
    return found


def _generic(question: Question) -> list[Term]:
    """What is asked for in general, such as partners, without the names that narrow it; "who" asks for partners."""
    terms = [term for term in question.terms if term.kind is TermKind.WORD]
    if question.want is Want.WHO and not terms:
        return [Term("partners", "partners", TermKind.WORD, frozenset({"partner"}))]
    return terms


def _named(terms: list[Term], heading: Words, title: Words) -> float:
    """How far a heading names what is asked for, or what is asked for beyond the title of its guide, 0 to 1."""
    beyond = [term for term in terms if not support(term, title)]
    named = max((coverage(asked, heading) for asked in (terms, beyond) if asked), default=0.0)
    return named + TITLED * (1 - len(beyond) / len(terms)) if named else 0.0


def _asks_for_one(question: Question) -> bool:
    """Whether one place or thing answers: "where …", "which harbour …"."""
    first, then, *_ = (*map(fold, question.text.split()), "", "")
    which = which_words().holds(first) and then not in function_words(question.language)
    return question.want is Want.WHERE or (which and not question.plural)


def _is_bare(candidate: Candidate) -> bool:
    """Whether a list entry is too short to say anything alone."""
    return candidate.kind is BlockKind.LIST_ITEM and len(candidate.text.split()) < 3


def _leads_to_list(candidate: Candidate) -> bool:
    """Whether a sentence only says what is listed below it."""
    return candidate.text.rstrip().endswith(":")


def _list_around(candidate: Candidate, index: GuideIndex) -> list[Candidate]:
    """The entries of the list that a candidate stands in or leads to, in order."""
    guide = index.guide(candidate.guide)
    every = list(sentences(guide))
    here = next((i for i, each in enumerate(every) if each.start == candidate.start), None)
    if here is None:
        return []
    start = here if candidate.kind is BlockKind.LIST_ITEM else here + 1
    if start >= len(every) or every[start].kind is not BlockKind.LIST_ITEM:
        return []
    path = every[start].headings
    low = high = start
    while low > 0 and every[low - 1].kind is BlockKind.LIST_ITEM and every[low - 1].headings == path:
        low -= 1
    while (
        high + 1 < len(every)
        and every[high + 1].kind is BlockKind.LIST_ITEM
        and every[high + 1].headings == path
    ):
        high += 1
    return [candidate_of(candidate.hit, guide, sentence) for sentence in every[low : high + 1]]


def _narrowed(question: Question, entries: list[Candidate]) -> tuple[Candidate, ...]:
    """The entries that hold the names and countries asked for; all of them when none tells them apart."""
    above = words_of(" — ".join((entries[0].title, *entries[0].headings))) if entries else words_of("")
    narrowing = [
        term
        for term in question.terms
        if term.kind in {TermKind.COUNTRY, TermKind.NAME} and not support(term, above)
    ]
    if not narrowing:
        return tuple(entries)
    kept = [entry for entry in entries if any(support(term, entry.own_words) for term in narrowing)]
    return tuple(kept or entries)


def _several(question: Question, weighed: Sequence[Weighed], index: GuideIndex) -> tuple[Extract, ...]:
    best = weighed[0]
    if best.features["label"] and question.want is not Want.COMPARE:
        return _fields(question, weighed)
    chosen = [best.candidate]
    beyond: list[Candidate] = []
    words = len(best.candidate.text.split())
    margin = VALUE_MARGIN if question.value else MARGIN
    for other in weighed[1:]:
        behind = best.score - other.score
        if len(chosen) + len(beyond) == MOST_SENTENCES or behind > margin + FURTHER:
            break
        if _leads_to_list(other.candidate) or says_unknown(other.candidate):
            continue
        length = len(other.candidate.text.split())
        if words + length > MOST_WORDS or not _adds(question, [*chosen, *beyond], other.candidate):
            continue
        (chosen if behind <= margin and len(chosen) < MOST_CORE else beyond).append(other.candidate)
        words += length
    first = _of_first_passage(weighed)
    if first and all(each.hit.passage.id != first.hit.passage.id for each in (*chosen, *beyond)):
        beyond.append(first)
    told = sorted([*chosen, *beyond], key=lambda each: (each.hit.rank, each.start))
    return tuple(Extract((each,), further=each in beyond) for each in _standing(told, index))


def _of_first_passage(weighed: Sequence[Weighed]) -> Candidate | None:
    """The best sentence of the passage that search found to fit best, unless it says little."""
    best = min(weighed, key=lambda each: each.candidate.hit.rank).candidate.hit.rank
    first = next(each for each in weighed if each.candidate.hit.rank == best)
    fits = first.score >= weighed[0].score - FIRST_MARGIN
    tells = not (_leads_to_list(first.candidate) or says_unknown(first.candidate))
    return first.candidate if fits and best == 1 and tells else None


def _standing(chosen: Sequence[Candidate], index: GuideIndex) -> list[Candidate]:
    """The sentences, with the one before each that leans on it in its block, or that goes on from the last but one."""
    told: list[Candidate] = []
    for each in chosen:
        before = _before(each, index)
        if before and not leans(each.text):
            earlier = _before(before, index)
            before = before if earlier and told and _is_same(earlier, told[-1]) else None
        if before and not any(_is_same(before, other) for other in told):
            told.append(before)
        if each not in told:
            told.append(each)
    return told


def _is_same(one: Candidate, other: Candidate) -> bool:
    return (one.guide, one.start) == (other.guide, other.start)


def _before(candidate: Candidate, index: GuideIndex) -> Candidate | None:
    """The sentence before a candidate in the same block of its guide; None if it is the first."""
    guide = index.guide(candidate.guide)
    block = next((each for each in guide.blocks if each.start <= candidate.start < each.end), None)
    if block is None:
        return None
    earlier = [
        each for each in sentences(guide, block.start, candidate.start) if each.start < candidate.start
    ]
    return candidate_of(candidate.hit, guide, earlier[-1]) if earlier else None


def _fields(question: Question, weighed: Sequence[Weighed]) -> tuple[Extract, ...]:
    """The best field of just what is asked for, and others of its list or guide that say a word that it lacks."""
    chosen = [weighed[0].candidate]
    for other in weighed[1:]:
        if len(chosen) == MOST_SENTENCES:
            break
        candidate = other.candidate
        beside = candidate.guide == chosen[0].guide and candidate.headings == chosen[0].headings
        if not beside and not (other.features["label"] and candidate.guide == chosen[0].guide):
            continue
        lacking = missing(question.terms, *(words_of(each.text) for each in chosen))
        if head_of(candidate.text) == head_of(chosen[0].text) and other.score > weighed[0].score - MARGIN:
            chosen.append(candidate)  # one rate of several would mislead
        elif any(support(term, candidate.own_words) for term in _specific(lacking)):
            chosen.append(candidate)
    chosen.sort(key=lambda each: each.start)
    return tuple(Extract((candidate,)) for candidate in chosen)


def _adds(question: Question, chosen: list[Candidate], other: Candidate) -> bool:
    """Whether a sentence holds words of the question that those chosen lack, or is another likely value."""
    texts = [words_of(" ".join((*each.headings, each.text))) for each in chosen]
    lacking = _specific(missing(question.terms, *texts))
    if any(support(term, other.own_words) for term in lacking):
        return True
    if question.value:
        given = frozenset[str]().union(*(stated(each.text, question.value) for each in chosen))
        return bool(stated(other.text, question.value) - given)
    return other.own_words.folded - frozenset().union(*(text.folded for text in texts)) != frozenset()


def _specific(terms: Sequence[Term]) -> list[Term]:
    return [term for term in terms if len(term.folded) > 2]
