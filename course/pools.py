"""Pools and draws of one file, collected while its questions are put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .faults import QuestionFault
from .model import Pool, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .marker import Marker
    from .model import Item


@dataclass
class Pools:
    """The pools of a file so far, and the one that is open."""

    tell: Callable[[str, str, int, Severity], None]
    """Notes a problem: its code, its sentence, its line and how much it matters."""
    found: list[Pool] = field(default_factory=list)
    opened: Marker | None = None
    item_ids: list[str] = field(default_factory=list)
    """Ids of the questions of the open pool."""

    def add(self, item: Item) -> None:
        """Note a question; it belongs to the open pool, if there is one."""
        if self.opened is not None:
            self.item_ids.append(_first_of(item))

    def open(self, marker: Marker) -> None:
        """Begin a pool; one that is still open ends here."""
        if self.opened is not None:
            message = "A pool cannot stand in a pool; close the one above with <!-- /pool -->."
            self.tell("Q032", message, marker.line, Severity.ERROR)
            self._close()
        if "pick" not in marker.values:
            message = "This pool does not say how many of its questions are asked; add pick=2."
            self.tell("Q033", message, marker.line, Severity.WARNING)
        self.opened = marker

    def close(self, line: int) -> None:
        """End the open pool."""
        if self.opened is None:
            self.tell("Q032", "This <!-- /pool --> closes no pool; remove it.", line, Severity.ERROR)
        self._close()

    def finish(self) -> tuple[Pool, ...]:
        """Every pool of the file; one that was not closed is told."""
        if self.opened is not None:
            message = "This pool is not closed; write <!-- /pool --> after its last question."
            self.tell("Q032", message, self.opened.line, Severity.ERROR)
            self._close()
        return tuple(self.found)

    def draw(self, marker: Marker, items: Sequence[Item]) -> None:
        """Note a draw from a bank, whose fitting questions are given."""
        if self.opened is not None:
            message = "A draw cannot stand in a pool; move it below <!-- /pool -->."
            raise QuestionFault("Q032", message, marker.line)
        ids = tuple(map(_first_of, items))
        self._keep(marker, f"draw-{len(self.found) + 1}", ids, marker.values.get("from", ""))

    def _close(self) -> None:
        marker, ids = self.opened, tuple(self.item_ids)
        self.opened, self.item_ids = None, []
        if marker is None:
            return
        try:
            self._keep(marker, marker.id or f"pool-{len(self.found) + 1}", ids)
        except QuestionFault as fault:
            self.tell(fault.code, fault.message, fault.line, Severity.ERROR)

    def _keep(self, marker: Marker, name: str, item_ids: tuple[str, ...], source: str = "") -> None:
        pick = marker.count("pick")
        item_ids = tuple(dict.fromkeys(item_ids))
        if any(pool.id == name for pool in self.found):
            message = f"The id `{name}` is taken by a pool above; give this one another id."
            raise QuestionFault("Q003", message, marker.line)
        if pick > len(item_ids):
            message = f"pick={pick} asks for more than the {len(item_ids)} questions there are; pick fewer."
            self.tell("Q033", message, marker.line, Severity.ERROR)
        self.found.append(Pool(name, pick, item_ids, marker.line, source))


def _first_of(item: Item) -> str:
    """The id of a question, or of the one that it is a variant of."""
    return item.frame.variant_of or item.frame.id
