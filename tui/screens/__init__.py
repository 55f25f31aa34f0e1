"""The pages; each is loaded when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .ask import AskScreen
    from .guide import GuideScreen
    from .guides import GuidesScreen
    from .help import HelpScreen
    from .home import HomeScreen
    from .lesson import LessonScreen
    from .quiz import QuizScreen
    from .settings import SettingsScreen
    from .small import SmallScreen
    from .web import WebScreen

_MODULES = {
    "AskScreen": "ask",
    "GuideScreen": "guide",
    "GuidesScreen": "guides",
    "HelpScreen": "help",
    "HomeScreen": "home",
    "LessonScreen": "lesson",
    "QuizScreen": "quiz",
    "SettingsScreen": "settings",
    "SmallScreen": "small",
    "WebScreen": "web",
}

__all__ = [
    "AskScreen",
    "GuideScreen",
    "GuidesScreen",
    "HelpScreen",
    "HomeScreen",
    "LessonScreen",
    "QuizScreen",
    "SettingsScreen",
    "SmallScreen",
    "WebScreen",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a class of any page
    """Load a page by the name of its class."""
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(name)
