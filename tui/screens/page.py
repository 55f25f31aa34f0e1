"""What every page has: a header line, a body, keys at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.await_complete import AwaitComplete
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen, ScreenResultType

from tui.commands import Command
from tui.language import _
from tui.widgets.header import HeaderLine
from tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget
    from textual.worker import Worker

    from tui.app import HansaApp

BACK = Command("back", "escape", _("Back"), _("Go back to where you came from."))
HELP = Command("app.help", "question_mark,f1", _("Help"), _("Show the keys of this page."))
ASK = Command("app.ask", "a", _("Ask"), _("Ask the guides a question; you come back to this place."))


class _Layer(Screen[ScreenResultType]):
    """Leaves only itself: a second key, or work that ends late, must not take away what stands there by then."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Go away, if this is what is shown."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()


class Window(_Layer[ScreenResultType], ModalScreen[ScreenResultType]):
    """Laid over a page until something is chosen."""


class Page(_Layer[None]):
    """A full screen with a header line and keys at the foot."""

    OFFERED: ClassVar[tuple[Command, ...]] = ()
    ABOUT: ClassVar[str] = ""
    """What this page is for, in a few lines, for the help page."""

    OWN_RULE: ClassVar[bool] = False
    """Whether the body draws the rule above the keys itself."""

    def __init__(self, where: str = "", how_far: str = "") -> None:
        super().__init__()
        self._where = where
        self._how_far = how_far

    @property
    def hansa(self) -> HansaApp:
        """The application, with its services."""
        return self.app  # type: ignore[return-value]

    @property
    def header(self) -> HeaderLine:
        """The first line."""
        return self.query_one(HeaderLine)

    def compose(self) -> ComposeResult:
        """Header, body, keys."""
        yield HeaderLine(self._where, self._how_far)
        yield from self.body()
        yield KeyBar(classes="-bare" if self.OWN_RULE else None)

    def body(self) -> ComposeResult:
        """What stands between the header and the keys."""
        yield from ()

    def is_at_work(self, group: str) -> bool:
        """Whether background work of a group that this page began is not over yet."""
        return any(
            worker.node is self and worker.group == group and not worker.is_finished
            for worker in self.app.workers
        )

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Put an unforeseen failure of background work into words."""
        self.hansa.on_worker_state_changed(event)

    def action_back(self) -> None:
        """Leave this page."""
        self.dismiss()


class Column(VerticalScroll):
    """The scrolling column of a page."""

    DEFAULT_CSS = "Column { padding: 0 2; scrollbar-size-vertical: 1; }"

    def __init__(self, *children: Widget, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(*children, id=id)
