"""Faults in the files of a course, found before a learner meets them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .catalog import load_course
from .errors import CourseError
from .file_names import is_translation, translation_language
from .glossary import terms_of
from .links import Surroundings
from .model import Place, Problem
from .rules import RULES
from .rules.allowances import sifted
from .rules.page import Kind, Page, read_introduction, read_lesson, read_quiz
from .source import stays_inside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from .model import Module


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker found."""

    problems: tuple[Problem, ...] = ()
    """In the order of files and lines; warnings that are explained are left out."""
    explained: tuple[Problem, ...] = ()
    """Warnings that their author explains."""
    files: int = 0
    """Number of files read."""


def check(path: Path, known_guides: Collection[str] | None = None) -> Report:
    """Every problem in a course, a module or one file.

    Links to guides are checked only against `known_guides`, given as `slug` and `slug#heading`.
    """
    if not path.exists():
        message = "There is nothing here; name a course, a module or a file."
        return Report((Problem(Place(path, 1), "C104", message),))
    root = _root(path)
    course = load_course(root)
    if not course.modules and not course.problems:
        message = "There is no module here; make one with `hansa course new`."
        return Report((Problem(Place(path, 1), "C103", message),))
    checker = _Checker(Surroundings(course, known_guides, terms_of(root)), path.resolve())
    return checker.report()


def pages_under(path: Path) -> tuple[Path, ...]:
    """The lessons and quizzes of a course, a module or one file, translations among them."""
    course = load_course(_root(path)) if path.exists() else None
    wanted = path.resolve()
    return tuple(
        file
        for module in course or ()
        for file in sorted(module.path.glob("*.md"))
        if file.resolve().is_relative_to(wanted)
        and stays_inside(file, module.path)
        and _kind(file) not in {Kind.MODULE, None}
    )


@dataclass
class _Checker:
    around: Surroundings
    wanted: Path
    """The file or folder that is asked about; the rest is read only where links lead there."""
    problems: set[Problem] = field(default_factory=set)
    explained: set[Problem] = field(default_factory=set)
    files: int = 0

    def report(self) -> Report:
        """Read module by module, so that no more than one is held at a time."""
        self.problems.update(
            problem for problem in self.around.course.problems if self._is_wanted(problem.place.file)
        )
        for module in self.around.course:
            if self._is_wanted(module.path) or self.wanted.is_relative_to(module.path.resolve()):
                for page in self._pages(module):
                    self._look_at(page)
        return Report(_sorted(self.problems), _sorted(self.explained), self.files)

    def _look_at(self, page: Page) -> None:
        """Apply every rule to a page that is asked about."""
        if not self._is_wanted(page.path):
            return
        self.files += 1
        standing, explained, unused = sifted(page, _problems(page))
        self.problems.update(standing)
        self.explained.update(explained)
        for allowance in unused:
            message = f"Nothing here needs this explanation of {allowance.code} any more; remove it."
            place = Place(page.path, allowance.line, allowance.column)
            self.problems.add(Problem(place, "W001", message, RULES["W001"].severity))

    def _pages(self, module: Module) -> Iterator[Page]:
        """The pages of a module; what cannot be read is told."""
        sources: dict[str, Page] = {}
        introduction: Page | None = None
        for path in sorted(module.path.glob("*.md"), key=lambda path: (is_translation(path), path.name)):
            page = self._read(path, module)
            if page is None:
                continue
            if is_translation(path):
                yield replace(page, source=sources.get(path.stem.rpartition(".")[0]))
            elif page.path.stem.lower() == "module":
                introduction = page
            else:
                sources[path.stem] = page
                yield page
        if introduction is not None:
            yield replace(introduction, siblings=tuple(sources.values()))

    def _read(self, path: Path, module: Module) -> Page | None:
        kind = _kind(path)
        language = translation_language(path) or "en"
        try:
            match kind:
                case Kind.MODULE:
                    return read_introduction(path, module, self.around, language)
                case Kind.QUIZ:
                    return read_quiz(path, module, self.around, language)
                case Kind.LESSON:
                    return read_lesson(path, module, self.around, language)
                case None:
                    return None
        except CourseError as error:
            if self._is_wanted(path):
                self.files += 1
                self.problems.add(Problem(error.place or Place(path, 1), "C104", error.message))
            return None

    def _is_wanted(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self.wanted)


def _problems(page: Page) -> Iterator[Problem]:
    """What was told while the page was read, and what the rules find on it."""
    for problem in page.problems:
        yield _placed(problem, page) if problem.place.column == 1 else problem
    for rule in RULES.values():
        for finding in rule.check(page) if rule.check else ():
            place = Place(page.path, *page.locate(finding.line, finding.near))
            yield Problem(place, rule.code, finding.message, rule.severity)


def _placed(problem: Problem, page: Page) -> Problem:
    """The problem at the first sign of its line."""
    return replace(problem, place=Place(page.path, *page.locate(problem.place.line, "")))


def _kind(path: Path) -> Kind | None:
    """What a file of a module is for; None when it is none of the course's."""
    name = path.stem.rpartition(".")[0] if is_translation(path) else path.stem
    if name.lower() == "readme" or path.name.startswith((".", "_")):
        return None
    return {"module": Kind.MODULE, "quiz": Kind.QUIZ}.get(name.lower(), Kind.LESSON)


def _root(path: Path) -> Path:
    """The folder of modules around a path, so that links to other modules can be followed."""
    folder = path if path.is_dir() else path.parent
    return folder.absolute().parent if (folder / "module.md").is_file() else folder


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=_order))


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    place = problem.place
    return (str(place.file), place.line, place.column, problem.code, problem.message)
