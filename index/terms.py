"""All tokens of a text in one string, as the keyword index takes them in.

They are those of `words`, in another order; each stretch between blanks is worked out once, which is what
makes indexing fast, as a language repeats itself.
"""

from __future__ import annotations

import re
from itertools import compress, count, pairwise
from typing import TYPE_CHECKING, NamedTuple

from .words import codes, dates, fold, names, numbers, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .model import Passage

_KEPT = 200_000
"""Stretches remembered; then the memory starts anew."""
_REACH = 4
"""Stretches from the day of a date to its year at most: `1 de enero de 2017`."""
_DIGIT = re.compile(r"\d")
_DAY = re.compile(r"(?<!\d)\d{1,2}\.?$")
_NAME = re.compile(r"[^\W_]+")
_STRETCH = re.compile(r"\S+")


class Terms(NamedTuple):
    """The tokens of a text, blanks between them."""

    words: str
    """Folded words and their 4-grams."""
    exact: str
    """Dates, numbers, codes and names."""


class _Figures(NamedTuple):
    """What a stretch with digits may be or be a part of."""

    counted: str
    """Its dates and numbers, if they do not reach over a blank."""
    day: bool
    """Whether it may be the day of a date whose month and year follow."""
    year: bool
    """Whether it may be the year."""


class _Stretch(NamedTuple):
    """What stands between two blanks."""

    words: str
    """Its folded words and their 4-grams, a blank after each."""
    joint: str
    """Its first name-like part, folded, its codes and names, and its last part as a token that the next begins to end.

    Put one after the other, such pieces give each name joined with its neighbour. Empty without a name-like part.
    """
    figures: _Figures | None
    """Only where there are digits."""


class _Memory(dict[str, _Stretch]):
    """Stretches by how they are written."""

    def __missing__(self, written: str) -> _Stretch:
        if len(self) >= _KEPT:
            self.clear()
        stretch = self[written] = _stretch(written)
        return stretch


_MEMORY = _Memory()


def forget_stretches() -> None:
    """Let go of the stretches that are kept, 5 MB after some guides; they are worked out anew."""
    _MEMORY.clear()


def _stretch(written: str) -> _Stretch:
    named = _NAME.findall(written)
    ends = [f"c:{found}" for found in (*codes(written), *names(written), fold(named[-1]))] if named else []
    return _Stretch(
        words="".join([f"{token} " for token in tokens(written)]),
        joint=" ".join([fold(named[0]), *ends]) if named else "",
        figures=_figures(written) if _DIGIT.search(written) else None,
    )


def _figures(written: str) -> _Figures:
    return _Figures(_counted(written), bool(_DAY.search(written)), written.startswith(("19", "20")))


class PassageTerms(NamedTuple):
    """The tokens of a passage, field by field."""

    body: str
    heading: str
    exact: str


def passage_terms(passage: Passage) -> PassageTerms:
    """What the keyword index takes in of a passage; its headings count as text too."""
    heading = terms(" ".join((passage.guide, passage.title, *passage.headings)))
    body = terms(passage.text)
    return PassageTerms(
        f"{heading.words} {body.words}", heading.words, f"{heading.exact} {body.exact}".strip()
    )


def _counted(text: str) -> str:
    return " ".join([*(f"d:{day}" for day in dates(text)), *(f"n:{number}" for number in numbers(text))])


def terms(text: str) -> Terms:
    """The tokens of a text: those of `words.tokens` and those of `words.exact_tokens`."""
    stretches = list(map(_MEMORY.__getitem__, text.split()))
    if not stretches:
        return Terms("", "")
    words, joints, figures = zip(*stretches, strict=True)
    joined = "".join(joints)
    exact = [joined[joined.find(" ") + 1 : joined.rfind(" ")]]
    places = [*compress(count(), figures)]
    if places:
        exact += _counts(text, places, figures)
    return Terms("".join(words).rstrip(), " ".join(filter(None, exact)))


def _counts(text: str, places: Sequence[int], figures: Sequence[_Figures | None]) -> Iterator[str]:
    """Dates and numbers in stretches at some places; those that may reach over blanks are read in the text."""
    breaks = [
        number
        for number, (place, after) in enumerate(pairwise(places), 1)
        if not _reaches(figures, place, after)
    ]
    spans: list[tuple[int, int]] = []
    for start, end in pairwise([0, *breaks, len(places)]):
        if end - start == 1:
            yield figures[places[start]].counted  # type: ignore[union-attr]
            continue
        spans = spans or [match.span() for match in _STRETCH.finditer(text)]
        yield _counted(text[spans[places[start]][0] : spans[places[end - 1]][1]])


def _reaches(figures: Sequence[_Figures | None], place: int, after: int) -> bool:
    """Whether a number or a date may begin at one place and end at another."""
    if after - place == 1:
        return True
    first, last = figures[place], figures[after]
    return after - place <= _REACH and bool(first and first.day and last and last.year)
