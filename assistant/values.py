"""Values that stand in a text: amounts, dates, durations, shares and counts, whatever the language."""

from __future__ import annotations

import re
from functools import lru_cache

from index.words import fold, numbers

_MONTHS = (
    "jan|feb|mar|marts|april|apr|maj|may|mai|maja|june|juni|jun|july|juli|jul|aug|sep|oct|okt|nov|dec|dez|"
    "enero|ener|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "stycz|lut|kwie|czerw|lip|sierp|wrze|pazdz|listop|grud|maerz|marz"
)
_NUMBER = r"\d+(?:[.,   ’']\d+)*"

_AMOUNT = re.compile(
    rf"(?:\b(?:eur|euro|euros|usd|dkk|pln|nok|sek|gbp)|[€$£])\s*{_NUMBER}"
    rf"|{_NUMBER}\s*(?:million|mio|mln|millioner|millionen|millones|thousand|billion|mld)?\.?\s*"
    r"(?:€|\$|£|\b(?:eur|euro|euros|dkk|kr|pln|zl|nok|sek|gbp)\b)"
    rf"|{_NUMBER}\s*(?:million|millioner|millionen|millones)\b"
)
_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}\b"
    rf"|\b\d{{1,2}}(?:\.|st|nd|rd|th)?\s*(?:of |de |-\s*\d{{1,2}}\.?\s*)?(?:{_MONTHS})[a-z]*"
    rf"|\b(?:{_MONTHS})[a-z]*\s+(?:\d{{1,2}},?\s+)?(?:19|20)\d{{2}}\b"
    r"|\b(?:19|20)\d{2}\b"
)
_RANGE = re.compile(
    r"(?:19|20)\d{2}\s*(?:-|–|—|to|til(?: den)?|bis(?: zum)?|until|hasta(?: el)?|al|do|a)\s*"
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-])?(?:\d{{1,2}}\.?\s+(?:de\s+)?(?:{_MONTHS})[a-z]*\s+(?:de\s+)?)?(?:19|20)\d{{2}}"
)
_PROGRAMME_PERIOD = re.compile(
    r"\b(?:program|interreg|period|perio)[^\d.;]{0,40}(?:19|20)\d{2}\s*(?:-|–)\s*(?:19|20)\d{2}"
)
"""Years that belong to the name of a programme say nothing of the dates of a project."""
_COUNT_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|seventeen|twenty|hundred|dozen|both|"
    "tre|fem|seks|syv|otte|elleve|tolv|tretten|femten|tyve|begge|"
    "zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|beide|"
    "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|ambos|"
    "deux|trois|quatre|sept|huit|neuf|dix|twee|drie|vijf|zes|zeven|tien|tva|fyra|atta|tio|due|quattro|cinque|sei|sette|dieci|"
    "dwa|dwie|dwoch|trzy|trzech|cztery|czterech|piec|pieciu|szesc|siedem|osiem|dziewiec|dziesiec|jedenascie|dwanascie"
)
_DURATION = re.compile(
    rf"(?:{_NUMBER}|\b(?:{_COUNT_WORDS}|half|halv|halb|medio|pol|and a half))[\s-]*"
    r"(?:and a half\s+|to\s+\d+\s+|working\s+|calendar\s+)?"
    r"(?:months?|years?|weeks?|days?|maneder|maned|ar|uger|dage|monaten?|jahren?|wochen|tagen?|"
    r"mois|ans?|annees?|semaines?|maanden|maand|jaren|jaar|weken|manader|veckor|mesi|anni|"
    r"meses|mes|anos?|semanas|dias|miesiac[a-z]*|miesiecy|lat|lata|rok|tygodni[a-z]*|dni)\b"
)
_SHARE = re.compile(rf"{_NUMBER}\s*(?:%|per cent|percent|procent|prozent|por ciento)")
_NUMERAL = re.compile(rf"{_NUMBER}")
_COUNT_WORD = re.compile(rf"\b(?:{_COUNT_WORDS})\b")


_KINDS = {"amount": _AMOUNT, "date": _DATE, "range": _RANGE, "duration": _DURATION, "share": _SHARE}


@lru_cache(maxsize=4096)
def values_in(text: str) -> frozenset[str]:
    """Kinds of value that stand in a text: amount, date, range, duration, share, number."""
    folded = _PROGRAMME_PERIOD.sub(" ", fold(text))
    found = {kind for kind, pattern in _KINDS.items() if pattern.search(folded)}
    bare = _SHARE.sub(" ", _DATE.sub(" ", _AMOUNT.sub(" ", folded)))
    if _NUMERAL.search(bare) or _COUNT_WORD.search(folded):
        found.add("number")
    return frozenset(found)


def stated(text: str, kind: str) -> frozenset[str]:
    """The values of one kind in a text, in a form that does not depend on how they are written."""
    pattern = _KINDS.get(kind, _NUMERAL)
    found = (match.group() for match in pattern.finditer(_PROGRAMME_PERIOD.sub(" ", fold(text))))
    return frozenset(" ".join(numbers(value)) or value for value in found)
