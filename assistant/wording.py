"""What the assistant says in its own words, in the asker's language."""

from __future__ import annotations

from functools import cache

from .lexicon import read_list

FALLBACK = "en"
"""Language of the frame when the asker's has no wording."""


@cache
def _wording() -> dict[str, dict[str, str]]:
    return {language: dict(entries) for language, entries in read_list("wording.toml").items()}  # type: ignore[call-overload]


def say(phrase: str, language: str, **values: str) -> str:
    """A whole sentence in a language, its places filled in.

    Raises:
        KeyError: if there is no such phrase.
    """
    wording = _wording()
    entries = wording.get(language, wording[FALLBACK])
    return entries[phrase].format(**values)
