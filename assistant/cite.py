"""Citations: made from candidates, and checked against the guides before anything is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Citation

if TYPE_CHECKING:
    from index.search import GuideIndex

    from .candidates import Candidate


def cite(number: int, index: GuideIndex, candidate: Candidate, end: int | None = None) -> Citation:
    """The citation of a candidate; `end` stretches the quote over the candidates that follow it."""
    guide = index.guide(candidate.guide)
    stop = candidate.end if end is None else end
    return Citation(
        n=number,
        guide=guide.slug,
        title=guide.title,
        path=guide.path,
        heading=" › ".join(candidate.headings),
        line=candidate.line,
        page=candidate.page,
        start=candidate.start,
        end=stop,
        quote=guide.text[candidate.start : stop],
        score=round(candidate.hit.scores.fused, 4),
    )


def proves(index: GuideIndex, citation: Citation) -> bool:
    """Whether the quote stands in the guide exactly where the citation says."""
    text = index.guide(citation.guide).text
    return bool(citation.quote) and text[citation.start : citation.end] == citation.quote
