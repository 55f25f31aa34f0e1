"""Answers and refusals, put into words: quotes in the guide's language, the frame in the asker's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.model import BlockKind
from index.words import fold

from .candidates import explains_terms
from .cite import cite, lead_of, proves
from .evidence import words_of
from .model import Citation, Sentence
from .verdict import Verdict
from .wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.model import Guide, Hit
    from index.search import GuideIndex

    from .candidates import Candidate
    from .extract import Extract
    from .question import Question
    from .terms import Term

NEAREST = 3
"""Passages shown under a refusal."""
LONGEST_QUOTE = 300
"""Characters of a passage shown as near."""
MOST_WORDS = 140
"""Words that sentences which only add to an answer may bring it to."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The words of an answer with their proof."""

    verdict: Verdict
    text: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    cut: tuple[str, ...] = ()


def answer(
    question: Question, extracts: Sequence[Extract], lacking: Sequence[Term], index: GuideIndex
) -> Reply:
    """The extracts as an answer, each sentence followed by the number of its citation."""
    sentences: list[Sentence] = []
    citations: list[Citation] = []
    lines: list[str] = []
    cut: list[str] = []
    for each in _without_what_is_too_much(extracts):
        first, last = each.candidates[0], each.candidates[-1]
        citation = cite(len(citations) + 1, index, first, last.end)
        if not proves(index, citation):
            cut.append(first.text)
            continue
        citations.append(citation)
        said = [_standing_alone(each, entry) for entry in each.candidates]
        numbers = (citation.n,) if each.is_list else (citation.n, *_cited_lead(first, citations, index))
        sentences += [Sentence(text=text, citations=numbers) for text in said]
        lines += _lines(each, said, numbers)
    verdict = Verdict.PARTIAL if lacking else Verdict.ANSWERED
    if lacking:
        lines.append(say("partial", question.language, terms=listed(lacking)))
    return Reply(verdict, "\n".join(lines), tuple(sentences), tuple(citations), cut=tuple(cut))


def _without_what_is_too_much(extracts: Sequence[Extract]) -> list[Extract]:
    """The extracts, less the last of those that only add to the answer where it would grow too long."""
    kept = list(extracts)
    words = [sum(len(_standing_alone(each, one).split()) for one in each.candidates) for each in kept]
    for place in reversed(range(len(kept))):
        if kept[place].further and sum(words) > MOST_WORDS:
            del kept[place], words[place]
    return kept


def _cited_lead(entry: Candidate, citations: list[Citation], index: GuideIndex) -> tuple[int, ...]:
    """The number of the citation of the line that leads to an entry's list, where it is told with the entry."""
    line = lead_of(entry, index) if _needs_lead(entry) else None
    if line is None:
        return ()
    again = next((each.n for each in citations if (each.guide, each.start) == (line.guide, line.start)), None)
    if again is None:
        citations.append(cite(len(citations) + 1, index, line))
    return (again or citations[-1].n,)


def _lines(extract: Extract, said: list[str], numbers: tuple[int, ...]) -> list[str]:
    """A list gets its lead-in and a line an entry; a sentence stands alone."""
    marks = "".join(f"[{number}]" for number in numbers)
    if not extract.is_list:
        return [f"{said[0]} {marks}"]
    first = extract.candidates[0]
    return [f"{_lead_in(first)} {marks}", *(f"- {text}" for text in said)]


def _lead_in(candidate: Candidate) -> str:
    """The nearest heading or lead-in line above a list, with the guide's title where it is not named."""
    heading = candidate.headings[-1].rstrip(":") if candidate.headings else ""
    if not heading or heading == candidate.title:
        return f"{short_title(candidate.title, candidate.guide)}:"
    if _names_guide(heading, candidate):
        return f"{heading}:"
    return f"{short_title(candidate.title, candidate.guide)} › {heading}:"


def _standing_alone(extract: Extract, candidate: Candidate) -> str:
    """The sentence, with its guide named in front where it does not say what it speaks of."""
    text = " ".join(candidate.text.split())
    if extract.is_list:
        return text
    if _names_guide(text, candidate) or explains_terms(candidate):
        return text
    if _needs_lead(candidate):
        return f"{_lead_in(candidate)} {text}"
    return f"{short_title(candidate.title, candidate.guide)}: {text}"


