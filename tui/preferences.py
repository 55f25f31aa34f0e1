"""How one user wants the interface: language, look, keys; kept in the settings file."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Self

from .language import LANGUAGES, _
from .settings import SettingsError, read_tables, write_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

TABLE, KEYS = "interface", "keys"
"""Names of the two tables in the file."""

LOOKS = ("dark", "light", "contrast", "colour-blind", "terminal")
"""Names of the themes, as they stand in the file."""

DAILY_MINUTES = 10
"""What a day of reviews bears, unless the learner wants otherwise."""

MOST_MINUTES = 100
"""More reviews a day than this nobody plans."""

_MOST_KEYS, _LONGEST_KEY = 500, 60


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a user chose; the defaults where nothing was chosen."""

    language: str = ""
    """Language of the interface; empty as long as the environment tells it."""
    course_language: str = ""
    """Language that lessons were last read in by choice; empty for that of the interface."""
    theme: str = LOOKS[0]
    """One of `LOOKS`."""
    vim_motions: bool = False
    """Whether j, k, g, G, ctrl+d and ctrl+u move in lists and texts."""
    reduced_motion: bool = False
    """Whether nothing blinks, and nothing on the page changes by itself."""
    show_pictures: bool = False
    """Whether lessons draw their pictures above the words that stand for them."""
    review_minutes: int = DAILY_MINUTES
    """What a day of reviews bears, from 1 to `MOST_MINUTES`."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys that the user chose, by the id of the command."""

    def changed(self, **choices: object) -> Self:
        """The same with some choices changed."""
        return replace(self, **choices)  # type: ignore[arg-type]


def _is_language(value: str) -> bool:
    return value == "" or (len(value) in {2, 3} and value.isascii() and value.isalpha() and value.islower())


_FITS: dict[str, Callable[[object], bool]] = {
    "language": lambda value: value == "" or (isinstance(value, str) and value in LANGUAGES),
    "course_language": lambda value: isinstance(value, str) and _is_language(value),
    "theme": lambda value: isinstance(value, str) and value in LOOKS,
    "vim_motions": lambda value: isinstance(value, bool),
    "reduced_motion": lambda value: isinstance(value, bool),
    "show_pictures": lambda value: isinstance(value, bool),
    "review_minutes": lambda value: type(value) is int and 1 <= value <= MOST_MINUTES,
}
"""Whether a value from the file can be used."""


def read_preferences(path: Path) -> tuple[Preferences, tuple[str, ...]]:
    """What stands in a settings file, and a name for each value that cannot be used: the default stands in.

    A file that cannot be read at all has the name of the file.
    """
    try:
        tables = read_tables(path)
    except SettingsError:
        return Preferences(), (path.name,)
    table, keys = tables.get(TABLE, {}), tables.get(KEYS, {})
    problems = [name for name, value in ((TABLE, table), (KEYS, keys)) if not isinstance(value, dict)]
    good: dict[str, object] = {}
    if isinstance(table, dict):
        good |= {name: table[name] for name, fits in _FITS.items() if name in table and fits(table[name])}
        problems += [f"{TABLE}.{name}" for name in _FITS if name in table and name not in good]
    if isinstance(keys, dict):
        good[KEYS] = chosen = _usable(keys)
        problems += [f"{KEYS}.{name}" for name in list(keys)[:_MOST_KEYS] if name not in chosen]
    return Preferences().changed(**good), tuple(problems)


def _usable(keys: Mapping[str, object]) -> dict[str, str]:
    """Keys that can be used: one that two commands want is kept for the first."""
    chosen: dict[str, str] = {}
    taken: set[str] = set()
    for name, value in list(keys.items())[:_MOST_KEYS]:
        if isinstance(value, str) and _is_key(value) and taken.isdisjoint(value.split(",")):
            chosen[name] = value
            taken.update(value.split(","))
    return chosen


def _is_key(value: str) -> bool:
    return 0 < len(value) <= _LONGEST_KEY and value.isprintable()


def problem_words(path: Path, name: str) -> str:
    """A sentence for a value that cannot be used."""
    if name == path.name:
        return _(
            "{path} cannot be read, so the defaults are used: mend it, or delete it to begin anew."
        ).format(path=path)
    words = _("The setting {name} in {path} has a value that cannot be used; the default stands in.")
    return words.format(name=name, path=path)


def write_preferences(path: Path, preferences: Preferences) -> None:
    """Keep what was chosen; every other setting stays, and a crash leaves the old file whole.

    Raises:
        SettingsError: if the present file cannot be read or is not TOML.
        OSError: if the folder cannot be written.
    """
    default = Preferences()
    names = [each.name for each in fields(Preferences) if each.name != KEYS]
    table = {name: getattr(preferences, name) for name in names}
    chosen = {name: value for name, value in table.items() if value != getattr(default, name)}
    before = read_tables(path).get(TABLE)
    others = (
        {name: value for name, value in before.items() if name not in _FITS}
        if isinstance(before, dict)
        else {}
    )
    write_tables(path, {TABLE: others | chosen, KEYS: dict(preferences.keys)})
