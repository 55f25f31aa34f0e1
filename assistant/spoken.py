"""The answer of a chat model, every sentence proved; the quotes of the guides stand in where it fails."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from .candidates import candidates_of
from .cite import cite, proves
from .compose import Reply, listed
from .draft import DraftError, DraftReader
from .errors import ChatError, ChatTrouble
from .model import ChatTrace, Citation, Cut, Sentence
from .plain import plain_line
from .prompt import PASSAGES_SENT, make_prompt, repair_prompt
from .verdict import Verdict
from .verify import SentenceCheck
from .wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.model import Hit
    from index.search import GuideIndex

    from .draft import DraftSentence, DraftVerdict
    from .prompt import Prompt
    from .question import Question
    from .terms import Term
    from .verify import Checked, Cited

    Listener = Callable[[Sentence], None]


class Writer(Protocol):
    """Who puts answers into words, such as `ChatModel`."""

    @property
    def name(self) -> str:
        """How answers name it."""

    def warm(self) -> None:
        """Load what a question will need, without sending anything."""

    def reply(self, prompt: Prompt, *, structured: bool) -> Iterator[str]:
        """The reply to a prompt in fragments, as it comes."""

    def give_up(self) -> None:
        """End the wait for a reply, from another thread."""

    def error(self, trouble: ChatTrouble) -> ChatError:
        """An error about it."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, and what the chat model had to do with it."""

    reply: Reply
    model: str | None = None
    """The model whose sentences these are; None for quotes."""
    note: str = ""
    """Why the model's answer is not or not wholly there, in the asker's language."""
    trace: ChatTrace | None = None


