"""One question with its answer, its sources and what to ask next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from assistant.model import Answer, Citation, Verdict
from assistant.wording import say
from tui.clean import clean, clean_line
from tui.language import _
from tui.styled import carrying, hang, said, shortened, spread, wrap

from .lines import LinesView
from .rows import Row

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from assistant.model import Sentence

INDENT = 8
"""Cells before an answer, so that questions stand out at the left."""

MOST_SUGGESTIONS = 2
"""More would push the answer off a small page."""

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


class SourceRow(TalkRow):
    """Opens the guide at the quoted words."""

    def __init__(self, citation: Citation) -> None:
        super().__init__("", citation)
        self._citation = citation

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
        self.answer: Answer | None = None
        """The reply, once it is there."""

    def compose(self) -> ComposeResult:
        """The question, and a word that it is being worked on."""
        yield Said(_("You"), clean_line(self.question), "bold")
        yield Said("", _("Looking in the guides …"), "$muted").add_class("waiting")

    def show_waiting(self, words: str) -> None:
        """Tell how far the work is."""
        for waiting in self.query(".waiting").results(Said):
            waiting.say(words)

    async def show_failure(self, sentence: str) -> None:
        """Tell why there is no answer."""
        await self.query(".waiting, .early").remove()
        await self.mount(Said("", sentence, "$warning"))

    async def show_sentence(self, sentence: Sentence) -> None:
        """Show a sentence of an answer that goes on."""
        await self.query(".waiting").remove()
        await self.mount(Said("", sentence.spoken).add_class("early"))

    async def show_answer(self, answer: Answer) -> None:
        """Show the reply with what can be chosen under it."""
        self.answer = answer
        await self.query(".waiting, .early").remove()
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
        rows = [SourceRow(citation) for citation in sources(answer)]
        if rows:
            above = [Said("", lead, "$muted")] if lead else []
            await self.mount(Vertical(*above, *rows, classes="rows"))
        if answer.suggestions:
            nexts = [
                TalkRow(question, question, wrapped=True)
                for question in answer.suggestions[:MOST_SUGGESTIONS]
            ]
            above = [Said("", _("You could ask next:"), "$muted")]
            await self.mount(Vertical(*above, *nexts, classes="rows suggestions"))

    async def drop_suggestions(self) -> None:
        """Take away what could be asked next, once something was asked."""
        await self.query(".suggestions").remove()

    def rows(self) -> list[TalkRow]:
        """What can be chosen, from top to bottom."""
        return list(self.query(TalkRow))

    def choose(self, number: int) -> bool:
        """Open the source with that number; tells whether there is one."""
        for row in self.rows():
            if isinstance(row.value, Citation) and row.value.n == number:
                row.action_choose()
                return True
        return False


def sources(answer: Answer) -> tuple[Citation, ...]:
    """What can be opened: the sources, or what was nearest to a refused question."""
    return answer.citations or answer.nearest


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
    if answer.citations or not answer.nearest:
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
