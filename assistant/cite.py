"""Citations: made from candidates, and checked against the guides before anything is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.sentences import sentences

from .candidates import candidate_of
from .model import Citation

if TYPE_CHECKING:
    from index.search import GuideIndex

    from .candidates import Candidate


def cite(number: int, index: GuideIndex, candidate: Candidate, end: int | None = None) -> Citation:
    """The citation of a candidate; `end` stretches the quote over the entries that follow it in a list.

    A list that is quoted from its beginning is quoted with the line that leads to it, as that line is told as well.
    """
    guide = index.guide(candidate.guide)
    stop = candidate.end if end is None else end
    start = candidate.start if end in {None, candidate.end} else _beginning(candidate, index)
    return Citation(
        n=number,
        guide=guide.slug,
        title=guide.title,
        path=guide.path,
        heading=" › ".join(candidate.headings),
        line=candidate.line,
        page=candidate.page,
        start=start,
        end=stop,
        quote=guide.text[start:stop],
        score=round(candidate.hit.scores.fused, 4),
    )


def lead_of(entry: Candidate, index: GuideIndex) -> Candidate | None:
    """The line that leads to the list of an entry; None where its list stands below a heading alone."""
    guide, name = index.guide(entry.guide), entry.headings[-1:]
    earlier = [each for each in sentences(guide) if each.start < entry.start]
    line = next((each for each in reversed(earlier) if name == (each.text.rstrip().removesuffix(":"),)), None)
    return candidate_of(entry.hit, guide, line) if line else None


def _beginning(entry: Candidate, index: GuideIndex) -> int:
    """Where the line begins that leads to a list, if an entry is its first; else where the entry begins."""
    lead = lead_of(entry, index)
    text = index.guide(entry.guide).text
    return lead.start if lead and not text[lead.end : entry.start].strip(_BULLETS) else entry.start


_BULLETS = " \t\n-*+•0123456789.)"


def proves(index: GuideIndex, citation: Citation) -> bool:
    """Whether the quote stands in the guide exactly where the citation says."""
    text = index.guide(citation.guide).text
    return bool(citation.quote) and text[citation.start : citation.end] == citation.quote
