"""The last line of every page: at most six keys, each clickable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from tui.commands import commands_from, name_of_key
from tui.language import _
from tui.styled import carrying, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.binding import Binding
    from textual.screen import Screen

MOST_KEYS = 6
"""More would not be read."""


def footer_keys(screen: Screen[object]) -> list[tuple[str, str, str]]:
    """Key to press, key as written and title, for what can be done now; help stands last."""
    found: dict[str, tuple[str, str, str]] = {}
    help_key: list[tuple[str, str, str]] = []
    for key, active in screen.active_bindings.items():
        binding: Binding = active.binding
        if not binding.show or not active.enabled or binding.action == "app.command_palette":
            continue
        entry = (key, binding.key_display or name_of_key(key), binding.description)
        if binding.action == "app.help":
            help_key = help_key or [entry]
        else:
            found.setdefault(binding.description, entry)
    entries = sorted(found.values(), key=_places(screen))
    return [*entries[: MOST_KEYS - len(help_key)], *help_key]


def _places(screen: Screen[object]) -> Callable[[tuple[str, str, str]], int]:
    """Tells the place of a key in the tables of commands: one that was changed stays where it stood."""
    places: dict[str, int] = {}
    for _node, command in commands_from(screen.focused or screen):
        places.setdefault(command.title, len(places))
    return lambda entry: places.get(entry[2], -1)


class ThinRule(Widget):
    """A line from edge to edge."""

    DEFAULT_CSS = "ThinRule { height: 1; padding: 0 1; }"

    def render(self) -> Content:
        """The line."""
        return said("─" * self.content_size.width, "$faint")


class KeyBar(Widget):
    """A thin rule and the keys that work now."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 2; padding: 0 1; }
    KeyBar.-bare { height: 1; }
    """

    _page: VerticalScroll | None = None

    def on_mount(self) -> None:
        """Follow what can be done as the focus moves, and how far the page is scrolled."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self.call_after_refresh(self._follow_page)

    def _follow_page(self) -> None:
        """Look after the part of the page that scrolls."""
        self._page = next(iter(self.screen.query(VerticalScroll)), None)
        if self._page is not None and not self.has_class("-bare"):
            for name in ("scroll_y", "virtual_size", "show_vertical_scrollbar"):
                self.watch(self._page, name, self._scrolled)

    def _scrolled(self) -> None:
        self.refresh()

    def _changed(self, _screen: object) -> None:
        self.refresh()

    def render(self) -> Content:
        """The rule and as many keys as fit."""
        width = self.content_size.width
        entries = footer_keys(self.screen)
        while len(entries) > 1 and _needed(entries) > width:
            entries.pop(-2)
        drawn = [_entry(*entry) for entry in entries]
        keys = Content(" ") + Content("   ").join(drawn)
        return keys if self.has_class("-bare") else self._rule(width) + Content("\n") + keys

    def _rule(self, width: int) -> Content:
        """The rule; it tells when the page goes on below, and which key shows more."""
        page = self._page
        if page is None or page.max_scroll_y <= round(page.scroll_y):
            return said("─" * width, "$faint")
        space = self.screen.active_bindings.get("space")
        scrolls = space is not None and space.binding.action == "scroll"
        key, shown = ("space", "space") if scrolls else ("pagedown", "pgdn")
        more = said(_("more ↓") + " ", "$muted") + carrying(said(shown, "$accent bold"), key=key)
        return said("─" * (width - more.cell_length - 3), "$faint") + " " + more + said(" ─", "$faint")

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        key = event.style.meta.get("key")
        if key is not None:
            event.stop()
            self.app.simulate_key(key)


def _needed(entries: list[tuple[str, str, str]]) -> int:
    return 1 + sum(len(shown) + 1 + len(title) for _key, shown, title in entries) + 3 * (len(entries) - 1)


def _entry(key: str, shown: str, title: str) -> Content:
    return carrying(said(shown, "$accent bold") + Content(" ") + said(title), key=key)
