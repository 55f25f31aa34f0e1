"""Whether two texts give the same amount, date, duration or share, however each writes it."""

from __future__ import annotations

import re
from itertools import product

from index.words import dates, fold, numbers

from .values import stated

_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_AMOUNT = re.compile(
    r"(?:\b(?:eur|euros?|usd|dkk|pln|nok|sek|gbp)|[€$£])\s*(\d[\d.,' ’]*)(?:\s*([^\W\d_]+))?"
    r"|(\d[\d.,' ’]*)(?:\s*([^\W\d_]+)\.?)?\s*(?:\b(?:eur|euros?|usd|dkk|kr|pln|zl|nok|sek|gbp)\b|[€$£])"
)
_SCALES = (
    (re.compile(r"mia|mrd|mld|billion"), 1_000_000_000),
    (re.compile(r"mio|mln|million\w*|millon\w*|milion\w*"), 1_000_000),
    (re.compile(r"thousand|tusind|tausend|mil|tys"), 1_000),
)
ROUND = 10_000
"""An amount that is a multiple of this may be another one, rounded."""
ROUNDED = 0.05
"""How far a rounded amount may be from the one in full, as a share."""


def values_of(text: str, kind: str) -> frozenset[str]:
    """The values of a kind, whatever the language: days or years, amounts in full, plain numbers."""
    if kind == "date":
        return frozenset(dates(text) or _YEAR.findall(text))
    if kind == "amount":
        return frozenset(amount for match in _AMOUNT.finditer(fold(text)) for amount in _in_full(match))
    return frozenset(number for value in stated(text, kind) for number in numbers(value)) or stated(
        text, kind
    )


def _in_full(match: re.Match[str]) -> list[str]:
    """The amount with its zeros: 1.2 million is `1200000.00`."""
    word = match[2] or match[4] or ""
    scale = next((factor for pattern, factor in _SCALES if pattern.fullmatch(word)), 1)
    return [f"{float(number) * scale:.2f}" for number in numbers(match[1] or match[3])]


def agree(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether a value of one side says the same as one of the other: a year holds its days, rounding is forgiven."""
    return any(_same(one, other) for one, other in product(ours, theirs))


def _same(one: str, other: str) -> bool:
    if one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-"):
        return True
    if not all(re.fullmatch(r"\d+\.\d\d", value) for value in (one, other)):
        return False
    amounts = (float(one), float(other))
    is_round = any(amount >= ROUND and amount % ROUND == 0 for amount in amounts)
    return is_round and max(amounts) - min(amounts) <= ROUNDED * max(amounts)
