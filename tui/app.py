"""The full-screen application: wires services, pages and themes."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on, work
from textual.app import App
from textual.command import CommandPalette
from textual.filter import Monochrome, NoColor
from textual.worker import WorkerState, get_current_worker

from assistant.errors import AssistantError
from course.errors import CourseError
from index.errors import GuideIndexError

from . import garbage, screens
from .clean import clean
from .commands import Command, bindings
from .language import _
from .let_go import let_go_of_lines
from .lost_terminal import go_on_without_terminal
from .messages import (
    Failed,
    GuidesTaken,
    LessonLoaded,
    LinkFollowed,
    QuizLoaded,
    ReviewLoaded,
    SelfCheckLoaded,
    TermFound,
)
from .saving import saves
from .start import Start
from .stylesheet import LastingStylesheet
from .theme import DARK, LOOKS, look_after
from .trail import Spot, Trail
from .window import is_too_small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.command import Provider
    from textual.message import Message
    from textual.screen import Screen
    from textual.worker import Worker

    from course.learning_paths import LearningPath
    from course.model import Module

    from .dialogue import Dialogue
    from .pictures import Pictures
    from .services import Services

MOTIONS = {"j": "down", "k": "up", "g": "home", "G": "end", "ctrl+d": "pagedown", "ctrl+u": "pageup"}
"""Keys of vim and the keys that they stand for, where the user wants them and the page has no other use for them."""

COURSE, ASK = "course", "ask"
"""The two places that keep their stack of pages while the other is shown."""


def _palette() -> type[Provider]:
    from .palette import CommandProvider  # noqa: PLC0415 - needed only when the palette is opened

    return CommandProvider


class HansaApp(App[Start]):
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
            "theme", "f4", _("Next look"), _("Change to the next look, such as a light one."), footer=False
        ),
        Command(
            "settings",
            "f2",
            _("Settings"),
            _("Choose language, look, keys and chat model, and see to your data."),
            footer=False,
        ),
        Command(
            "motion('{key}')",
            ",".join(MOTIONS),
            _("Move"),
            _("Move down, up, to the top, to the end, and by a page, in lists and texts."),
            shown=" ".join(MOTIONS),
            footer=False,
            palette=False,
        ),
        Command(
            "search", "f3", _("Search"), _("Look for words in lessons, questions and guides."), footer=False
        ),
        Command("tour", "f6", _("Tour"), _("Learn in three minutes how Hansa works."), footer=False),
        Command("quit", "ctrl+q", _("Quit"), _("Leave Hansa; everything is saved already."), footer=False),
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self, services: Services, start: Start | None = None) -> None:
        super().__init__()
        let_go_of_lines()
        go_on_without_terminal()
        # Before the styles are read for the first time: a theme set later has them read once more.
        for theme in LOOKS.values():
            self.register_theme(theme)
        self.theme = LOOKS[services.preferences.theme].name
        self.stylesheet = LastingStylesheet(variables=self.get_css_variables())
        self.animation_level = "none"
        self.services = services
        """Course, learner record, guides and assistant."""
        self.start = start or Start()
        """Where to open; the assistant takes its question from here."""
        self.scroll_places: dict[str, int] = {}
        """How far down each section was left, by its id."""
        self.trail = Trail()
        """The places of lessons from which the learner jumped."""
        self.seed = int(services.clock().timestamp())
        """Seed of the order in which choices of practice questions are shown."""
        self.looked_for = ""
        """The words that were searched last."""
        self._tidying = garbage.Tidying()

    @cached_property
    def dialogue(self) -> Dialogue:
        """The talk with the guides, the same on every page that shows it."""
        from .dialogue import Dialogue  # noqa: PLC0415 - not before the first paint

        return Dialogue(self)

    @cached_property
    def pictures(self) -> Pictures:
        """The pictures of lessons that were drawn last."""
        from .pictures import Pictures  # noqa: PLC0415 - not before the first paint

        return Pictures()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for the moment before a theme of ours is set."""
        return dict(DARK.variables)

    def on_mount(self) -> None:
        """Go where the start tells."""
        self._tidying.begin(self)
        self.set_keymap(self.services.preferences.keys)
        for problem in self.services.preference_problems:
            self.tell(problem, error=True)
        if self.start.notice:
            self.tell(self.start.notice)
        if self.start.ref:
            self.open_place(self.start.ref)
        if self.start.resumes:
            self.resume()
        if self.start.reviews:
            self.open_review()
        if self.start.asks:
            self.switch_mode(ASK)
        if self.start.settings and not self._loads_a_place():
            self.action_settings()

    def on_ready(self) -> None:
        """The first page is laid out; what waited for it begins when it is drawn."""
        self.screen.call_after_refresh(garbage.settle)

    def _loads_a_place(self) -> bool:
        return bool(self.start.ref) or self.start.resumes or self.start.reviews

    @property
    def is_leaving(self) -> bool:
        """Whether the application ends, so that what was typed is put aside until the next start."""
        return self._exit

    def on_unmount(self) -> None:
        """Closing does not wait for guides that are being added, nor for a chat model."""
        self.services.stop_adding()
        self.services.leave_chat()
        self._tidying.end()

    async def on_event(self, event: events.Event) -> None:
        """Notice that somebody is at work."""
        if isinstance(event, events.InputEvent):
            self._tidying.touched()
        await super().on_event(event)

    def on_resize(self, event: events.Resize) -> None:
        """Cover everything with one sentence while the window is too small."""
        if is_too_small(*event.size) and not isinstance(self.screen, screens.SmallScreen):
            self.push_screen(screens.SmallScreen())

    # Going somewhere

    def _arrive(self, message: Message) -> None:
        """Tell what a worker found, unless something else was asked for meanwhile."""
        if not get_current_worker().is_cancelled:
            self.post_message(message)

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def open_place(self, ref: str, spot: Spot | None = None) -> None:
        """Read a lesson or a quiz from its file and show it, without a spot where it was left."""
        from .places import load_place  # noqa: PLC0415 - 0.3 s, needed only to read

        try:
            self._arrive(load_place(self.services, ref, spot))
        except CourseError as error:
            self._arrive(Failed(error.message))

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def open_review(self) -> None:
        """Show what is due today, or go on with the review that is open."""
        from .places import load_review  # noqa: PLC0415 - 0.3 s, needed only to review

        try:
            self._arrive(load_review(self.services, self.start.minutes))
        except CourseError as error:
            self._arrive(Failed(error.message))

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def resume(self) -> None:
        """Open the place where the learner stopped."""
        from .places import load_place  # noqa: PLC0415 - 0.3 s, needed only to read
        from .standing import read_standing  # noqa: PLC0415 - needed only to resume

        try:
            standing = read_standing(self.services)
            if standing.next_ref is not None:
                self.scroll_places.update(standing.places)
                self._arrive(load_place(self.services, standing.next_ref))
        except CourseError as error:
            self._arrive(Failed(error.message))

    @on(LessonLoaded)
    def _show_lesson(self, event: LessonLoaded) -> None:
        self._show_course(screens.LessonScreen(event))
        if event.advice:
            self.tell(event.advice)

    @on(QuizLoaded)
    def _show_quiz(self, event: QuizLoaded) -> None:
        from course.model import QuizMode  # noqa: PLC0415 - not before the first paint

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
        if self.start.settings:
            self.start = replace(self.start, settings=False)
            self.action_settings()

    def load_again(self) -> None:
        """Leave and come back to the settings above this place, with every text read anew."""
        self.exit(replace(self._present_place(), settings=True))

    def erase(self, what: str) -> None:
        """Erase something while no page is open that could write to it, and come back to the settings."""
        self.exit(Start(settings=True, erases=what))

    def _present_place(self) -> Start:
        if self.current_mode == ASK:
            return Start.ask()
        for page in reversed(self.screen_stack):
            if isinstance(page, screens.LessonScreen):
                return Start.lesson(page.section.id if page.section else page.lesson.id)
            if isinstance(page, screens.QuizScreen):
                return Start.lesson(page.quiz.id)
            if isinstance(page, screens.ReviewScreen):
                return Start.review(self.start.minutes)
        return Start()

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

    @on(GuidesTaken)
    def _tell_guides_taken(self) -> None:
        """Tell the end of adding guides on any page but the one that shows it."""
        from .intake_words import end_words  # noqa: PLC0415 - needed only after guides were added

        if not isinstance(self.screen, screens.GuidesScreen):
            self.tell(end_words(self.services.intake))

    def open_workbook(self) -> None:
        """List the forms of the course above the present page."""
        self.push_screen(screens.WorkbookScreen())

    def open_progress(self) -> None:
        """Show how far the learner is above the present page."""
        self.push_screen(screens.ProgressScreen())

    def open_certificate(self, of: Sequence[Module] | LearningPath) -> None:
        """Show the certificate of some modules, or of a path, above the present page."""
        self.push_screen(screens.CertificateScreen(of))

    def ask_about(self, question: str) -> None:
        """Go to the assistant and ask."""
        self.switch_mode(ASK)
        self.dialogue.ask(question)

    def open_guide(self, slug: str, heading: str = "") -> None:
        """Show a guide above the present page."""
        self.push_screen(screens.GuideScreen(slug, heading=heading))

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def open_term(self, term: str) -> None:
        """Show the entry of the glossary above the present page."""
        from .terms import find_term  # noqa: PLC0415 - needed only where a link names a term

        try:
            self._arrive(TermFound(term, find_term(self.services, term)))
        except GuideIndexError as error:
            self._arrive(Failed(str(error)))

    @on(TermFound)
    def _show_term(self, event: TermFound) -> None:
        from course.model import Section  # noqa: PLC0415 - not before the first paint

        if event.entry is None:
            self.tell(_("The glossary has no entry for “{term}”.").format(term=event.term))
        elif isinstance(event.entry, Section):
            self.push_screen(screens.TermScreen(event.entry))
        else:
            self.open_guide(event.entry.guide, event.entry.heading)

    @on(LinkFollowed)
    def follow_link(self, event: LinkFollowed) -> None:
        """Go where a link leads; the web is asked about first."""
        kind, _colon, rest = event.target.partition(":")
        slug, _hash, heading = rest.partition("#")
        if kind == "lesson":
            self.open_place(rest, Spot(line=0) if slug != rest else None)
        elif kind == "guide":
            self.open_guide(slug, heading)
        elif kind == "term":
            self.open_term(rest)
        elif kind in {"http", "https", "mailto"}:
            self.push_screen(screens.WebScreen(event.target))
        else:
            self.tell(_("This link leads to nothing that Hansa can show: {link}").format(link=event.target))

    def return_to_course(self) -> None:
        """Go from the assistant to the page of the course that was left."""
        self.switch_mode(COURSE)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Have another program show an address, but not on a machine that is shared."""
        if self.services.refusal:
            self.tell(self.services.refusal)
        else:
            super().open_url(url, new_tab=new_tab)

    # Keys that work everywhere

    def action_command_palette(self) -> None:
        """Open the palette, with a hint in the language of the user; there can be one, even under another page."""
        stacks = self._screen_stacks.values()
        if not any(isinstance(page, CommandPalette) for stack in stacks for page in stack):
            hint = _("Search for a command …")
            self.push_screen(CommandPalette(placeholder=hint, id="--command-palette"))

    def action_help(self) -> None:
        """Show the keys of the page."""
        if not isinstance(self.screen, screens.HelpScreen):
            self.push_screen(screens.HelpScreen(self.screen, self.services.preferences.keys))

    def action_ask(self) -> None:
        """Go to the assistant, or back from a page above it."""
        if self.current_mode == ASK:
            while len(self.screen_stack) > 1:
                self.pop_screen()
        self.switch_mode(ASK)

    def action_search(self) -> None:
        """Look for words everywhere, above the present page."""
        if not isinstance(self.screen, screens.SearchScreen) and not self.screen.is_modal:
            self.push_screen(screens.SearchScreen())

    def action_tour(self) -> None:
        """Open the lesson that shows the keys."""
        from .places import TOUR  # noqa: PLC0415 - 0.3 s, needed only to read

        if not self.screen.is_modal:
            self.open_place(TOUR)

    def action_settings(self) -> None:
        """Show the settings above the present page."""
        if not isinstance(self.screen, screens.SettingsScreen) and not self.screen.is_modal:
            self.push_screen(screens.SettingsScreen())

    def action_theme(self) -> None:
        """Change to the next look, and keep it."""
        self.prefer(theme=look_after(self.services.preferences.theme))

    def prefer(self, **choices: object) -> None:
        """Change and keep some choices; those that can be seen are seen at once."""
        preferences = self.services.prefer(**choices)
        self.theme = LOOKS[preferences.theme].name
        self.set_keymap(preferences.keys)
        self._keep_preferences()

    @saves("prefer")
    def _keep_preferences(self) -> None:
        # In a thread: a slow disk must not hold up the page.
        try:
            self.services.keep_preferences()
        except (AssistantError, OSError) as error:
            self.post_message(Failed(str(error)))

    def _watch_theme(self, theme_name: str) -> None:
        """Under NO_COLOR, a look in colours becomes grey, and the terminal's own loses them all."""
        super()._watch_theme(theme_name)
        greys = NoColor if self.native_ansi_color else Monochrome
        self._filters = [
            greys() if isinstance(each, (NoColor, Monochrome)) else each for each in self._filters
        ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Motions only where they are wanted."""
        if action == "motion":
            return self.services.preferences.vim_motions
        return super().check_action(action, parameters)

    def action_motion(self, key: str) -> None:
        """Do what the key does for which a key of vim stands."""
        self.simulate_key(MOTIONS[key])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keep the mark of a line of input from blinking where nothing should move."""
        if hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = not self.services.preferences.reduced_motion

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
