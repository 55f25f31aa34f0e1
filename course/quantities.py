"""Numbers as people write them: comma or point, thousands in groups, with or without the unit."""

from __future__ import annotations

import re
import unicodedata

from .normalise import folded

_MINUS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{HYPHEN}": "-", "’": "'", "‘": "'"})
_PLAIN = re.compile(r"([+-]?)\s?(\d*)(?:[.,](\d+))?\.?")
_GROUPED = re.compile(r"([+-]?)\s?([1-9]\d{0,2}(?:([ '.,])\d{3})(?:\3\d{3})*)(?:(?!\3)[.,](\d+))?")
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_AROUND = re.compile(
    r"(?P<before>[^\d+\-.,]*)(?P<number>[+-]?\s?[\d.,](?:[\d.,' ]*\d)?)(?P<after>(?:\D|(?<=[^\W\d_])\d)*)"
)
_MAX_CHARS = 60

_SAME_UNITS = (
    frozenset({"%", "percent", "per cent", "pct", "procent", "prozent", "proc.", "por ciento"}),
    frozenset({"eur", "€", "euro", "euros"}),
    frozenset({"usd", "$", "us$", "dollar", "dollars"}),
    frozenset({"gbp", "£", "pound", "pounds"}),
    frozenset({"pln", "zł", "zl", "zloty"}),
    frozenset({"dkk", "kr", "kr.", "kroner"}),
    frozenset({"hours", "hour", "h", "hrs", "timer", "time", "t"}),
    frozenset({"minutes", "minute", "min", "minutter", "minut"}),
)


def readings(text: str, unit: str = "") -> tuple[float, ...]:
    """Every number that a text can mean; none when it is no number, or has another unit.

    `1.176` and `1,176` mean 1.176 to one reader and 1176 to another. Both readings are given, and an
    answer is right when either is: a learner knows the amount, not the author's habit, and no
    sensible key takes both. Without a declared unit any word without digits may stand beside the number.
    """
    tidy = " ".join(unicodedata.normalize("NFKC", text[:_MAX_CHARS]).translate(_MINUS).split())
    match = _AROUND.fullmatch(tidy)
    if match is None or not _unit_fits(match["before"].strip(), match["after"].strip(), unit):
        return ()
    number = match["number"]
    found = dict.fromkeys((*_plain(number), *_grouped(number)))
    return tuple(found)


def is_ambiguous(text: str) -> bool:
    """Whether a number can be read with a decimal mark and with thousands."""
    return _AMBIGUOUS.fullmatch(text.strip()) is not None


def _plain(number: str) -> tuple[float, ...]:
    match = _PLAIN.fullmatch(number)
    if match is None or not (match[2] or match[3]):
        return ()
    return (float(f"{match[1]}{match[2] or 0}.{match[3] or 0}"),)


def _grouped(number: str) -> tuple[float, ...]:
    match = _GROUPED.fullmatch(number)
    if match is None:
        return ()
    return (float(f"{match[1]}{match[2].replace(match[3], '')}.{match[4] or 0}"),)


def _unit_fits(before: str, after: str, unit: str) -> bool:
    given = [folded(part) for part in (before, after) if part not in {"", "."}]
    if not given:
        return True
    if not unit:
        return not any(map(str.isdigit, "".join(given)))
    return len(given) == 1 and (
        given[0] in _names(folded(unit)) or given[0].rstrip(".") in _names(folded(unit))
    )


def _names(unit: str) -> frozenset[str]:
    """The unit with its other names, in the singular and the plural."""
    same = next((names for names in _SAME_UNITS if unit in names), frozenset({unit}))
    return same | {name.removesuffix("s") for name in same} | {f"{name}s" for name in same}
