"""The full-screen application: wires services, pages and themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import App
from textual.worker import WorkerState

from course.errors import CourseError
from course.model import QuizMode

from . import screens
from .clean import clean
from .commands import Command, bindings
from .language import _
from .messages import Failed, LessonLoaded, LinkFollowed, QuizLoaded, ReviewLoaded, SelfCheckLoaded
from .start import Start
from .theme import DARK, THEMES, opposite
from .window import is_too_small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.command import Provider
    from textual.screen import Screen
    from textual.worker import Worker

    from course.model import Module

    from .services import Services

COURSE, ASK = "course", "ask"
"""The two places that keep their stack of pages while the other is shown."""


def _palette() -> type[Provider]:
    from .palette import CommandProvider  # noqa: PLC0415 - needed only when the palette is opened

    return CommandProvider


class HansaApp(App[None]):
    """Hansa in a terminal."""

    TITLE = "Hansa"
    CSS_PATH = "app.tcss"
    MODES: ClassVar = {COURSE: lambda: screens.HomeScreen(), ASK: lambda: screens.AskScreen()}  # noqa: PLW0108 - loaded late
    DEFAULT_MODE = COURSE
    COMMANDS: ClassVar = {_palette}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - as Textual declares it
    OFFERED: ClassVar = (
        Command("help", "f1", _("Help"), _("Show the keys of this page."), shown="?", footer=False),
        Command(
            "theme", "f4", _("Light or dark"), _("Change between the light and the dark look."), footer=False
        ),
        Command("settings", "f2", _("Settings"), _("Choose a chat model, or turn it off."), footer=False),
        Command("quit", "ctrl+q", _("Quit"), _("Leave Hansa; everything is saved already."), footer=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, services: Services, start: Start | None = None) -> None:
        super().__init__()
        # Before the styles are read for the first time: a theme set later has them read once more.
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name
        self.animation_level = "none"
        self.services = services
        """Course, learner record, guides and assistant."""
        self.start = start or Start()
        """Where to open; the assistant takes its question from here."""
        self.scroll_places: dict[str, int] = {}
        """How far down each section was left, by its id."""
        self.seed = int(services.clock().timestamp())
        """Seed of the order in which choices of practice questions are shown."""
        self.ticks: dict[tuple[str, int, int], bool] = {}
        """Ticks of checklists, kept while the application runs."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for the moment before a theme of ours is set."""
        return dict(DARK.variables)

    def on_mount(self) -> None:
        """Go where the start tells."""
        if self.start.ref:
            self.open_place(self.start.ref)
        if self.start.resumes:
            self.resume()
        if self.start.reviews:
            self.open_review()
        if self.start.asks:
            self.switch_mode(ASK)

    def on_resize(self, event: events.Resize) -> None:
        """Cover everything with one sentence while the window is too small."""
        if is_too_small(*event.size) and not isinstance(self.screen, screens.SmallScreen):
            self.push_screen(screens.SmallScreen())

    # Going somewhere

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def open_place(self, ref: str) -> None:
        """Read a lesson or a quiz from its file and show it."""
        from .places import load_place  # noqa: PLC0415 - 0.3 s, needed only to read

        try:
            self.post_message(load_place(self.services, ref))
        except CourseError as error:
            self.post_message(Failed(error.message))

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def open_review(self) -> None:
        """Show what is due today, or go on with the review that is open."""
        from .places import load_review  # noqa: PLC0415 - 0.3 s, needed only to review

        try:
            self.post_message(load_review(self.services, self.start.minutes))
        except CourseError as error:
            self.post_message(Failed(error.message))

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def resume(self) -> None:
        """Open the place where the learner stopped."""
        from .places import load_place  # noqa: PLC0415 - 0.3 s, needed only to read
        from .standing import read_standing  # noqa: PLC0415 - needed only to resume

        try:
            standing = read_standing(self.services)
            if standing.next_ref is not None:
                self.scroll_places.update(standing.places)
                self.post_message(load_place(self.services, standing.next_ref))
        except CourseError as error:
            self.post_message(Failed(error.message))

    @on(LessonLoaded)
    def _show_lesson(self, event: LessonLoaded) -> None:
        self._show_course(screens.LessonScreen(event))
        if event.advice:
            self.tell(event.advice)

    @on(QuizLoaded)
    def _show_quiz(self, event: QuizLoaded) -> None:
        exam = event.quiz.mode is QuizMode.EXAM
        self._show_course(screens.ExamScreen(event) if exam else screens.QuizScreen(event))

    @on(ReviewLoaded)
    def _show_review(self, event: ReviewLoaded) -> None:
        self._show_course(screens.ReviewScreen(event))

    @on(SelfCheckLoaded)
    def _show_self_check(self, event: SelfCheckLoaded) -> None:
        """Go on with it or begin, else show the last result."""
        asks = event.anew or event.state.open is not None or not event.state.finished
        page = screens.SelfCheckScreen if asks else screens.SelfCheckResultScreen
        self._show_course(page(event.state))

    def _show_course(self, page: Screen[None]) -> None:
        """Show a page of the course in place of the one that is open, above home."""
        self.switch_mode(COURSE)
        if len(self.screen_stack) > 1 and not self.screen.is_modal:
            self.switch_screen(page)
        else:
            self.push_screen(page)

    def open_guides(self) -> None:
        """List the guides above the present page."""
        self.push_screen(screens.GuidesScreen())

    def open_plan(self) -> None:
        """Choose a path through the course, above the present page."""
        self.push_screen(screens.PlanScreen())

    def open_self_checks(self) -> None:
        """List the self-checks above the present page."""
        self.push_screen(screens.SelfChecksScreen())

    def open_action_plan(self) -> None:
        """Show the action plan above the present page."""
        self.push_screen(screens.ActionPlanScreen())

    def open_workbook(self) -> None:
        """List the forms of the course above the present page."""
        self.push_screen(screens.WorkbookScreen())

    def open_progress(self) -> None:
        """Show how far the learner is above the present page."""
        self.push_screen(screens.ProgressScreen())

    def open_certificate(self, modules: Sequence[Module]) -> None:
        """Show the certificate of some modules above the present page."""
        self.push_screen(screens.CertificateScreen(modules))

    def ask_about(self, question: str) -> None:
        """Go to the assistant and ask."""
        self.switch_mode(ASK)
        page = self.screen_stack[0]
        if isinstance(page, screens.AskScreen):
            page.ask(question)

    def open_guide(self, slug: str, heading: str = "") -> None:
        """Show a guide above the present page."""
        self.push_screen(screens.GuideScreen(slug, heading=heading))

    @on(LinkFollowed)
    def follow_link(self, event: LinkFollowed) -> None:
        """Go where a link leads; the web is asked about first."""
        kind, _colon, rest = event.target.partition(":")
        slug, _hash, heading = rest.partition("#")
        if kind == "lesson":
            self.open_place(rest)
        elif kind == "guide":
            self.open_guide(slug, heading)
        elif kind in {"http", "https", "mailto"}:
            self.push_screen(screens.WebScreen(event.target))
        else:
            self.tell(_("This link leads to nothing that Hansa can show: {link}").format(link=event.target))

    def return_to_course(self) -> None:
        """Go from the assistant to the page of the course that was left."""
        self.switch_mode(COURSE)

    # Keys that work everywhere

    def action_help(self) -> None:
        """Show the keys of the page."""
        if not isinstance(self.screen, screens.HelpScreen):
            self.push_screen(screens.HelpScreen(self.screen))

    def action_ask(self) -> None:
        """Go to the assistant, or back from a page above it."""
        if self.current_mode == ASK:
            while len(self.screen_stack) > 1:
                self.pop_screen()
        self.switch_mode(ASK)

    def action_command_palette(self) -> None:
        """Open the palette, unless one stands under another page already: there can be only one."""
        stacks = self._screen_stacks.values()
        if not any(page.id == "--command-palette" for stack in stacks for page in stack):
            super().action_command_palette()

    def action_settings(self) -> None:
        """Show the settings above the present page."""
        if not isinstance(self.screen, screens.SettingsScreen) and not self.screen.is_modal:
            self.push_screen(screens.SettingsScreen())

    def action_theme(self) -> None:
        """Change between light and dark."""
        self.theme = opposite(self.theme)

    def action_help_quit(self) -> None:
        """Say how to leave, to a learner who pressed ctrl+c."""
        self.tell(_("Press ctrl+q to leave Hansa. Everything you did is saved."))

    # Errors, in words

    def tell(self, sentence: str, *, error: bool = False) -> None:
        """Show a sentence for a moment."""
        self.notify(clean(sentence), severity="error" if error else "information", markup=False)

    @on(Failed)
    def _tell_failure(self, event: Failed) -> None:
        self.tell(event.sentence, error=True)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Put an unforeseen failure of background work into words."""
        if event.state is WorkerState.ERROR:
            self.tell(unforeseen(event.worker), error=True)


def unforeseen(worker: Worker[Any]) -> str:
    """A sentence for a failure that nobody foresaw."""
    reason = str(worker.error) or type(worker.error).__name__
    return _("That did not work: {reason}. `hansa doctor` looks for the cause.").format(
        reason=reason.rstrip(".")
    )
