"""Names of months in the languages that guides are most often written in."""

from __future__ import annotations

import re
from functools import cache

_NAMES = (
    "january january januar januar januar stycznia enero januari janvier gennaio januari leden ledna",
    "february februar februar lutego luty febrero februari février febbraio unora února",
    "march marts märz marca marzec marzo mars maart března březen",
    "april kwietnia kwiecień abril avril aprile dubna duben",
    "may maj mai maja mayo maggio mei května květen",
    "june juni czerwca czerwiec junio juin giugno června červen",
    "july juli lipca lipiec julio juillet luglio července červenec",
    "august sierpnia sierpień agosto augusti août augustus srpna srpen",
    "september września wrzesień septiembre septembre settembre září",
    "october oktober października październik octubre octobre ottobre října říjen",
    "november listopada noviembre novembre listopadu",
    "december dezember grudnia grudzień diciembre décembre dicembre prosince prosinec",
)
_SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@cache
def month_numbers() -> dict[str, int]:
    """Number of each month by its name in lower case."""
    numbers = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
    return numbers | {name: number for number, name in enumerate(_SHORT, 1)}


_WORD = re.compile(r"[^\W\d_]+")


def opens_with_month(words: str) -> bool:
    """Whether a stretch of text begins with the name of a month, as behind the day in "29. Juni"."""
    match = _WORD.match(words)
    return bool(match) and match.group().casefold() in month_numbers()  # type: ignore[union-attr]
