"""Warnings that an author explains in place of mending: `<!-- allow W104: the case needs the words -->`.

A comment covers what follows it up to the next section or question; above a question, or inside one, it covers
that question. `allow` in the front matter covers the whole file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .example import OPTIONS, asked
from .rule import RULES, Finding, rule, told_when_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from course.problems import Problem

    from .page import Page

_COMMENT = re.compile(r"<!--\s{0,20}allow\b(.{0,300}?)-->", re.IGNORECASE)
_CONTENT = re.compile(r"\s+([A-Z]\d{3})\s*:\s*(\S.*?)\s*")
_FENCE = re.compile(r"\s*(?:>\s*)*(`{3,}|~{3,})")
_OPENS = re.compile(r" {0,3}(?:##(?:\s|$)|<!--\s*/?q\b)")
_PROMPT = "### What comes first in a call?"
_QUIET = "- [x] A clear wish\n  > Yes. It can be passed on.\n- [ ] A long story"


@dataclass(frozen=True, slots=True)
class Allowance:
    """A warning that is explained, and where."""

    code: str
    line: int
    column: int
    first: int
    """First line that it covers."""
    last: int
    """Last line that it covers."""

    def covers(self, problem: Problem) -> bool:
        """Whether it explains this very warning."""
        return problem.code == self.code and self.first <= problem.place.line <= self.last


def allowances_of(page: Page) -> tuple[Allowance, ...]:
    """Every explanation on a page that names a warning and a reason."""
    inside = (
        Allowance(match[1], line, column, line, _end(page.lines, line))
        for line, column, text in _comments(page.lines)
        if (match := _CONTENT.fullmatch(text)) and _is_warning(match[1])
    )
    whole = (
        Allowance(code, page.header.line("allow"), 1, 1, len(page.lines))
        for code, reason in _in_front_matter(page)
        if _is_warning(code) and reason
    )
    return (*inside, *whole)


@rule(
    "A001",
    "an explanation that explains nothing",
    why="Only a warning may be explained, and only with a reason: write `<!-- allow W101: reason "
    "-->`, or in the front matter "
    '`allow: {W101: "reason"}`. An error has to be mended.',
    bad=f"<!-- allow W101 -->\n{asked(_PROMPT, OPTIONS)}",
    good=f"<!-- allow W101: the second option speaks for itself -->\n{asked(_PROMPT, _QUIET)}",
)
def malformed(page: Page) -> Iterator[Finding]:
    """An `allow` without a reason, or for something that is no warning."""
    for line, _, text in _comments(page.lines):
        match = _CONTENT.fullmatch(text)
        yield from _objection(line, match[1] if match else "")
    for code, reason in _in_front_matter(page):
        yield from _objection(page.header.line("allow"), code if reason else "")


def _objection(line: int, code: str) -> Iterator[Finding]:
    """What is wrong with explaining a code; an empty one was not given, or not the reason."""
    if not code:
        message = "This explains nothing; write `<!-- allow W101: reason -->`, with one code."
        yield Finding(line, message, "allow")
    elif code not in RULES:
        yield Finding(line, f"There is no code {code}; docs/check-codes.md lists them all.", "allow")
    elif not _is_warning(code):
        yield Finding(line, f"{code} is an error and cannot be explained away; mend it.", "allow")


told_when_read(
    "W001",
    "an explanation that is no longer needed",
    why="The warning that it explains is gone, so the comment misleads. Remove it.",
    bad=f"<!-- allow W101: the second option speaks for itself -->\n{asked(_PROMPT, OPTIONS)}",
    good=f"<!-- allow W101: the second option speaks for itself -->\n{asked(_PROMPT, _QUIET)}",
)


def sifted(page: Page, problems: Iterable[Problem]) -> tuple[list[Problem], list[Problem], list[Allowance]]:
    """Problems that stand, warnings that are explained, and explanations that nothing needed."""
    allowances = allowances_of(page)
    standing: list[Problem] = []
    explained: list[Problem] = []
    used: set[Allowance] = set()
    for problem in problems:
        covering = [allowance for allowance in allowances if allowance.covers(problem)]
        used.update(covering)
        (explained if covering else standing).append(problem)
    return standing, explained, [allowance for allowance in allowances if allowance not in used]


def _is_warning(code: str) -> bool:
    return code in RULES and code.startswith("W") and code != "W001"


def _in_front_matter(page: Page) -> list[tuple[str, str]]:
    values = page.header.values.get("allow")
    if not isinstance(values, dict):
        return []
    return [(str(code), str(reason or "").strip()) for code, reason in values.items()]


def _comments(lines: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Line, column and content of every `allow`, code left out."""
    fence = ""
    for number, line in enumerate(lines, 1):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence:
            for match in _COMMENT.finditer(line):
                yield number, match.start() + 1, match[1]


def _end(lines: tuple[str, ...], line: int) -> int:
    """The last line that a comment covers: the one before the next section or question, or its own question's end."""
    at = line
    while at < len(lines) and not lines[at].strip():
        at += 1
    while at + 1 < len(lines) and not _OPENS.match(lines[at + 1]):
        at += 1
    return at + 1
