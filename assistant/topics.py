"""The guides that a question may name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from index.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator


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


def split_topics(tokens: list[str], topics: tuple[Topic, ...]) -> tuple[tuple[str, ...], list[str]]:
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
