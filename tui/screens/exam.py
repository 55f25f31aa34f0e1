"""An exam: an answer sheet, questions in any order, a time limit, and one result when it is handed in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from course.errors import CourseError
from course.model import plain
from course.sitting import Given
from tui.answering import is_typed
from tui.commands import Command, bindings
from tui.language import _
from tui.messages import Failed
from tui.quiz_words import clock_words, entry_words, flagged_words, unanswered_words
from tui.saving import saves
from tui.styled import said
from tui.widgets.item import ItemView
from tui.widgets.prose import TextView
from tui.widgets.rows import Row

from .page import HELP
from .quiz import QuizScreen

if TYPE_CHECKING:
    from textual.widget import Widget

    from course.sitting import Entry
    from tui.messages import QuizLoaded

    from .questions import QuestionPage

SHEET, HAND_IN, CONFIRMED = "sheet", "hand in", "confirmed"
"""Values of the lines that can be chosen."""

TICK = 1.0
"""Seconds between two looks at the clock."""


class ExamScreen(QuizScreen):
    """Takes a learner through an exam."""

    ABOUT = _(
        "Answer in any order. enter saves an answer and goes to the next question.\n"
        "You can change every answer until you hand in.\n"
        "f flags a question, to find it again on the answer sheet; ctrl+g does it while you type.\n"
        "esc leads to the answer sheet, and from there out; the time runs on.\n"
        "When the time is over, what you have answered is handed in."
    )
    OFFERED: ClassVar = (
        Command("next", "n,right", _("Next"), _("Go to the next question.")),
        Command("previous", "p,left", _("Previous"), _("Go to the question before.")),
        Command("flag", "f", _("Flag"), _("Flag this question, or take the flag away.")),
        Command("flag_typing", "ctrl+g", _("Flag"), _("Flag this question while you type.")),
        Command("hand_in", "h", _("Hand in"), _("Hand in the exam; you are asked once more.")),
        Command("result", "t", _("Result"), _("Go back to the result.")),
        Command("back", "escape", _("Back"), _("Go back to the answer sheet, or leave it.")),
        HELP,
        Command("scroll", "space", _("Scroll"), _("Scroll the text down."), footer=False, palette=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, loaded: QuizLoaded) -> None:
        super().__init__(loaded)
        self._asked: int | None = None
        self._on_sheet = False

    async def on_mount(self) -> None:
        """Go on at the answer sheet, or tell what the exam is; look at the clock from now on."""
        await super().on_mount()
        self.set_interval(TICK, self._look_at_clock)

    # The clock

    def _look_at_clock(self) -> None:
        sat = self.sat
        if sat is None or not sat.is_open:
            return
        if sat.is_over(self.hansa.services.clock()):
            self.close_sitting(sat)
        else:
            self._tell_how_far()

    def _tell_how_far(self) -> None:
        """The place and the time left, in words."""
        sat = self.sat
        if sat is None or not sat.is_open:
            return
        entries = sat.sitting.sheet
        if self._asked is not None:
            place = _("question {number} of {count}").format(number=self._asked + 1, count=len(entries))
        else:
            done = sum(entry.answered for entry in entries)
            place = _("{done} of {count} answered").format(done=done, count=len(entries))
        clock = clock_words(sat.run, self.hansa.services.clock())
        self.header.how_far = f"{place} · {clock}" if clock else place

    # Pages

    async def show_open(self) -> None:
        """Show the answer sheet."""
        await self._show_sheet()

    async def _show_sheet(self) -> None:
        sat = self.sat
        if sat is None:
            return
        at = self._asked or 0
        self.run_id, self._asked, self._on_sheet, self._view = sat.run.id, None, True, None
        rows = [_sheet_row(entry) for entry in sat.sitting.sheet]
        title = TextView(said(_("Answer sheet"), "bold"), classes="gap")
        if not await self.show_page([title, *rows, Row(_("Hand in"), HAND_IN)], ""):
            return
        if rows:
            self.set_focus(rows[at])
        self._tell_how_far()

    async def _ask(self, number: int) -> None:
        """Show a question, from 0, with the answer it has so far."""
        sat = self.sat
        if sat is None or not 0 <= number < len(sat.sitting.items):
            return
        item = sat.sitting.items[number]
        self._asked, self._on_sheet = number, False
        view = self._view = ItemView(item, sat.run.seed, again=False, leavable=False, hinted=False)
        page: list[Widget] = [view]
        if item.frame.id in sat.sitting.flagged:
            page.insert(0, TextView(said(_("Flagged, to look at again."), "$muted"), classes="gap"))
        if not await self.show_page(page, ""):
            return
        given = sat.sitting.last(item)
        if given is not None:
            view.restore(given.response)
        view.take_focus()
        self._tell_how_far()

    async def _show_confirmation(self) -> None:
        sat = self.sat
        if sat is None:
            return
        self._asked, self._on_sheet, self._view = None, False, None
        words = [unanswered_words(sat.sitting.sheet), flagged_words(sat.sitting.sheet)]
        page: list[Widget] = [TextView(said(_("Hand in now?"), "bold"), classes="gap")]
        page += [TextView(said(word), classes="gap") for word in words if word]
        page.append(TextView(said(_("Then nothing can be changed any more.")), classes="gap"))
        page += [Row(_("Back to the answer sheet"), SHEET), Row(_("Hand in"), CONFIRMED)]
        if await self.show_page(page, ""):
            self._tell_how_far()

    async def show_result(self) -> None:
        """Show how the exam went."""
        self._asked, self._on_sheet, self._view = None, False, None
        await super().show_result()

    # Answering

    def earlier_tries(self, view: ItemView) -> int:  # noqa: ARG002
        """An answer that is changed is no further try."""
        return 0

    async def judged(self, event: QuestionPage.Judged) -> None:
        """The answer is saved: go to the next question, after the last one to the answer sheet."""
        if self.sat is None:
            return
        item_id = event.view.item.frame.id
        given = Given(item_id, event.response, event.mark, certainty=event.certainty)
        self.sat = replace(self.sat, sitting=self.sat.sitting.noted(given))
        if event.view is not self._view or self._asked is None:
            self._tell_how_far()
        elif self._asked + 1 < len(self.sat.sitting.items):
            await self._ask(self._asked + 1)
        else:
            await self._show_sheet()

    # Choosing

    async def choose(self, value: object) -> None:
        """Jump to a question, hand in, or do what other quizzes do."""
        if isinstance(value, int):
            await self._ask(value)
        elif value == SHEET:
            await self._show_sheet()
        elif value == HAND_IN:
            await self._show_confirmation()
        elif value == CONFIRMED and self.sat is not None:
            self.close_sitting(self.sat)
        else:
            await super().choose(value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer on each page what can be done there."""
        if action in {"next", "previous"} and self._asked is not None:
            return not self._types and (action == "next" or self._asked > 0)
        if action == "flag":
            return self._flag_target() is not None and not self._types
        if action == "flag_typing":
            return self._types
        if action == "hand_in":
            return self._on_sheet
        return super().check_action(action, parameters)

    @property
    def _types(self) -> bool:
        """Whether letters go into the answer, so that no letter is a key."""
        return self._view is not None and is_typed(self._view.item)

    def _flag_target(self) -> int | None:
        """The question that a flag would mark: the one shown, or the line of the sheet that has the keys."""
        if self._asked is not None:
            return self._asked
        row = self.focused
        return row.value if self._on_sheet and isinstance(row, Row) and isinstance(row.value, int) else None

    async def action_next(self) -> None:
        """Go to the next question; after the last one to the answer sheet."""
        if self._asked is None or self.sat is None:
            await super().action_next()
        elif self._asked + 1 < len(self.sat.sitting.items):
            await self._ask(self._asked + 1)
        else:
            await self._show_sheet()

    async def action_previous(self) -> None:
        """Go to the question before."""
        if self._asked is None:
            await super().action_previous()
        elif self._asked:
            await self._ask(self._asked - 1)

    async def action_flag(self) -> None:
        """Flag the question, or take the flag away; what is chosen and not saved yet stays."""
        number, sat = self._flag_target(), self.sat
        if number is None or sat is None:
            return
        item_id = sat.sitting.items[number].frame.id
        flagged = item_id not in sat.sitting.flagged
        self.sat = replace(sat, sitting=sat.sitting.flag(item_id, flagged=flagged))
        self._note_flag(sat.run.id, item_id, flagged=flagged)
        if self._asked is None:
            entry = self.sat.sitting.sheet[number]
            row = self.focused
            if isinstance(row, Row):
                row.show(*_entry_line(entry))
        else:
            self.hansa.tell(_("Flagged, to look at again.") if flagged else _("No longer flagged."))

    async def action_flag_typing(self) -> None:
        """Flag the question whose answer is being typed."""
        await self.action_flag()

    @saves("flag")
    def _note_flag(self, run_id: int, item_id: str, *, flagged: bool) -> None:
        services = self.hansa.services
        try:
            services.record.flag(run_id, item_id, flagged=flagged, at=services.clock())
        except CourseError as error:
            self.post_message(Failed(error.message))

    async def action_hand_in(self) -> None:
        """Ask whether to hand in."""
        await self._show_confirmation()

    async def action_back(self) -> None:  # type: ignore[override]
        """Go from a question to the answer sheet, and from there out."""
        under_way = self.sat is not None and self.sat.is_open
        if under_way and not self._on_sheet:
            await self._show_sheet()
        else:
            super().action_back()

    def leaving_words(self) -> str:
        """What is told to a learner who leaves in the middle."""
        if self.sat is None or self.sat.run.ends is None:
            return _("Your answers are saved. You can go on later.")
        words = _("Your answers are saved. The time runs on: {clock}.")
        return words.format(clock=clock_words(self.sat.run, self.hansa.services.clock()))


def _sheet_row(entry: Entry) -> Row:
    label, right = _entry_line(entry)
    return Row(label, entry.number - 1, right=right)


def _entry_line(entry: Entry) -> tuple[str, str]:
    prompt = " ".join(plain(entry.item.frame.prompt).split())
    return f"{entry.number:>3}  {prompt}", entry_words(entry)
