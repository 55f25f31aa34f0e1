"""What stands in place of every page while the window is too small."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Static

from tui.language import _
from tui.window import LEAST_HEIGHT, LEAST_WIDTH, is_too_small

from .page import Window

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class SmallScreen(Window[None]):
    """One sentence; goes away when the window is large enough, and nothing beneath it is touched."""

    BINDINGS: ClassVar = []

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Static(markup=False, id="too-small")

    def on_mount(self) -> None:
        """Say how large the window is."""
        self._tell()

    def on_screen_resume(self) -> None:
        """Go at once when the window grew while another page was on top."""
        self._tell()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Say the new size, or go."""
        self._tell()

    def _tell(self) -> None:
        width, height = self.app.size
        if not is_too_small(width, height):
            self.dismiss()
            return
        sentence = _(
            "This window is {width} × {height}. Hansa needs at least {least_width} × {least_height}: "
            "make it larger, or use `hansa quiz --plain`."
        )
        self.query_one(Static).update(
            sentence.format(width=width, height=height, least_width=LEAST_WIDTH, least_height=LEAST_HEIGHT)
        )
