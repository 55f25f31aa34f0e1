"""Questions about the guides, and answers in which every sentence is proved."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .assistant import Assistant as Assistant
    from .errors import AssistantError as AssistantError
    from .model import Answer as Answer
    from .model import Citation as Citation
    from .verdict import Verdict as Verdict

_HOMES = {
    "Assistant": "assistant",
    "AssistantError": "errors",
    "Answer": "model",
    "Citation": "model",
    "Verdict": "model",
}

__all__ = ["Answer", "Assistant", "AssistantError", "Citation", "Verdict"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
