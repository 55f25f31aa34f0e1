"""What a question asks for: its content words, names and numbers, and the kind of answer it wants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from index.language import detect
from index.words import fold

from . import lexicon
from .errors import QuestionError
from .facts import number_words
from .values import values_in

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 2_000
"""Longest question taken, in characters."""

_TOKEN = re.compile(r"[^\W_]+(?:[.,'’/&+-][^\W_]+)*", re.UNICODE)
_COMPOUND = re.compile(r"(?<=[A-Z0-9])-(?=[a-zà-ÿ]{3})")
"""Where a word is joined to a short name, as in "TRL-niveauer" and "EU-funded"."""
_SENTENCE_START = re.compile(r"(?<=[.?!] )[^\W\d_](?=[^\W\d_]*[a-zà-ÿ])")
"""The capital that a second sentence begins with, which makes no name of its first word."""
_PAIR = re.compile(r"(?<=[a-zà-ÿ]{3})-(?=[a-zà-ÿ]{3})")
"""Where a pair of words is joined, but not a syllable before a word, as in "co-financing"."""


class Want(StrEnum):
    """The kind of answer a question wants."""

    COMPARE = "compare"
    DURATION = "duration"
    AMOUNT = "amount"
    NUMBER = "number"
    SHARE = "share"
    DATE = "date"
    WHO = "who"
    WHY = "why"
    WHERE = "where"
    HOW = "how"
    DEFINITION = "definition"
    YES_NO = "yesno"
    ANY = "any"


class TermKind(StrEnum):
    """What a content word of a question is."""

    NAME = "name"
    NUMBER = "number"
    COUNTRY = "country"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a question."""

    text: str
    folded: str
    kind: TermKind
    concepts: frozenset[str] = frozenset()
    country: str = ""

    @property
    def is_code(self) -> bool:
        """Whether it is the short name of something, such as `EEN` or `I3`."""
        letters = [sign for sign in self.text if sign.isalpha()]
        coded = sum(letter.isupper() for letter in letters) >= 2 or any(sign.isdigit() for sign in self.text)
        return self.kind is TermKind.NAME and coded

    @property
    def is_short(self) -> bool:
        """Whether it has the length of a short name, as `erdf` written by somebody in a hurry has."""
        return self.kind is TermKind.WORD and len(self.folded) <= LONGEST_SHORT_NAME


LONGEST_SHORT_NAME = 5
"""Letters of a short name, at most."""


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


@dataclass(frozen=True, slots=True)
class Topic:
    """A guide as people may name it."""

    slug: str
    names: tuple[str, ...]
    """Folded names without spaces."""
    language: str = "en"
    title: str = ""
    """What it is called in an answer."""

    @property
    def is_proper(self) -> bool:
        """Whether it is called by a name of its own, such as KISS ME, and not by common words, as "Lead partner" is."""
        return is_proper_name(self.title) or not self.title

    @property
    def family(self) -> str:
        """The slug without its language: versions of one guide share it."""
        return self.slug.split(".")[0]


def is_proper_name(title: str) -> bool:
    """Whether a title is a name, such as KISS ME, as its capitals and digits tell."""
    return sum(sign.isupper() or sign.isdigit() for sign in title) > 1


@cache
def topic_names(slug: str, title: str) -> tuple[str, ...]:
    """Folded names, spaces and signs taken out, by which a guide may be called."""
    names = [title, slug.split(".", maxsplit=1)[0]]
    squeezed = (re.sub(r"[^a-z0-9]", "", fold(name)) for name in names)
    return tuple(dict.fromkeys(name for name in squeezed if len(name) >= 4))


