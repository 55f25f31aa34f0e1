"""The language of the interface: whole sentences go through `_` so that they can be translated."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

DOMAIN = "hansa"
"""Name of the message catalogue."""

LOCALES = Path(__file__).parent / "locales"
"""Where compiled catalogues stand, one folder a language."""


@cache
def catalogue() -> NullTranslations:
    """The catalogue of the user's language, or one that returns every text as it is."""
    return translation(DOMAIN, LOCALES, fallback=True)


def _(text: str) -> str:
    """The text in the user's language."""
    return catalogue().gettext(text)


def plural(one: str, many: str, count: int) -> str:
    """The form of a sentence that fits a count, with `{count}` filled in."""
    return catalogue().ngettext(one, many, count).format(count=count)


def language_name(code: str) -> str:
    """The name of a language; its code when it has none here."""
    names = {
        "da": _("Danish"),
        "de": _("German"),
        "en": _("English"),
        "es": _("Spanish"),
        "fi": _("Finnish"),
        "fr": _("French"),
        "it": _("Italian"),
        "nl": _("Dutch"),
        "no": _("Norwegian"),
        "pl": _("Polish"),
        "sv": _("Swedish"),
    }
    return names.get(code, code)
