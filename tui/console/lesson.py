"""A lesson in plain lines, section after section, its questions asked where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.model import FormBlock, Likert, Practice
from course.response import Rated
from course.shuffle import display_order
from tui.clean import clean, clean_line
from tui.console.answers import Left, ask, choose, given_words, tell_mark
from tui.console.plain import lines_of, wrapped
from tui.console.questions import question_lines
from tui.giving import give
from tui.language import _
from tui.messages import Earlier
from tui.places import followed_by, what_follows
from tui.quiz_words import tries_words
from tui.ratings import rating_changes

if TYPE_CHECKING:
    from course.forms import Form
    from course.model import Item, Section
    from tui.console.answers import Reply
    from tui.messages import LessonLoaded
    from tui.services import Services

BACK, FORM = "b", "f"
"""What goes back a section, and what fills in its form."""


class LessonReader:
    """Prints a lesson and notes in the record what was opened and answered, as its screen does."""

    def __init__(self, services: Services, loaded: LessonLoaded) -> None:
        self._services = services
        self._module = loaded.module
        self._lesson = loaded.lesson
        self._earlier = loaded.earlier
        self._advice = loaded.advice
        self._at = loaded.section
        self._seed = int(services.clock().timestamp())
        self._positions = {visit.section_id: visit.position for visit in services.record.visits()}

    def read(self) -> str | None:
        """Read to the end; what to open then, or None when the learner stops or nothing follows."""
        title = _("Module {number} · {lesson}").format(number=self._module.number, lesson=self._lesson.title)
        print("\n".join(wrapped(clean_line(title))))
        if self._advice:
            print("\n".join(wrapped(clean_line(self._advice))))
        sections = self._lesson.sections
        while self._at < len(sections):
            section = sections[self._at]
            if not self._show(section):
                return None
            reply = self._wait(section)
            if reply is None:
                return None
            self._at += -1 if reply == BACK else 1
        follows = what_follows(self._services.course, self._lesson)
        return followed_by(follows)[1] if follows else None

    def _show(self, section: Section) -> bool:
        """Print a section and ask its questions; False when the learner stops."""
        place = self._positions.get(section.id, 0)
        self._services.record.visit(section.id, place, self._services.clock())
        words = _("Section {number} of {count}: {title}").format(
            number=self._at + 1, count=len(self._lesson.sections), title=section.title
        )
        print()
        print("\n".join(wrapped(clean_line(words))))
        print()
        for block in section.blocks:
            if not isinstance(block, Practice):
                print("\n".join(map(clean, lines_of([block]))))
            elif not self._ask(block.item, section):
                return False
        return True

    def _wait(self, section: Section) -> str | None:
        """What the learner wants after a section: `BACK`, or empty to go on; None to stop."""
        forms = [block.form for block in section.blocks if isinstance(block, FormBlock)]
        if self._at + 1 == len(self._lesson.sections):
            print(self._closing_words())
        letters = ((BACK,) if self._at else ()) + ((FORM,) if forms else ())
        words = {BACK: _("b goes back"), FORM: _("f fills in the form")}
        while (reply := choose(_("enter goes on"), {name: words[name] for name in letters})) == FORM:
            for form in forms:
                self._fill_in(form)
        return reply

    def _closing_words(self) -> str:
        words = _("You have reached the end of this lesson.")
        follows = what_follows(self._services.course, self._lesson)
        return f"{words} {clean_line(followed_by(follows)[0])}." if follows else words

    def _fill_in(self, form: Form) -> None:
        from tui.console.workbook import ask_fields

        ask_fields(form, self._services)

    # Questions

    def _ask(self, item: Item, section: Section) -> bool:
        """Ask a question until it is answered or passed over; False when the learner stops."""
        earlier = self._earlier.get(item.frame.id)
        seed = earlier.seed if earlier else self._seed
        order = display_order(item, seed)
        apart = item.frame.case is None or item.frame.case.id != section.id
        print("\n".join(map(clean, question_lines(item, order, case=apart))))
        if earlier is not None:
            words = _("You answered before: {answer}").format(answer=given_words(earlier.response, order))
            print("\n".join(wrapped(words)))
            _tell(item, earlier)
        hints = 0
        while True:
            reply = ask(item, order, hints=hints, passable=True)
            if isinstance(reply, Left):
                print()
                return reply is Left.PASSED
            hints = reply.hints
            earlier = self._give(item, reply, seed)
            if _tell(item, earlier):
                if isinstance(item, Likert) and isinstance(reply.response, Rated):
                    print("\n".join(map(clean_line, rating_changes(self._services, item, reply.response))))
                print()
                return True

    def _give(self, item: Item, reply: Reply, seed: int) -> Earlier:
        """Keep an answer and its mark, and remember them for when the learner comes back."""
        before = self._earlier.get(item.frame.id)
        tries = before.tries + 1 if before else 0
        mark = give(
            self._services,
            item,
            reply.response,
            seed=seed,
            hints=reply.hints,
            earlier=tries,
            seconds=reply.seconds,
            certainty=reply.certainty,
        )
        own = self._earlier[item.frame.id] = Earlier(reply.response, seed, mark, tries)
        return own


def _tell(item: Item, given: Earlier) -> bool:
    """Print how an answer was judged; False when the right one is held back for another try."""
    left = item.frame.tries - given.tries - 1
    if given.mark.right or left <= 0:
        tell_mark(item, given.mark)
        return True
    print(tries_words(left))
    return False
