"""The key of a chat model: from the environment or the system's keyring, never from a file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .errors import AssistantError

if TYPE_CHECKING:
    from .chat_settings import ChatSettings

VARIABLE = "HANSA_MODEL_KEY"
"""Environment variable that holds the key."""
SERVICE = "hansa"
"""Name under which the keyring holds keys, one for each address or provider."""


def find_key(settings: ChatSettings) -> str:
    """The key for a model's server; empty when there is none."""
    named = os.environ.get(VARIABLE, "").strip()
    if named:
        return named
    import keyring  # noqa: PLC0415 - 0.1 s, needed only with a model
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(SERVICE, _owner(settings)) or ""
    except KeyringError:
        return ""  # no keyring on this machine, or it stays locked: a server without a key may do


def keep_key(settings: ChatSettings, key: str) -> None:
    """Put the key for a model's server into the keyring; an empty one takes it out.

    Raises:
        AssistantError: if this machine has no keyring that can be written.
    """
    import keyring  # noqa: PLC0415 - 0.1 s, needed only with a model
    from keyring.errors import KeyringError, PasswordDeleteError  # noqa: PLC0415

    try:
        if key:
            keyring.set_password(SERVICE, _owner(settings), key)
        else:
            keyring.delete_password(SERVICE, _owner(settings))
    except PasswordDeleteError:
        return  # there was none
    except KeyringError:
        raise AssistantError(
            f"This machine has no keyring to keep the key in; set the environment variable {VARIABLE} to it instead."
        ) from None


def _owner(settings: ChatSettings) -> str:
    return settings.address or settings.model.partition(":")[0]
