"""The settings of one user: one small TOML file in the home."""

from __future__ import annotations

import json
import os
import re
import tomllib
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant.chat_settings import ChatSettings
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from pathlib import Path

_TABLE = "assistant"
_LARGEST = 100_000
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_HEAD = "# Settings of Hansa. Keys and passwords never stand here: they belong into the keyring or the environment.\n"


class SettingsError(AssistantError):
    """The settings cannot be read or written."""


def read_chat(path: Path) -> ChatSettings:
    """The chat model that is chosen in a settings file; none where there is no file.

    Raises:
        SettingsError: if the file is not TOML or a setting has a value that cannot be.
    """
    table = _read(path).get(_TABLE, {})
    try:
        return ChatSettings.model_validate(table)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"]) or _TABLE
        raise SettingsError(
            f"{path} has a setting that cannot be used ({_TABLE}.{place}): mend it, or delete the file to begin anew."
        ) from None


def write_chat(path: Path, settings: ChatSettings) -> None:
    """Choose a chat model; every other setting stays, and a crash leaves the old file whole.

    Raises:
        SettingsError: if the present file is not TOML.
        OSError: if the folder cannot be written.
    """
    tables = {**_read(path), _TABLE: settings.model_dump()}
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with partial.open("w", encoding="utf-8") as stream:
        stream.write(_HEAD + _as_toml(tables))
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)


def _read(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as stream:
            return tomllib.loads(stream.read(_LARGEST).decode("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise SettingsError(f"{path} cannot be read as TOML: mend it, or delete it to begin anew.") from None


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
