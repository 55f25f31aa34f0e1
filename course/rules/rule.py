"""What a rule of the checker is, and the list of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .page import Page

    Check = Callable[[Page], Iterable["Finding"]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A place of a page that breaks a rule."""

    line: int
    """From 1; the place is looked for from here on when `near` is given."""
    message: str
    """One sentence that names the thing and the remedy."""
    near: str = ""
    """Words as they stand on the page, to point at the very column."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked at, told under one code."""

    code: str
    """Never used again for something else; those of warnings begin with W."""
    title: str
    """What is wrong, in a few words."""
    why: str
    """What it does to a learner, and how to mend it."""
    bad: str | Mapping[str, str]
    """What breaks this rule and no other: the text of a lesson, or files by name."""
    good: str | Mapping[str, str]
    """The same, mended."""
    check: Check | None = None
    """Finds it; None for what is found while a file is read."""

    @property
    def severity(self) -> Severity:
        """Whether it must be mended, or may be explained."""
        return Severity.WARNING if self.code.startswith("W") else Severity.ERROR


RULES: dict[str, Rule] = {}
"""Every rule, by its code."""


def rule(
    code: str, title: str, *, why: str, bad: str | Mapping[str, str], good: str | Mapping[str, str]
) -> Callable[[Check], Check]:
    """Register a function that finds what breaks a rule."""

    def register(check: Check) -> Check:
        _add(Rule(code, title, why, bad, good, check))
        return check

    return register


def told_when_read(
    code: str, title: str, *, why: str, bad: str | Mapping[str, str], good: str | Mapping[str, str]
) -> None:
    """Register a code that is told while a file is read."""
    _add(Rule(code, title, why, bad, good))


def _add(new: Rule) -> None:
    if new.code in RULES:
        raise ValueError(f"The code {new.code} is taken; choose another.")
    RULES[new.code] = new
