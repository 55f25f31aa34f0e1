"""Which guides are listed or asked: those in a language, on a topic, of the user's own, or one alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .clean import clean_line
from .language import _, language_name, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant import Assistant
    from index.model import GuideHead

OWN = "added"
"""Origin of guides that the user took in."""


@dataclass(frozen=True, slots=True)
class GuideFilter:
    """What a guide must be; every part that is set counts."""

    language: str = ""
    topic: str = ""
    own: bool = False
    guide: str = ""
    """Slug of the only guide."""

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return self != GuideFilter()

    def fits(self, head: GuideHead) -> bool:
        """Whether a guide is let through."""
        return (
            self.language in {"", head.language}
            and (not self.topic or self.topic in head.topics)
            and (not self.own or head.origin == OWN)
            and self.guide in {"", head.slug}
        )

    def of(self, heads: Iterable[GuideHead]) -> tuple[GuideHead, ...]:
        """The guides that are let through."""
        return tuple(head for head in heads if self.fits(head))

    def toggled(self, part: GuideFilter) -> GuideFilter:
        """With the one part that is set there in place of its like, or without it where it is set here already."""
        name = next(each for each in self.__slots__ if getattr(part, each))
        value = getattr(GuideFilter() if self.holds(part) else part, name)
        return replace(self, **{name: value})

    def holds(self, part: GuideFilter) -> bool:
        """Whether everything that is set there is set here."""
        return all(getattr(part, name) in {getattr(self, name), "", False} for name in self.__slots__)

    def words(self, heads: Iterable[GuideHead]) -> str:
        """The parts that are set, in words."""
        titles = {head.slug: clean_line(head.title) for head in heads}
        parts = [
            language_name(self.language) if self.language else "",
            topic_words(self.topic),
            _("added by you") if self.own else "",
            titles.get(self.guide, self.guide),
        ]
        return " · ".join(filter(None, parts))


def count_words(chosen: GuideFilter, heads: Sequence[GuideHead]) -> str:
    """How many guides there are, and of which kind where some are left out."""
    if not chosen:
        return plural("{count} guide", "{count} guides", len(heads))
    count = _("{count} of {all} guides").format(count=len(chosen.of(heads)), all=len(heads))
    return f"{count} · {chosen.words(heads)}"


def narrowed(assistant: Assistant, chosen: GuideFilter) -> Assistant:
    """An assistant that asks only the guides that a filter lets through."""
    if not chosen:
        return assistant
    # Loaded with the assistant that is given.
    from assistant import Assistant  # noqa: PLC0415

    slugs = {head.slug for head in chosen.of(assistant.index.guides())}
    return Assistant(assistant.index.within(slugs), assistant.chat)


def topic_words(topic: str) -> str:
    """A topic as it is read: `open-innovation` is open innovation."""
    return clean_line(topic.replace("-", " "))
