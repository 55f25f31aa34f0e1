"""The language of the interface: whole sentences go through `_` so that they can be translated.

Titles and help texts of commands are read while their modules are imported. So the language is chosen before any page
is loaded, and `load_anew` has the pages read once more in another one.
"""

from __future__ import annotations

import sys
from gettext import NullTranslations, translation
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DOMAIN = "hansa"
"""Name of the message catalogue."""

LOCALES = Path(__file__).parent / "locales"
"""Where compiled catalogues stand, one folder a language."""

SOURCE = "en"
"""The language in which the texts stand in the code."""

LANGUAGES = {"en": "English", "da": "Dansk", "de": "Deutsch", "es": "Español", "pl": "Polski"}
"""Languages of the interface, each by its own name."""

VARIABLE = "HANSA_LANGUAGE"
"""Environment variable that names the language, as long as none is chosen in the settings."""

_STAYING = ("tui.language", "tui.cli", "tui.console")
"""Modules that are not read anew: they run while the others are."""


class _Interface:
    """The language in use; one for the process, as texts are read while modules are imported."""

    def __init__(self) -> None:
        self.language = SOURCE
        self.catalogue = NullTranslations()


_interface = _Interface()


def choose(language: str) -> None:
    """Speak one of `LANGUAGES` from now on; where it has no catalogue, English."""
    _interface.language = language
    _interface.catalogue = translation(DOMAIN, LOCALES, [language], fallback=True)


def language_in_use() -> str:
    """The code of the language that is spoken."""
    return _interface.language


def users_language(environment: Mapping[str, str]) -> str:
    """The first language that the environment names and the interface speaks; English where there is none."""
    for name in (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"):
        code = environment.get(name, "")[:2].lower()
        if code in LANGUAGES:
            return code
    return SOURCE


def load_anew() -> None:
    """Forget every page and its texts, so that the next import reads them in the language in use."""
    for name in [name for name in sys.modules if name.startswith("tui.") and not _stays(name)]:
        parent, _dot, child = name.rpartition(".")
        del sys.modules[name]
        if parent in sys.modules:
            vars(sys.modules[parent]).pop(child, None)


def _stays(name: str) -> bool:
    return any(name == kept or name.startswith(f"{kept}.") for kept in _STAYING)


def _(text: str) -> str:
    """The text in the user's language."""
    return _interface.catalogue.gettext(text)


def in_sense(sense: str, text: str) -> str:
    """The text in the user's language, in one sense of several: other languages may need another word for each."""
    return _interface.catalogue.pgettext(sense, text)


def plural(one: str, many: str, count: int) -> str:
    """The form of a sentence that fits a count, with `{count}` filled in."""
    return _interface.catalogue.ngettext(one, many, count).format(count=count)


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
