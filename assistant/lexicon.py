"""Word lists of the assistant: function words, concepts people ask about, and countries, in several languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.words import fold


@dataclass(frozen=True, slots=True)
class WordList:
    """Whole words and beginnings of words that stand for one thing."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> WordList:
        """The list written as words parted by spaces; a final `*` marks a beginning."""
        entries = text.split()
        return cls(
            frozenset(entry for entry in entries if not entry.endswith("*")),
            tuple(sorted({entry[:-1] for entry in entries if entry.endswith("*")})),
        )

    def holds(self, word: str) -> bool:
        """Whether a folded word stands in the list."""
        return word in self.whole or word.startswith(self.beginnings)


@dataclass(frozen=True, slots=True)
class Concept:
    """Something people ask about in many words, such as money or partners."""

    name: str
    words: WordList
    answer: str = ""
    """The kind of value that answers: amount, date, duration, number or share; empty for any."""
    required: bool = False
    """Whether an answer must speak of it when the question does."""


def read_list(name: str) -> dict[str, object]:
    """A word list that ships, by file name."""
    text = files("assistant").joinpath("lexicon", name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def function_words(language: str) -> frozenset[str]:
    """Words without content in a language; English for one that has no list."""
    lists = read_list("function-words.toml")
    return frozenset(str(lists.get(language, lists["en"])).split())


@cache
def concepts() -> tuple[Concept, ...]:
    """Every concept, in the order of the file."""
    found = []
    for name, entry in read_list("concepts.toml").items():
        if not isinstance(entry, Mapping):
            raise TypeError(name)
        found.append(
            Concept(
                name, WordList.read(entry["words"]), entry.get("answer", ""), entry.get("required", False)
            )
        )
    return tuple(found)


@cache
def concepts_of(word: str) -> frozenset[str]:
    """Names of the concepts that a word may stand for."""
    folded = fold(word)
    return frozenset(concept.name for concept in concepts() if concept.words.holds(folded))


@cache
def answer_of(concept: str) -> str:
    """The kind of value that answers a question about a concept; empty for any."""
    return next((each.answer for each in concepts() if each.name == concept), "")


@cache
def is_required(concept: str) -> bool:
    """Whether an answer must speak of a concept when the question does."""
    return any(each.required for each in concepts() if each.name == concept)


@cache
def _countries() -> tuple[tuple[str, WordList], ...]:
    return tuple((code, WordList.read(str(text))) for code, text in read_list("countries.toml").items())


@cache
def country_of(word: str) -> str:
    """Code of the country that a word names or describes; empty for none."""
    folded = fold(word)
    return next((code for code, names in _countries() if names.holds(folded)), "")


@cache
def country_codes() -> frozenset[str]:
    """Codes as they stand in lists of partners, such as `SE`."""
    return frozenset(code for code, _ in _countries())


@cache
def wants() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Phrases that show the kind of answer wanted, most telling kinds first."""
    return tuple((name, _lines(text)) for name, text in read_list("wants.toml").items())


@cache
def list_phrases() -> tuple[str, ...]:
    """Phrases by which a question asks for several things."""
    return _lines(read_list("lists.toml")["phrases"])


def _lines(text: object) -> tuple[str, ...]:
    return tuple(line.strip() for line in str(text).splitlines() if line.strip())


@cache
def definition_words() -> WordList:
    """Words by which people ask what a name means."""
    return WordList.read(str(read_list("definition-words.toml")["words"]))


@cache
def which_words() -> WordList:
    """Words before what is asked for, as in "which programme"."""
    return WordList.read(str(read_list("things.toml")["which"]))


@cache
def bodies() -> WordList:
    """Words for one body or person, whose name is asked for by "which organisation"."""
    return WordList.read(str(read_list("things.toml")["body"]))


@cache
def ordinals() -> dict[str, str]:
    """Ordinal numbers in words, by how they are written with digits: `9th` is "ninth"."""
    pairs = str(read_list("things.toml")["ordinals"]).split()
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


@cache
def step_words() -> WordList:
    """Words in the heading of a list that tells how something goes."""
    return WordList.read(str(read_list("things.toml")["steps"]))


@cache
def whole_words() -> WordList:
    """Words that only say that a value is that of the whole."""
    return WordList.read(str(read_list("things.toml")["whole"]))


@cache
def phrases() -> dict[tuple[str, ...], str]:
    """Phrases, word by word, with the concept that each stands for as a whole."""
    found = {}
    for concept, text in read_list("phrases.toml").items():
        for line in _lines(text):
            found[tuple(line.split())] = concept
    return found


@cache
def definition_headings() -> WordList:
    """Words of headings under which terms are explained."""
    return WordList.read(str(read_list("definition-words.toml")["headings"]))


@cache
def broad_words() -> WordList:
    """Words that narrow nothing down, such as those of a total budget."""
    return WordList.read(str(read_list("broad.toml")["words"]))


@cache
def free_words() -> WordList:
    """Words by which a text says that something costs nothing."""
    section = read_list("measures.toml")["free"]
    if not isinstance(section, Mapping):
        raise TypeError(section)
    return WordList.read(str(section["words"]))


@cache
def unknown_phrases() -> tuple[str, ...]:
    """Phrases by which a guide says that it does not hold something."""
    return _lines(read_list("unknown.toml")["phrases"])
