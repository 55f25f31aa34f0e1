"""What a question means that leans on the talk before it: "and its budget?", "who led it?", "what about Sweden?".

The question is made to stand alone by rules and word lists (`lexicon/follow-ups.toml`), with what was named
before; nothing is guessed by a language model, and the asker is shown what came of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from index.language import detect
from index.words import fold

from .lexicon import country_of, read_list
from .model import Verdict
from .question import Question, TermKind, Want, read_question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .model import Answer
    from .question import Topic

REMEMBERED = 8
"""Earlier questions among which the one named last is looked for."""
LONGEST_NAME = 8
"""Words of the name of a guide, at most."""
_WORD = re.compile(r"[^\W_]+")
_PICKED = re.compile(r"\s*(\d{1,2})\s*[.)]?\s*")


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that stands alone."""

    text: str
    language: str
    leans: bool
    """Whether it differs from what was typed."""


@dataclass(frozen=True, slots=True)
class _Words:
    """How questions lean on each other in one language; see `lexicon/follow-ups.toml`."""

    openings: tuple[tuple[str, ...], ...] = ()
    asks: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    leans: frozenset[str] = frozenset()
    at_end: frozenset[str] = frozenset()
    stands_for: tuple[tuple[str, ...], ...] = ()
    things: frozenset[str] = frozenset()
    possessives: frozenset[str] = frozenset()
    instead: str = ""
    joined: str = ""
    """Pattern for a thing and whose it is; empty where there is none."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of a question: `text[start:end]`."""

    start: int
    end: int


class _Asked:
    """A question with what must be known of its form."""

    def __init__(self, text: str, language: str, topics: tuple[Topic, ...]) -> None:
        self.text = " ".join(text.split())
        self.words = _words(language)
        self.read: Question = read_question(self.text, topics, language)
        places = [_Place(*match.span()) for match in _WORD.finditer(self.text)]
        opening = _opening([fold(self.text[place.start : place.end]) for place in places], self.words)
        self.goes_on = opening > 0
        self.places = places[opening:]
        self.folded = [fold(self.text[place.start : place.end]) for place in self.places]

    @property
    def rest(self) -> str:
        """The question without the words that go on from the last one, and without its mark."""
        return self.text[self.places[0].start :].rstrip(" ?!.") if self.places else ""

    @property
    def is_whole(self) -> bool:
        """Whether it is a clause, not a few words alone."""
        first = self.folded[0] if self.folded else ""
        return first in self.words.verbs or not self.words.asks.isdisjoint(self.folded)

    @property
    def names_nothing(self) -> bool:
        """Whether every word stands for something that any project or programme has, such as its budget."""
        known = [term for term in self.read.terms if term.concepts]
        placed = all(term.concepts or term.kind is not TermKind.WORD for term in self.read.terms)
        named = any(term.kind is TermKind.NAME for term in self.read.terms)
        return placed and not named and bool(known or self.read.value or self.read.want is Want.WHO)

    @property
    def names_another(self) -> bool:
        """Whether it holds names, countries or numbers and nothing that is asked about them."""
        named = self.read.topics or self.read.terms
        return bool(named) and all(term.kind is not TermKind.WORD for term in self.read.terms)

    @property
    def has_pronoun(self) -> bool:
        """Whether a word stands for something that was named before the question, not within it."""
        if self.folded and self.folded[-1] in self.words.at_end:
            return True
        if self.speaks_of_things:
            return True
        first = next((i for i, word in enumerate(self.folded) if word in self.words.leans), None)
        if first is None:
            return any(_find(phrase, self.folded) is not None for phrase in self.words.stands_for)
        return not self._named_before(first)

    @property
    def speaks_of_things(self) -> bool:
        """Whether a word stands for what was asked for, such as the partners, not for whose they are."""
        return not self.words.things.isdisjoint(self.folded)

    def _named_before(self, place: int) -> bool:
        """Whether the words before a place are likely to hold what a pronoun there stands for."""
        words = set(self.folded[:place])
        before = [term for term in self.read.terms if words & set(term.folded.split())]
        if self.read.want is Want.DEFINITION and before:
            return True
        unknown = [term for term in before if not term.concepts]
        return len(unknown) > 1 or any(term.kind is TermKind.NAME for term in before)


def understand(
    text: str,
    earlier: Sequence[Answer],
    topics: tuple[Topic, ...],
    names: Mapping[str, str],
    language: str | None = None,
) -> Understood:
    """A question as it stands alone, after earlier ones.

    Args:
        text: What was typed.
        earlier: The talk so far, oldest first.
        topics: Every guide as people may name it.
        names: What each guide is called, by slug.
        language: Of the question; found out when it is not given.

    Raises:
        QuestionError: if the question is empty or too long.
    """
    last = earlier[-1] if earlier else None
    spoken = language or detect(text, last.language if last else None)
    if last is None:
        return Understood(text, spoken, leans=False)
    asked = _Asked(text, spoken, topics)
    picked = _picked(asked, last)
    if picked:
        return Understood(_with_name(last.meant, picked), last.language, leans=True)
    meant = "" if _PICKED.fullmatch(asked.text) else _made_whole(asked, earlier[-REMEMBERED:], topics, names)
    if meant and asked.text.startswith("¿") and not meant.startswith("¿"):
        meant = f"¿{meant}"
    return Understood(meant or text, spoken, leans=bool(meant))


