"""An exam in plain lines: questions in any order, an answer sheet, flags, and the time in words."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from tui.console.answers import ask_certainty, read_answer, read_line, tell_result
from tui.language import _

if TYPE_CHECKING:
    from tui.quiz_run import Sat
    from tui.services import Services

HELP = _(
    "Type your answer, or one of these words:\n"
    "/next, /back   go to the next question, or to the one before\n"
    "/go 5          go to question 5\n"
    "/flag          flag this question, or take the flag away\n"
    "/sheet         show the answer sheet\n"
    "/hand-in       hand in; you are asked once more\n"
    "/stop          leave; your answers are saved, and the time runs on"
)


def take_exam(services: Services, sat: Sat) -> Sat | None:
    """An exam that is handed in or whose time is over; None when the learner stops before."""
    return _Exam(services, sat).take()


class _Exam:
    """An exam under way: the sitting so far, and the question that is shown."""

    def __init__(self, services: Services, sat: Sat) -> None:
        self._services = services
        self._sat = sat
        self._at = min(sat.sitting.position, len(sat.sitting.items)) - 1
        self._shown = -1
        self._begun = monotonic()

    def take(self) -> Sat | None:
        print(HELP)
        while not self._sat.is_over(self._services.clock()):
            if self._shown != self._at:
                self._show()
            line = read_line(_("Your answer, or /next, /flag, /sheet, /hand-in, /stop: "))
            if line is None or line.lower() in {"/stop", "q"}:
                print(_("Stopped. Your answers are saved; the same command goes on here."))
                return None
            if line.lower() in {"/hand-in", "/handin"}:
                if self._agreed():
                    break
            elif line.startswith("/"):
                self._move(line.lower())
            elif not self._answer(line):
                break
        return self._hand_in()

    def _show(self) -> None:
        from course.shuffle import display_order
        from tui.console.answers import given_words
        from tui.console.questions import question_lines
        from tui.quiz_words import clock_words, entry_words

        sitting = self._sat.sitting
        entry = sitting.sheet[self._at]
        clock = clock_words(self._sat.run, self._services.clock())
        told = [
            _("Question {number} of {count}").format(number=entry.number, count=len(sitting.items)),
            entry_words(entry),
            *([clock] if clock else []),
        ]
        print(f"\n{', '.join(told)}.", end=" ")
        order = display_order(entry.item, sitting.seed)
        print("\n".join(question_lines(entry.item, order)))
        given = sitting.last(entry.item)
        if given is not None:
            print(_("Your answer so far: {response}").format(response=given_words(given.response, order)))
        self._shown = self._at
        self._begun = monotonic()

    def _answer(self, line: str) -> bool:
        """Save an answer and go on; False when the exam takes none any more."""
        from course.errors import ResponseError, RunClosed
        from course.shuffle import display_order
        from course.sitting import Given
        from tui.giving import give

        sat = self._sat
        item = sat.sitting.items[self._at]
        try:
            response = read_answer(item, line, display_order(item, sat.sitting.seed))
        except ResponseError as error:
            print(error)
            return True
        certainty = ask_certainty() if item.frame.certainty else None
        if response is None or (item.frame.certainty and certainty is None):
            return True
        try:
            mark = give(
                self._services,
                item,
                response,
                seed=sat.sitting.seed,
                run_id=sat.run.id,
                seconds=round(monotonic() - self._begun, 1),
                certainty=certainty,
            )
        except RunClosed as error:
            print(_("This answer came too late. {message}").format(message=error.message))
            return False
        given = Given(item.frame.id, response, mark, certainty=certainty)
        self._sat = replace(sat, sitting=sat.sitting.noted(given))
        print(_("Saved."))
        if self._at + 1 < len(sat.sitting.items):
            self._at += 1
        else:
            self._tell_sheet()
        return True

    def _move(self, word: str) -> None:
        count = len(self._sat.sitting.items)
        command, _space, number = word.partition(" ")
        if command == "/next":
            self._at = min(count - 1, self._at + 1)
        elif command == "/back":
            self._at = max(0, self._at - 1)
        elif command == "/go" and number.isdecimal() and 1 <= int(number[:6]) <= count:
            self._at = int(number) - 1
        elif command == "/flag":
            self._flag()
        elif command == "/sheet":
            self._tell_sheet()
        else:
            print(HELP)

    def _flag(self) -> None:
        from course.errors import RunClosed

        item_id = self._sat.sitting.items[self._at].frame.id
        flagged = item_id not in self._sat.sitting.flagged
        try:
            self._services.record.flag(self._sat.run.id, item_id, flagged=flagged, at=self._services.clock())
        except RunClosed as error:
            print(error.message)
            return
        self._sat = replace(self._sat, sitting=self._sat.sitting.flag(item_id, flagged=flagged))
        print(_("Flagged, to look at again.") if flagged else _("No longer flagged."))

    def _tell_sheet(self) -> None:
        from course.model import plain
        from tui.quiz_words import clock_words, entry_words

        print(_("Answer sheet:"))
        for entry in self._sat.sitting.sheet:
            prompt = " ".join(plain(entry.item.frame.prompt).split())
            print(f"{entry.number}. {entry_words(entry)}: {prompt}")
        clock = clock_words(self._sat.run, self._services.clock())
        if clock:
            print(f"{clock[:1].upper()}{clock[1:]}.")

    def _agreed(self) -> bool:
        from tui.quiz_words import flagged_words, unanswered_words

        sheet = self._sat.sitting.sheet
        print(" ".join(words for words in (unanswered_words(sheet), flagged_words(sheet)) if words))
        line = read_line(
            _("Hand in now? Nothing can be changed then. Type {word} to hand in: ").format(word=_("yes"))
        )
        return line is not None and line.casefold() in {"yes", "y", _("yes").casefold()}

    def _hand_in(self) -> Sat:
        from tui.console.quiz import tell_answers
        from tui.quiz_run import hand_in, sat_of

        closed = hand_in(self._services, self._sat)
        closed = replace(sat_of(self._services, closed.run), run=closed.run)
        tell_answers(closed)
        tell_result(closed)
        return closed
