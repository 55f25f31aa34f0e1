"""Rules about questions that belong together: scales, banks and variants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course.model import Likert, Moment

from .example import OPTIONS, asked, lesson_file
from .page import Kind
from .rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .page import Page

_DRAW = re.compile(r"<!--\s{0,20}draw\b[^<>]{0,300}?\bfrom\s*=\s*[\"']?([\w/-]{1,200})", re.IGNORECASE)
_PROMPT = "### What comes first in a call?"
_GOOD = asked(_PROMPT, OPTIONS)


def _scale(moment: str) -> str:
    marker = f"<!-- q id=q-sure type=likert pair={moment} -->"
    return f"{marker}\n### How sure are you?\n\n- I can call a partner.\n<!-- /q -->"


@rule(
    "W110",
    "a scale that has no counterpart",
    why="`pair=pre` and `pair=post` compare what a learner says before and after. Ask both in the "
    "module, under the same id "
    "in two of its files.",
    bad={"02-page.md": lesson_file(_scale("post"))},
    good={
        "02-page.md": lesson_file(_scale("pre")),
        "03-end.md": lesson_file(_scale("post"), "title: The end"),
    },
)
def lonely_scales(page: Page) -> Iterator[Finding]:
    """A scale of a pair whose other half is nowhere in the module."""
    own = [item for item in page.items if isinstance(item, Likert) and item.moment is not Moment.ALONE]
    for item in own:
        wanted = Moment.PRE if item.moment is Moment.POST else Moment.POST
        name = item.frame.id.partition("#")[2]
        if (name, wanted) not in _scales(page):
            message = (
                f"No question of the module has id={name} and pair={wanted}; there is nothing to compare."
            )
            yield Finding(item.frame.place.line, message)


def _scales(page: Page) -> set[tuple[str, Moment]]:
    """Id and moment of every scale of the module."""
    items = (item for own in page.siblings for item in own.items)
    return {(item.frame.id.partition("#")[2], item.moment) for item in items if isinstance(item, Likert)}


@rule(
    "W111",
    "a bank from which nothing is drawn",
    why="Its questions are never asked. Draw from it in a lesson or in the quiz, or delete it.",
    bad={"bank/partners.md": lesson_file(_GOOD, "title: Partners")},
    good={
        "bank/partners.md": lesson_file(_GOOD, "title: Partners"),
        "02-page.md": lesson_file("<!-- draw from=bank/partners pick=1 -->"),
    },
)
def idle_banks(page: Page) -> Iterator[Finding]:
    """A bank that no file of the module names."""
    name = page.path.relative_to(page.module.path).with_suffix("").as_posix()
    if page.kind is Kind.BANK and page.source is None and name not in _drawn(page):
        yield Finding(1, f"Nothing draws from this bank; write <!-- draw from={name} --> where it is asked.")


def _drawn(page: Page) -> set[str]:
    """The banks from which the module draws."""
    return {match[1] for own in page.siblings for line in own.lines for match in _DRAW.finditer(line)}


@rule(
    "W112",
    "a variant that is worth more or tests something else",
    why="One of the variants is asked, and another one on the next try. Points and outcome should be "
    "the same, or the result "
    "depends on luck.",
    bad=f"{_GOOD}\n\n{asked(_PROMPT, OPTIONS, id='q-b', more='points=2 variant-of=q-page')}",
    good=f"{_GOOD}\n\n{asked(_PROMPT, OPTIONS, id='q-b', more='variant-of=q-page')}",
)
def unlike_variants(page: Page) -> Iterator[Finding]:
    """A variant with other points or another outcome than the first one."""
    firsts = {item.frame.id: item.frame for item in page.items}
    for item in page.items:
        own, first = item.frame, firsts.get(item.frame.variant_of)
        if first is not None and (own.points, own.outcome) != (first.points, first.outcome):
            message = "This variant has other points or another outcome than the first one; make them agree."
            yield Finding(own.place.line, message, "variant-of")