def _needs_lead(candidate: Candidate) -> bool:
    """Whether a list entry says too little without the line above its list."""
    text = " ".join(candidate.text.split())
    told = _names_guide(text, candidate) or explains_terms(candidate)
    return candidate.kind is BlockKind.LIST_ITEM and not told and not _is_whole(text)


def short_title(title: str, slug: str) -> str:
    """The words at the beginning of a title that make up the guide's slug, else the title up to its first comma."""
    wanted = _squeezed(slug.split(".", maxsplit=1)[0])
    words = title.split()
    for count in range(1, len(words) + 1):
        if _squeezed(" ".join(words[:count])) == wanted:
            return " ".join(words[:count]).rstrip(",:")
    return re.split(r"[,:]| – ", title, maxsplit=1)[0].strip()


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name))


WHOLE = 6
"""Words from which a list entry with a full stop counts as a sentence of its own."""


def _is_whole(text: str) -> bool:
    """Whether a list entry reads as a sentence."""
    return text.endswith((".", "!", "?")) and len(text.split()) >= WHOLE and ":" not in text


def _names_guide(text: str, candidate: Candidate) -> bool:
    title = words_of(candidate.title).folded
    slug = [part for part in re.split(r"[-.]", candidate.guide) if len(part) > 2]
    folded = words_of(text).folded
    return title <= folded or all(part in folded for part in slug)


def ask_back(question: Question, guides: Sequence[Guide], hits: Sequence[Hit], index: GuideIndex) -> Reply:
    """A question back: which of several guides is meant."""
    names = ", ".join(dict.fromkeys(short_title(guide.title, guide.slug) for guide in guides))
    nearest = tuple(_near(number, hit, index) for number, hit in enumerate(hits[:NEAREST], 1))
    return Reply(Verdict.CLARIFY, say("clarify", question.language, guides=names), nearest=nearest)


def refuse(question: Question, hits: Sequence[Hit], lacking: Sequence[Term], index: GuideIndex) -> Reply:
    """An honest refusal: what was searched, what no passage holds, what was nearest, what to ask and whom."""
    guides = index.guides()
    if not guides:
        return Reply(Verdict.NOT_FOUND, say("empty", question.language))
    spoken = [
        say("not_found", question.language),
        say(
            "searched",
            question.language,
            guides=str(len(guides)),
            passages=str(sum(guide.passages for guide in guides)),
        ),
    ]
    if lacking:
        spoken.append(say("nothing_holds", question.language, terms=listed(lacking)))
    nearest = tuple(_near(number, hit, index) for number, hit in enumerate(hits[:NEAREST], 1))
    if nearest:
        places = dict.fromkeys(
            " › ".join(filter(None, (short_title(near.title, near.guide), near.heading))).rstrip("?!.:")
            for near in nearest
        )
        spoken.append(say("nearest", question.language, headings="; ".join(places)))
    held = _question_held(hits)
    if held:
        spoken.append(say("ask_instead", question.language, question=held))
    spoken.append(say("ask_whom", question.language))
    return Reply(Verdict.NOT_FOUND, " ".join(spoken), nearest=nearest)


def _question_held(hits: Sequence[Hit]) -> str:
    """The nearest question that stands as a heading, so that what is below answers it; empty for none."""
    headings = (hit.passage.headings[-1] for hit in hits if hit.passage.headings)
    return next((heading for heading in headings if heading.endswith("?")), "")


def listed(terms: Sequence[Term]) -> str:
    """Terms as the asker wrote them, parted by commas."""
    return ", ".join(term.text for term in terms)


def _near(number: int, hit: Hit, index: GuideIndex) -> Citation:
    passage = hit.passage
    guide = index.guide(passage.guide)
    end = passage.end if passage.end - passage.start <= LONGEST_QUOTE else _cut_at(guide.text, passage.start)
    return Citation(
        n=number,
        guide=guide.slug,
        title=guide.title,
        path=guide.path,
        heading=passage.heading,
        line=passage.line,
        start=passage.start,
        end=end,
        quote=guide.text[passage.start : end],
        score=round(hit.scores.fused, 4),
    )


def _cut_at(text: str, start: int) -> int:
    """The end of the last whole word within the longest quote."""
    return start + len(text[start : start + LONGEST_QUOTE].rsplit(maxsplit=1)[0])
