"""All tokens of a text in one string, as the keyword index takes them in.

They are those of `words`, in another order; each stretch between blanks is worked out once, which is what
makes indexing fast, as a language repeats itself.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .words import codes, dates, fold, names, numbers, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class _Stretch(NamedTuple):
    """What stands between two blanks."""

    words: str
    codes: str
    first: str
    """The first name-like part, folded."""
    last: str
    """The last one, as a token that another part ends."""
    named: bool
    """Whether it has a name-like part; without one its neighbours are neighbours of each other."""
    counted: str
    """Its dates and numbers, if they do not reach over a blank."""
    digits: bool
    day: bool
    """Whether it may be the day of a date whose month and year follow."""
    year: bool
    """Whether it may be the year."""


class _Memory(dict[str, _Stretch]):
    """Stretches by how they are written."""

    def __missing__(self, written: str) -> _Stretch:
        if len(self) >= _KEPT:
            self.clear()
        stretch = self[written] = _stretch(written)
        return stretch


_MEMORY = _Memory()


def _stretch(written: str) -> _Stretch:
    named = _NAME.findall(written)
    ends = (fold(part) for part in (*named[:1], *named[-1:]))
    first, last = tuple(ends) or ("", "")
    digits = bool(_DIGIT.search(written))
    return _Stretch(
        words=" ".join(tokens(written)),
        codes=" ".join(f"c:{code}" for code in (*codes(written), *names(written))),
        first=first,
        last=last and f"c:{last}",
        named=bool(named),
        counted=_counted(written) if digits else "",
        digits=digits,
        day=digits and bool(_DAY.search(written)),
        year=written.startswith(("19", "20")),
    )


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
    stretches = [_MEMORY[written] for written in text.split()]
    named = [stretch for stretch in stretches if stretch.named]
    exact = [before.last + stretch.first for before, stretch in pairwise(named)]
    exact += [stretch.codes for stretch in named if stretch.codes]
    counted = {place: stretch for place, stretch in enumerate(stretches) if stretch.digits}
    if counted:
        exact += [found for found in _counts(text, counted) if found]
    return Terms(" ".join([stretch.words for stretch in stretches if stretch.words]), " ".join(exact))


def _counts(text: str, stretches: dict[int, _Stretch]) -> Iterator[str]:
    """Dates and numbers in stretches at some places; those that may reach over blanks are read in the text."""
    places = list(stretches)
    breaks = [
        number
        for number, (place, after) in enumerate(pairwise(places), 1)
        if not _reaches(stretches, place, after)
    ]
    spans: list[tuple[int, int]] = []
    for start, end in pairwise([0, *breaks, len(places)]):
        if end - start == 1:
            yield stretches[places[start]].counted
            continue
        spans = spans or [match.span() for match in _STRETCH.finditer(text)]
        yield _counted(text[spans[places[start]][0] : spans[places[end - 1]][1]])


def _reaches(stretches: dict[int, _Stretch], place: int, after: int) -> bool:
    """Whether a number or a date may begin at one place and end at another."""
    if after - place == 1:
        return True
    return after - place <= _REACH and stretches[place].day and stretches[after].year
