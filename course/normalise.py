"""What two wordings must share to count as the same answer, and how near a miss is."""

from __future__ import annotations

import unicodedata

SHORT, LONG = 4, 9
"""Lengths from which one letter, and two letters, may differ in a near miss."""

_LIKE = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        "\N{SOFT HYPHEN}": None,
        "\N{ZERO WIDTH SPACE}": None,
        "\N{WORD JOINER}": None,
        "\N{ZERO WIDTH NO-BREAK SPACE}": None,
    }
)
_BASES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
_EDGES = " .,;:!?\"'"


def folded(text: str) -> str:
    """The text without differences of case, width, spaces, dashes, quotes and outer punctuation."""
    # Before as well: composing makes a space and an accent of ´, and two signs of ″.
    alike = unicodedata.normalize("NFKC", text.translate(_LIKE)).translate(_LIKE)
    tidy = " ".join(unicodedata.normalize("NFKC", alike.casefold()).split())
    return tidy.strip(_EDGES) or tidy


def unaccented(text: str) -> str:
    """A folded text without accents, so that `Lodz` can stand for `Łódź`."""
    bare = (char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", "".join(bare)).translate(_BASES)


def same(given: str, wanted: str, *, accents_strict: bool = False) -> bool:
    """Whether two wordings count as the same."""
    one, other = folded(given), folded(wanted)
    return one == other or (not accents_strict and unaccented(one) == unaccented(other))


def is_near(given: str, wanted: str) -> bool:
    """Whether a wording misses another by a slip: one letter, or two in a long one."""
    one, other = unaccented(folded(given)), unaccented(folded(wanted))
    allowed = 2 if len(other) >= LONG else 1 if len(other) >= SHORT else 0
    if not allowed or abs(len(one) - len(other)) > allowed:
        return False
    return distance(one, other) <= allowed


def distance(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour to turn one word into the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, right in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
