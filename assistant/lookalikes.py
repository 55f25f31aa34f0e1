"""Letters that only look like those of the word they stand in, put back."""

from __future__ import annotations

import re
import unicodedata

_PAIRS = (
    "аa сc еe оo рp хx уy ѕs іi јj һh ԁd ԛq ԝw АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ЅS ІI ЈJ "
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX οo օo"
)
_TWINS = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
"""Cyrillic, Greek and Armenian letters drawn like Latin ones, by code point (after Unicode TR39, confusables)."""
_WORD = re.compile(r"[^\W\d_]+")
_TWIN = re.compile(f"[{''.join(map(chr, _TWINS))}]")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_STYLED = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff]")


def without_lookalikes(text: str) -> str:
    """The text with Latin letters in place of their twins from other scripts, within words that mix scripts.

    Full-width and mathematical letters and digits become plain ones everywhere. Words of one script alone stay as
    they are, and so does the number of characters: offsets into the text still hold.
    """
    if text.isascii():
        return text
    text = _STYLED.sub(_plain_letter, text)
    return _WORD.sub(_of_one_script, text) if _TWIN.search(text) else text


def _plain_letter(match: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", match.group())
    return plain if len(plain) == 1 else match.group()


def _of_one_script(match: re.Match[str]) -> str:
    word = match.group()
    return word.translate(_TWINS) if _LATIN_LETTER.search(word) else word
