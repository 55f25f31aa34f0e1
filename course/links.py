"""Where links of a course lead, and which of them lead nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from .errors import NotFound
from .model import Heading, Image, Place, Problem
from .references import find
from .source import stays_inside
from .walk import blocks_in, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from .model import Block, Course, Lesson

_OUTSIDE = ("http://", "https://", "mailto:", "ftp://", "tel:", "term:", "xmpp:")


@dataclass(frozen=True, slots=True)
class Targets:
    """What links may lead to."""

    course: Course
    anchors: Callable[[str], Collection[str]]
    """Anchors of a lesson, by its id."""
    guides: Collection[str] | None = None
    """Known guides, as `slug` and `slug#heading`; None leaves links to guides unchecked."""


def anchors_of(lesson: Lesson) -> frozenset[str]:
    """Every anchor of a lesson: sections, headings, questions."""
    sections = (section.id.partition("#")[2] for section in lesson.sections)
    headings = (
        block.slug
        for section in lesson.sections
        for block in blocks_in(section.blocks)
        if isinstance(block, Heading)
    )
    items = (item.frame.id.partition("#")[2] for item in lesson.items)
    return frozenset((*sections, *headings, *items))


def dead_links(
    blocks: Iterable[Block], path: Path, own_anchors: Collection[str], targets: Targets
) -> Iterator[Problem]:
    """A problem for each link or picture that leads nowhere."""
    shown = list(blocks)
    links = [(span.link, line) for text, line in texts_of(shown) for span in text if span.link]
    pictures = [(span.image, line) for text, line in texts_of(shown) for span in text if span.image]
    pictures += [(block.source, block.line) for block in blocks_in(shown) if isinstance(block, Image)]
    for target, line in dict.fromkeys((*links, *pictures)):
        message = _fault(target, path, own_anchors, targets)
        if message:
            yield Problem(Place(path, line), "L001", message)


def _fault(target: str, path: Path, own_anchors: Collection[str], targets: Targets) -> str:
    if target.lower().startswith(_OUTSIDE):
        return ""
    if target.startswith("#"):
        known = unquote(target[1:]) in own_anchors
        return "" if known else f"The link {target} leads nowhere; there is no such heading in this file."
    if target.startswith("lesson:"):
        return _lesson_fault(target, targets)
    if target.startswith("guide:"):
        name = target.removeprefix("guide:")
        known = targets.guides is None or name in targets.guides
        return "" if known else f"The link {target} leads nowhere; there is no such guide or heading."
    return _file_fault(target, path)


def _lesson_fault(target: str, targets: Targets) -> str:
    whole, _, anchor = target.partition("#")
    try:
        found = find(targets.course, whole)
    except NotFound as error:
        return f"The link {target} leads nowhere. {error.message}"
    if anchor and (found.lesson is None or unquote(anchor) not in targets.anchors(found.lesson.id)):
        return f"The link {target} leads nowhere; `{whole}` has no heading `{anchor}`."
    return ""


def _file_fault(target: str, path: Path) -> str:
    name = unquote(target.partition("#")[0])
    file = path.parent / name
    if not name or name.startswith("/") or not stays_inside(file, path.parent):
        return f"The link {target[:80]} leaves the module; keep files in the module's folder."
    return "" if file.exists() else f"The file {name} is missing; put it there or mend the link."
