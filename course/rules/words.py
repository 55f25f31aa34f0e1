"""Words that rules look for, by language."""

from __future__ import annotations

import re

ALL_OF_THE_ABOVE = re.compile(
    r"\b(?:all|none|both|neither|any) of (?:the above|these|them)\b"
    r"|\b(?:all|none) the options\b"
    r"|\b(?:alle|ingen|intet) (?:af )?(?:ovenstående|de nævnte)\b|\balt ovenstående\b"
    r"|\b(?:alle|keine[rs]?|nichts|alles) (?:der |von )?(?:oben genannten?|obigen|genannten|diesen?)\b"
    r"|\b(?:wszystkie|żadn[ae]) (?:z )?(?:powyższych|powyższe|wymienionych)\b|\bwszystkie powyższe\b"
    r"|\b(?:todas?|ninguna?) (?:las |de las )?(?:anteriores|opciones)\b|\bninguna de las anteriores\b"
    r"|\b(?:toutes?|aucune?) (?:les |des )?(?:réponses )?(?:ci-dessus|précédentes)\b"
    r"|\b(?:alla|inget|ingen) (?:av )?(?:ovanstående|de nämnda)\b"
    r"|\b(?:alle|geen) (?:van )?(?:bovenstaande|de genoemde)\b"
    r"|\b(?:tutte|nessuna) (?:le |delle )?(?:precedenti|risposte)\b"
    r"|\bkaikki (?:yllä olevat|edellä mainitut)\b|\bei mikään (?:yllä olevista|edellä mainituista)\b",
    re.IGNORECASE,
)
"""Options that speak of the others: English, Danish, German, Polish, Spanish, French, Swedish, "
"Dutch, Italian, Finnish."""

NEGATIONS = {
    "en": re.compile(r"\b(?:not|never|except|least|neither|nor|cannot|\w+n[’']t)\b", re.IGNORECASE),
    "da": re.compile(r"\b(?:ikke|aldrig|undtagen|mindst|hverken)\b", re.IGNORECASE),
    "de": re.compile(r"\b(?:nicht|nie|niemals|außer|keine?[nmrs]?|weder)\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:no|nunca|excepto|salvo|menos)\b", re.IGNORECASE),
    "pl": re.compile(r"\b(?:nie|nigdy|oprócz|poza|żadn\w+)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:pas|jamais|sauf|excepté|aucune?)\b", re.IGNORECASE),
    "sv": re.compile(r"\b(?:inte|aldrig|utom|minst)\b", re.IGNORECASE),
    "nl": re.compile(r"\b(?:niet|nooit|behalve|geen)\b", re.IGNORECASE),
    "it": re.compile(r"\b(?:non|mai|tranne|eccetto)\b", re.IGNORECASE),
    "fi": re.compile(r"\b(?:ei|eivät|paitsi)\b", re.IGNORECASE),
}
"""Words that turn a question round, in each language."""
