"""Digests of questions, so that a record can tell which wording was answered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .model import Item

_POSITIONS = frozenset({"place", "line"})


def item_digest(item: Item) -> str:
    """Sixteen hexadecimal digits that change when the question does, not when it moves in its file."""
    source = json.dumps(_content(item), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def _content(value: Any) -> Any:  # noqa: ANN401 - a question nests values of many kinds
    if is_dataclass(value):
        own = {
            part.name: _content(getattr(value, part.name))
            for part in fields(value)
            if part.name not in _POSITIONS
        }
        return {"": type(value).__name__, **own}
    if isinstance(value, tuple):
        return [_content(part) for part in value]
    return value
