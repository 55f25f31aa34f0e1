"""Faults in the files of a course, found before a learner meets them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .catalog import load_course, open_lesson
from .errors import CourseError
from .file_names import is_translation
from .grade import grade
from .links import Targets, anchors_of, dead_links
from .model import Cloze, Place, Practice, Problem, ShortText
from .parse import parse_introduction, parse_lesson, parse_quiz
from .solve import right_responses

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from .model import Block, Course, Item, Module


def check(path: Path, known_guides: Collection[str] | None = None) -> tuple[Problem, ...]:
    """Every problem in a course, a module or one file, in the order of files and lines.

    Links to guides are checked only against `known_guides`, given as `slug` and `slug#heading`.
    """
    if not path.exists():
        return (Problem(Place(path, 1), "C104", "There is nothing here; name a course, a module or a file."),)
    course = load_course(_root(path))
    if not course.modules and not course.problems:
        message = "There is no module here; make a folder with a module.md that has a title."
        return (Problem(Place(path, 1), "C103", message),)
    checker = _Checker(course, known_guides)
    found = set(checker.problems())
    wanted = path.resolve()
    inside = (problem for problem in found if problem.place.file.resolve().is_relative_to(wanted))
    return tuple(sorted(inside, key=_order))


@dataclass
class _Checker:
    course: Course
    guides: Collection[str] | None
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)

    def problems(self) -> Iterator[Problem]:
        """Every problem of the course, in no order."""
        yield from self.course.problems
        for module in self.course:
            for path in sorted(module.path.glob("*.md")):
                yield from self._file(module, path)

    def _file(self, module: Module, path: Path) -> Iterator[Problem]:
        name = path.name.split(".")[0].lower() if is_translation(path) else path.stem.lower()
        if name == "readme" or path.name.startswith((".", "_")):
            return
        try:
            if name == "module":
                yield from self._module(path)
            elif name == "quiz":
                yield from self._quiz(module, path)
            else:
                yield from self._lesson(module, path)
        except CourseError as error:
            yield Problem(error.place or Place(path, 1), "C104", error.message)

    def _module(self, path: Path) -> Iterator[Problem]:
        blocks, problems = parse_introduction(path)
        yield from problems
        yield from self._links(blocks, path, ())

    def _lesson(self, module: Module, path: Path) -> Iterator[Problem]:
        lesson = parse_lesson(path, module.id)
        yield from lesson.problems
        for outcome in lesson.outcomes:
            if outcome not in module.outcomes:
                yield Problem(Place(path, 1), "O001", _no_outcome(outcome, module))
        for section in lesson.sections:
            yield from self._links(section.blocks, path, anchors_of(lesson))
        yield from _items(lesson.items, module)

    def _quiz(self, module: Module, path: Path) -> Iterator[Problem]:
        quiz = parse_quiz(path, module.id)
        yield from quiz.problems
        practices = (Practice(item, item.frame.place.line) for item in quiz.items)
        own = frozenset(item.frame.id.partition("#")[2] for item in quiz.items)
        yield from self._links((*quiz.introduction, *practices), path, own)
        yield from _items(quiz.items, module)

    def _links(self, blocks: Iterable[Block], path: Path, own: Collection[str]) -> Iterator[Problem]:
        yield from dead_links(blocks, path, own, Targets(self.course, self._anchors, self.guides))

    def _anchors(self, lesson_id: str) -> Collection[str]:
        if lesson_id not in self.anchors:
            self.anchors[lesson_id] = self._read_anchors(lesson_id)
        return self.anchors[lesson_id]

    def _read_anchors(self, lesson_id: str) -> frozenset[str]:
        for module, head in self.course.lesson_heads():
            if head.id == lesson_id:
                try:
                    return anchors_of(open_lesson(module, head))
                except CourseError:
                    break
        return frozenset()


def _items(items: tuple[Item, ...], module: Module) -> Iterator[Problem]:
    known = {item.frame.id for item in items}
    for item in items:
        frame = item.frame
        if frame.outcome and frame.outcome not in module.outcomes:
            yield Problem(frame.place, "O001", _no_outcome(frame.outcome, module))
        if frame.variant_of and frame.variant_of not in known:
            name = frame.variant_of.partition("#")[2]
            message = f"variant-of={name} names no question of this file; write the id of the first variant."
            yield Problem(frame.place, "Q045", message)
        yield from _refused(item)


def _refused(item: Item) -> Iterator[Problem]:
    """A problem when the marker would not take what the author wrote as right."""
    responses = right_responses(item)
    for response in responses:
        mark = grade(item, response)
        if not mark.right:
            given = "; ".join(part.given for part in mark.parts if part.given and not part.right)
            named = given or "the right answer"
            message = f"The key refuses its own answer ({named}); look at its weights and its other lines."
            yield Problem(item.frame.place, "K001", message)
    if not responses and not isinstance(item, ShortText | Cloze):
        yield Problem(item.frame.place, "K001", "No answer earns all points; give one line the full weight.")


def _no_outcome(outcome: str, module: Module) -> str:
    known = ", ".join(module.outcomes) or "none"
    return f"The outcome {outcome} is not in module.md; it lists {known}."


def _root(path: Path) -> Path:
    """The folder of modules around a path, so that links to other modules can be followed."""
    folder = path if path.is_dir() else path.parent
    if not (folder / "module.md").is_file():
        return folder
    return folder.parent


def _order(problem: Problem) -> tuple[str, int, int, str]:
    place = problem.place
    return (str(place.file), place.line, place.column, problem.code)
