"""The pages; each is loaded when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .action_plan import ActionPlanScreen
    from .ask import AskScreen
    from .certificate import CertificateScreen
    from .exam import ExamScreen
    from .guide import GuideScreen
    from .guides import GuidesScreen
    from .help import HelpScreen
    from .home import HomeScreen
    from .lesson import LessonScreen
    from .plan import PlanScreen
    from .preview import PreviewScreen
    from .progress import ProgressScreen
    from .quiz import QuizScreen
    from .review import ReviewScreen
    from .search import SearchScreen
    from .self_check import SelfCheckScreen
    from .self_check_result import SelfCheckResultScreen
    from .self_checks import SelfChecksScreen
    from .settings import SettingsScreen
    from .small import SmallScreen
    from .term import TermScreen
    from .web import WebScreen
    from .workbook import WorkbookScreen

_MODULES = {
    "ActionPlanScreen": "action_plan",
    "AskScreen": "ask",
    "CertificateScreen": "certificate",
    "ExamScreen": "exam",
    "GuideScreen": "guide",
    "GuidesScreen": "guides",
    "HelpScreen": "help",
    "HomeScreen": "home",
    "LessonScreen": "lesson",
    "PlanScreen": "plan",
    "PreviewScreen": "preview",
    "ProgressScreen": "progress",
    "QuizScreen": "quiz",
    "ReviewScreen": "review",
    "SearchScreen": "search",
    "SelfCheckResultScreen": "self_check_result",
    "SelfCheckScreen": "self_check",
    "SelfChecksScreen": "self_checks",
    "SettingsScreen": "settings",
    "SmallScreen": "small",
    "TermScreen": "term",
    "WebScreen": "web",
    "WorkbookScreen": "workbook",
}

__all__ = [
    "ActionPlanScreen",
    "AskScreen",
    "CertificateScreen",
    "ExamScreen",
    "GuideScreen",
    "GuidesScreen",
    "HelpScreen",
    "HomeScreen",
    "LessonScreen",
    "PlanScreen",
    "PreviewScreen",
    "ProgressScreen",
    "QuizScreen",
    "ReviewScreen",
    "SearchScreen",
    "SelfCheckResultScreen",
    "SelfCheckScreen",
    "SelfChecksScreen",
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
