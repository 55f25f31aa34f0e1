"""How far the guides answer a question."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """How far the guides answer a question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    CLARIFY = "clarify"
    NOT_FOUND = "not_found"