@dataclass(slots=True)
class _Talk:
    """What has come of one question so far."""

    question: Question
    lacking: Sequence[Term]
    """Names and numbers of the question that nothing found holds."""
    check: SentenceCheck
    index: GuideIndex
    tell: Listener | None
    verdict: DraftVerdict | None = None
    trouble: ChatError | None = None
    sentences: list[Sentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    cut: list[Cut] = field(default_factory=list)
    checked: int = 0
    requests: int = 0
    first_ms: float | None = None

    def take(self, draft: DraftSentence) -> None:
        """Check a sentence, and keep and tell it if it is proved."""
        self.checked += 1
        text = plain_line(draft.text)
        result = self.check.check(text, draft.ids)
        if result.fault is not None:
            self.cut.append(Cut(text=text, reason=str(result.fault)))
            return
        if any(text == other.text for other in self.sentences):
            return
        numbers = self._cite(result)
        if not numbers:
            self.cut.append(Cut(text=text, reason="its source no longer stands in the guide"))
            return
        sentence = Sentence(text=text, citations=numbers)
        self.sentences.append(sentence)
        if self.tell is not None:
            self.tell(sentence)

    def _cite(self, result: Checked) -> tuple[int, ...]:
        made = [self._citation(each) for each in result.proof]
        if not all(proves(self.index, citation) for citation in made):
            return ()
        for citation in made:
            if citation.n > len(self.citations):
                self.citations.append(citation)
        return tuple(dict.fromkeys(citation.n for citation in made))

    def _citation(self, proof: Cited) -> Citation:
        """The citation of some words, under the number that they have already if they were cited before."""
        first, last = proof.candidates[0], proof.candidates[-1]
        for known in self.citations:
            if (known.guide, known.start, known.end) == (first.guide, first.start, last.end):
                return known
        return cite(len(self.citations) + 1, self.index, first, last.end)


def speak(
    question: Question,
    hits: Sequence[Hit],
    extractive: Reply,
    lacking: Sequence[Term],
    index: GuideIndex,
    *,
    model: Writer,
    tell: Listener | None = None,
) -> Told:
    """The answer of a chat model to a question that the gate let pass.

    Args:
        question: What was asked.
        hits: The passages found, best first.
        extractive: The answer in quotes, for when the model has none that holds.
        lacking: Names and numbers of the question that nothing found holds.
        index: Where the guides are.
        model: Who is asked.
        tell: Called with each sentence once it is proved, in order.
    """
    sent = passages_sent(hits, extractive)
    prompt = make_prompt(
        question.text, question.language, [hit.passage for hit in sent], secrets.token_hex(4)
    )
    sources = [candidates_of([hit], index) for hit in sent]
    check = SentenceCheck(question, sources, index.embedder)
    talk = _Talk(question, lacking, check, index, tell)
    try:
        model.warm()
        talk.verdict = _ask(model, prompt, talk)
    except ChatError as error:
        talk.trouble = error
    return replace(_told(talk, model, extractive), trace=_trace(model, prompt, talk))


def passages_sent(hits: Sequence[Hit], extractive: Reply) -> list[Hit]:
    """The passages that a model is sent: those quoted in the extractive answer first, then the best of the others."""
    unique = list({hit.passage.id: hit for hit in hits}.values())
    quoted = [hit for hit in unique if any(_holds(hit, citation) for citation in extractive.citations)]
    return [*quoted, *(hit for hit in unique if hit not in quoted)][:PASSAGES_SENT]


def _holds(hit: Hit, citation: Citation) -> bool:
    passage = hit.passage
    return passage.guide == citation.guide and passage.start <= citation.start < passage.end


def _ask(model: Writer, prompt: Prompt, talk: _Talk) -> DraftVerdict:
    """Ask once, and once more without help of the server if the reply has not the form; keep what is proved.

    Raises:
        ChatError: if there is no reply that can be read to its end.
    """
    try:
        return _read(model.reply(prompt, structured=True), talk)
    except ChatError as error:
        if error.trouble is not ChatTrouble.MALFORMED or talk.sentences:
            raise
    except DraftError:
        if talk.sentences:
            raise model.error(ChatTrouble.MALFORMED) from None
    try:
        return _read(model.reply(repair_prompt(prompt), structured=False), talk)
    except DraftError:
        raise model.error(ChatTrouble.MALFORMED) from None


def _read(fragments: Iterator[str], talk: _Talk) -> DraftVerdict:
    talk.requests += 1
    reader, began = DraftReader(), perf_counter()
    for fragment in fragments:
        if fragment and talk.first_ms is None:
            talk.first_ms = round((perf_counter() - began) * 1000, 1)
        for draft in reader.feed(fragment):
            talk.take(draft)
    return reader.end()


def _told(talk: _Talk, model: Writer, extractive: Reply) -> Told:
    language = talk.question.language
    if talk.sentences:
        note = say("chat_broke_off", language, model=model.name) if talk.trouble else ""
        return Told(_reply(talk), model.name, note)
    if talk.trouble is not None:
        why = talk.trouble.told(language)
    else:
        why = say("chat_unproved" if talk.cut else "chat_found_nothing", language, model=model.name)
    return Told(extractive, None, f"{say('chat_extracts', language)} {why}")


def _reply(talk: _Talk) -> Reply:
    lines = [sentence.spoken for sentence in talk.sentences]
    if talk.lacking:
        lines.append(say("partial", talk.question.language, terms=listed(talk.lacking)))
    whole = talk.verdict == "answered" and not talk.lacking
    return Reply(
        Verdict.ANSWERED if whole else Verdict.PARTIAL,
        "\n".join(lines),
        tuple(talk.sentences),
        tuple(talk.citations),
        cut=tuple(each.text for each in talk.cut),
    )


def _trace(model: Writer, prompt: Prompt, talk: _Talk) -> ChatTrace:
    return ChatTrace(
        model=model.name,
        sent_characters=prompt.characters,
        requests=talk.requests,
        checked=talk.checked,
        kept=len(talk.sentences),
        cut=tuple(talk.cut),
        first_token_ms=talk.first_ms,
    )
