"""Rules about keys: what an author calls right must be taken as right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.grade import grade
from course.model import Cloze, Likert, ShortText
from course.solve import right_responses

from .example import asked
from .rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course.model import Item

    from .page import Page


@rule(
    "K001",
    "a key that refuses its own answer",
    why="A learner who gives the very answer that you wrote down would be told that it is wrong. Look at the weights, "
    "at the lines with `~`, and whether one line shadows another.",
    bad=asked("### What are flows in both directions called?", "- ~ coupled\n  > Almost.\n- = Coupled"),
    good=asked(
        "### What are flows in both directions called?", "- ~ closed\n  > No flow at all.\n- = Coupled"
    ),
)
def refused_keys(page: Page) -> Iterator[Finding]:
    """A right answer that the marker does not take."""
    for item in page.items:
        if isinstance(item, Likert):
            continue
        responses = right_responses(item)
        for response in responses:
            mark = grade(item, response)
            if not mark.right:
                given = "; ".join(part.given for part in mark.parts if part.given and not part.right)
                message = (
                    f"The key refuses its own answer ({given or 'the right answer'}); "
                    "look at its weights and its other lines."
                )
                yield Finding(item.frame.place.line, message)
        if not responses and not _has_patterns_only(item):
            message = "No answer earns all points; give one line the full weight."
            yield Finding(item.frame.place.line, message)


def _has_patterns_only(item: Item) -> bool:
    return isinstance(item, ShortText | Cloze)
