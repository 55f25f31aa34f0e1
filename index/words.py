"""Words as the keyword index sees them: folded words, character 4-grams and exact tokens."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from .months import month_numbers

_WORD = re.compile(r"\w+")
_GRAM = 4
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_SPACES = "[ \xa0\u202f]"
_NUMBER = re.compile(rf"\d{{1,3}}(?:{_SPACES}\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,’']\d+)*")
_NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d{2})(?!\d)")
_ISO_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)")
_WORD_DATE = re.compile(
    r"(?<!\d)(\d{1,2})\.?\s+(?:de\s+)?([^\W\d_]{3,})\.?\s+(?:de\s+)?((?:19|20)\d{2})(?!\d)"
)
_CODE = re.compile(r"\w+(?:[-+/&.]\w+)+\+?|\w+")
_NAME = re.compile(r"[^\W_]+")
_THOUSANDS = 3
_MONTHS_IN_YEAR = 12
_LONGEST_MONTH = 31


def fold(text: str) -> str:
    """The text in lower case without accents: `Kraków` is `krakow`."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).translate(_LETTERS)


def folded_words(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(fold(text))


def grams(word: str) -> list[str]:
    """The character 4-grams of a word, its edges marked."""
    marked = f"_{word}_"
    return [marked[place : place + _GRAM] for place in range(max(1, len(marked) - _GRAM + 1))]


def tokens(text: str) -> list[str]:
    """Folded words followed by the 4-grams of each."""
    words = folded_words(text)
    return words + [gram for word in words for gram in grams(word)]


def exact_tokens(text: str, *, joined: bool = False) -> list[str]:
    """Dates, numbers, codes, names and pairs of words in a form that does not depend on how they are written.

    With `joined`, each word alone may also be a name, as a question may write `kissme`.
    """
    found = [f"d:{date}" for date in dates(text)]
    found += [f"n:{number}" for number in numbers(text)]
    found += [f"c:{code}" for code in codes(text)]
    return found + [f"c:{name}" for name in names(text, joined=joined)]


def dates(text: str) -> list[str]:
    """The days named in a text, as `2017-01-31`."""
    found = [_day(year, month, day) for year, month, day in _ISO_DATE.findall(text)]
    found += [_day(year, month, day) for day, month, year in _NUMERIC_DATE.findall(text)]
    for day, name, year in _WORD_DATE.findall(text):
        found.append(_day(year, str(month_numbers().get(name.casefold(), 0)), day))
    return [day for day in found if day]


def _day(year: str, month: str, day: str) -> str:
    if 1 <= int(month) <= _MONTHS_IN_YEAR and 1 <= int(day) <= _LONGEST_MONTH:
        return f"{year}-{int(month):02}-{int(day):02}"
    return ""


def numbers(text: str) -> list[str]:
    """The numbers in a text, dates left out: `1.176.540,00` and `1,176,540` are both `1176540`."""
    rest = _ISO_DATE.sub(" ", _NUMERIC_DATE.sub(" ", text))
    return [_number(written) for written in _NUMBER.findall(rest)]


def _number(written: str) -> str:
    parts = re.split(r"[^\d]", written)
    marks = re.findall(r"[^\d]", written)
    if not marks:
        return written.lstrip("0") or "0"
    grouped = all(len(part) == _THOUSANDS for part in parts[1:])
    if grouped and len(set(marks)) == 1 and parts[0] != "0":
        return "".join(parts).lstrip("0") or "0"
    whole, fraction = "".join(parts[:-1]).lstrip("0") or "0", parts[-1].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def codes(text: str) -> list[str]:
    """Words that hold digits beside letters, or marks between their parts: `H2020`, `Trans-S3`."""
    found = (code for code in _CODE.findall(text) if not code.isalpha() and any(map(str.isalpha, code)))
    return ["".join(_NAME.findall(fold(code))) for code in found]


def _is_name(word: str) -> bool:
    return sum(letter.isupper() for letter in word) > 1


def names(text: str, *, joined: bool = False) -> list[str]:
    """Words with capitals inside, such as `SMEGoNet`, and each word joined with its neighbour: `KISS ME`."""
    words = _NAME.findall(text)
    found = [fold(word) for word in words if _is_name(word) and len(word) > 1]
    found += [fold(first + second) for first, second in pairwise(words)]
    if joined:
        found += [fold(word) for word in words]
    return found
