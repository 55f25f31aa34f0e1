"""Questions to ask next: made from what stands around the cited words, and proved by being asked.

A heading that is a question is taken as it stands where the guide is in the asker's language. A heading or a
field that speaks of something people ask about, such as "Total value of …", becomes a question in the asker's
language (`lexicon/suggestions.toml`), if the guide has a name to put into it. Nothing is suggested that the guides do
not answer.
"""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from index.model import BlockKind
from index.words import fold

from .evidence import words_of
from .lexicon import read_list
from .topics import is_proper_name
from .verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from index.model import Block, Guide
    from index.search import GuideIndex

    from .model import Answer, Citation

MOST = 2
"""Questions suggested, at most."""
MOST_TRIED = 6
"""Questions asked to find them, at most."""
LONGEST_LABEL = 8
"""Words of the name of a field, at most."""


def suggestions(
    ask: Callable[[str, str], Answer],
    index: GuideIndex,
    names: Mapping[str, str],
    reply: Answer,
    *,
    earlier: Sequence[Answer] = (),
    go_on: Callable[[], bool] = lambda: True,
) -> tuple[str, ...]:
    """Questions that the guide cited first, or nearest to a refusal, does answer.

    Args:
        ask: Answers a question in a language.
        index: Where the guides stand.
        names: What each guide is called, by slug.
        reply: What was answered last.
        earlier: What was answered before that.
        go_on: Asked before each try; when it says no, what was found so far is given.
    """
    if reply.verdict is Verdict.CLARIFY:
        return ()
    source = next(iter((*reply.citations, *reply.nearest)), None)
    if source is None:
        return ()
    told = {_told(each) for each in (*earlier, reply)}
    asked = {_alike(each.meant) for each in (*earlier, reply)}
    found: list[str] = []
    fresh = (each for each in _candidates(index, names, source, reply) if _alike(each) not in asked)
    for question, _ in zip(dict.fromkeys(fresh), range(MOST_TRIED), strict=False):
        if len(found) == MOST or not go_on():
            break
        answer = ask(question, reply.language)
        about = {citation.guide for citation in answer.citations}
        if answer.verdict is Verdict.ANSWERED and source.guide in about and _told(answer) not in told:
            told.add(_told(answer))
            found.append(question)
    return tuple(found)


def _told(answer: Answer) -> tuple[tuple[str, int], ...]:
    """The places that an answer quotes."""
    return tuple((citation.guide, citation.start) for citation in answer.citations)


def _alike(question: str) -> str:
    """A question in a form that does not depend on signs and capitals."""
    return " ".join(sorted(words_of(question).folded))


def _candidates(
    index: GuideIndex, names: Mapping[str, str], source: Citation, reply: Answer
) -> Iterator[str]:
    """Questions made from the guide, those from what stands nearest to the source first, of both kinds in turn."""
    guide = index.guide(source.guide)
    near = sorted(guide.blocks, key=lambda block: abs(block.start - source.start))
    written = _headings(guide, near) if guide.language == reply.language else []
    name = names[guide.slug]
    fields = _fields(guide, near, name, reply) if is_proper_name(name) else []
    return (each for each in chain.from_iterable(zip_longest(fields, written)) if each)


def _headings(guide: Guide, near: Sequence[Block]) -> list[str]:
    """The headings that are questions."""
    headings = (guide.text[block.start : block.end] for block in near if block.kind is BlockKind.HEADING)
    return [" ".join(heading.split()) for heading in headings if heading.rstrip().endswith("?")]


def _fields(guide: Guide, near: Sequence[Block], name: str, reply: Answer) -> list[str]:
    """A question for each thing that a heading or the name of a field speaks of."""
    patterns = read_list("suggestions.toml").get(reply.language)
    if not isinstance(patterns, dict):
        return []
    asked = words_of(reply.meant).concepts
    spoken = chain.from_iterable(sorted(words_of(_label(guide, block)).concepts) for block in near)
    wanted = dict.fromkeys(concept for concept in spoken if concept not in asked)
    return [str(patterns[concept]).format(name=name) for concept in wanted if concept in patterns]


def _label(guide: Guide, block: Block) -> str:
    """The words of a heading, or of a field before its value; empty for anything else."""
    text = guide.text[block.start : block.end]
    if block.kind is BlockKind.HEADING:
        return "" if text.rstrip().endswith("?") else text
    label, colon, value = text.partition(":")
    return label if colon and value.strip() and len(fold(label).split()) <= LONGEST_LABEL else ""
