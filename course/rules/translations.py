"""Rules about translations: the same sections, questions, options and ticks as the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.model import Choice, Classify, Cloze, Likert, Matching, Numeric, Open, Ordering
from course.translations import drift

from .example import EXPLANATION, HINT, asked, lesson_file
from .rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course.model import Item

    from .page import Page

_SOURCE = lesson_file(
    asked("### What comes first in a call?", "- [x] A wish\n  > Yes.\n- [ ] A story\n  > No."),
    "title: A page",
)
_DANISH = (
    asked("### Hvad kommer først i en samtale?", "- [x] Et ønske\n  > Ja.\n- [ ] En historie\n  > Nej.")
    .replace(HINT, "> [!TIP]\n> Tænk på den første side.")
    .replace(EXPLANATION, "> [!NOTE]\n> Den første side siger det hele.")
)


_DIGEST = "hehemjkp"
"""Of the one section of the source."""


def _pair(danish: str, digest: str = _DIGEST) -> dict[str, str]:
    head = f"title: En side\ndigests:\n  start: {digest}"
    return {"02-page.md": _SOURCE, "02-page.da.md": lesson_file(danish, head)}


@rule(
    "T001",
    "a translation with other sections than its source",
    why="Progress is kept by section, and the third section must be the third in every language. "
    "Translate section by section.",
    bad=_pair(f"Indledning.\n\n## En ny del\n\n{_DANISH}"),
    good=_pair(_DANISH),
)
def other_sections(page: Page) -> Iterator[Finding]:
    """A translation with more or fewer sections."""
    if page.source is None or page.lesson is None or page.source.lesson is None:
        return
    own, wanted = page.lesson.sections, page.source.lesson.sections
    if len(own) != len(wanted):
        line = own[len(wanted)].line if len(own) > len(wanted) else len(page.lines)
        message = f"This translation has {len(own)} sections, its source {len(wanted)}; translate section by section."
        yield Finding(line, message)


@rule(
    "T002",
    "a translation with other questions than its source",
    why="Answers are kept by the id of the question, whatever the language. Keep the ids and their order.",
    bad=_pair(_DANISH.replace("q-page", "q-side")),
    good=_pair(_DANISH),
)
def other_questions(page: Page) -> Iterator[Finding]:
    """An id that only the translation or only its source has."""
    if page.source is None:
        return
    own = {_slug(item): item for item in page.items}
    wanted = [_slug(item) for item in page.source.items]
    for name in (name for name in wanted if name not in own):
        yield Finding(1, f"The question `{name}` of the source is missing; translate it under the same id.")
    for name, item in own.items():
        if name not in wanted:
            yield Finding(
                item.frame.place.line,
                f"The source has no question `{name}`; use the ids of the source.",
                name,
            )


@rule(
    "T003",
    "a question with another type or number of answers than in the source",
    why="Answers are kept by their place in the list: the second option must be the second one in every language.",
    bad=_pair(
        _DANISH.replace("- [ ] En historie\n  > Nej.", "- [ ] En historie\n  > Nej.\n- [ ] En pris\n  > Nej.")
    ),
    good=_pair(_DANISH),
)
def other_counts(page: Page) -> Iterator[Finding]:
    """A question of a translation that holds more or fewer answers."""
    for own, source in _translated(page):
        if type(own) is not type(source):
            message = (
                "This question is of another type than in the source; write its answers in the same shape."
            )
            yield Finding(own.frame.place.line, message)
        elif _count(own) != _count(source):
            message = (
                f"This question has {_count(own)} answers, in the source {_count(source)}; "
                f"translate each of them."
            )
            yield Finding(own.frame.place.line, message)


@rule(
    "T004",
    "another answer is right than in the source",
    why="A learner who changes the language would be marked differently. Tick the same boxes, in the same order.",
    bad=_pair(_DANISH.replace("[x] Et", "[ ] Et").replace("[ ] En", "[x] En")),
    good=_pair(_DANISH),
)
def other_ticks(page: Page) -> Iterator[Finding]:
    """Boxes, numbers or menus that do not agree with the source."""
    for own, source in _translated(page):
        if type(own) is type(source) and _count(own) == _count(source) and _key(own) != _key(source):
            message = "Another answer is right here than in the source; make ticks, groups and numbers agree."
            yield Finding(own.frame.place.line, message)


def _translated(page: Page) -> Iterator[tuple[Item, Item]]:
    """Each question that page and source both have."""
    sources = {_slug(item): item for item in page.source.items} if page.source else {}
    for item in page.items:
        if _slug(item) in sources:
            yield item, sources[_slug(item)]


def _slug(item: Item) -> str:
    return item.frame.id.partition("#")[2]


def _count(item: Item) -> int:
    """The number of answers; that of typed wordings is free, as languages have more or fewer words."""
    match item:
        case Choice(options=parts) | Ordering(steps=parts) | Cloze(gaps=parts):
            return len(parts)
        case Matching(pairs=parts, extras=extras):
            return len(parts) + len(extras)
        case Classify(cards=parts) | Open(checks=parts) | Likert(statements=parts):
            return len(parts)
        case _:
            return 0


def _key(item: Item) -> object:
    """What must be the same in every language."""
    match item:
        case Choice(options=options):
            return [(option.right, option.weight) for option in options]
        case Matching(pairs=parts) | Classify(cards=parts):
            rights = [pair.right for pair in parts]
            return [rights.index(right) for right in rights]
        case Numeric(accepted=ranges):
            return [(key.low, key.high, key.weight) for key in ranges]
        case Cloze(gaps=gaps):
            return [
                (len(gap.menu), [gap.menu.index(key.text) for key in gap.accepted] if gap.menu else [])
                for gap in gaps
            ]
        case Likert(low=low, high=high, labels=labels, moment=moment):
            return (low, high, len(labels), moment)
        case _:
            return None


@rule(
    "W401",
    "a section that changed since it was translated",
    why="Learners read something else in each language. Compare the section with its source, then note the digest that "
    "the message tells under `digests` in the front matter of the translation.",
    bad=_pair(_DANISH, digest="abcdefgh"),
    good=_pair(_DANISH),
)
def drifted(page: Page) -> Iterator[Finding]:
    """A section of the source that the translation has not followed."""
    for problem in drift(page.path) if page.source is not None else ():
        yield Finding(problem.place.line, problem.message)