def _picked(asked: _Asked, last: Answer) -> str:
    """The guide that was chosen where several fitted: by its number or its name; empty if none was."""
    if last.verdict is not Verdict.CLARIFY:
        return ""
    number = _PICKED.fullmatch(asked.text)
    if number and 1 <= int(number[1]) <= len(last.options):
        return last.options[int(number[1]) - 1].name
    families = {topic.split(".")[0] for topic in asked.read.topics}
    chosen = [option.name for option in last.options if option.guide.split(".")[0] in families]
    return ", ".join(chosen) if not asked.is_whole else ""


def _made_whole(
    asked: _Asked, earlier: Sequence[Answer], topics: tuple[Topic, ...], names: Mapping[str, str]
) -> str:
    """The question with what it leaves out; empty if it leaves nothing out."""
    if not asked.places:
        return ""
    if not asked.is_whole and asked.names_another:
        return _slots_changed(earlier[-1], asked, topics, names)
    if asked.read.topics or not _leans(asked):
        return ""
    if asked.speaks_of_things and _fits_slot(earlier[-1], asked, topics):
        return _slots_changed(earlier[-1], asked, topics, names)
    tells = asked.has_pronoun or asked.goes_on
    name = _subject(earlier, topics, names) if tells else _guide_spoken_of(earlier[-1], topics, names)
    if asked.speaks_of_things:
        name = ", ".join(filter(None, (_things_asked(earlier[-1], topics), name)))
        return _with_name(asked.rest, name) if name else ""
    if not name:
        return ""
    if asked.is_whole or not asked.words.joined:
        return _named(asked, name)
    return _asking(asked.words.joined.format(rest=_without_possessive(asked), name=name))


def _leans(asked: _Asked) -> bool:
    if asked.has_pronoun:
        return True
    explains = asked.read.want is Want.DEFINITION
    return not explains and (asked.goes_on or asked.names_nothing)


# What was named before ----------------------------------------------------------------------------


def _subject(earlier: Sequence[Answer], topics: tuple[Topic, ...], names: Mapping[str, str]) -> str:
    """What the talk was about last: the guides or things named, what was explained, or the one guide cited."""
    for answer in reversed(earlier):
        question = read_question(answer.meant, topics, answer.language)
        subject = [_spoken_name(slug, topics, names) for slug in question.topics] or _named_things(question)
        if not subject and question.want is Want.DEFINITION:
            subject = [" ".join(term.text for term in question.terms)]
        subject = subject or [_spoken_name(slug, topics, names) for slug in _cited_guide(answer, names)]
        if any(subject):
            return ", ".join(dict.fromkeys(subject))
    return ""


def _guide_spoken_of(last: Answer, topics: tuple[Topic, ...], names: Mapping[str, str]) -> str:
    """The guides that the last question named, or the one cited where it explained nothing; empty for none."""
    question = read_question(last.meant, topics, last.language)
    cited = () if question.want is Want.DEFINITION else _cited_guide(last, names)
    slugs = question.topics or cited
    return ", ".join(dict.fromkeys(_spoken_name(slug, topics, names) for slug in slugs))


def _things_asked(last: Answer, topics: tuple[Topic, ...]) -> str:
    """What the last question asked for, in its own words: `partners`."""
    terms = read_question(last.meant, topics, last.language).terms
    return " ".join(term.text for term in terms if term.kind is TermKind.WORD)


def _cited_guide(answer: Answer, names: Mapping[str, str]) -> tuple[str, ...]:
    """The guide that all of an answer comes from; none when there are several, or when it is gone."""
    guides = tuple(dict.fromkeys(citation.guide for citation in answer.citations))
    return guides if len(guides) == 1 and guides[0] in names else ()


def _spoken_name(slug: str, topics: tuple[Topic, ...], names: Mapping[str, str]) -> str:
    """A name of a guide by which a question is known to name it."""
    known = {topic.slug: topic.names for topic in topics}.get(slug, ())
    return (
        names[slug] if _squeezed(names[slug]) in known else slug.split(".", maxsplit=1)[0].replace("-", " ")
    )


def _named_things(question: Question) -> list[str]:
    """Names in a question that are no guides, words that follow each other joined: `B Light 2`."""
    named = {term.folded for term in question.terms if term.kind is TermKind.NAME}
    numbers = {term.folded for term in question.terms if term.kind is TermKind.NUMBER}
    things: list[list[str]] = [[]]
    for word in _WORD.findall(question.text):
        joins = fold(word) in named | numbers or (len(word) == 1 and word.isupper())
        if joins:
            things[-1].append(word)
        elif things[-1]:
            things.append([])
    return [" ".join(thing) for thing in things if any(fold(word) in named for word in thing)]


# Putting it in ------------------------------------------------------------------------------------


