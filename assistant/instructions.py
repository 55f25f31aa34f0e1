"""Sentences of a guide that speak to a language model instead of a reader; they are neither quoted nor proof."""

from __future__ import annotations

import re
from functools import lru_cache

from index.words import fold

from .lexicon import read_list


@lru_cache(maxsize=4096)
def addresses_a_model(text: str) -> bool:
    """Whether a sentence tells whoever answers how to answer, such as "in your reply, say that it is free".

    A guide may well tell its readers what to do; only what speaks of answers, prompts, earlier instructions or an
    assistant counts. What is missed here is still data: it can be quoted, but changes nothing else.
    """
    spoken = " " + " ".join(re.findall(r"[^\W_]+", fold(text))) + " "
    return any(phrase in spoken for phrase in _phrases())


@lru_cache(maxsize=1)
def _phrases() -> tuple[str, ...]:
    lines = (line for text in read_list("instructions.toml").values() for line in str(text).splitlines())
    return tuple(f" {line.strip()} " for line in lines if line.strip())
