"""References that people type: `open-innovation/what-it-is#three-directions`, or `2/1` for short."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from .errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Course, LessonHead, Module


_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Found:
    """What a reference names: a module, its quiz, a lesson or one section of it; a question names its section."""

    module: Module
    lesson: LessonHead | None = None
    section_id: str | None = None
    is_quiz: bool = False


def find(course: Course, reference: str) -> Found:
    """What a reference names; `NotFound` tells the nearest name."""
    path, _, section = reference.strip().removeprefix("lesson:").partition("#")
    module_name, _, lesson_name = path.strip("/ ").partition("/")
    module = _module(course, module_name)
    if not lesson_name:
        if section:
            raise NotFound(
                f"`{reference}` names a section but no lesson; write `{module.id}/LESSON#{section}`."
            )
        return Found(module)
    if lesson_name == "quiz" and module.quiz_path is not None:
        return Found(module, is_quiz=True)
    lesson = _lesson(module, lesson_name)
    return Found(module, lesson, _section(lesson, section) if section else None)


def _module(course: Course, name: str) -> Module:
    for module in course:
        if name == module.id or _counts(name, module.number):
            return module
    raise NotFound(f"There is no module `{name}`{_nearest(name, [module.id for module in course])}")


def _lesson(module: Module, name: str) -> LessonHead:
    for count, head in enumerate(module.lessons, 1):
        if head.id == f"{module.id}/{name}" or _counts(name, count):
            return head
    names = [head.id.partition("/")[2] for head in module.lessons]
    if module.quiz_path is not None:
        names.append("quiz")
    raise NotFound(f"The module `{module.id}` has no lesson `{name}`{_nearest(name, names)}")


def _section(head: LessonHead, name: str) -> str:
    for count, section_id in enumerate(head.section_ids, 1):
        if section_id == f"{head.id}#{name}" or _counts(name, count):
            return section_id
    for section_id, items in zip(head.section_ids, head.item_ids, strict=False):
        if f"{head.id}#{name}" in items:
            return section_id
    names = [section_id.partition("#")[2] for section_id in head.section_ids]
    raise NotFound(f"The lesson `{head.id}` has no section `{name}`{_nearest(name, names)}")


def _counts(name: str, number: int) -> bool:
    """Whether a name is this number, as people type it."""
    return name.isdecimal() and len(name) <= _MOST_DIGITS and int(name) == number


def _nearest(name: str, names: Sequence[str]) -> str:
    close = get_close_matches(name.lower(), names, n=1, cutoff=0.5)
    if close:
        return f"; did you mean `{close[0]}`?"
    return f"; there is {', '.join(names[:12])}." if names else "."
