"""The page that documents every code of the checker: `python -m course.rules.document > docs/check-codes.md`."""

from __future__ import annotations

import sys
from textwrap import fill
from typing import TYPE_CHECKING

from course.problems import Severity

from . import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .rule import Rule

_HEAD = """\
# The codes of the checker

This page is made from the rules themselves: `python -m course.rules.document > docs/check-codes.md`. Each example is
checked in every test run: the first one breaks that rule and no other, the second one breaks none. A text without the
name of a file is the text of a lesson; the module around it has one outcome, O1.

`hansa course check` prints `file:line:column: code message`. Errors must be mended. Warnings, whose codes begin with W,
may be explained: by `<!-- allow W101: reason -->` above the question or text, or in the front matter of the file by
`allow: {W301: "reason"}`.
"""
_WIDTH = 120
_LONGEST, _SHOWN = 2000, 40
"""Characters of a line that is shown whole, and of one that is not."""
_FAMILIES = {
    "A": "Explanations",
    "C": "Modules and files",
    "F": "Front matter",
    "K": "Keys",
    "L": "Links",
    "M": "Markup",
    "O": "Outcomes",
    "Q": "Questions that cannot be read",
    "T": "Translations",
    "W": "Warnings",
    "Y": "Forms",
}


def document() -> str:
    """The whole page, in Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    for family, title in _FAMILIES.items():
        yield from (f"## {title}", "")
        for code in sorted(code for code in RULES if code.startswith(family)):
            yield from _rule(RULES[code])


def _rule(rule: Rule) -> Iterator[str]:
    kind = "error" if rule.severity is Severity.ERROR else "warning"
    why = fill(f"{kind.capitalize()}. {rule.why}", _WIDTH, break_long_words=False, break_on_hyphens=False)
    yield from (f"### {rule.code}: {rule.title}", "", why, "")
    yield from ("Told:", "", *_example(rule.bad), "Mended:", "", *_example(rule.good))


def _example(example: str | Mapping[str, str]) -> Iterator[str]:
    files = {"": example} if isinstance(example, str) else example
    for name, text in files.items():
        info = f"markdown {name}".rstrip()
        lines = (
            line if len(line) <= _LONGEST else f"{line[:_SHOWN]}…" for line in text.rstrip("\n").split("\n")
        )
        yield from (f"```{info}", *lines, "```", "")


if __name__ == "__main__":
    sys.stdout.write(document())
