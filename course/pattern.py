r"""Regular expressions of accepted answers, matched in bounded time.

The usual engine goes back and tries again, and some patterns keep it busy for years. This one
follows every possibility at once (Thompson's way), so a pattern in a course cannot hang the reader.
It knows: letters, `.`, `[...]`, `\d \w \s`, groups, `|`, `*`, `+`, `?`, `{m,n}`. A whole
answer must match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

MAX_CHARS = 200
MAX_ANSWER = 1_000
MAX_REPEATS = 40
MAX_STATES = 4_000
_COUNTS = re.compile(r"\{(\d{1,3})(,(\d{0,3}))?\}")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_ESCAPE = re.compile(r"\\[dwsDWS]|\\[^A-Za-z0-9]")


class PatternFault(ValueError):  # noqa: N818 - a fault of the author
    """A pattern that cannot be used, with the reason."""


@dataclass(slots=True)
class _State:
    """A point in the pattern: a letter to read before the next one, or free ways onward."""

    letter: re.Pattern[str] | None = None
    onward: list[_State] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Piece:
    first: _State
    last: _State


@lru_cache(maxsize=256)
def compiled(source: str) -> Pattern:
    """The pattern, or `PatternFault` with the reason why it cannot be used."""
    if len(source) > MAX_CHARS:
        raise PatternFault(f"it is longer than {MAX_CHARS} characters")
    builder = _Builder(_without_ends(source))
    piece = builder.either()
    if builder.at < len(builder.source):
        raise PatternFault(f"`{builder.source[builder.at]}` has no partner")
    return Pattern(piece.first, piece.last)


def _without_ends(source: str) -> str:
    """The pattern without the marks of its ends, as a whole answer must match; an escaped `$` is a letter."""
    inside = source.removeprefix("^")
    bare = inside.removesuffix("$")
    escapes = len(bare) - len(bare.rstrip("\\"))
    return inside if escapes % 2 else bare


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern ready to match."""

    first: _State
    last: _State

    def matches(self, text: str) -> bool:
        """Whether the whole text fits, case left aside; one of more than `MAX_ANSWER` characters does not."""
        if len(text) > MAX_ANSWER:
            return False
        states = _closure([self.first])
        for char in text:
            states = _closure(
                following
                for state in states.values()
                if state.letter is not None and state.letter.fullmatch(char)
                for following in state.onward
            )
            if not states:
                return False
        return id(self.last) in states


def _closure(starts: object) -> dict[int, _State]:
    found: dict[int, _State] = {}
    waiting: list[_State] = list(starts)  # type: ignore[call-overload]
    while waiting:
        state = waiting.pop()
        if id(state) not in found:
            found[id(state)] = state
            if state.letter is None:
                waiting.extend(state.onward)
    return found


@dataclass
class _Builder:
    """Reads a pattern from left to right into states."""

    source: str
    at: int = 0
    states: int = 0

    def either(self) -> _Piece:
        """One or more ways, parted by `|`."""
        first, last = self._state(), self._state()
        while True:
            way = self._row()
            first.onward.append(way.first)
            way.last.onward.append(last)
            if not self._take("|"):
                return _Piece(first, last)

    def _row(self) -> _Piece:
        first = last = self._state()
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            piece = self._repeated()
            last.onward.append(piece.first)
            last = piece.last
        return _Piece(first, last)

    def _repeated(self) -> _Piece:
        start = self.at
        piece = self._atom()
        end = self.at
        low, high = self._counts()
        if (low, high) == (1, 1):
            return piece
        after = self.at
        row = self._copies(start, end, low, high)
        self.at = after
        return row

    def _counts(self) -> tuple[int, int | None]:
        if self._take("*"):
            low, high = 0, None
        elif self._take("+"):
            low, high = 1, None
        elif self._take("?"):
            low, high = 0, 1
        elif match := _COUNTS.match(self.source, self.at):
            self.at = match.end()
            low = int(match[1])
            high = (int(match[3]) if match[3] else None) if match[2] else low
        else:
            return 1, 1
        if max(low, high or 0) > MAX_REPEATS or (high is not None and high < low):
            raise PatternFault(f"a repeat must stay between 0 and {MAX_REPEATS}")
        self._take("?")
        if self.at < len(self.source) and self.source[self.at] in "*+":
            raise PatternFault("a repeat follows a repeat")
        return low, high

    def _copies(self, start: int, end: int, low: int, high: int | None) -> _Piece:
        """The atom between two places of the pattern, `low` times and up to `high` times more."""
        first = last = self._state()
        done = self._state()
        for count in range(low if high is None else high):
            if count >= low:
                last.onward.append(done)
            copy = self._again(start, end)
            last.onward.append(copy.first)
            last = copy.last
        if high is None:
            loop = self._again(start, end)
            last.onward.append(loop.first)
            loop.last.onward.append(last)
        last.onward.append(done)
        return _Piece(first, done)

    def _again(self, start: int, end: int) -> _Piece:
        self.at = start
        piece = self._atom()
        if self.at != end:
            raise PatternFault("a repeat cannot be read")
        return piece

    def _atom(self) -> _Piece:
        if self._take("("):
            if self._take("?") and not self._take(":"):
                raise PatternFault("only (...) and (?:...) groups are known")
            piece = self.either()
            if not self._take(")"):
                raise PatternFault("a `(` is not closed")
            return piece
        return self._letter()

    def _letter(self) -> _Piece:
        char = self.source[self.at]
        if char in "*+?{":
            raise PatternFault(f"`{char}` repeats nothing; write \\{char} for the sign itself")
        if char in "^$":
            raise PatternFault(f"`{char}` may only stand at the outer ends")
        known = {"[": _CLASS, "\\": _ESCAPE}.get(char)
        match = known.match(self.source, self.at) if known else None
        if known and match is None:
            raise PatternFault(f"`{self.source[self.at : self.at + 2]}` is not known here")
        source = match[0] if match else char if char == "." else re.escape(char)
        self.at += len(match[0]) if match else 1
        try:
            letter = re.compile(source, re.IGNORECASE)
        except re.error as error:
            raise PatternFault(str(error)) from error
        last = self._state()
        return _Piece(self._state(letter, last), last)

    def _state(self, letter: re.Pattern[str] | None = None, *onward: _State) -> _State:
        self.states += 1
        if self.states > MAX_STATES:
            raise PatternFault("it repeats too much")
        return _State(letter, list(onward))

    def _take(self, sign: str) -> bool:
        if self.source.startswith(sign, self.at):
            self.at += 1
            return True
        return False
