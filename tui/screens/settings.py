"""The settings: language, look, keys, reviews, assistant, data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on

from assistant.errors import AssistantError
from tui.clean import clean_line
from tui.commands import bindings
from tui.language import LANGUAGES, _, language_in_use
from tui.pictures import can_draw
from tui.preferences import LOOKS
from tui.styled import said
from tui.widgets.rows import Row, RowList

from .chat_model import ChatModelScreen
from .data import DataScreen
from .keys import KeysScreen, changed_words
from .lists import ListScreen
from .page import BACK, HELP, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from tui.preferences import Preferences

    Keep = Callable[[object], None]

MINUTES = (5, 10, 15, 20, 30, 45, 60)
"""What a day of reviews may bear, as offered in the list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the page."""

    section: str
    """Where it belongs; empty where the line above tells."""
    title: str
    """What is set."""
    state: Callable[[], str]
    """How it is set now, in a word or two."""
    act: Callable[[], None]
    """Changes it, or leads to a page that does."""


def look_words(look: str) -> str:
    """A look in words."""
    words = {
        "dark": _("dark"),
        "light": _("light"),
        "contrast": _("high contrast"),
        "colour-blind": _("safe for colour-blind people"),
        "terminal": _("the terminal's own colours"),
    }
    return words[look]


class EntryRow(Row):
    """A line with its section, its title and its state."""

    def __init__(self, entry: Entry) -> None:
        super().__init__("", entry)
        self.entry = entry
        """What the line sets."""

    def tell(self, width: int) -> None:
        """Write the line; sections take `width` cells."""
        section = said(f"{self.entry.section:<{width}}   ", "$muted")
        self.show(section + said(self.entry.title), said(clean_line(self.entry.state()), "$accent"))


class SettingsScreen(Page):
    """Every setting on one page, a line each."""

    ABOUT = _(
        "enter changes the marked line, or opens a list or page that does.\n"
        "Every change holds at once and is kept.\n"
        "The language changes the interface; lessons follow where there is a translation.\n"
        "Pictures of lessons are drawn in coarse blocks above their words. That needs 256 colours or more: "
        "in other terminals, with NO_COLOR and in the terminal's own colours the words stand alone."
    )
    OFFERED: ClassVar = (BACK, HELP)
    BINDINGS: ClassVar = bindings(OFFERED)

    def __init__(self) -> None:
        super().__init__(where=_("Settings"))

    def body(self) -> ComposeResult:
        """The lines."""
        with RowList(id="settings"):
            for entry in self._entries():
                yield EntryRow(entry)

    def on_mount(self) -> None:
        """Begin at the first line."""
        self.query(Row).first().focus()

    def on_screen_resume(self) -> None:
        """Tell how everything is set, whenever the page is seen again."""
        self._tell()

    def _entries(self) -> tuple[Entry, ...]:
        return (
            Entry(_("Language"), _("Interface"), lambda: LANGUAGES[language_in_use()], self._choose_language),
            Entry(_("Look"), _("Colours"), lambda: look_words(self._kept.theme), self._choose_look),
            Entry(
                "",
                _("Reduced motion"),
                lambda: _on_off(on=self._kept.reduced_motion),
                lambda: self._switch("reduced_motion"),
            ),
            Entry("", _("Show pictures"), self._picture_words, lambda: self._switch("show_pictures")),
            Entry(
                _("Keys"),
                _("Keys of the commands"),
                lambda: changed_words(self._kept.keys),
                lambda: self._open(KeysScreen),
            ),
            Entry(
                "",
                _("Keys of vim: j k g G ctrl+d ctrl+u"),
                lambda: _on_off(on=self._kept.vim_motions),
                lambda: self._switch("vim_motions"),
            ),
            Entry(
                _("Reviews"),
                _("A day bears"),
                lambda: minutes_words(self._kept.review_minutes),
                self._choose_minutes,
            ),
            Entry(_("Assistant"), _("Chat model"), self._chat_words, self._open_chat_model),
            Entry(
                _("Data"), _("Your data and what is sent where"), lambda: "", lambda: self._open(DataScreen)
            ),
        )

    @property
    def _kept(self) -> Preferences:
        return self.hansa.services.preferences

    def _tell(self) -> None:
        """How everything is set now."""
        rows = list(self.query(EntryRow))
        width = max(len(row.entry.section) for row in rows)
        for row in rows:
            row.tell(width)

    @on(Row.Chosen)
    def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        if isinstance(event.row, EntryRow):
            event.row.entry.act()

    def _choose(self, title: str, offered: Sequence[tuple[object, str]], now: object, keep: Keep) -> None:
        """Let the user choose one of some values, and keep it."""
        rows = [Row(words, value) for value, words in offered]
        values = [value for value, _words in offered]
        focused = values.index(now) if now in values else 0

        def chosen(value: object) -> None:
            if value is not None and value != now:
                keep(value)
                self._tell()

        self.app.push_screen(ListScreen(title, _("Settings"), rows, focused), chosen)

    def _choose_language(self) -> None:
        def keep(value: object) -> None:
            self.hansa.prefer(language=value, course_language="")
            self.hansa.load_again()

        self._choose(_("Language of the interface"), list(LANGUAGES.items()), language_in_use(), keep)

    def _choose_look(self) -> None:
        offered = [(look, look_words(look)) for look in LOOKS]
        self._choose(_("Colours"), offered, self._kept.theme, lambda look: self.hansa.prefer(theme=look))

    def _choose_minutes(self) -> None:
        offered = [(minutes, minutes_words(minutes)) for minutes in MINUTES]
        self._choose(
            _("Reviews: a day bears"),
            offered,
            self._kept.review_minutes,
            lambda minutes: self.hansa.prefer(review_minutes=minutes),
        )

    def _open(self, page: Callable[[], Page]) -> None:
        self.app.push_screen(page())

    def _open_chat_model(self) -> None:
        refusal = self.hansa.services.chat_refusal
        if refusal:
            self.hansa.tell(refusal)
        else:
            self._open(ChatModelScreen)

    def _switch(self, name: str) -> None:
        self.hansa.prefer(**{name: not getattr(self._kept, name)})
        self._tell()

    def _picture_words(self) -> str:
        if self._kept.show_pictures and not can_draw(self.hansa):
            return _("on, but these colours cannot show them")
        return _on_off(on=self._kept.show_pictures)

    def _chat_words(self) -> str:
        try:
            settings = self.hansa.services.chat_settings()
        except AssistantError:
            return _("cannot be read")
        return settings.destination if settings.is_on else _("none: answers are quotes")


def minutes_words(minutes: int) -> str:
    """How much a day bears."""
    return _("about {minutes} min").format(minutes=minutes)


def _on_off(*, on: bool) -> str:
    return _("on") if on else _("off")