def read_question(text: str, topics: tuple[Topic, ...] = (), language: str | None = None) -> Question:
    """Take a question apart.

    Raises:
        QuestionError: if it holds no word or is longer than `LONGEST` characters.
    """
    clean = " ".join(text.split())
    if len(clean) > LONGEST:
        raise QuestionError(f"The question has {len(clean)} characters; ask again with at most {LONGEST}.")
    tokens = _tokens(_SENTENCE_START.sub(lambda found: found.group().lower(), clean))
    if not tokens:
        raise QuestionError("The question holds no words; type what you want to know.")
    spoken = language or detect(clean)
    named, rest = _split_topics(tokens, tuple(topic for topic in topics if topic.is_proper))
    surely = bool(named)
    if not named:
        named, _ = _split_topics(tokens, tuple(topic for topic in topics if not topic.is_proper))
    terms = _terms(rest, spoken, _counted(tokens))
    named = one_version(named, topics, spoken)
    titles = {topic.names[:1] for topic in topics if topic.slug in named}
    want = _want(tokens, terms, spoken, named=bool(named))
    if len(titles) > 1 and (
        want not in _ONE_VALUE | {Want.WHO, Want.DEFINITION} or (want is Want.DEFINITION and terms)
    ):
        want = Want.COMPARE
    if want is Want.DEFINITION and _asks_for_several(tokens) and _asks_which_there_are(tokens):
        want = Want.ANY
    if want is Want.DEFINITION:
        terms = tuple(term for term in terms if not lexicon.definition_words().holds(term.folded))
    several = want not in _ONE_VALUE and (
        _asks_for_several(tokens) or (want is Want.ANY and _heads_a_list(rest))
    )
    value = "" if want is Want.COMPARE and _thing(tokens) else _value(want, terms)
    return Question(clean, spoken, want, terms, named, len(titles), value, several, surely)


def one_version(slugs: tuple[str, ...], topics: tuple[Topic, ...], language: str) -> tuple[str, ...]:
    """One slug for each guide: its version in the language, else in English, else the first."""
    known = {topic.slug: topic for topic in topics}
    best: dict[str, str] = {}
    for slug in slugs:
        topic = known[slug]
        held = best.get(topic.family)
        if held is None or _rank(topic, language) < _rank(known[held], language):
            best[topic.family] = slug
    return tuple(best.values())


def _rank(topic: Topic, language: str) -> int:
    return (language, "en", topic.language).index(topic.language)


_ONE_VALUE = frozenset({Want.AMOUNT, Want.DURATION, Want.DATE, Want.NUMBER, Want.SHARE})


def _value(want: Want, terms: tuple[Term, ...]) -> str:
    """The kind of value wanted; a comparison wants what its words speak of, such as money."""
    if want in _ONE_VALUE:
        return str(want)
    if want is not Want.COMPARE:
        return ""
    return next((kind for term in terms for kind in _kinds_asked(term)), "")


def _kinds_asked(term: Term) -> list[str]:
    """Kinds of value that a term asks for by its concepts, such as an amount for money."""
    return [kind for name in sorted(term.concepts) if (kind := lexicon.answer_of(name))]


def _tokens(text: str) -> list[str]:
    return [
        part
        for token in _TOKEN.findall(text)
        for part in (_PAIR if token.islower() else _COMPOUND).split(token)
    ]


def _split_topics(tokens: list[str], topics: tuple[Topic, ...]) -> tuple[tuple[str, ...], list[str]]:
    """Slugs of the guides named, and the tokens that are not part of a name; the longest name wins."""
    folded = [re.sub(r"[^a-z0-9]", "", fold(token)) for token in tokens]
    taken: set[int] = set()
    found: list[str] = []
    said = {"".join(run) for run in _runs(folded)}
    likely = tuple(topic for topic in topics if not said.isdisjoint(topic.names))
    for start in range(len(tokens)):
        if start in taken:
            continue
        end, slugs = _longest_name(folded, start, likely)
        if slugs:
            taken.update(range(start, end))
            found.extend(slugs)
    return tuple(dict.fromkeys(found)), [token for i, token in enumerate(tokens) if i not in taken]


LONGEST_NAME = 8
"""Words of the longest name of a guide that is recognised."""


def _runs(words: list[str]) -> Iterator[list[str]]:
    """Every run of words that may be the name of a guide."""
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + LONGEST_NAME) + 1):
            yield words[start:end]


def _longest_name(folded: list[str], start: int, topics: tuple[Topic, ...]) -> tuple[int, list[str]]:
    for end in range(min(len(folded), start + LONGEST_NAME), start, -1):
        joined = "".join(folded[start:end])
        slugs = [topic.slug for topic in topics if joined in topic.names]
        if slugs:
            return end, slugs
    return start, []


