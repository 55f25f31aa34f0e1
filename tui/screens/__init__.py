"""The pages; each is loaded when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .ask import AskScreen
    from .exam import ExamScreen
    from .guide import GuideScreen
    from .guides import GuidesScreen
    from .help import HelpScreen
    from .home import HomeScreen
    from .lesson import LessonScreen
    from .preview import PreviewScreen
    from .quiz import QuizScreen
    from .review import ReviewScreen
    from .settings import SettingsScreen
    from .small import SmallScreen
    from .term import TermScreen
    from .web import WebScreen
    from .workbook import WorkbookScreen

_MODULES = {
    "AskScreen": "ask",
    "ExamScreen": "exam",
    "GuideScreen": "guide",
    "GuidesScreen": "guides",
    "HelpScreen": "help",
    "HomeScreen": "home",
    "LessonScreen": "lesson",
    "PreviewScreen": "preview",
    "QuizScreen": "quiz",
    "ReviewScreen": "review",
    "SettingsScreen": "settings",
    "SmallScreen": "small",
    "TermScreen": "term",
    "WebScreen": "web",
    "WorkbookScreen": "workbook",
}

__all__ = [
    "AskScreen",
    "ExamScreen",
    "GuideScreen",
    "GuidesScreen",
    "HelpScreen",
    "HomeScreen",
    "LessonScreen",
    "PreviewScreen",
    "QuizScreen",
    "ReviewScreen",
    "SettingsScreen",
    "SmallScreen",
    "TermScreen",
    "WebScreen",
    "WorkbookScreen",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a class of any page
    """Load a page by the name of its class."""
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(name)
