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
    "accents", "partial", "review", "variant-of", "unit", "scale", "labels", "pair", "select",
)  # fmt: skip
TYPES = ("single", "multiple", "truefalse", "text", "number", "matching", "classify", "ordering", "cloze")
_TYPE_NAMES = {
    "numeric": "number",
    "short": "text",
    "true-false": "truefalse",
    "match": "matching",
    "order": "ordering",
}
_LATER = ("open", "likert")

_MARKER = re.compile(r"(/?q|/?pool|draw)(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+)))?\s*")
_ID = re.compile(r"[A-Za-z0-9][\w.-]*")
_YES = frozenset({"yes", "true", "on", "1"})
_NO = frozenset({"no", "false", "off", "0"})
_MAX_POINTS = 1000.0


@dataclass(frozen=True, slots=True)
class Marker:
    """A comment that means something: `q`, `/q`, `pool`, `/pool` or `draw`."""

    kind: str
    line: int
    values: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""
    """What could not be read as `name=value`."""

    def unknown(self) -> tuple[str, ...]:
        """One sentence for each attribute that questions do not have."""
        told = [_not_known(name) for name in self.values if name not in ATTRIBUTES]
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
        if name in _LATER:
            raise QuestionFault("Q030", f"Questions of the type `{name}` cannot be shown yet.", self.line)
        if name and name not in TYPES:
            message = f"The type `{name}` is not known{_nearest(name, TYPES)}"
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
    def tags(self) -> tuple[str, ...]:
        """Words to find the question by."""
        return tuple(tag for tag in re.split(r"[,\s]+", self.values.get("tags", "")) if tag)


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


def _not_known(name: str) -> str:
    return f"The attribute `{name}` is not known{_nearest(name, ATTRIBUTES)}"


def _nearest(name: str, names: tuple[str, ...]) -> str:
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    return f"; did you mean `{close[0]}`?" if close else f"; known are {', '.join(names)}."