LONGEST_PHRASE = 4
"""Words of the longest phrase that stands for a concept."""


def _counted(tokens: list[str]) -> frozenset[str]:
    """The word right behind "how many": it is what is counted, even if it says little elsewhere, as "projects" does."""
    folded = [fold(token) for token in tokens]
    for place in range(len(folded)):
        for length in (2, 1):
            phrase = " ".join(folded[place : place + length])
            following = folded[place + length : place + length + 1]
            if phrase in _counting() and following and len(following[0]) >= LEAST_COUNTED:
                return frozenset(following)
    return frozenset()


def counted_term(question: Question) -> Term | None:
    """What "how many" asks to count, if people often ask about it, such as firms, and it is no unit, as months are."""
    folded = [_bare(token, question.language) for token in _tokens(question.text)]
    for place in range(len(folded)):
        for length in (2, 1):
            if " ".join(folded[place : place + length]) in _counting():
                following = folded[place + length : place + length + FARTHEST_COUNTED]
                told = (term for term in question.terms if term.folded in following)
                counted = min(told, key=lambda term: following.index(term.folded), default=None)
                known = counted is not None and counted.concepts and not _kinds_asked(counted)
                return counted if known else None
    return None


FARTHEST_COUNTED = 3
"""Words from "how many" to what is counted, at most: "how many small and young firms" has more."""
LEAST_COUNTED = 6
"""Letters of a word that is counted, at least: shorter ones without content are verbs, as "were" is."""


@cache
def _counting() -> frozenset[str]:
    return frozenset(phrase for want, phrases in _openings() if want is Want.NUMBER for phrase in phrases)


def _terms(tokens: list[str], language: str, counted: frozenset[str] = frozenset()) -> tuple[Term, ...]:
    skip = lexicon.function_words(language) - counted
    found: dict[str, Term] = {}
    place = 0
    while place < len(tokens):
        phrase = _phrase(tokens, place)
        if phrase:
            found.setdefault(phrase.folded, phrase)
            place += len(phrase.folded.split())
            continue
        folded = _bare(tokens[place], language)
        ends = place == len(tokens) - 1 and "end" in lexicon.concepts_of(folded)  # as in "when was it over?"
        if _announces(tokens, place, skip):
            place += 1
            continue
        if (folded not in skip or ends) and (len(folded) > 1 or folded.isdigit()):
            found.setdefault(folded, _term(tokens[place], folded, first=place == 0, language=language))
        place += 1
    return tuple(found.values())


def _bare(token: str, language: str) -> str:
    """A word folded, without what is joined to it."""
    folded = fold(token).strip("'’.-").removesuffix("'s").removesuffix("’s")
    return _ELIDED.sub("", folded) if language in {"fr", "it"} else folded


_ELIDED = re.compile(r"^(?:l|d|qu|s|n|j|m|t|c|dell|all|nell|sull|un|quest)['’](?=\w{2})")
"""What French and Italian write together with the next word, as in "l'échelle"."""


def _announces(tokens: list[str], place: int, skip: frozenset[str]) -> bool:
    """Whether a number only says how many things are asked for, as in "name the 3 challenges"."""
    beside = 0 < place < len(tokens) - 1
    counts = tokens[place].isdigit() and len(tokens[place]) < LONGEST_COUNT
    return beside and counts and fold(tokens[place - 1]) in skip and tokens[place + 1].islower()


LONGEST_COUNT = 3
"""Digits from which a number is no count of things asked for."""


def _phrase(tokens: list[str], place: int) -> Term | None:
    """The term for the longest phrase that begins at a token."""
    for length in range(min(LONGEST_PHRASE, len(tokens) - place), 1, -1):
        words = tuple(fold(token) for token in tokens[place : place + length])
        concept = lexicon.phrases().get(words)
        if concept:
            text = " ".join(tokens[place : place + length])
            return Term(text, " ".join(words), TermKind.WORD, frozenset({concept}))
    return None


