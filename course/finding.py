"""Questions of a course by their ids, each file read at most once."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from .catalog import open_bank, open_lesson, open_quiz
from .errors import CourseError
from .source import is_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .model import Course, Item, Module


def find_items(course: Course, item_ids: Iterable[str], language: str = "en") -> Mapping[str, Item]:
    """The questions that these ids name; those that are gone, or in a file that cannot be read, are left out."""
    found: dict[str, Item] = {}
    for item_id, items in find_files(course, item_ids, language).items():
        found.update((item_id, item) for item in items if item.frame.id == item_id)
    return found


def find_files(
    course: Course, item_ids: Iterable[str], language: str = "en"
) -> Mapping[str, tuple[Item, ...]]:
    """For each of these ids every question of its file; empty when that is gone or cannot be read."""
    modules = {module.id: module for module in course}
    found: dict[str, tuple[Item, ...]] = {}
    for owner, names in groupby(sorted(set(item_ids)), key=lambda name: name.partition("#")[0]):
        module = modules.get(owner.partition("/")[0])
        try:
            items = tuple(_items_of(module, owner, language)) if module else ()
        except CourseError:
            items = ()
        found.update((name, items) for name in names)
    return found


def still_there(course: Course) -> Callable[[str], bool]:
    """Tells whether the file of a question is still in the course; no file is read for that."""
    modules = {module.id: module for module in course}
    lessons = {head.id for _, head in course.lesson_heads()}

    def there(item_id: str) -> bool:
        owner = item_id.partition("#")[0]
        module = modules.get(owner.partition("/")[0])
        if module is None or owner in lessons:
            return module is not None
        return module.quiz_path is not None if owner == module.quiz_id else _is_bank(module, owner)

    return there


def _items_of(module: Module, owner: str, language: str) -> Iterable[Item]:
    if owner == module.quiz_id:
        return open_quiz(module, language).items
    head = next((head for head in module.lessons if head.id == owner), None)
    if head is not None:
        return open_lesson(module, head, language).all_items
    return open_bank(module, owner.removeprefix(f"{module.id}/"), language).items


def _is_bank(module: Module, owner: str) -> bool:
    return is_file(module.path / f"{owner.removeprefix(f'{module.id}/')}.md")