def _named(asked: _Asked, name: str) -> str:
    """The clause with the name in place of what stands for it, else behind it."""
    for phrase in (*asked.words.stands_for, *((word,) for word in asked.words.at_end)):
        start = _find(phrase, asked.folded)
        at_end = start == len(asked.folded) - 1
        if start is not None and (at_end or phrase[0] not in asked.words.at_end):
            first, last = asked.places[start], asked.places[start + len(phrase) - 1]
            begins = asked.places[0].start
            return _asking(f"{asked.text[begins : first.start]}{name}{asked.text[last.end :]}")
    return _with_name(asked.rest, name)


def _with_name(text: str, name: str) -> str:
    return _asking(f"{text.rstrip(' ?!.')} ({name})")


def _asking(text: str) -> str:
    """The words as a question, with a capital at its beginning and a mark at its end."""
    letter = next((i for i, sign in enumerate(text) if sign.isalnum()), 0)
    return f"{text[:letter]}{text[letter : letter + 1].upper()}{text[letter + 1 :]}".rstrip(" ?!.") + "?"


def _without_possessive(asked: _Asked) -> str:
    """The words asked for, with an article in place of the possessive at their beginning."""
    if asked.folded[0] not in asked.words.possessives or len(asked.places) == 1:
        return asked.rest
    rest = asked.text[asked.places[1].start :].rstrip(" ?!.")
    return f"{asked.words.instead} {rest}".strip()


def _fits_slot(last: Answer, asked: _Asked, topics: tuple[Topic, ...]) -> bool:
    """Whether a country, number or name is all that is new, and the last question has one in that place."""
    kinds = {term.kind for term in asked.read.terms}
    if not kinds or TermKind.WORD in kinds:
        return False
    return all(_last_of_kind(last.meant, kind, last.language, topics) for kind in kinds)


def _slots_changed(last: Answer, asked: _Asked, topics: tuple[Topic, ...], names: Mapping[str, str]) -> str:
    """The last question with the guide, country, name or number of this one in place of its own."""
    text = last.meant
    for slug in asked.read.topics:
        text = _replaced(text, _last_topic(text, topics), _spoken_name(slug, topics, names))
    for kind in (TermKind.COUNTRY, TermKind.NUMBER, TermKind.NAME):
        given = [term.text for term in asked.read.terms if term.kind is kind]
        if given:
            text = _replaced(text, _last_of_kind(text, kind, last.language, topics), " ".join(given))
    return text


def _replaced(text: str, place: _Place | None, given: str) -> str:
    if place is None:
        return _with_name(text, given)
    return _asking(text[: place.start] + given + text[place.end :])


def _last_topic(text: str, topics: tuple[Topic, ...]) -> _Place | None:
    """Where the last guide stands that a text names."""
    words = [_Place(*match.span()) for match in _WORD.finditer(text)]
    known = {name for topic in topics for name in topic.names}
    for last in range(len(words), 0, -1):
        for first in range(max(0, last - LONGEST_NAME), last):
            place = _Place(words[first].start, words[last - 1].end)
            if _squeezed(text[place.start : place.end]) in known:
                return place
    return None


def _last_of_kind(text: str, kind: TermKind, language: str, topics: tuple[Topic, ...]) -> _Place | None:
    """Where the last country, number or name stands that is no guide."""
    question = read_question(text, topics, language)
    if kind is TermKind.NAME:
        things = _named_things(question)
        start = text.rfind(things[-1]) if things else -1
        return _Place(start, start + len(things[-1])) if start >= 0 else None
    folded = {term.folded for term in question.terms if term.kind is kind}
    found = [
        _Place(*match.span())
        for match in _WORD.finditer(text)
        if (country_of(match.group()) if kind is TermKind.COUNTRY else fold(match.group()) in folded)
    ]
    return found[-1] if found else None


# Words --------------------------------------------------------------------------------------------


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name))


def _find(phrase: tuple[str, ...], words: Sequence[str]) -> int | None:
    starts = range(len(words) - len(phrase) + 1)
    return next((i for i in starts if tuple(words[i : i + len(phrase)]) == phrase), None)


def _opening(folded: Sequence[str], words: _Words) -> int:
    """How many words at the beginning only go on from the last question."""
    return next((len(phrase) for phrase in words.openings if tuple(folded[: len(phrase)]) == phrase), 0)


@cache
def _words(language: str) -> _Words:
    entry = read_list("follow-ups.toml").get(language)
    if not isinstance(entry, dict):
        return _Words()
    return _Words(
        openings=tuple(tuple(_WORD.findall(phrase)) for phrase in entry["openings"]),
        asks=frozenset(entry["asks"].split()),
        verbs=frozenset(entry["verbs"].split()),
        leans=frozenset(entry["leans"].split()),
        at_end=frozenset(entry["at_end"].split()),
        stands_for=tuple(tuple(phrase.split()) for phrase in entry["stands_for"]),
        things=frozenset(entry.get("things", "").split()),
        possessives=frozenset(entry["possessives"].split()),
        instead=entry.get("instead", ""),
        joined=entry["of"],
    )
