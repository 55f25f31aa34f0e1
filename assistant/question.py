"""What a question asks for: its content words, names and numbers, and the kind of answer it wants."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.language import detect
from index.words import fold

from . import lexicon
from .errors import QuestionError
from .terms import Term, bare, kinds_asked, terms_of, tokens_of
from .topics import Topic, one_version, split_topics
from .wants import (
    ONE_VALUE,
    Want,
    asks_for_several,
    asks_which_there_are,
    counting,
    heads_a_list,
    thing_asked,
    want_of,
)

LONGEST = 2_000
"""Longest question taken, in characters."""
_SENTENCE_START = re.compile(r"(?<=[.?!] )[^\W\d_](?=[^\W\d_]*[a-zà-ÿ])")
"""The capital that a second sentence begins with, which makes no name of its first word."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart; `terms` leaves out function words and the guides it names."""

    text: str
    language: str
    want: Want
    terms: tuple[Term, ...]
    topics: tuple[str, ...]
    """Slugs of the guides that the question names; guides called by common words only where no other is named."""
    subjects: int
    """How many different things those guides are about: guides of one title are about one."""
    value: str
    """Kind of value that must stand in the answer: amount, date, duration, number or share; empty for none."""
    plural: bool
    """Whether several things are asked for, such as "which partners"."""
    surely_named: bool = True
    """Whether those guides are called by names of their own, not by words that may just be part of the question."""

    @property
    def concepts(self) -> frozenset[str]:
        """Every concept that a word of the question may stand for."""
        return frozenset().union(*(term.concepts for term in self.terms))


def read_question(text: str, topics: tuple[Topic, ...] = (), language: str | None = None) -> Question:
    """Take a question apart.

    Raises:
        QuestionError: if it holds no word or is longer than `LONGEST` characters.
    """
    clean = " ".join(text.split())
    if len(clean) > LONGEST:
        raise QuestionError(f"The question has {len(clean)} characters; ask again with at most {LONGEST}.")
    tokens = tokens_of(_SENTENCE_START.sub(lambda found: found.group().lower(), clean))
    if not tokens:
        raise QuestionError("The question holds no words; type what you want to know.")
    spoken = language or detect(clean)
    named, rest = split_topics(tokens, tuple(topic for topic in topics if topic.is_proper))
    surely = bool(named)
    if not named:
        named, _ = split_topics(tokens, tuple(topic for topic in topics if not topic.is_proper))
    terms = terms_of(rest, spoken, _counted(tokens))
    named = one_version(named, topics, spoken)
    titles = {topic.names[:1] for topic in topics if topic.slug in named}
    want = want_of(tokens, terms, spoken, named=bool(named))
    if len(titles) > 1 and (
        want not in ONE_VALUE | {Want.WHO, Want.DEFINITION} or (want is Want.DEFINITION and terms)
    ):
        want = Want.COMPARE
    if want is Want.DEFINITION and asks_for_several(tokens) and asks_which_there_are(tokens):
        want = Want.ANY
    if want is Want.DEFINITION:
        terms = tuple(term for term in terms if not lexicon.definition_words().holds(term.folded))
    several = want not in ONE_VALUE and (
        asks_for_several(tokens) or (want is Want.ANY and heads_a_list(rest))
    )
    value = "" if want is Want.COMPARE and thing_asked(tokens) else _value(want, terms)
    return Question(clean, spoken, want, terms, named, len(titles), value, several, surely)


def _value(want: Want, terms: tuple[Term, ...]) -> str:
    """The kind of value wanted; a comparison wants what its words speak of, such as money."""
    if want in ONE_VALUE:
        return str(want)
    if want is not Want.COMPARE:
        return ""
    return next((kind for term in terms for kind in kinds_asked(term)), "")


def _counted(tokens: list[str]) -> frozenset[str]:
    """The word right behind "how many": it is what is counted, even if it says little elsewhere, as "projects" does."""
    folded = [fold(token) for token in tokens]
    for place in range(len(folded)):
        for length in (2, 1):
            phrase = " ".join(folded[place : place + length])
            following = folded[place + length : place + length + 1]
            if phrase in counting() and following and len(following[0]) >= LEAST_COUNTED:
                return frozenset(following)
    return frozenset()


def counted_term(question: Question) -> Term | None:
    """What "how many" asks to count, if people often ask about it, such as firms, and it is no unit, as months are."""
    folded = [bare(token, question.language) for token in tokens_of(question.text)]
    for place in range(len(folded)):
        for length in (2, 1):
            if " ".join(folded[place : place + length]) in counting():
                following = folded[place + length : place + length + FARTHEST_COUNTED]
                told = (term for term in question.terms if term.folded in following)
                counted = min(told, key=lambda term: following.index(term.folded), default=None)
                known = counted is not None and counted.concepts and not kinds_asked(counted)
                return counted if known else None
    return None


FARTHEST_COUNTED = 3
"""Words from "how many" to what is counted, at most: "how many small and young firms" has more."""
LEAST_COUNTED = 6
"""Letters of a word that is counted, at least: shorter ones without content are verbs, as "were" is."""
