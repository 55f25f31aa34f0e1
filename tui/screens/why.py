"""How an answer came about: what was looked at, what the gate saw, what was cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from assistant.verdict import Verdict
from tui.clean import clean_line
from tui.commands import Command, bindings
from tui.language import _
from tui.sign_words import sign_words
from tui.styled import said
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar
from tui.widgets.prose import TextView

from .page import Column, Window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.content import Content

    from assistant.model import Answer, ChatTrace, Considered


class WhyScreen(Window[None]):
    """The trace of one answer, in words."""

    OFFERED: ClassVar = (Command("close", "escape,i", _("Close"), _("Go back to the talk.")),)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._answer = answer

    def compose(self) -> ComposeResult:
        """The trace from the decision down to the passages."""
        total = _("{milliseconds} ms").format(milliseconds=round(self._answer.elapsed_ms.total))
        yield HeaderLine(_("Why this answer"), total)
        with Column():
            for content in _paragraphs(self._answer):
                deep = content.plain.startswith("  ")
                yield TextView(content[2:] if deep else content, classes="deep" if deep else None)
        yield KeyBar()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


def _paragraphs(answer: Answer) -> Iterator[Content]:
    trace = answer.trace
    yield said(verdict_said(answer.verdict), "bold")
    decision = _(
        "The guides hold the answer with an estimate of {percent} %; at least {least} % is asked for."
    )
    yield said(decision.format(percent=round(trace.probability * 100), least=round(trace.threshold * 100)))
    if trace.keywords_only:
        yield said(_("Only keywords were compared, because no embedding model was at hand."))
    if trace.missing:
        yield said(_("No passage holds: {words}").format(words=", ".join(map(clean_line, trace.missing))))
    if trace.chat is None:
        for sentence in trace.cut:
            yield said(
                _("Left out, because its source does not carry it: {sentence}").format(sentence=sentence)
            )
    else:
        yield from _chat(trace.chat)
    yield said(" ")
    yield said(_("Passages looked at"), "bold")
    for considered in trace.considered:
        yield from _considered(considered)
    if trace.features:
        yield said(" ")
        yield said(_("What the decision rests on"), "bold")
        for name, value in trace.features.items():
            yield said(f"{value:.2f}: {sign_words(name)}")


def verdict_said(verdict: Verdict) -> str:
    """How far the guides answer, as a sentence."""
    words = {
        Verdict.ANSWERED: _("The guides answer this question."),
        Verdict.PARTIAL: _("The guides answer a part of this question."),
        Verdict.CLARIFY: _("The question fits several guides, so it was asked back."),
        Verdict.NOT_FOUND: _("The guides do not answer this question."),
    }
    return words[verdict]


def _chat(chat: ChatTrace) -> Iterator[Content]:
    """What a chat model wrote, and what was left of it."""
    words = _("{model} wrote {checked} sentences; {kept} of them are proved by what they cite.")
    yield said(words.format(model=clean_line(chat.model), checked=chat.checked, kept=chat.kept))
    if chat.requests > 1:
        yield said(_("It was asked twice, as its first reply had not the form asked for."))
    for cut in chat.cut:
        yield said(
            _("Left out, as {reason}: {sentence}").format(reason=cut.reason, sentence=clean_line(cut.text))
        )


def _considered(considered: Considered) -> Iterator[Content]:
    mark = "✓ " if considered.used else "· "
    words = _("{guide} › {heading}, line {line}")
    place = words.format(guide=considered.guide, heading=clean_line(considered.heading), line=considered.line)
    yield said(mark + place)
    scores = _("score {fused:.3f}, words {keyword:.2f}, meaning {dense}")
    dense = "–" if considered.dense is None else f"{considered.dense:.3f}"
    words = scores.format(fused=considered.fused, keyword=considered.keyword, dense=dense)
    yield said("  " + words, "$muted")
    yield said("  " + clean_line(considered.reason), "$muted")
