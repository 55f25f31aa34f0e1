"""What the assistant says in its own words, in the asker's language.

The sentences stand in gettext catalogues, one a language, under short names such as `not_found`. Unlike the texts of
the interface they follow the language of the question, not that of the user's system.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, translation
from pathlib import Path

DOMAIN = "assistant"
"""Name of the message catalogue."""
LOCALES = Path(__file__).parent / "locales"
"""Where the catalogues stand, one folder a language."""
FALLBACK = "en"
"""Language of the frame when the asker's has no wording."""


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue."""
    return tuple(sorted(path.name for path in LOCALES.iterdir() if path.is_dir()))


@cache
def catalogue(language: str) -> GNUTranslations:
    """The catalogue of a language, else that of the fallback."""
    return translation(DOMAIN, LOCALES, [language, FALLBACK], GNUTranslations)


def say(phrase: str, language: str, **values: str) -> str:
    """A whole sentence in a language, its places filled in.

    Raises:
        KeyError: if there is no such phrase.
    """
    said = catalogue(language).gettext(phrase)
    if said == phrase:
        raise KeyError(phrase)
    return said.format(**values)
