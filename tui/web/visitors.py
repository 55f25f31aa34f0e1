"""Visitors of a served Hansa: a cookie each, which opens one folder of data and proves that the token was known."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COOKIE = "hansa-session"
"""Name of the cookie."""
SHORTEST_TOKEN = 16
"""Characters of an access token; a shorter one can be guessed."""
MOST_FOLDERS = 1000
"""Visitors whose data is kept; more are refused."""

_SHAPE = re.compile(r"([A-Za-z0-9_-]{43})\.([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Visitors:
    """The folders of all visitors, and the token that lets them in."""

    folder: Path
    """Holds one folder for each visitor."""
    token: str = ""
    """What a visitor has to know; empty lets everybody in who reaches the address."""

    def cookie(self, before: str = "") -> str:
        """A cookie for a visitor who may come in; one that was let in earlier keeps their folder."""
        shape = _SHAPE.fullmatch(before)
        name = shape[1] if shape else secrets.token_urlsafe(32)
        return f"{name}.{self._proof(name)}"

    def home(self, cookie: str) -> Path | None:
        """The folder that a cookie opens; None if it was not made here or under another token.

        The folder is named by a digest, so that no name from outside reaches the disk, and the disk tells no cookie.
        """
        shape = _SHAPE.fullmatch(cookie)
        if shape is None or not hmac.compare_digest(shape[2], self._proof(shape[1])):
            return None
        return self.folder / sha256(shape[1].encode()).hexdigest()[:32]

    def knows(self, token: str) -> bool:
        """Whether a token is the right one."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    @property
    def full(self) -> bool:
        """Whether no more visitors are taken in."""
        return self.folder.is_dir() and sum(1 for _ in self.folder.iterdir()) >= MOST_FOLDERS

    def _proof(self, name: str) -> str:
        return hmac.new(self.token.encode(), name.encode(), sha256).hexdigest()
