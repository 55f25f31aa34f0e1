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

    def _commands(self) -> Iterator[tuple[DOMNode, Command]]:
        seen: set[str] = set()
        for node, command in commands_from(self.focused or self.screen):
            if not command.palette or command.title in seen:
                continue
            if node.check_action(command.action, ()) is False:
                continue
            seen.add(command.title)
            yield node, command

    def _runner(self, node: DOMNode, command: Command) -> Callable[[], object]:
        async def run() -> None:
            await self.app.run_action(command.action, node)

        return run

    async def discover(self) -> Hits:
        """Everything, before a word is typed."""
        for node, command in self._commands():
            yield DiscoveryHit(command.title, self._runner(node, command), help=command.help)

    async def search(self, query: str) -> Hits:
        """What the words typed fit."""
        matcher = self.matcher(query)
        for node, command in self._commands():
            score = max(matcher.match(command.title), matcher.match(command.help))
            if score > 0:
                yield Hit(
                    score, matcher.highlight(command.title), self._runner(node, command), help=command.help
                )
