"""`hansa course list` and `show`: modules, lessons and quizzes in print."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tui.console.opening import open_services
from tui.language import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from course.model import Module
    from course.references import Found
    from tui.console.printout import Markdown, PlainText


def show_all(options: Namespace) -> int:
    """Print every module with its lessons."""
    course = open_services(options).course
    if options.json:
        print(json.dumps([_module_as_json(module) for module in course], ensure_ascii=False))
        return 0
    for module in course:
        print(f"{module.id:<28} {module.title}")
        for head in module.lessons:
            minutes = _(", {minutes} min").format(minutes=head.minutes) if head.minutes else ""
            print(f"  {head.id:<48} {head.title}{minutes}")
        if module.quiz_path:
            print(f"  {module.quiz_id}")
    for problem in course.problems:
        print(problem)
    return 1 if course.problems else 0


def _module_as_json(module: Module) -> dict[str, object]:
    return {
        "id": module.id,
        "number": module.number,
        "title": module.title,
        "summary": module.summary,
        "minutes": module.minutes,
        "outcomes": dict(module.outcomes),
        "lessons": [
            {"id": head.id, "title": head.title, "minutes": head.minutes, "sections": list(head.section_ids)}
            for head in module.lessons
        ],
        "quiz": module.quiz_id if module.quiz_path else None,
    }


def show(options: Namespace) -> int:
    """Print a module, a lesson, a section or a quiz without its answers; or the key to its questions alone."""
    from course.references import find
    from tui.console.printout import Markdown, PlainText

    services = open_services(options)
    found = find(services.course, options.ref)
    printout = Markdown() if options.markdown else PlainText()
    lines = (_key if options.key else _text)(found, printout, services.language)
    print("\n".join(lines))
    return 0


def _text(found: Found, printout: PlainText | Markdown, language: str) -> Iterator[str]:
    from course.catalog import open_introduction, open_lesson, open_quiz

    if found.is_quiz:
        yield from printout.quiz(open_quiz(found.module, language))
    elif found.lesson is None:
        yield from printout.introduction(found.module, open_introduction(found.module, language))
    else:
        yield from printout.lesson(open_lesson(found.module, found.lesson, language), found.section_id)


def _key(found: Found, printout: PlainText | Markdown, language: str) -> Iterator[str]:
    """The key to what `_text` prints, under the same numbers."""
    from course.catalog import open_lesson, open_quiz

    if found.is_quiz:
        quiz = open_quiz(found.module, language)
        yield from printout.key(quiz.title, enumerate(quiz.items, 1))
    elif found.lesson is None:
        yield from printout.key(found.module.title, ())
    else:
        lesson = open_lesson(found.module, found.lesson, language)
        wanted = {
            item
            for section in lesson.sections
            if found.section_id in {None, section.id}
            for item in section.items
        }
        yield from printout.key(
            lesson.title, (pair for pair in enumerate(lesson.items, 1) if pair[1] in wanted)
        )
