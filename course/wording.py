"""What the course says in its own words, read from one table that translators extend."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

FALLBACK = "en"
"""Language of the sentences when the one wanted has none."""


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("course").joinpath("wording.toml").read_text(encoding="utf-8"))


def languages() -> tuple[str, ...]:
    """Languages that have every sentence."""
    return tuple(_table())


def say(phrase: str, language: str = FALLBACK, **values: object) -> str:
    """A sentence in a language, its places filled in; in English when the language has no table.

    Raises:
        KeyError: if there is no such sentence.
    """
    table = _table()
    return table.get(language, table[FALLBACK])[phrase].format(**values)


def count_word(count: int, language: str = FALLBACK) -> str:
    """A small number as a word, a larger one in digits."""
    words = say("counts", language).split()
    return words[count] if count < len(words) else str(count)
