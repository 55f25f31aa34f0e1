"""Numbers, amounts, dates and addresses that a text states, in forms that do not depend on how they are written.

`1.176.540`, `1,176,540.00` and `1,17654 Mio.` are one value; so are `30.06.2021`, `30 June 2021` and `30. juni 2021`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from index.months import month_numbers
from index.words import fold

from .lexicon import read_list

_DIGITS = r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_CURRENCY = r"eur|euros?|€|usd|dollars?|\$|gbp|pounds?|£|dkk|kroner|kr|pln|zl|zlot\w+|nok|sek"
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.,])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d])")
_MONTH = r"([^\W\d_]{3,12})\.?"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:\.|st|nd|rd|th|º)?\s+(?:of\s+|de\s+)?{_MONTH}(?:,?\s+(?:de\s+|del\s+|of\s+)?(\d{{4}}))?(?!\d)"
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w){_MONTH}\s+(?:(?:de\s+|del\s+)?(\d{{4}})(?!\d)|(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d))"
)
_NUMBER = re.compile(
    rf"(?P<before>{_CURRENCY})?\s*(?<![\w.,])(?P<digits>{_DIGITS})\s?-?(?P<after>%|€|\$|£|[^\W\d_]+\.?)?"
    rf"(?:\s+(?P<then>%|€|\$|£|cent\w*|ciento|(?:{_CURRENCY})\b))?",
)
_ADDRESS = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|\b(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?:/[^\s)\]]*)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_HALF = re.compile(r"\s+(?:and a half|og en? halvt?|og et halvt|und ein(?:e|en)? halb\w*|y medi[oa]|i pol)\b")
_THOUSANDS = 3
_MOST_DIGITS = 30
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Value:
    """A number with what it counts."""

    readings: frozenset[Decimal]
    """What the digits may mean: `1.250` is a thousand and more, or one and a quarter."""
    unit: str
    """A currency code, `%`, a unit of time such as `month`; empty for anything else."""
    written: str

    def agrees(self, other: Value) -> bool:
        """Whether both may be the same number, whatever they count."""
        return bool(self.readings & other.readings)


@dataclass(frozen=True, slots=True)
class Day:
    """A day or a part of one: year, month and day, 0 for what is not said."""

    year: int
    month: int
    day: int

    def covers(self, other: Day) -> bool:
        """Whether it says everything that the other one says."""
        pairs = zip((self.year, self.month, self.day), (other.year, other.month, other.day), strict=True)
        return all(theirs in (0, mine) for mine, theirs in pairs)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text states that can be compared letter by letter."""

    values: tuple[Value, ...]
    days: tuple[Day, ...]
    addresses: frozenset[str]


@lru_cache(maxsize=4096)
def facts_in(text: str, language: str) -> Facts:
    """The values, days and addresses of a text; numbers in words are read in its language."""
    folded = fold(text)
    addresses = frozenset(match.group().rstrip("./") for match in _ADDRESS.finditer(folded))
    rest = _ADDRESS.sub(" ; ", folded)
    days, rest = _taken_days(rest)
    values = [value for match in _NUMBER.finditer(rest) if (value := _value(match))]
    values += [
        _counted(rest, match.end(), Decimal(number), match.group())
        for match in _WORD.finditer(rest)
        if (number := number_words(language).get(match.group()))
    ]
    return Facts(tuple(values), tuple(days), addresses)


def _taken_days(text: str) -> tuple[list[Day], str]:
    """The days in a folded text, and the text without them."""
    days: list[Day] = []

    def take(found: Day | None, match: re.Match[str]) -> str:
        if found is None:
            return match.group()
        days.append(found)
        return " ; "

    text = _ISO.sub(lambda m: take(_day(m[1], m[2], m[3]), m), text)
    text = _NUMERIC.sub(lambda m: take(_day(m[4], m[3], m[1]) or _day(m[4], m[1], m[3]), m), text)
    text = _DAY_FIRST.sub(lambda m: take(_named_day(m[3], m[2], m[1]), m), text)
    text = _MONTH_FIRST.sub(lambda m: take(_named_day(m[2] or m[4], m[1], m[3]), m), text)
    return days, text


