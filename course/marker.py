"""The comments that mark questions, `<!-- q id=een-role points=2 -->`, and their attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from .faults import QuestionFault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .markdown import Comment

ATTRIBUTES = (
    "id", "type", "points", "tries", "penalty", "shuffle", "pin", "outcome", "tags", "level", "case",
    "accents", "partial", "review", "variant-of", "unit", "scale", "labels", "pair", "select", "certainty",
)  # fmt: skip
"""What may stand in the comment of a question."""
POOL_ATTRIBUTES = ("id", "pick")
DRAW_ATTRIBUTES = ("from", "tags", "level", "pick")
TYPES = (
    "single", "multiple", "truefalse", "text", "number", "matching", "classify", "ordering", "cloze", "open",
    "likert",
)  # fmt: skip
_TYPE_NAMES = {
    "numeric": "number",
    "short": "text",
    "true-false": "truefalse",
    "match": "matching",
    "order": "ordering",
}

_MARKER = re.compile(r"(/?q|/?pool|draw)(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+)))?\s*")
_ID = re.compile(r"[A-Za-z0-9][\w.-]*")
_YES = frozenset({"yes", "true", "on", "1"})
_NO = frozenset({"no", "false", "off", "0"})
_MAX_POINTS = 1000.0
_MAX_COUNT = 1000
_MOST_DIGITS = 6
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%?")
_ENDS = {"first": 0, "start": 0, "last": -1, "end": -1}


@dataclass(frozen=True, slots=True)
class Marker:
    """A comment that means something: `q`, `/q`, `pool`, `/pool` or `draw`."""

    kind: str
    line: int
    values: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""
    """What could not be read as `name=value`."""

    def unknown(self) -> tuple[str, ...]:
        """One sentence for each attribute that this kind of comment does not have."""
        known = _KNOWN.get(self.kind, ())
        told = [
            f"The attribute `{name}` {_not_among(name, known)}" for name in self.values if name not in known
        ]
        if self.rest:
            told.append(f"`{self.rest[:40]}` cannot be read; write attributes as name=value.")
        return tuple(told)

    @property
    def id(self) -> str:
        """The author's id, empty when there is none."""
        own = self.values.get("id", "")
        if own and not _ID.fullmatch(own):
            message = f"The id `{own}` may hold only letters, digits, hyphens and points."
            raise QuestionFault("Q002", message, self.line)
        return own

    @property
    def type(self) -> str:
        """The type that the author names, empty when the shape of the answers tells it."""
        name = self.values.get("type", "").lower()
        name = _TYPE_NAMES.get(name, name)
        if name and name not in TYPES:
            message = f"The type `{name}` {_not_among(name, TYPES)}"
            raise QuestionFault("Q001", message, self.line)
        return name

    @property
    def points(self) -> float:
        """What the question is worth."""
        source = self.values.get("points", "1").replace(",", ".")
        try:
            points = float(source)
        except ValueError:
            points = -1.0
        if not 0 < points <= _MAX_POINTS:
            raise QuestionFault("Q001", f"points={source} must be a number above 0.", self.line)
        return points

    def switch(self, name: str, *, default: bool) -> bool:
        """An attribute that says yes or no."""
        value = self.values.get(name, "").lower()
        if value in _YES | _NO:
            return value in _YES
        if name in self.values:
            raise QuestionFault("Q001", f"{name}={value} must be yes or no.", self.line)
        return default

    @property
    def accents_strict(self) -> bool:
        """Whether accents must be right."""
        value = self.values.get("accents", "forgive").lower()
        if value not in {"strict", "forgive", "loose"}:
            raise QuestionFault("Q001", f"accents={value} must be strict or forgive.", self.line)
        return value == "strict"

    @property
    def counted(self) -> bool:
        """Whether the learner is told how many options are right."""
        value = self.values.get("select", "count").lower()
        if value not in {"count", "all"}:
            message = f"select={value} must be count (says how many are right) or all (does not say)."
            raise QuestionFault("Q001", message, self.line)
        return value == "count"

    @property
    def penalty(self) -> float:
        """The share that each hint and each earlier try takes away."""
        source = self.values.get("penalty", "0")
        match = _PERCENT.fullmatch(source)
        percent = float(match[1].replace(",", ".")) if match else -1.0
        if not (percent == 0 or 1 <= percent <= 100):
            raise QuestionFault("Q001", f"penalty={source} must be a per cent, such as 10%.", self.line)
        return percent / 100

    @property
    def pinned(self) -> tuple[int, ...]:
        """Places, from 0, that keep their entry; -1 is the last one."""
        parts = self._words("pin")
        places = tuple(_ENDS[part] if part in _ENDS else _place(part) for part in map(str.lower, parts))
        if None in places:
            message = f"pin={self.values['pin']} must be first, last or numbers of entries, such as 1,4."
            raise QuestionFault("Q001", message, self.line)
        return tuple(place for place in places if place is not None)

    @property
    def tags(self) -> tuple[str, ...]:
        """Words to choose the question by."""
        return self._words("tags")

    def count(self, name: str) -> int:
        """An attribute that is a whole number; 0 when it is not given."""
        source = self.values.get(name, "")
        if not source and name not in self.values:
            return 0
        number = _counted(source)
        if number is None:
            message = f"{name}={source[:40]} must be a whole number from 1 to {_MAX_COUNT}."
            raise QuestionFault("Q001", message, self.line)
        return number

    def _words(self, name: str) -> tuple[str, ...]:
        return tuple(word for word in re.split(r"[,\s]+", self.values.get(name, "")) if word)


_KNOWN = {"q": ATTRIBUTES, "pool": POOL_ATTRIBUTES, "draw": DRAW_ATTRIBUTES}


def read_marker(comment: Comment) -> Marker | None:
    """The marker in a comment; None when the comment is only a note of the author."""
    match = _MARKER.fullmatch(comment.text.strip())
    if match is None:
        return None
    source = match[2] or ""
    values: dict[str, str] = {}
    at = 0
    while found := _ATTRIBUTE.match(source, at):
        values.setdefault(
            found[1].lower(), next((part for part in found.groups()[1:] if part is not None), "yes")
        )
        at = found.end()
    return Marker(match[1].lower(), comment.line, values, source[at:].strip())


def _place(source: str) -> int | None:
    number = _counted(source)
    return None if number is None else number - 1


def _counted(source: str) -> int | None:
    """A whole number from 1 to `_MAX_COUNT`; None for anything else."""
    number = int(source) if source.isdecimal() and len(source) <= _MOST_DIGITS else 0
    return number if 0 < number <= _MAX_COUNT else None


def _not_among(name: str, names: tuple[str, ...]) -> str:
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f"is not known; did you mean `{close[0]}`?"
    return f"is not known; known are {', '.join(names)}." if names else "has no place here; remove it."
