"""A file made ready for the index: its guide, the passages of it and their tokens."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .errors import UnreadableGuideError
from .model import Guide, Passage
from .parsed import Parsed, from_json
from .split import split
from .terms import PassageTerms, passage_terms

if TYPE_CHECKING:
    from .files import GuideFile

_AS_IT_IS = "surrogatepass"
"""Half a character, which JSON may name, is for the store to refuse."""


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

    def to_bytes(self) -> bytes:
        """A line of JSON, then a line for each field of the tokens, to cross from one process to another."""
        guide = self.guide
        tokens = "\n".join([field for each in self.terms for field in each]).encode("utf-8", _AS_IT_IS)
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
        head = {"parsed": parsed, "about": about, "passages": passages, "tokens": len(tokens)}
        return json.dumps(head).encode() + b"\n" + tokens


def from_bytes(head: dict[str, Any], tokens: bytes) -> Prepared:
    """The value that `to_bytes` wrote down, by its line of JSON and the bytes that follow."""
    parsed = from_json(head["parsed"])
    slug, digest, path, topics, sources, licence, checked_on = head["about"]
    about = (digest, path, tuple(topics), tuple(sources), licence, checked_on)
    text = parsed.text
    guide = Guide(slug, parsed.title, text, parsed.blocks, parsed.language, *about)
    passages = tuple(
        Passage(
            0, slug, guide.title, tuple(headings), start, end, text[start:end], language, line, position, page
        )
        for position, (headings, start, end, language, line, page) in enumerate(head["passages"])
    )
    fields = iter(tokens.decode("utf-8", _AS_IT_IS).split("\n"))
    return Prepared(guide, passages, tuple(map(PassageTerms, fields, fields, fields)))


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
