"""Guides taken in while the application runs: in the background, stopped at will, for any page to look at."""

from __future__ import annotations

import sqlite3
from threading import Thread
from typing import TYPE_CHECKING

from index.errors import GuideIndexError

from .console.adding import Added, Adding
from .console.failure import describe
from .console.stopping import Stop
from .console.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.model import Problem

    from .services import Services


class _Renewing(Teller):
    """Lets each portion be found as soon as it is published."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def files(self, paths: Sequence[Path], problems: Sequence[Problem]) -> None:
        """A portion has been published."""
        if len(problems) < len(paths):
            self._services.renew_guides()


class Intake:
    """One run at a time of taking files into the collection.

    The thread does not keep the application from closing: what it was at is undone by the next writer, as
    after a kill, and what was published stays.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._stop = Stop()
        self._adding: Adding | None = None
        self._thread: Thread | None = None
        self.runs = 0
        """How many were begun."""
        self.failure = ""
        """Why the last run could not go on; empty if it could."""

    @property
    def is_running(self) -> bool:
        """Whether files are being taken in now."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def is_stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.asked

    @property
    def added(self) -> Added | None:
        """How far the present or the last run has come; None before the first."""
        return self._adding.added if self._adding else None

    def start(self, paths: Sequence[Path], done: Callable[[], object]) -> None:
        """Begin with files and folders; `done` is called from the thread at the end. One run at a time.

        Raises:
            PermissionError: if the user may not name files of this machine.
        """
        for path in paths:
            self._services.refuse_path(path)
        if self.is_running:
            return
        self.runs += 1
        services, self._stop, self.failure = self._services, Stop(), ""
        adding = self._adding = Adding(services.collection, _Renewing(services), self._stop)
        self._thread = Thread(target=self._run, args=(adding, paths, done), name="add guides", daemon=True)
        self._thread.start()

    def _run(self, adding: Adding, paths: Sequence[Path], done: Callable[[], object]) -> None:
        try:
            adding.run(paths)
            self._services.renew_guides()
        except (GuideIndexError, sqlite3.Error, OSError) as error:
            self.failure = describe(error)
        done()

    def stop(self) -> None:
        """Stop after the present piece of work; what is done stays."""
        self._stop.asked = True

    def wait(self, seconds: float) -> None:
        """Wait for the end of the run, but no longer than that."""
        if self._thread is not None:
            self._thread.join(seconds)
