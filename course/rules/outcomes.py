"""Rules about outcomes: what a module promises is listed, and asked for more than once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .example import asked, module_file
from .page import Kind
from .rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .page import Page

ENOUGH = 2
"""Questions that one outcome needs: a single one may be guessed."""


@rule(
    "O001",
    "an outcome that module.md does not list",
    why="Results are told by outcome, and this one has no words. List it in `module.md`, or correct its name.",
    bad=asked("### What does a brief begin with?", "- = the need", outcome="O7"),
    good=asked("### What does a brief begin with?", "- = the need", outcome="O1"),
)
def unknown_outcomes(page: Page) -> Iterator[Finding]:
    """An outcome of a lesson or question that the module does not have."""
    known = ", ".join(page.module.outcomes) or "none"
    named = (
        [(outcome, page.header.line("outcomes")) for outcome in page.lesson.outcomes] if page.lesson else []
    )
    named += [(item.frame.outcome, item.frame.place.line) for item in page.items if item.frame.outcome]
    for outcome, line in named:
        if outcome not in page.module.outcomes:
            message = f"The outcome {outcome} is not in module.md; it lists {known}."
            yield Finding(line, message, outcome)


@rule(
    "O002",
    "an outcome to bring back that no other module lists",
    why="Nothing could be asked for it. Write `MODULE/OUTCOME` with the id of another module and the short name of one "
    "of its outcomes, such as `open-innovation/O2`.",
    bad={"module.md": module_file("brings_back: [open-innovation/O9]", O1="prepare a first call")},
    good={"module.md": module_file("brings_back: [open-innovation/O2]", O1="prepare a first call")},
)
def unknown_outcomes_brought_back(page: Page) -> Iterator[Finding]:
    """An outcome that is to be asked for again, but is none of another module's."""
    if page.kind is not Kind.MODULE or "brings_back" not in page.header.values:
        return
    for name in page.module.brings_back:
        own = name.partition("/")[0] == page.module.id
        fault = "It is of this very module." if own else page.around.outcome_fault(name)
        if fault:
            message = f"The outcome `{name}` cannot be brought back. {fault}"
            yield Finding(page.header.line("brings_back"), message, name)


@rule(
    "W301",
    "an outcome with fewer than two questions",
    why="One question can be guessed, and none tells nothing. Ask for each outcome at least twice, "
    "in lessons or in the "
    "quiz; variants count as one question.",
    bad={"module.md": module_file(O1="prepare a first call", O2="name what an agreement must settle")},
    good={"module.md": module_file(O1="prepare a first call")},
)
def thin_outcomes(page: Page) -> Iterator[Finding]:
    """An outcome that is hardly asked for."""
    if page.kind is not Kind.MODULE:
        return
    asked_for = [
        item.frame.outcome for own in page.siblings for item in own.items if not item.frame.variant_of
    ]
    for outcome in page.module.outcomes:
        count = asked_for.count(outcome)
        if count < ENOUGH:
            told = "Only one question asks" if count else "No question asks"
            message = f"{told} for {outcome}; write {ENOUGH} or more."
            yield Finding(_line_of(outcome, page), message, outcome)


def _line_of(outcome: str, page: Page) -> int:
    """Where the front matter names an outcome."""
    start = page.header.line("outcomes")
    name = re.compile(rf"\W*{re.escape(outcome)}\W*:")
    lines = enumerate(page.lines[start - 1 : page.header.length], start)
    return next((number for number, line in lines if name.match(line)), start)
