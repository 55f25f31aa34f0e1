"""A question: what is asked, where it is answered, what is said to the answer."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.containers import ScrollableContainer, Vertical
from textual.message import Message
from textual.widgets import Input

from course.model import Cloze, Likert
from course.response import Rated
from tui.answering import area_for, is_typed
from tui.commands import Command, bindings
from tui.item_words import asked, is_case
from tui.language import _
from tui.ratings import rating_changes
from tui.styled import said

from .area import Area
from .item_foot import FootLine
from .item_lines import Remarks, WantedLine
from .prose import ProseView, TextView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from course.grade import Mark
    from course.model import Block, Item
    from course.response import Response
    from tui.app import HansaApp
    from tui.pictures import Gallery

    from .lines import LinesView


class ItemView(Vertical):
    """One question with its answer area, hints, feedback and keys."""

    DEFAULT_CSS = """
    ItemView {
        height: auto; width: 1fr; max-width: 72; margin: 0; padding: 0 0 0 1;
        border-left: outer $faint;
    }
    ItemView:focus-within { border-left: outer $accent; }
    ItemView .gap { margin-bottom: 1; }
    """
    OFFERED: ClassVar = (
        Command("answer", "enter", _("Answer"), _("Give your answer.")),
        Command("go_on", "enter", _("Go on"), _("Go on after the feedback.")),
        Command("hint", "h", _("Hint"), _("Show the next hint.")),
        Command("hint", "ctrl+t", _("Hint"), _("Show the next hint while you type an answer.")),
        Command("again", "r", _("Try again"), _("Answer the question once more."), palette=True),
        Command(
            "certain({key})",
            "1,2,3",
            _("How sure"),
            _("Say how sure you are: 1 unsure, 3 certain."),
            shown="1-3",
        ),
        Command("rethink", "escape", _("Change"), _("Change the answer before you give it.")),
        Command("leave", "escape", _("To the text"), _("Leave the question and scroll the text.")),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Answered(Message):
        """An answer was given; whoever shows the question notes and judges it."""

        view: ItemView
        """The question."""
        response: Response
        """What was given."""
        hints: int
        """Hints that were shown before."""
        seconds: float
        """How long the question was open."""
        certainty: int | None = None
        """How sure the learner is, 1 to 3; None where it is not asked."""

    @dataclass
    class Passed(Message):
        """The learner goes on after the feedback."""

        view: ItemView
        """The question."""

    def __init__(
        self,
        item: Item,
        seed: int,
        *,
        again: bool = True,
        leavable: bool = True,
        hinted: bool = True,
        tries: int = 0,
        case: bool = True,
        gallery: Gallery | None = None,
    ) -> None:
        super().__init__()
        self.item = item
        """The question."""
        self.seed = seed
        """Seed of the order in which choices are shown."""
        self.mark: Mark | None = None
        """How the answer was judged, once it was."""
        self.trial: Mark | None = None
        """How the last try was judged while the right answer is held back."""
        self.tried = 0
        """Answers given so far."""
        self._tries = tries
        self._again = again and not tries
        self.changes: tuple[str, ...] = ()
        """How ratings changed since they were first asked for."""
        self._leavable = leavable
        self._hinted = hinted
        self._case = item.frame.case if case else None
        self._gallery = gallery
        self._hints = 0
        self._waiting = False
        self._asks_how_sure = False
        self._typed = ""
        self._opened = monotonic()
        self._scrolls_on_resize: Callable[[], None] | None = None
        self.area: Area = area_for(item, seed)
        """Where the answer is given."""

    def compose(self) -> ComposeResult:
        """The case, what is wanted, the question, the answer area, remarks, keys."""
        frame = self.item.frame
        parts: list[LinesView] = [TextView(asked(self.item), classes="prompt gap")]
        if frame.body and not isinstance(self.item, Cloze):
            parts.insert(0 if is_case(frame.body) else 1, self._prose(frame.body))
        if self._case is not None:
            yield TextView(said(self._case.title, "bold $muted"), classes="gap")
            yield self._prose(self._case.blocks)
        yield WantedLine(self)
        yield from parts
        yield self.area
        yield Remarks(self)
        yield FootLine(self)

    def _prose(self, blocks: Sequence[Block]) -> ProseView:
        return ProseView(blocks, gallery=self._gallery, classes="gap")

    # What was typed when the application ended

    def on_mount(self) -> None:
        """Put back what was typed here before the application ended."""
        text = self._hansa.services.drafts.take(self.item.frame.id)
        if text and self.mark is None:
            self.area.type_again(text)

    def on_unmount(self) -> None:
        """Keep what was typed and not given, as the application ends."""
        if self._typed and self._hansa.is_leaving:
            self._hansa.services.drafts.keep(self.item.frame.id, self._typed)

    @property
    def _hansa(self) -> HansaApp:
        return cast("HansaApp", self.app)

    # Answering

    @property
    def hints_left(self) -> int:
        """Hints not shown yet."""
        return len(self.item.frame.hints) - self._hints if self._hinted else 0

    @property
    def tries_left(self) -> int:
        """Tries before the right answer is shown; 0 where every answer shows it."""
        return max(0, self._tries - self.tried)

    @property
    def asks_how_sure(self) -> bool:
        """Whether the answer is chosen and the learner is asked how sure it is."""
        return self._asks_how_sure

    @property
    def hints_shown(self) -> int:
        """Hints shown so far."""
        return self._hints

    @property
    def can_repeat(self) -> bool:
        """Whether another try is offered."""
        return self._again

    @property
    def _takes_answer(self) -> bool:
        return self.mark is None and not self._waiting and not self._asks_how_sure

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense before or after the answer."""
        offers = {
            "answer": self._takes_answer and self.area.next_step()[0] == "enter",
            "certain": self._asks_how_sure,
            "hint": self.mark is None and self.hints_left > 0,
            "go_on": self.mark is not None,
            "again": self.mark is not None and self.can_repeat,
            "rethink": self._asks_how_sure,
            "leave": self._leavable and not self._asks_how_sure,
        }
        return offers.get(action.partition("(")[0], super().check_action(action, parameters))

    def action_step(self) -> None:
        """Do what the line at the foot tells; there it can be clicked where enter begins a new line."""
        if self._takes_answer:
            self.action_answer()

    def action_answer(self) -> None:
        """Give the answer or go to its next step, or say what is missing."""
        if self.area.advance():
            return
        response = self.area.response()
        if response is None:
            self._remark(self.area.missing())
            return
        if self.item.frame.certainty:
            self._ask_how_sure()
        else:
            self._give(response)

    def _give(self, response: Response, certainty: int | None = None) -> None:
        self._waiting = True
        self._typed = ""
        self.tried += 1
        seconds = round(monotonic() - self._opened, 1)
        self.post_message(self.Answered(self, response, self._hints, seconds, certainty))

    def _ask_how_sure(self) -> None:
        """Wait for a digit, or for another answer; where text is typed, digits go to the line at the foot."""
        self._asks_how_sure = True
        if is_typed(self.item):
            foot = self.query_one(FootLine)
            foot.can_focus = True
            self.screen.set_focus(foot, scroll_visible=False)
        self._remark(_("How sure are you? Press 1, 2 or 3."))
        self._redraw()

    def action_certain(self, level: int) -> None:
        """Give the answer with how sure it is."""
        response = self.area.response()
        self._forget_how_sure()
        if response is not None:
            self._give(response, level)

    def action_rethink(self) -> None:
        """Go back to the answer."""
        self._forget_how_sure()

    def _forget_how_sure(self) -> None:
        if self._asks_how_sure:
            self._asks_how_sure = False
            foot = self.query_one(FootLine)
            if foot.has_focus:
                self.area.take_focus()
            foot.can_focus = False
            self._remark("")
            self._redraw()

    @on(Input.Submitted)
    def _enter_in_a_line(self, event: Input.Submitted) -> None:
        event.stop()
        if self.check_action("answer", ()):
            self.action_answer()

    @on(Area.Changed)
    def _answer_changed(self, event: Area.Changed) -> None:
        event.stop()
        self._typed = self.area.typed() if self.mark is None and not self._waiting else ""
        self._forget_how_sure()
        self._remark("")
        self.query_one(FootLine).redraw()

    def action_hint(self) -> None:
        """Show one hint more."""
        self._hints += 1
        self._redraw()
        self._show_foot()

    def action_go_on(self) -> None:
        """Tell that the feedback was read; show what is left of it first."""
        page = self._page()
        if page is not None and self.query_one(FootLine).region.bottom > page.region.bottom:
            page.scroll_page_down(animate=False)
        else:
            self.post_message(self.Passed(self))

    def action_again(self) -> None:
        """Empty the area for another try."""
        self.mark = None
        self.area.reset()
        self.area.take_focus()
        self.query_one(FootLine).can_focus = False
        self._redraw()

    def action_leave(self) -> None:
        """Give the keys back to the text."""
        self.screen.set_focus(self._page())

    def _page(self) -> ScrollableContainer | None:
        """What scrolls around this question."""
        return next((node for node in self.ancestors if isinstance(node, ScrollableContainer)), None)

    # Showing

    def show_mark(self, mark: Mark) -> None:
        """Show the judgement and the feedback in place."""
        self._waiting = False
        focused = self.has_focus_within
        self.mark = mark
        response = self.area.response()
        if isinstance(self.item, Likert) and isinstance(response, Rated):
            self.changes = rating_changes(self._hansa.services, self.item, response)
        self.area.reveal(mark)
        self._redraw()
        foot = self.query_one(FootLine)
        foot.can_focus = True
        if focused:
            foot.focus(scroll_visible=False)
            self.show_whole()

    def show_trial(self, mark: Mark) -> None:
        """Tell that a try was not right, and let the learner try again; the right answer is held back."""
        self._hold_back(mark)
        self.area.take_focus()
        self._show_foot()

    def _hold_back(self, mark: Mark) -> None:
        self._waiting = False
        self.trial = mark
        self._redraw()

    def _too_tall(self) -> bool:
        """Whether the question does not fit the page, so that its beginning is shown."""
        return self.size.height > self.screen.size.height - 4

    def show_failure(self) -> None:
        """Let the learner answer again after the answer could not be noted."""
        self._waiting = False
        self.tried -= 1

    def restore(self, response: Response, mark: Mark | None = None, earlier: int = 0) -> None:
        """Show an answer that was given before, with its judgement when there is one.

        `earlier` is the number of answers before that one.
        """
        self.area.restore(response)
        if mark is None:
            return
        self.tried = earlier + 1
        if self.tries_left and not mark.right:
            self._hold_back(mark)
        else:
            self.show_mark(mark)

    def take_focus(self) -> None:
        """Make the keys work here."""
        if self.mark is None:
            self.area.take_focus()
        else:
            self.query_one(FootLine).focus(scroll_visible=False)
        self.show_whole()

    def show_whole(self) -> None:
        """Scroll the page so that all of the question can be seen, or its beginning."""
        self._scroll(lambda: self.scroll_visible(animate=False, top=self._too_tall()))

    def _remark(self, sentence: str) -> None:
        remarks = self.query_one(Remarks)
        if remarks.sentence != sentence:
            remarks.sentence = sentence
            remarks.redraw()
            self._show_foot()

    def _show_foot(self) -> None:
        """Scroll until the end of the question can be seen."""
        self._scroll(self._scroll_to_foot)

    def _scroll_to_foot(self) -> None:
        for foot in self.query(FootLine):
            foot.scroll_visible(animate=False)

    def _scroll(self, scroll: Callable[[], None]) -> None:
        """Scroll now, and once more when the question has grown or shrunk by what was added."""
        self._scrolls_on_resize = scroll
        self.call_after_refresh(self._scroll_if_there, scroll)

    @property
    def is_shown(self) -> bool:
        """Whether it stands on its page still; it may have made way for the next one in the meantime."""
        return self.is_attached and self.display

    def _scroll_if_there(self, scroll: Callable[[], None]) -> None:
        if self.is_shown:
            scroll()

    def on_resize(self) -> None:
        """Scroll to what was to be seen, now that the question has its size."""
        if self._scrolls_on_resize is not None:
            self.call_after_refresh(self._scroll_if_there, self._scrolls_on_resize)
            self._scrolls_on_resize = None

    def _redraw(self) -> None:
        self.query_one(WantedLine).redraw()
        self.query_one(Remarks).redraw()
        self.query_one(FootLine).redraw()
        self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        """Tell the keys that work now."""
        self.query_one(WantedLine).redraw()
        self.query_one(FootLine).redraw()

    def on_descendant_blur(self) -> None:
        """Tell how to come back."""
        self.query_one(WantedLine).redraw()
        self.query_one(FootLine).redraw()
