"""Entries of the glossary: that of a course beside its modules, else the guide in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.glossary import entry_of
from course.links import GLOSSARY
from index.errors import GuideIndexError
from index.model import BlockKind

from .guide_text import is_named

if TYPE_CHECKING:
    from course.model import Section
    from index.model import Guide

    from .services import Services


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """An entry that stands in a guide."""

    guide: str
    """Slug of the guide."""
    heading: str
    """Name of the entry."""


def find_term(services: Services, term: str) -> Section | GuideEntry | None:
    """Where a term is explained; None where no glossary has it.

    Raises:
        GuideIndexError: if the guides cannot be opened.
    """
    for root in dict.fromkeys(module.path.parent for module in services.course):
        entry = entry_of(root, term)
        if entry is not None:
            return entry
    index = services.assistant(None).index
    for name in (f"{GLOSSARY}.{services.language}", GLOSSARY):
        try:
            guide = index.guide(name)
        except (GuideIndexError, KeyError):
            continue
        if _has(guide, term):
            return GuideEntry(name, term)
    return None


def _has(guide: Guide, term: str) -> bool:
    headings = (block for block in guide.blocks if block.kind is BlockKind.HEADING)
    return any(is_named(guide.text[block.start : block.end], term) for block in headings)
