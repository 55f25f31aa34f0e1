"""Reads the JSON that a chat model writes, and gives each sentence as soon as it is complete."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

LONGEST = 20_000
"""Characters of a reply, at most; what is asked for takes a tenth of it."""
MOST_SENTENCES = 12
_ARRAY = re.compile(r'"sentences"\s*:\s*\[')
_VERDICT = re.compile(r'\s*,\s*"verdict"\s*:\s*"(answered|partial|not_found)"\s*\}')
_BETWEEN = re.compile(r"[\s,]*")

DraftVerdict = Literal["answered", "partial", "not_found"]


class DraftError(ValueError):
    """The reply is not the JSON that was asked for."""


class DraftSentence(BaseModel):
    """A sentence as the model wrote it, not yet checked."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    text: str = Field(min_length=1, max_length=1_000)
    ids: tuple[int, ...] = Field(max_length=10, strict=False)


@dataclass(slots=True)
class DraftReader:
    """Takes a reply in fragments of any size."""

    _text: str = ""
    _place: int = 0
    _count: int = 0
    _open: bool = False
    _closed: bool = False

    def feed(self, fragment: str) -> list[DraftSentence]:
        """The sentences that a fragment completes.

        Raises:
            DraftError: if the reply is too long or a sentence is not of the form asked for.
        """
        self._text += fragment
        if len(self._text) > LONGEST:
            raise DraftError("too long")
        if not self._open and (begin := _ARRAY.search(self._text)):
            self._open, self._place = True, begin.end()
        found: list[DraftSentence] = []
        while self._open and not self._closed and (sentence := self._next(fragment)):
            found.append(sentence)
        return found

    def _next(self, fragment: str) -> DraftSentence | None:
        place = self._place = _BETWEEN.match(self._text, self._place).end()  # type: ignore[union-attr] # matches ""
        if self._text.startswith("]", place):
            self._place, self._closed = place + 1, True
            return None
        if place == len(self._text) or "}" not in fragment:
            return None
        if self._text[place] != "{" or self._count == MOST_SENTENCES:
            raise DraftError("not a list of sentences")
        try:
            entry, self._place = json.JSONDecoder().raw_decode(self._text, place)
        except ValueError:
            return None  # the rest of it is still to come
        self._count += 1
        try:
            return DraftSentence.model_validate(entry)
        except ValidationError as error:
            raise DraftError("not a sentence with ids") from error

    def end(self) -> DraftVerdict:
        """The verdict, once all is read.

        Raises:
            DraftError: if the reply broke off or has no verdict.
        """
        verdict = _VERDICT.match(self._text, self._place) if self._closed else None
        if verdict is None:
            raise DraftError("broken off")
        return verdict[1]  # type: ignore[return-value] # one of the three, by the pattern
