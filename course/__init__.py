"""What is taught and how far a learner is: courses in Markdown, marks, and the learner's record."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .catalog import load_course, open_lesson, open_quiz, shipped_modules
    from .errors import CourseError
    from .grade import Mark
    from .journey import next_step
    from .model import Course, Item, Lesson, Module, Problem, Quiz, Section
    from .observations import read_learners
    from .record import LearnerRecord
    from .references import find
    from .report import item_report
    from .response import Response, read_response
    from .sitting import Sitting

_HOMES = {
    "Course": "model",
    "CourseError": "errors",
    "Item": "model",
    "LearnerRecord": "record",
    "Lesson": "model",
    "Mark": "grade",
    "Module": "model",
    "Problem": "model",
    "Quiz": "model",
    "Response": "response",
    "Section": "model",
    "Sitting": "sitting",
    "find": "references",
    "item_report": "report",
    "load_course": "catalog",
    "next_step": "journey",
    "open_lesson": "catalog",
    "open_quiz": "catalog",
    "read_learners": "observations",
    "read_response": "response",
    "shipped_modules": "catalog",
}

__all__ = [
    "Course",
    "CourseError",
    "Item",
    "LearnerRecord",
    "Lesson",
    "Mark",
    "Module",
    "Problem",
    "Quiz",
    "Response",
    "Section",
    "Sitting",
    "find",
    "item_report",
    "load_course",
    "next_step",
    "open_lesson",
    "open_quiz",
    "read_learners",
    "read_response",
    "shipped_modules",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - names of many kinds
    """A public name, imported when first used: pydantic, SQLAlchemy and the parser cost 0.1-0.4 s each."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'course' has no attribute {name!r}")
    return getattr(import_module(f".{home}", __name__), name)
