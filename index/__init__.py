"""Search over guides: files become guides, guides become passages, and questions find them.

Importing this loads nothing heavy; each name brings what it needs when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .cache import index_of
    from .collection import Collection, shipped_guides
    from .embed import Embedder, find_embedder
    from .errors import GuideIndexError
    from .language import detect
    from .model import (
        Block,
        BlockKind,
        Guide,
        GuideHead,
        Hit,
        Passage,
        Problem,
        Progress,
        Report,
        Scores,
        Sentence,
    )
    from .read import read_guide
    from .search import GuideIndex

__all__ = [
    "Block",
    "BlockKind",
    "Collection",
    "Embedder",
    "Guide",
    "GuideHead",
    "GuideIndex",
    "GuideIndexError",
    "Hit",
    "Passage",
    "Problem",
    "Progress",
    "Report",
    "Scores",
    "Sentence",
    "detect",
    "find_embedder",
    "index_of",
    "read_guide",
    "shipped_guides",
]

_HOMES = {
    "cache": ("index_of",),
    "collection": ("Collection", "shipped_guides"),
    "embed": ("Embedder", "find_embedder"),
    "errors": ("GuideIndexError",),
    "language": ("detect",),
    "read": ("read_guide",),
    "search": ("GuideIndex",),
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = next((module for module, names in _HOMES.items() if name in names), "model")
    value = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value
