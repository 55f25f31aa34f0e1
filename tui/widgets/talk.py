"""One question with its answer, its sources and what to ask next."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from assistant.verdict import Verdict
from assistant.wording import say
from tui.clean import clean, clean_line
from tui.dialogue import Turn
from tui.feedback_words import feedback_words
from tui.language import _
from tui.styled import carrying, hang, said, shortened, spread, wrap

from .lines import LinesView
from .rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from assistant.conversation import Exchange, Feedback
    from assistant.model import Answer, Citation, Option, Sentence
    from tui.lesson_links import LessonLink


INDENT = 8
"""Cells before an answer, so that questions stand out at the left."""

SHORTEST_TITLE = 16
"""Less of a title tells nothing."""

_NUMBER = re.compile(r"\[(\d{1,2})\]")


class Said(LinesView):
    """Text of the talk with a word at its left; numbers in brackets lead to sources."""

    def __init__(
        self, who: str, text: str, style: str = "", *, numbers: frozenset[int] = frozenset()
    ) -> None:
        super().__init__()
        self._who = who
        self._text = text
        self._style = style
        self._numbers = numbers

    def say(self, text: str) -> None:
        """Write another text."""
        self._text = text
        self.redraw()

    def lay_out(self, width: int) -> list[Content]:
        """The text, each of its lines wrapped; list entries hang."""
        lines: list[Content] = []
        for row in clean(self._text).split("\n"):
            mark, words = ("• ", row[2:]) if row.startswith("- ") else ("", row)
            drawn = wrap(self._with_sources(words), width - INDENT - len(mark))
            lines += hang(mark, " " * len(mark), drawn)
        front = said(f"{self._who:<{INDENT}}", "$muted")
        return hang(front, " " * INDENT, lines)

    def _with_sources(self, words: str) -> Content:
        content = said(words, self._style)
        for match in _NUMBER.finditer(words):
            number = int(match[1])
            if number in self._numbers:
                part = carrying(content[match.start() : match.end()].stylize("$accent"), source=number)
                content = content[: match.start()] + part + content[match.end() :]
        return content

    def on_click(self, event: events.Click) -> None:
        """Open the source whose number was clicked."""
        number = event.style.meta.get("source")
        turn = self.parent
        if number is not None and isinstance(turn, TurnView):
            event.stop()
            turn.choose(number)


class TalkRow(Row):
    """A source or a suggestion under an answer."""

    DEFAULT_CSS = "TalkRow { margin-left: 6; max-width: 66; }"


class OptionRow(TalkRow):
    """A guide that a question may mean; choosing it asks the question of that guide."""

    def __init__(self, number: int, option: Option) -> None:
        name = said(f"{number}  ", "$accent bold") + said(clean_line(option.name))
        super().__init__(name, option, wrapped=True)
        self.number = number
        """As it is written before the name."""


class SourceRow(TalkRow):
    """Opens the guide at the quoted words."""

    def __init__(self, citation: Citation) -> None:
        super().__init__("", citation)
        self._citation = citation
        self.number = citation.n
        """As it stands in the answer."""

    def lay_out(self, width: int) -> list[Content]:
        """Number, guide and heading, and the line or page."""
        citation = self._citation
        if citation.page is not None:
            where = _("page {page}").format(page=citation.page)
        else:
            where = _("line {line}").format(line=citation.line)
        mark = said("▸ ", "$accent bold") if self.has_focus else Content("  ")
        number = said(f"{citation.n}  ", "$accent bold")
        room = width - mark.cell_length - number.cell_length - len(where) - 2
        place = said(place_words(citation, room), "bold" if self.has_focus else "")
        return [mark + spread(number + place, said(where, "$muted"), width - 2)]


class TurnView(Vertical):
    """A question and, once it is there, its answer."""

    DEFAULT_CSS = """
    TurnView { height: auto; }
    TurnView > Said { margin-bottom: 1; }
    TurnView > .close, TurnView > .early { margin-bottom: 0; }
    TurnView .rows { height: auto; margin-bottom: 1; }
    TurnView .suggestions { margin-bottom: 0; }
    """

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question
        """What was asked."""
        self.exchange: Exchange | None = None
        """The reply as it is kept, once it is there."""
        self._shown = Turn(question)

    @property
    def answer(self) -> Answer | None:
        """The reply, once it is there."""
        return self.exchange.answer if self.exchange else None

    def compose(self) -> ComposeResult:
        """The question, and a word that it is being worked on."""
        yield Said(_("You"), clean_line(self.question), "bold")
        yield Said("", _("Looking in the guides …"), "$muted").add_class("waiting")

    def show_waiting(self, words: str) -> None:
        """Tell how far the work is."""
        for waiting in self.query(".waiting").results(Said):
            waiting.say(words)

    async def show(self, turn: Turn) -> bool:
        """Show what came of the question since the last time; tells whether what can be read moved."""
        before = self._shown
        self._shown = replace(turn)
        if turn.waits:
            for sentence in turn.sentences[len(before.sentences) :]:
                await self.show_sentence(sentence)
            return False
        if turn.failure != before.failure:
            await self.show_failure(turn.failure)
        answered = turn.exchange is not None and before.exchange is None
        if turn.exchange is not None and answered:
            await self.show_answer(turn.exchange)
        elif turn.exchange is not None and turn.exchange is not before.exchange:
            self.exchange = turn.exchange
            await self.show_feedback(turn.exchange.feedback)
        if (turn.questions, turn.lessons) == (before.questions, before.lessons):
            return answered
        await self.drop_suggestions()
        await self.show_next(turn.questions, turn.lessons)
        return bool(turn.questions or turn.lessons)

    async def show_failure(self, sentence: str) -> None:
        """Tell why there is no answer."""
        await self.query(".waiting, .early").remove()
        await self.mount(Said("", sentence, "$warning"))

    async def show_sentence(self, sentence: Sentence) -> None:
        """Show a sentence of an answer that goes on."""
        await self.query(".waiting").remove()
        await self.mount(Said("", sentence.spoken).add_class("early"))

    async def show_answer(self, exchange: Exchange) -> None:
        """Show the reply with what can be chosen under it."""
        self.exchange, answer = exchange, exchange.answer
        await self.query(".waiting, .early").remove()
        if answer.taken_as:
            taken_as = say("taken_as", answer.language, question=answer.taken_as)
            self.query(Said).first().add_class("close")
            await self.mount(Said("", clean_line(taken_as), "$muted"))
        numbers = frozenset(citation.n for citation in sources(answer))
        words, lead = without_nearest(answer)
        reply = Said("", words, numbers=numbers)
        reply.set_class(bool(lead), "close")
        await self.mount(reply)
        beneath = answer.note
        if answer.model:
            worded = _("Worded by {model}, each sentence checked.")
            beneath = " ".join(filter(None, (worded.format(model=clean_line(answer.model)), answer.note)))
        if beneath:
            await self.mount(Said("", beneath, "$muted"))
        rows = choices(answer)
        if rows:
            above = [Said("", lead, "$muted")] if lead else []
            await self.mount(Vertical(*above, *rows, classes="rows"))
        await self.show_feedback(exchange.feedback)

    async def show_feedback(self, feedback: Feedback | None) -> None:
        """Show what was noted about the reply, in place of what was noted before."""
        await self.query(".feedback").remove()
        if feedback is not None:
            await self.mount(Said("", feedback_words(feedback), "$muted").add_class("feedback"))

    async def show_next(self, questions: Sequence[str], lessons: Sequence[LessonLink]) -> None:
        """Show what could be asked and read next."""
        nexts = [TalkRow(question, question, wrapped=True) for question in questions]
        reads = [
            TalkRow(f"{clean_line(each.module)} › {clean_line(each.title)}", each, wrapped=True)
            for each in lessons
        ]
        for words, rows in ((_("You could ask next:"), nexts), (_("Lessons on this:"), reads)):
            if rows:
                lines = Vertical(Said("", words, "$muted"), *rows, classes="rows suggestions")
                await self.mount(lines)

    async def drop_suggestions(self) -> None:
        """Take away what could be asked next, once something was asked."""
        await self.query(".suggestions").remove()

    def rows(self) -> list[TalkRow]:
        """What can be chosen, from top to bottom."""
        return list(self.query(TalkRow))

    def choose(self, number: int) -> bool:
        """Open the source with that number; tells whether there is one."""
        for row in self.rows():
            if isinstance(row, SourceRow | OptionRow) and row.number == number:
                row.action_choose()
                return True
        return False


def sources(answer: Answer) -> tuple[Citation, ...]:
    """What can be opened: the sources, or what was nearest to a refused question; none where a guide must be chosen."""
    return () if answer.options else answer.citations or answer.nearest


def choices(answer: Answer) -> list[SourceRow | OptionRow]:
    """The numbered lines under a reply: its sources, or the guides to choose from."""
    if answer.options:
        return [OptionRow(number, option) for number, option in enumerate(answer.options, 1)]
    return [SourceRow(citation) for citation in sources(answer)]


def verdict_words(answer: Answer) -> str:
    """The reply; a refusal says so even when the reply is empty."""
    if answer.answer:
        return answer.answer
    if answer.verdict is Verdict.CLARIFY:
        return _("I am not sure what you mean. Please add a name or a detail.")
    return _("Not in the guides.")


def without_nearest(answer: Answer) -> tuple[str, str]:
    """The reply, and what stands above its sources: a refusal does not list in words what stands there."""
    words = verdict_words(answer)
    if answer.citations or answer.options or not answer.nearest:
        return words, ""
    lead = say("nearest", answer.language, headings="\n").partition("\n")[0].rstrip()
    return words.partition(lead)[0].rstrip() or words, lead


def place_words(citation: Citation, width: int) -> str:
    """Guide and nearest heading of a source; the title gives way when there is no room."""
    title = clean_line(citation.title)
    heading = clean_line(citation.heading.rpartition(" › ")[2])
    if not heading or heading == title:
        return title
    title = shortened(said(title), max(SHORTEST_TITLE, width - len(heading) - 3)).plain
    return f"{title} › {heading}"
