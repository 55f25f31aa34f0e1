"""Whether a sentence denies something."""

from __future__ import annotations

import re
from functools import lru_cache

from index.words import fold

from .lexicon import read_list


@lru_cache(maxsize=8)
def _negations(language: str) -> frozenset[str]:
    return frozenset(str(read_list("negations.toml").get(language, "")).split())


def denies(text: str, language: str) -> bool:
    """Whether a sentence in a language holds a word such as "not" or "none"."""
    return bool(_negations(language) & {fold(word) for word in re.findall(r"[^\W\d_]+", text)})
