"""The settings file of one user: one small TOML file in the home, a table for each subject."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from assistant.errors import AssistantError

from .language import _
from .whole_files import write_over

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.chat_settings import ChatSettings

CHAT = "assistant"
"""Name of the table that holds the choice of a chat model."""

_LARGEST = 100_000
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_HEAD = "# Settings of Hansa. Keys and passwords never stand here: they belong into the keyring or the environment.\n"


class SettingsError(AssistantError):
    """The settings cannot be read or written."""


def read_chat(path: Path) -> ChatSettings:
    """The chat model that is chosen in a settings file; none where there is no file.

    Raises:
        SettingsError: if the file cannot be read, is not TOML, or a setting has a value that cannot be.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - 0.1 s, needed only for a chat model

    from assistant.chat_settings import ChatSettings  # noqa: PLC0415 - the same

    try:
        return ChatSettings.model_validate(read_tables(path).get(CHAT, {}))
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"]) or CHAT
        message = _(
            "{path} has a setting that cannot be used ({name}): mend it, or delete the file to begin anew."
        )
        raise SettingsError(message.format(path=path, name=f"{CHAT}.{place}")) from None


def write_chat(path: Path, settings: ChatSettings) -> None:
    """Choose a chat model; every other setting stays, and a crash leaves the old file whole.

    Raises:
        SettingsError: if the present file is not TOML.
        OSError: if the folder cannot be written.
    """
    write_tables(path, {CHAT: settings.model_dump()})


def read_tables(path: Path) -> dict[str, object]:
    """Everything in a settings file; nothing where there is no file.

    Raises:
        SettingsError: if the file cannot be read or is not TOML.
    """
    try:
        with path.open("rb") as stream:
            text = stream.read(_LARGEST)
    except FileNotFoundError:
        return {}
    except OSError as error:
        message = _("{path} cannot be read, so the defaults are used: mend it, or delete it to begin anew.")
        raise SettingsError(message.format(path=path)) from error
    import tomllib  # noqa: PLC0415 - 0.02 s, needed only where something was chosen

    try:
        return tomllib.loads(text.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        message = _("{path} cannot be read as TOML: mend it, or delete it to begin anew.")
        raise SettingsError(message.format(path=path)) from None


def write_tables(path: Path, changed: dict[str, object]) -> None:
    """Put some tables in the place of those of the same name; a crash leaves the old file whole.

    Raises:
        SettingsError: if the present file cannot be read or is not TOML.
        OSError: if the folder cannot be written; nothing is left half-written in it.
    """
    tables = {**read_tables(path), **changed}
    write_over(path, (_HEAD + _as_toml(tables)).encode("utf-8"))


def _as_toml(tables: dict[str, object]) -> str:
    """Single values first, then a table each; strings and lists are written alike in JSON and TOML."""
    lines = [
        f"{_key(key)} = {_value(value)}\n" for key, value in tables.items() if not isinstance(value, dict)
    ]
    for name, table in tables.items():
        if isinstance(table, dict):
            lines.append(f"\n[{_key(name)}]\n")
            lines += [f"{_key(key)} = {_value(value)}\n" for key, value in table.items()]
    return "".join(lines)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, (str, bool, int)):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)  # dates, times and fractions are written as Python prints them