def _day(year: str, month: str, day: str) -> Day | None:
    number = int(year) if len(year) > 2 else _CENTURY + int(year)
    if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
        return Day(number, int(month), int(day))
    return None


def _named_day(year: str | None, month: str, day: str | None) -> Day | None:
    number = _folded_months().get(month, 0)
    if not number or not 0 <= int(day or 0) <= 31:
        return None
    return Day(int(year or 0), number, int(day or 0))


@lru_cache(maxsize=1)
def _folded_months() -> dict[str, int]:
    return {fold(name): number for name, number in month_numbers().items()}


def _counted(text: str, place: int, number: Decimal, written: str) -> Value:
    """A number in words that ends at a place, with the half that may follow it."""
    half = _HALF.match(text, place)
    if half:
        number, place = number + Decimal("0.5"), half.end()
    return Value(frozenset({number}), _unit_after(text, place), written)


def _value(match: re.Match[str]) -> Value | None:
    readings = _readings(match["digits"])
    words = [match[name] or "" for name in ("after", "then")]
    scale = _scale(_bare(words[0]), priced=bool(match["before"]))
    unit = next((found for word in (match["before"] or "", *words) if (found := unit_of(word))), "")
    if scale != 1 and not unit:
        unit = _unit_after(match.string, match.end())
    return Value(frozenset(each * scale for each in readings), unit, match["digits"]) if readings else None


def _scale(word: str, *, priced: bool) -> int:
    """What a word after a number multiplies it with; `m` and `k` do so only behind a currency."""
    return _scales().get(word, 1) if priced or len(word) > 1 else 1


def _readings(written: str) -> frozenset[Decimal]:
    """The numbers that digits with marks between them may stand for."""
    parts = re.split(r"\D", written)
    if sum(map(len, parts)) > _MOST_DIGITS:
        return frozenset()
    marks = re.findall(r"\D", written)
    whole = Decimal("".join(parts))
    if not marks:
        return frozenset({whole})
    fraction = Decimal("".join(parts[:-1]) + "." + parts[-1])
    if len(parts[-1]) != _THOUSANDS or parts[0] == "0":
        return frozenset({fraction})
    if len(marks) > 1:
        return frozenset({whole}) if len(set(marks)) == 1 else frozenset({fraction})
    return frozenset({whole, fraction}) if marks[0] in ".," else frozenset({whole})


def _bare(word: str) -> str:
    return word.rstrip(".")


@lru_cache(maxsize=4096)
def unit_of(word: str) -> str:
    """What a folded word or sign after a number counts: `EUR`, `%`, `month` …; empty for a thing of any other kind."""
    bare = _bare(word)
    return next((unit for unit, words in _units().items() if bare in words), "")


def _unit_after(text: str, place: int) -> str:
    following = re.match(r"[\s-]*(%|€|\$|£|[^\W\d_]+)", text[place : place + 40])
    return unit_of(following[1]) if following else ""


@lru_cache(maxsize=1)
def _units() -> dict[str, frozenset[str]]:
    return {unit: frozenset(str(words).split()) for unit, words in _section("units").items()}


@lru_cache(maxsize=1)
def _scales() -> dict[str, int]:
    return {
        word: 10 ** int(zeros) for zeros, words in _section("scales").items() for word in str(words).split()
    }


@lru_cache(maxsize=8)
def number_words(language: str) -> dict[str, int]:
    """Two to twenty in a language; one stands for too much else."""
    words = str(_section("numbers").get(language, "")).splitlines()
    return {form: number for number, line in enumerate(words, 2) for form in line.split()}


def _section(name: str) -> dict[str, object]:
    section = read_list("measures.toml")[name]
    if not isinstance(section, dict):
        raise TypeError(name)
    return section
