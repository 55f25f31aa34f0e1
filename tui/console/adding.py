"""`hansa guides add`: files and folders taken into the collection, in portions that stay when it is stopped."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.collection import Collection
    from index.model import Problem, Progress
    from tui.console.stopping import Stop
    from tui.console.telling import Teller

_FIRST_PORTION = 16
_LARGEST_PORTION = 2000
_PORTION_SECONDS = 5.0
"""About what is lost when adding is stopped; each portion is published by itself."""


@dataclass(slots=True)
class Added:
    """How far adding has come."""

    total: int = 0
    """Files found."""
    files: int = 0
    """Files looked at."""
    unchanged: int = 0
    passages: int = 0
    """Passages whose vectors are to be computed."""
    embedded: int = 0
    at: str = ""
    """Path of the file that is being read, or title of the guide that is being embedded."""
    guides: int = 0
    """Guides in the collection now."""
    since: float = 0.0
    """When embedding began, on the clock that only counts."""
    problems: list[Problem] = field(default_factory=list)
    stopped: bool = False

    @property
    def rate(self) -> float:
        """Passages embedded a second."""
        spent = monotonic() - self.since if self.since else 0.0
        return self.embedded / spent if spent else 0.0


class Adding:
    """One run of `hansa guides add`."""

    def __init__(self, collection: Collection, teller: Teller, stop: Stop) -> None:
        self.added = Added()
        self._collection = collection
        self._teller = teller
        self._stop = stop
        self._before = 0

    def run(self, paths: Sequence[Path]) -> Added:
        """Take in the files at paths, then compute the vectors of their passages; stops when asked to."""
        from index.files import find_files

        files = list(find_files(paths))
        self.added.total = len(files)
        try:
            self._take_in(files)
            self._collection.embed(origin="added", progress=self._embedding)
        except KeyboardInterrupt:
            self.added.stopped = True
            self.added.files = self._before
        return self.added

    def _take_in(self, files: Sequence[Path]) -> None:
        """The text of all files, in portions that take about as long as the user would like to wait."""
        from index.collection import Collection

        text_alone, size = Collection(self._collection.folder, None), _FIRST_PORTION
        while portion := files[self._before : self._before + size]:
            start = monotonic()
            report = text_alone.update(portion, origin="added", progress=self._reading)
            spent = max(monotonic() - start, 0.001)
            size = int(min(max(1, size * _PORTION_SECONDS / spent), size * 4, _LARGEST_PORTION))
            self.added.guides = report.guides
            self.added.unchanged += report.unchanged
            self.added.problems += report.problems
            self._before += len(portion)
            self.added.files = self._before
            self._teller.files(portion, report.problems)
            self._teller.progress(self.added)

    def _reading(self, progress: Progress) -> None:
        self._stop.heed()
        if progress.words == "reading guides":
            self.added.files, self.added.at = self._before + progress.done, progress.of
        self._teller.progress(self.added)

    def _embedding(self, progress: Progress) -> None:
        self._stop.heed()
        if progress.words == "embedding passages":
            self.added.since = self.added.since or monotonic()
            self.added.embedded, self.added.passages = progress.done, progress.total
            self.added.at = progress.of
        self._teller.progress(self.added)
