"""Texts from elsewhere, as files that are read like any guide."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NO_TITLE = " "
"""Title of a text without one: the name of the file in its place would be taken for what it is about."""


def as_guide(text: str, front: Mapping[str, object]) -> str:
    """A text below front matter with its title, or with none, and what else is known of it."""
    title = " ".join(str(front.get("title", "")).split()) or NO_TITLE
    return f"---\n{json.dumps({**front, 'title': title})}\n---\n{text}"


def write_text(path: Path, text: str) -> None:
    """Write a file so that it is never seen half-written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    partial.replace(path)
