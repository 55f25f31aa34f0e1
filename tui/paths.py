"""Where Hansa keeps what it writes; the only place that knows folders."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tui import __version__
from tui.typed_path import home_expanded

HOME_VARIABLE = "HANSA_HOME"
"""Environment variable that moves all data, configuration and caches."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one user; nothing is made until something is written."""

    home: Path

    @classmethod
    def find(cls) -> Paths:
        """The folder named by `HANSA_HOME`, or the platform's folder for user data."""
        named = os.environ.get(HOME_VARIABLE)
        if named:
            return cls(Path(home_expanded(named)).absolute())
        from platformdirs import user_data_path  # 0.02 s, not needed when HANSA_HOME is set

        return cls(user_data_path("hansa", appauthor=False))

    @property
    def record(self) -> Path:
        """The learner's own record."""
        return self.home / "learner.sqlite"

    @property
    def workbook(self) -> Path:
        """What the learner writes into the forms of the lessons."""
        return self.home / "workbook"

    @property
    def certificates(self) -> Path:
        """Certificates that were saved on the page that shows them."""
        return self.home / "certificates"

    @property
    def copied(self) -> Path:
        """What was copied from a lesson last, for terminals that hand nothing to the clipboard."""
        return self.home / "copied.txt"

    @property
    def drafts(self) -> Path:
        """What was typed but not given yet when the application ended."""
        return self.home / "drafts.json"

    @property
    def history(self) -> Path:
        """Earlier conversations with the guides."""
        return self.home / "conversations.sqlite"

    @property
    def exports(self) -> Path:
        """Conversations that the user took out to a file."""
        return self.home / "exports"

    @property
    def visitors(self) -> Path:
        """Data of those who come through `hansa serve`, a folder each."""
        return self.home / "visitors"

    @property
    def settings(self) -> Path:
        """The choices of the user."""
        return self.home / "settings.toml"

    @property
    def collection(self) -> Path:
        """The guides that can be asked, with their index."""
        return self.home / "guides"

    @property
    def modules(self) -> Path:
        """What is remembered of the modules; another version of Hansa reads them anew."""
        return self.home / "cache" / f"modules-{__version__}.txt"

    @property
    def guide_cache(self) -> Path:
        """Indexes of files named with `--guides`."""
        return self.home / "cache" / "guides"

    @property
    def evaluation_cache(self) -> Path:
        """Indexes of test sets."""
        return self.home / "cache" / "evaluation"
