"""The command palette: every command within reach of the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from .commands import Command, commands_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.dom import DOMNode


class CommandProvider(Provider):
    """Offers the commands of the page beneath the palette."""

    def _commands(self) -> Iterator[tuple[str, Command, Callable[[], object]]]:
        """The title of each, its command and what does it; one for each key where the key tells what is meant."""
        seen: set[str] = set()
        for node, command in commands_from(self.focused or self.screen):
            for title, action in command.choices():
                if not command.palette or title in seen or node.check_action(action, ()) is False:
                    continue
                seen.add(title)
                yield title, command, self._runner(node, action)

    def _runner(self, node: DOMNode, action: str) -> Callable[[], object]:
        async def run() -> None:
            await self.app.run_action(action, node)

        return run

    async def discover(self) -> Hits:
        """Everything, before a word is typed."""
        for title, command, run in self._commands():
            yield DiscoveryHit(title, run, help=command.help)

    async def search(self, query: str) -> Hits:
        """What the words typed fit."""
        matcher = self.matcher(query)
        for title, command, run in self._commands():
            score = max(matcher.match(title), matcher.match(command.help))
            if score > 0:
                yield Hit(score, matcher.highlight(title), run, help=command.help)
