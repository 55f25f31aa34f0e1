"""How well questions are answered and refused: from questions and their answers to counts."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING

from index.measures import figure

from .cite import proves
from .verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from index.measures import Figure

    from .assistant import Assistant
    from .model import Answer
    from .question_set import TestQuestion

UNDERSPECIFIED = "underspecified"
"""Kind of the questions that several guides fit, so that asking back is right."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the test set and what was replied."""

    question: TestQuestion
    answer: Answer
    best_passage: str
    """Text of the passage that was found first: the answer of a naive assistant, which refuses nothing."""
    shown: int
    """Quotes shown, as proof or as what was nearest."""
    differing: int
    """Those of them that are not what stands at their place in the guide."""

    @property
    def is_unclear(self) -> bool:
        """Whether it is to be asked back."""
        return self.question.kind == UNDERSPECIFIED

    @property
    def to_answer(self) -> bool:
        """Whether the guides hold the one answer to it."""
        return self.question.answerable and not self.is_unclear

    @property
    def in_answer(self) -> bool:
        """Whether every fact stands in the answer; a refusal holds none."""
        return bool(self.answer.citations) and holds_all(self.answer.answer, self.question.answer_facts)

    @property
    def in_citations(self) -> bool:
        """Whether every fact stands in what is cited."""
        quotes = "\n".join(citation.quote for citation in self.answer.citations)
        return bool(quotes) and holds_all(quotes, self.question.answer_facts)

    @property
    def is_right(self) -> bool:
        """Whether the reply is the one that was wanted."""
        if self.to_answer:
            return self.in_answer
        return self.answer.verdict is (Verdict.CLARIFY if self.is_unclear else Verdict.NOT_FOUND)


def holds_all(text: str, facts: Iterable[str]) -> bool:
    """Whether a text holds every fact, whatever its case and line breaks, in one of the spellings that `|` parts."""
    folded = _folded(text)
    return all(any(_folded(spelling) in folded for spelling in fact.split("|")) for fact in facts)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def ask(assistant: Assistant, question: TestQuestion) -> Asked:
    """Ask a question after those before it, and look up what each quote shown is taken from.

    Raises:
        GuideIndexError: The index cannot be read.
    """
    earlier: list[Answer] = []
    for text in question.history:
        earlier.append(assistant.ask(text, question.lang, earlier))
    answer = assistant.ask(question.question, question.lang, earlier)
    first = assistant.index.search(question.question, k=1)
    shown = (*answer.citations, *answer.nearest)
    return Asked(
        question,
        answer,
        best_passage=first[0].passage.text if first else "",
        shown=len(shown),
        differing=sum(not proves(assistant.index, citation) for citation in shown),
    )


@dataclass(frozen=True, slots=True)
class Count:
    """How many of so many."""

    count: int
    of: int

    @property
    def figure(self) -> Figure | None:
        """The share with Wilson's 95 % interval; None of none."""
        return figure([1.0] * self.count + [0.0] * (self.of - self.count)) if self.of else None


def counts(asked: Sequence[Asked]) -> dict[str, Count]:
    """The measures of questions by name."""
    held = [each for each in asked if each.to_answer]
    unclear = [each for each in asked if each.is_unclear]
    unheld = [each for each in asked if not each.to_answer and not each.is_unclear]
    return {
        "facts_in_answer": _count(held, lambda each: each.in_answer),
        "facts_in_citations": _count(held, lambda each: each.in_citations),
        "refused_wrongly": _count(held, lambda each: each.answer.verdict is Verdict.NOT_FOUND),
        "asked_back_wrongly": _count(held, lambda each: each.answer.verdict is Verdict.CLARIFY),
        "refused_rightly": _count(unheld, lambda each: each.answer.verdict is Verdict.NOT_FOUND),
        "asked_back_rightly": _count(unclear, lambda each: each.answer.verdict is Verdict.CLARIFY),
        "facts_in_best_passage": _count(
            held, lambda each: holds_all(each.best_passage, each.question.answer_facts)
        ),
    }


def _count(asked: Sequence[Asked], test: Callable[[Asked], bool]) -> Count:
    return Count(sum(map(test, asked)), len(asked))


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a test set."""

    questions: int
    counts: dict[str, Count]
    """By name of the measure."""
    kinds: dict[str, dict[str, Count]]
    """The same for each kind of question."""
    languages: dict[str, dict[str, Count]]
    """The same for each language of questions."""
    shown: int
    """Quotes shown."""
    differing: int
    """Quotes that are not what stands at their place in the guide."""
    words: tuple[float, int]
    """Of an answer: median and longest; refusals left out."""
    milliseconds: tuple[float, float]
    """For an answer: median and 95th percentile; the first, which opens the index, left out."""
    wrong: tuple[Asked, ...]
    """The questions that did not get the reply that was wanted."""


def report(asked: Sequence[Asked]) -> Report:
    """What came of at least one question."""
    lengths = [len(each.answer.answer.split()) for each in asked if each.answer.citations] or [0]
    times = [each.answer.elapsed_ms.total for each in asked[1:] or asked]
    return Report(
        questions=len(asked),
        counts=counts(asked),
        kinds=_grouped(asked, lambda question: question.kind),
        languages=_grouped(asked, lambda question: question.lang),
        shown=sum(each.shown for each in asked),
        differing=sum(each.differing for each in asked),
        words=(median(lengths), max(lengths)),
        milliseconds=(median(times), quantiles([*times, *times], n=20)[-1]),
        wrong=tuple(each for each in asked if not each.is_right),
    )


def _grouped(asked: Sequence[Asked], name: Callable[[TestQuestion], str]) -> dict[str, dict[str, Count]]:
    """The measures for each group of questions, in the order of the file."""
    groups: dict[str, list[Asked]] = {}
    for each in asked:
        groups.setdefault(name(each.question), []).append(each)
    return {group: counts(members) for group, members in groups.items()}
