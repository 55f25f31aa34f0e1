"""A file made ready for the index: its guide, the passages of it and their tokens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .errors import UnreadableGuideError
from .model import Guide, Passage
from .parsed import Parsed, from_json
from .split import split
from .terms import PassageTerms, passage_terms

if TYPE_CHECKING:
    from .files import GuideFile


@dataclass(frozen=True, slots=True)
class Prepared:
    """A guide with everything that can be worked out before it is stored."""

    guide: Guide
    passages: tuple[Passage, ...]
    terms: tuple[PassageTerms, ...]

    def under(self, slug: str) -> Prepared:
        """The same guide under another slug."""
        if slug == self.guide.slug:
            return self
        return of_guide(replace(self.guide, slug=slug))

    def to_json(self) -> dict[str, Any]:
        """Plain lists and words, to cross from one process to another."""
        guide = self.guide
        parsed = Parsed(guide.title, guide.text, guide.blocks, guide.language).to_json()
        about = (
            guide.slug,
            guide.digest,
            guide.path,
            guide.topics,
            guide.sources,
            guide.licence,
            guide.checked_on,
        )
        passages = [
            (each.headings, each.start, each.end, each.language, each.line, each.page)
            for each in self.passages
        ]
        return {"parsed": parsed, "about": about, "passages": passages, "terms": self.terms}


def from_plain(found: dict[str, Any]) -> Prepared:
    """The value that `to_json` wrote down."""
    parsed = from_json(found["parsed"])
    slug, digest, path, topics, sources, licence, checked_on = found["about"]
    about = (digest, path, tuple(topics), tuple(sources), licence, checked_on)
    guide = Guide(slug, parsed.title, parsed.text, parsed.blocks, parsed.language, *about)
    passages = tuple(
        Passage(
            id=0,
            guide=slug,
            title=guide.title,
            headings=tuple(headings),
            start=start,
            end=end,
            text=guide.text[start:end],
            language=language,
            line=line,
            position=position,
            page=page,
        )
        for position, (headings, start, end, language, line, page) in enumerate(found["passages"])
    )
    return Prepared(guide, passages, tuple(PassageTerms(*each) for each in found["terms"]))


def of_guide(guide: Guide) -> Prepared:
    """A guide with its passages and their tokens.

    Raises:
        UnreadableGuideError: There is no text in it.
    """
    passages = split(guide)
    if not passages:
        raise UnreadableGuideError(f"{guide.path} holds no text; write something into it or leave it out.")
    return Prepared(guide, passages, tuple(map(passage_terms, passages)))


def prepare(file: GuideFile) -> Prepared:
    """What a file holds, ready for the index.

    Raises:
        UnreadableGuideError: The file cannot become a guide.
    """
    # 0.15 s for pydantic and markdown-it, needed only for what has changed.
    from .read import parse_file  # noqa: PLC0415

    return of_guide(parse_file(file))
