"""Asks the guides: from a question to a cited answer or an honest refusal."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from .candidates import candidates_of
from .compose import Reply, answer, ask_back, refuse, short_title
from .conflicts import both_sides, tell_apart
from .extract import Extract, extract
from .follow_up import understand
from .gate import Judgement, in_part, judge, together
from .model import Answer, Considered, Elapsed, Option, Trace
from .parts import parts_of
from .question import Question, read_question
from .reading import PassageReader
from .signs import Found
from .spoken import Told, speak
from .suggest import suggestions
from .topics import Topic, one_version, topic_names
from .unclear import fitting_guides
from .wants import Want
from .weighing import Weighed, weigh, worth_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.model import Hit
    from index.search import GuideIndex

    from .spoken import Listener, Writer

PASSAGES = 10
"""Passages whose sentences are weighed."""
NAMED_PASSAGES = 40
"""The same of the guides that the question names."""


PARTIAL = 0.6
"""Share of the passages of the English guide below which a version of it is a part of it."""


@dataclass(frozen=True, slots=True)
class Work:
    """What was made of a question, or of a part of it."""

    question: Question
    weighed: list[Weighed]
    extracts: tuple[Extract, ...]
    judgement: Judgement


class Assistant:
    """Answers from one generation of the index."""

    def __init__(self, index: GuideIndex, chat: Writer | None = None) -> None:
        self.index = index
        """What is searched, and where cited guides are opened."""
        self.chat = chat
        """Who puts answers into words; None for quotes."""
        self.topics = tuple(
            Topic(
                guide.slug,
                topic_names(guide.slug, guide.title),
                guide.language,
                short_title(guide.title, guide.slug),
            )
            for guide in index.guides()
        )
        """Every guide as people may name it."""
        self.names = {guide.slug: short_title(guide.title, guide.slug) for guide in index.guides()}
        """What each guide is called, by slug."""
        self.reader = PassageReader(index)
        """Reads passages with the embedding model."""

    def ask(
        self,
        text: str,
        language: str | None = None,
        earlier: Sequence[Answer] = (),
        tell: Listener | None = None,
    ) -> Answer:
        """The answer to a question; `language` is found out when it is not given.

        A question that leans on the `earlier` answers of a talk, oldest first, is taken with what it leaves out.
        With a chat model, `tell` is called with each of its sentences once it is proved.

        Raises:
            QuestionError: if the question is empty or too long.
            GuideIndexError: if the index cannot be read.
        """
        began = perf_counter()
        meant = understand(text, earlier, self.topics, self.names, language)
        question = read_question(meant.text, self.topics, meant.language)
        found = [(part, self.retrieve(part)) for part in parts_of(question, self.topics)]
        retrieved = perf_counter()
        work = [self.work_out(part, hits) for part, hits in found]
        judgement = _judged(question, work)
        if judgement.unanswered:
            work = [each for each in work if each.judgement.answers]
        hits = [hit for _, passages in found for hit in passages]
        weighed = [each for part in work for each in part.weighed]
        extracts = list(dict.fromkeys(each for part in work for each in part.extracts))
        unclear = fitting_guides(question, self.topics, self.index)
        if unclear:
            reply = ask_back(question, unclear, hits, self.index)
        elif judgement.answers:
            extracts = both_sides(question, extracts, weighed, self.topics)
            reply = answer(question, extracts, judgement.missing_names, self.index)
            reply = tell_apart(question, reply, self.index, self.topics)
        else:
            reply = refuse(question, hits, judgement.missing, self.index)
        told = Told(reply)
        chat = self.chat  # read once: another thread may change it
        if chat is not None and reply.citations:
            told = speak(question, hits, reply, judgement.missing_names, self.index, model=chat, tell=tell)
            reply = told.reply
        ended = perf_counter()
        return Answer(
            question=" ".join(text.split()),
            language=question.language,
            verdict=reply.verdict,
            answer=reply.text,
            sentences=reply.sentences,
            citations=reply.citations,
            nearest=reply.nearest,
            model=told.model,
            note=told.note,
            elapsed_ms=Elapsed(
                retrieve=_milliseconds(retrieved - began),
                answer=_milliseconds(ended - retrieved),
                total=_milliseconds(ended - began),
            ),
            trace=self._trace(weighed, extracts, judgement, reply).model_copy(update={"chat": told.trace}),
            taken_as=question.text if meant.leans else "",
            options=tuple(Option(guide=guide.slug, name=self.names[guide.slug]) for guide in unclear),
        )

    def suggest(
        self, reply: Answer, earlier: Sequence[Answer] = (), go_on: Callable[[], bool] = lambda: True
    ) -> tuple[str, ...]:
        """Questions that the guides do answer, other than those asked `earlier`.

        Up to six are tried, each in the time of an answer; `go_on` is asked before each.
        """
        return suggestions(
            Assistant(self.index).ask, self.index, self.names, reply, earlier=earlier, go_on=go_on
        )

    def retrieve(self, question: Question) -> list[Hit]:
        """The best passages, each guide in one language; those of the guides that the question names come first."""
        spoken = self._spoken_to(question.language)
        hits = self.index.search(question.text, k=PASSAGES, guides=spoken)
        if question.want is Want.DEFINITION:
            # The words around the name in "What is …?" pull towards passages that ask, not those that explain.
            name = " ".join(term.text for term in question.terms)
            hits = _joined(hits, self.index.search(name, k=PASSAGES, guides=spoken) if name else [])
        if question.topics:
            named = self.index.search(question.text, k=NAMED_PASSAGES, guides=question.topics)
            hits = _joined(named, hits)
        kept = one_version(tuple(hit.passage.guide for hit in hits), self.topics, question.language)
        return [hit for hit in hits if hit.passage.guide in kept]

    def _spoken_to(self, language: str) -> frozenset[str]:
        """The guides for an asker of a language: of each the best version, and the English one where that is partial.

        Versions of one guide say the same, and would keep other passages from being found.
        """
        length = {head.slug: head.passages for head in self.index.guides()}
        versions = one_version(tuple(length), self.topics, language)
        english = {topic.family: topic.slug for topic in self.topics if topic.language == "en"}
        whole = (
            english[family]
            for slug in versions
            if (family := slug.split(".")[0]) in english and length[slug] < PARTIAL * length[english[family]]
        )
        return frozenset((*versions, *whole))

    def work_out(self, question: Question, hits: Sequence[Hit]) -> Work:
        """What the passages found hold for a question, and how likely it is an answer."""
        candidates = candidates_of(hits, self.index)
        look = self.reader.look(question, worth_reading(question, hits, candidates))
        weighed = weigh(question, candidates, look)
        extracts = extract(question, weighed, candidates, self.index)
        full_match = self.index.full_match(question.text)
        core = tuple(each for each in extracts if not each.further)
        judgement = judge(Found(question, hits, weighed, core, look, full_match))
        return Work(question, weighed, extracts, judgement)

    def _trace(
        self, weighed: Sequence[Weighed], extracts: Sequence[Extract], judgement: Judgement, reply: Reply
    ) -> Trace:
        used = (
            {(c.guide, c.start) for each in extracts for c in each.candidates} if reply.citations else set()
        )
        return Trace(
            considered=tuple(_considered(each, used) for each in weighed[:12]),
            features=judgement.features,
            probability=round(judgement.probability, 4),
            threshold=judgement.threshold,
            missing=tuple(term.text for term in judgement.missing),
            cut=reply.cut,
            keywords_only=self.index.keywords_only,
        )


def _judged(question: Question, work: Sequence[Work]) -> Judgement:
    """The judgement of the whole; of several things asked about one subject, some may be answered alone."""
    given = [each.judgement for each in work if each.judgement.answers]
    if question.subjects > 1 or not given or len(given) == len(work):
        return together([each.judgement for each in work])
    return in_part(given, [each.question for each in work if not each.judgement.answers])


def _joined(first: list[Hit], then: list[Hit]) -> list[Hit]:
    """Both lists, each passage once."""
    seen = {hit.passage.id for hit in first}
    return [*first, *(hit for hit in then if hit.passage.id not in seen)]


def _considered(weighed: Weighed, used: set[tuple[str, int]]) -> Considered:
    candidate, scores = weighed.candidate, weighed.candidate.hit.scores
    chosen = (candidate.guide, candidate.start) in used
    return Considered(
        guide=candidate.guide,
        heading=" › ".join(candidate.headings),
        line=candidate.line,
        fused=scores.fused,
        dense=scores.dense,
        dense_z=scores.dense_z,
        keyword=scores.keyword,
        used=chosen,
        reason=f"{'used' if chosen else 'not used'}: scored {weighed.score:.2f}, {candidate.text[:80]}",
    )


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)