def _term(token: str, folded: str, *, first: bool, language: str) -> Term:
    country = lexicon.country_of(folded)
    if country:
        return Term(token, folded, TermKind.COUNTRY, country=country)
    if folded[0].isdigit() and folded not in lexicon.ordinals():
        return Term(token, _whole_years(folded), TermKind.NUMBER)
    folded = lexicon.ordinals().get(folded, folded)
    concepts = lexicon.concepts_of(folded)
    shouted = sum(letter.isupper() for letter in token) >= 2
    capital = token[0].isupper() and not first and language != "de"
    if (shouted or capital) and not concepts:
        return Term(token, folded, TermKind.NAME)
    return Term(token, folded, TermKind.WORD, concepts)


def _whole_years(number: str) -> str:
    """A stretch of years with both written out: `2021-27` is `2021-2027`."""
    years = _SHORT_STRETCH.fullmatch(number)
    return f"{years[1]}{years[2]}-{years[1]}{years[3]}" if years else number


_SHORT_STRETCH = re.compile(r"((?:19|20))(\d{2})[-/](\d{2})")


@cache
def _openings() -> tuple[tuple[Want, tuple[str, ...]], ...]:
    return tuple((Want(name), phrases) for name, phrases in lexicon.wants())


def _want(tokens: list[str], terms: tuple[Term, ...], language: str, *, named: bool) -> Want:
    """What the phrases say; else what the concepts ask for; `named` tells whether a guide is named."""
    spoken = " " + " ".join(re.sub(r"[^\w ]", " ", fold(token)) for token in tokens) + " "
    for want, phrases in _openings():
        if any(_says(spoken, phrase) for phrase in phrases):
            if want is Want.DATE and (
                _opens(spoken, Want.WHY) or _goes_on(spoken, language) or _MEANWHILE.search(spoken)
            ):
                continue
            if want is Want.YES_NO and language == "de" and spoken.startswith(" was "):
                continue  # "what" in German, not the English "was"
            if want is Want.DEFINITION and not (named or _is_definite(spoken)):
                return want
            return _refined(want, terms, spoken)
    return _thing(tokens) or _refined(Want.ANY, _picked(tokens, terms, language) or terms, spoken)


def _thing(tokens: list[str]) -> Want | None:
    """What is wanted where a thing is asked for, not a value, as in "which programme paid" or "cost categories"."""
    which, words = lexicon.which_words(), [fold(token) for token in tokens]
    for first, then in pairwise(words):
        if _is_thing(then) and (which.holds(first) or _is_valued(first)):
            return Want.WHO if which.holds(first) and lexicon.bodies().holds(then) else Want.ANY
    return None


def _is_valued(word: str) -> bool:
    return any(lexicon.answer_of(concept) for concept in lexicon.concepts_of(word))


def _is_thing(word: str) -> bool:
    concepts = lexicon.concepts_of(word)
    return bool(concepts) and not any(lexicon.answer_of(concept) for concept in concepts)


def _picked(tokens: list[str], terms: tuple[Term, ...], language: str) -> tuple[Term, ...]:
    """What "which …" or "what …" is to pick from, such as areas in "in which areas did it run"; empty for none."""
    first, *then = [fold(token) for token in tokens[:3]]
    if not _PICKS.fullmatch(first) and then:
        first, *then = then
    if not _PICKS.fullmatch(first) or not then or then[0] in lexicon.function_words(language):
        return ()
    numbers = number_words(language)
    words = [term for term in terms if term.kind is TermKind.WORD and term.folded not in numbers]
    told = [term for term in words if term.concepts != {"eu"}][:FARTHEST_PICKED]
    return tuple(term for term in told if term.concepts)[:1] or tuple(told)


FARTHEST_PICKED = 2
"""Content words up to what is to be picked from: in "which total budget" it is the second."""
_PICKS = re.compile(
    r"which|what|hvilke[nt]?|welche[mnrs]?|que|cual(?:es)?|jak(?:i|a|ie|ich|im|iej)|ktor\w+|vilke[nt]|vilka|welke?|quel(?:le)?s?"
)
"""Words that ask to pick one thing, or several, of a kind."""


