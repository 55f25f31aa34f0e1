"""The pages; each is loaded when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .action_plan import ActionPlanScreen
    from .ask import AskScreen
    from .exam import ExamScreen
    from .guide import GuideScreen
    from .guides import GuidesScreen
    from .help import HelpScreen
    from .home import HomeScreen
    from .lesson import LessonScreen
    from .plan import PlanScreen
    from .preview import PreviewScreen
    from .quiz import QuizScreen
    from .review import ReviewScreen
    from .self_check import SelfCheckScreen
    from .self_check_result import SelfCheckResultScreen
    from .self_checks import SelfChecksScreen
    from .settings import SettingsScreen
    from .small import SmallScreen
    from .web import WebScreen
    from .workbook import WorkbookScreen

_MODULES = {
    "ActionPlanScreen": "action_plan",
    "AskScreen": "ask",
    "ExamScreen": "exam",
    "GuideScreen": "guide",
    "GuidesScreen": "guides",
    "HelpScreen": "help",
    "HomeScreen": "home",
    "LessonScreen": "lesson",
    "PlanScreen": "plan",
    "PreviewScreen": "preview",
    "QuizScreen": "quiz",
    "ReviewScreen": "review",
    "SelfCheckResultScreen": "self_check_result",
    "SelfCheckScreen": "self_check",
    "SelfChecksScreen": "self_checks",
    "SettingsScreen": "settings",
    "SmallScreen": "small",
    "WebScreen": "web",
    "WorkbookScreen": "workbook",
}

__all__ = [
    "ActionPlanScreen",
    "AskScreen",
    "ExamScreen",
    "GuideScreen",
    "GuidesScreen",
    "HelpScreen",
    "HomeScreen",
    "LessonScreen",
    "PlanScreen",
    "PreviewScreen",
    "QuizScreen",
    "ReviewScreen",
    "SelfCheckResultScreen",
    "SelfCheckScreen",
    "SelfChecksScreen",
    "SettingsScreen",
    "SmallScreen",
    "WebScreen",
    "WorkbookScreen",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a class of any page
    """Load a page by the name of its class."""
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(name)
