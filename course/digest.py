"""Digests of questions, so that a record can tell which wording was answered."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from .snapshot import item_source

if TYPE_CHECKING:
    from .items import Item


def item_digest(item: Item) -> str:
    """Sixteen hexadecimal digits that change when the question does, not when it moves in its file."""
    return source_digest(item_source(item))


def source_digest(source: str) -> str:
    """The digest of a question that `item_source` wrote."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]