def _goes_on(spoken: str, language: str) -> bool:
    """Whether a clause that begins with "when" goes on to ask for something else."""
    asking = _OTHER_QUESTION.get(language, _OTHER_QUESTION["en"])
    return _opens(spoken, Want.DATE) and re.search(rf"\w .* (?:{asking}) ", spoken) is not None


_MEANWHILE = re.compile(r" when \w{2,}ing ")
"""As in "mistakes when stating the level", which asks for no date."""
_OTHER_QUESTION = {
    "en": "what|which|who",
    "da": "hvad|hvilke|hvem",
    "de": "was|welche|wer",
    "es": "que|quien",
    "pl": "co|kto",
}
"""Words that begin another question within one, by language: the English "when was" asks nothing else."""


_DEFINITE = re.compile(r" (?:the|its|der|die|das|den|el|la|los|le|il|het|de|do|o|a) \w| \w+(?:et|en|erne) ")
_INDEFINITE = re.compile(r"^ \w+ \w+ (?:an?|et|en|eine?|una?|een|ett|uma?|une) ")


def _is_definite(spoken: str) -> bool:
    """Whether "What is …?" asks for the value of one thing, as "the budget" does and "a budget" does not."""
    return bool(_DEFINITE.search(spoken)) and not _INDEFINITE.search(spoken)


def _asks_which_there_are(tokens: list[str]) -> bool:
    """Whether "What are the …?" asks for things there are, not for what a word means."""
    opening, rest = " ".join(map(fold, tokens[:2])), " ".join(map(fold, tokens[2:]))
    return opening in _ARE and _DEFINITE.match(f" {rest} ") is not None


_ARE = frozenset({"what are", "what were", "was sind", "was waren", "cuales son", "cuales eran"})


def _opens(spoken: str, want: Want) -> bool:
    """Whether a question begins with a phrase of a kind, so that a later "when" only leads to a clause."""
    return any(
        spoken.startswith(f" {phrase} ")
        for kind, phrases in _openings()
        if kind is want
        for phrase in phrases
    )


def _says(spoken: str, phrase: str) -> bool:
    if phrase.startswith("^"):
        return spoken.startswith(f" {phrase[1:]} ")
    return f" {phrase} " in spoken


def _refined(want: Want, terms: tuple[Term, ...], spoken: str) -> Want:
    """A definition of "the budget" wants an amount, and "how many euros" does; "how much time" wants a duration.

    A duration that the question gives itself, as "in three years" does, is not asked for.
    """
    if want is Want.NUMBER:
        counted = [kind for term in terms[:1] for kind in _kinds_asked(term)]
        return next((Want(kind) for kind in counted if kind in {"amount", "duration", "share"}), want)
    if want not in {Want.ANY, Want.DEFINITION, Want.AMOUNT}:
        return want
    told = terms[:1] if want is Want.AMOUNT else terms
    asked = [kind for term in told for kind in _kinds_asked(term)]
    for kind in ("share", "amount", "duration"):
        given = kind == "duration" and kind in values_in(spoken)
        if kind in asked and not given and not (kind == "share" and _SHARING.search(spoken)):
            return Want(kind)
    return want


_SHARING = re.compile(r" (?:must|can|could|should|may|will|do|does|did) .* share $")
"""To share, as in "what must partners share?", asks for no share."""


def _asks_for_several(tokens: list[str]) -> bool:
    """Whether the question asks for a list: by a list word, or a plural after its question word."""
    spoken = " ".join(fold(token) for token in tokens)
    return any(f" {phrase} " in f" {spoken} " for phrase in lexicon.list_phrases())


def _heads_a_list(tokens: list[str]) -> bool:
    """Whether a few words without a verb name several things, as the heading of a list does: "common mistakes in …"."""
    words = [fold(token) for token in tokens]
    if any(map(lexicon.which_words().holds, words)):
        return False
    small = lexicon.function_words("en")
    before = next((place for place, word in enumerate(words) if word in small), len(words))
    said = [token for token in tokens[:before] if token[:1].islower() or token is tokens[0]]
    return bool(said) and any(_PLURAL.search(fold(token)) for token in said)


_PLURAL = re.compile(r"[a-z]{3}(?<![siu])s$")
