"""Rules about links: each leads somewhere that the learner can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.links import (
    dead_anchor,
    dead_guide,
    dead_lesson,
    dead_term,
    missing_file,
    stray_file,
    targets_in,
)

from .example import asked
from .rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .page import Page


def _told(page: Page, fault: Callable[[str, Page], str]) -> Iterator[Finding]:
    for target, line in targets_in(page.blocks):
        message = fault(target, page)
        if message:
            yield Finding(line, message, target)


@rule(
    "L001",
    "a link to a heading or question that is not on the page",
    why="The link would do nothing. A heading is named by its words in small letters with hyphens, a "
    "question by its id.",
    bad="Read [the steps](#three-step) again.\n\n### Three steps\n\nWant, offer, limit.",
    good="Read [the steps](#three-steps) again.\n\n### Three steps\n\nWant, offer, limit.",
)
def dead_anchors(page: Page) -> Iterator[Finding]:
    """A `#…` that this page does not have."""
    yield from _told(page, lambda target, page: dead_anchor(target, page.anchors))


@rule(
    "L002",
    "a link to a lesson, section or question that does not exist",
    why="The link would do nothing. Write `lesson:MODULE/LESSON`, `lesson:MODULE/LESSON#section`, "
    "`lesson:MODULE/LESSON#q-id` or `lesson:MODULE/quiz`, with ids and without the numbers of the files.",
    bad="Go back to [the first call](lesson:example/first-cal).",
    good="Go back to [the first call](lesson:example/first-call).",
)
def dead_lessons(page: Page) -> Iterator[Finding]:
    """A `lesson:` that names nothing of the course."""
    yield from _told(page, lambda target, page: dead_lesson(target, page.around))


@rule(
    "L003",
    "a link to a guide or heading that is not there",
    why="The link would do nothing. `hansa guides list` shows the names of the guides; a heading is "
    "named by its words in "
    "small letters with hyphens.",
    bad="The guide tells [how it began](guide:kiss-mee).",
    good="The guide tells [how it began](guide:kiss-me).",
)
def dead_guides(page: Page) -> Iterator[Finding]:
    """A `guide:` that is not among the guides known."""
    yield from _told(page, lambda target, page: dead_guide(target, page.around))


@rule(
    "L004",
    "a link to a term that the glossary does not have",
    why="The link would do nothing. A term is a `##` heading of the file `glossary.md` that stands beside the modules, "
    "or of the guide `glossary`.",
    bad="Each firm needs [absorptive capacity](term:absorptive-capacity).",
    good="Each firm needs absorptive capacity: the skill to use outside knowledge.",
)
def dead_terms(page: Page) -> Iterator[Finding]:
    """A `term:` that no glossary explains."""
    yield from _told(page, lambda target, page: dead_term(target, page.around))


@rule(
    "L005",
    "a file or picture that is missing",
    why="The learner would find nothing. Put the file into the folder of the module, or mend its name.",
    bad="Fill in [the form](form.txt).",
    good="Fill in a page with two columns: what we want, and what we offer.",
)
def missing_files(page: Page) -> Iterator[Finding]:
    """A link to a file that is not in the folder."""
    yield from _told(page, lambda target, page: missing_file(target, page.path))


@rule(
    "L006",
    "a link that leaves the folder of the module",
    why="A module is given away as one folder, so what it needs must be in it.",
    bad="See [our price list](../../office/prices.txt).",
    good=asked("### Where does a price list belong?", "- = In the folder of the module"),
)
def stray_files(page: Page) -> Iterator[Finding]:
    """A link to a file outside the folder."""
    yield from _told(page, lambda target, page: stray_file(target, page.path))
