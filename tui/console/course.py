"""`hansa course`: list, print and check modules."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from tui.console.opening import open_services

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from course.model import Lesson, LessonHead, Module, Problem


def show_all(options: Namespace) -> int:
    """Print every module with its lessons."""
    course = open_services(options).course
    if options.json:
        print(json.dumps([_module_as_json(module) for module in course], ensure_ascii=False))
        return 0
    for module in course:
        print(f"{module.id:<28} {module.title}")
        for head in module.lessons:
            minutes = f", {head.minutes} min" if head.minutes else ""
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
    """Print a module's introduction, a lesson or a section as plain text, with its questions."""
    from course.catalog import open_introduction, open_lesson
    from course.references import find
    from tui.console.plain import lines_of

    found = find(open_services(options).course, options.ref)
    if found.is_quiz:
        print("\n".join(_quiz_lines(found.module)))
    elif found.lesson is None:
        print(f"{found.module.title}\n")
        print("\n".join(lines_of(open_introduction(found.module))))
        print("\n".join(_table_of_contents(found.module.lessons)))
    else:
        lesson = open_lesson(found.module, found.lesson)
        print("\n".join(_lesson_lines(lesson, found.section_id)))
    return 0


def _table_of_contents(heads: tuple[LessonHead, ...]) -> Iterator[str]:
    for count, head in enumerate(heads, 1):
        yield f"{count}. {head.title}"


def _lesson_lines(lesson: Lesson, section_id: str | None) -> Iterator[str]:
    from course.model import Practice
    from tui.console.plain import lines_of
    from tui.console.questions import question_lines

    yield from (lesson.title, "=" * min(len(lesson.title), 76), "")
    for section in lesson.sections:
        if section_id not in {None, section.id}:
            continue
        yield from (section.title, "-" * min(len(section.title), 76), "")
        for block in section.blocks:
            if isinstance(block, Practice):
                yield from question_lines(block.item)
                yield ""
            else:
                yield from lines_of([block])


def _quiz_lines(module: Module) -> Iterator[str]:
    from course.catalog import open_quiz
    from tui.console.questions import question_lines

    quiz = open_quiz(module)
    yield from (quiz.title, "")
    for count, item in enumerate(quiz.items, 1):
        yield f"{count}."
        yield from question_lines(item)
        yield ""


def check(options: Namespace) -> int:
    """Print the faults of modules, those that ship when no path is given; exit status 1 when there are errors."""
    from course.catalog import shipped_modules
    from course.check import check as find_problems
    from course.model import Severity

    path = options.path or shipped_modules()
    problems = find_problems(path, _known_guides())
    if options.json:
        print(json.dumps([_problem_as_json(problem) for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            print(problem)
        print(_count(len(problems)))
    return 1 if any(problem.severity is Severity.ERROR for problem in problems) else 0


def _count(problems: int) -> str:
    if problems == 1:
        return "1 problem found."
    return f"{problems} problems found." if problems else "No problems found."


def _known_guides() -> set[str]:
    """Slugs of the guides that ship, alone and with each heading, for links from lessons."""
    from index.collection import shipped_guides
    from index.read import read_guide
    from index.section import heading_anchor

    known = set()
    for path in sorted(shipped_guides().glob("*.md")):
        guide = read_guide(path)
        known.add(guide.slug)
        known |= {f"{guide.slug}#{heading_anchor(part)}" for block in guide.blocks for part in block.headings}
    return known


def _problem_as_json(problem: Problem) -> dict[str, object]:
    return {**asdict(problem.place), "file": str(problem.place.file)} | {
        "code": problem.code,
        "message": problem.message,
        "severity": problem.severity.value,
    }
