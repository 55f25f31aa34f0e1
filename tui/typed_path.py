"""Paths as people type them or drop them on the terminal."""

from __future__ import annotations

import os
from pathlib import Path


def path_typed(text: str) -> Path | None:
    """The path in what was typed, which may be in quotes; None if there is none. The folder of nobody stays `~name`."""
    bare = text.strip()
    for quote in "'\"":
        if len(bare) > 1 and bare[0] == bare[-1] == quote:
            bare = bare[1:-1]
    if os.sep == "/" and not is_there(home_expanded(bare)):
        bare = bare.replace("\\ ", " ")
    return Path(home_expanded(bare)).absolute() if bare else None


def home_expanded(text: str) -> str:
    """The text with the folder of a user for a `~` before it, where there is such a user."""
    return os.path.expanduser(text)  # noqa: PTH111 - that of `Path` raises an error where there is none


def is_there(path: str | Path) -> bool:
    """Whether a file or folder can be seen there; one that may not be looked at cannot."""
    return os.path.exists(path)  # noqa: PTH110 - that of `Path` raises an error where it may not look, before 3.12
