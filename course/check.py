"""Faults in the files of a course, found before a learner meets them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from .catalog import load_course, shipped_modules
from .errors import CourseError
from .file_names import is_translation, language_of
from .glossary import terms_of
from .learning_paths import path_problems, read_paths
from .links import Surroundings
from .model import Module, Place, Problem
from .rules import RULES
from .rules.allowances import sifted
from .rules.page import Kind, Page, read_bank, read_introduction, read_lesson, read_quiz, read_self_check
from .self_check import FOLDER, self_check_heads, shipped_self_checks
from .source import is_there, read_source, stays_inside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from .model import Course

_QUOTED = re.compile(r"[`“]([^`”…]+)")


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker found."""

    problems: tuple[Problem, ...] = ()
    """In the order of files and lines; warnings that are explained are left out."""
    explained: tuple[Problem, ...] = ()
    """Warnings that their author explains."""
    files: int = 0
    """Number of files read."""

    def joined(self, other: Report) -> Report:
        """What stands in both."""
        return Report(
            (*self.problems, *other.problems), (*self.explained, *other.explained), self.files + other.files
        )


def check(
    path: Path, known_guides: Collection[str] | None = None, *, remembered: Path | None = None
) -> Report:
    """Every problem in a course, a module or one file.

    Links to guides are checked only against `known_guides`, given as `slug` and `slug#heading`;
    `remembered` is as `load_course` has it.
    """
    if not is_there(path):
        message = "There is nothing here; name a course, a module or a file."
        return Report((Problem(Place(path, 1), "C104", message),))
    root = root_of(path)
    course = load_course(root, remembered=remembered)
    if not course.modules and not course.problems:
        message = "There is no module here; make one with `hansa course new`."
        return Report((Problem(Place(path, 1), "C103", message),))
    around = Surroundings(course, known_guides, terms_of(root), _shipped)
    report = _Checker(around, path.resolve()).report()
    if not report.files and not report.problems:
        message = "This belongs to no module; name a module, a folder of modules or a lesson."
        return Report((Problem(Place(path, 1), "C103", message),))
    return report


def check_beside(known_guides: Collection[str] | None = None) -> Report:
    """Every problem in what ships beside the modules: the self-checks and the paths."""
    folder = shipped_self_checks()
    around = Surroundings(_shipped(), known_guides, terms_of(shipped_modules()))
    checker = _Checker(around, folder.resolve())
    checker.look_through(Module(FOLDER, "", 0, folder, ()))
    try:
        heads = self_check_heads(folder=folder)
        problems = path_problems(read_paths(), _shipped(), heads)
    except CourseError as error:
        problems = (Problem(error.place or Place(folder, 1), "C104", error.message),)
    checker.problems.update(problems)
    checker.files += 1
    return checker.told()


@cache
def _shipped() -> Course:
    return load_course(shipped_modules())


def pages_under(path: Path) -> tuple[Path, ...]:
    """The lessons and quizzes of a course, a module or one file, translations among them."""
    course = load_course(root_of(path)) if is_there(path) else None
    wanted = path.resolve()
    return tuple(
        file
        for module in course or ()
        for file in files_of(module)
        if file.resolve().is_relative_to(wanted) and kind_of(file, module) is not Kind.MODULE
    )


def files_of(module: Module) -> tuple[Path, ...]:
    """The files of a module that are read: sources first, then translations. A link is not followed out of it."""
    files = (path for path in module.path.rglob("*.md") if kind_of(path, module) is not None)
    inside = (path for path in files if not path.is_symlink() or stays_inside(path, module.path))
    return tuple(sorted(inside, key=lambda path: (is_translation(path), path)))


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
                self.look_through(module)
        return self.told()

    def look_through(self, module: Module) -> None:
        """Read every page of a module."""
        for page in self._pages(module):
            self._look_at(page)

    def told(self) -> Report:
        """What was found so far."""
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
        """The pages of a module, each with its source and its siblings; what cannot be read is told."""
        pages = [page for path in files_of(module) if (page := self._read(path, module)) is not None]
        sources = {page.path.with_suffix(""): page for page in pages if not is_translation(page.path)}
        siblings = tuple(page for page in sources.values() if page.kind is not Kind.MODULE)
        for page in pages:
            source = (
                sources.get(page.path.with_suffix("").with_suffix("")) if is_translation(page.path) else None
            )
            yield replace(page, source=source, siblings=siblings)

    def _read(self, path: Path, module: Module) -> Page | None:
        kind = kind_of(path, module)
        language = language_of(path) or "en"
        try:
            match kind:
                case Kind.MODULE:
                    return read_introduction(path, module, self.around, language)
                case Kind.QUIZ:
                    return read_quiz(path, module, self.around, language)
                case Kind.BANK:
                    return read_bank(path, module, self.around, language)
                case Kind.LESSON:
                    return read_lesson(path, module, self.around, language)
                case Kind.SELF_CHECK:
                    return read_self_check(path, module, self.around, language)
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
    """The problem at the words that its message quotes, else at the first sign of its line."""
    quoted = _QUOTED.search(problem.message)
    place = page.locate(problem.place.line, quoted[1] if quoted else "", exactly=True)
    return replace(problem, place=Place(page.path, *place))


def kind_of(path: Path, module: Module) -> Kind | None:
    """What a file of a module is for; None when it is none of the course's."""
    if module.id == FOLDER:
        return Kind.SELF_CHECK
    inside = path.relative_to(module.path)
    name = (path.stem.rpartition(".")[0] if is_translation(path) else path.stem).lower()
    if name == "readme" or any(part.startswith((".", "_")) for part in inside.parts):
        return None
    if len(inside.parts) > 1:
        return Kind.BANK if _asks(path) else None
    return {"module": Kind.MODULE, "quiz": Kind.QUIZ}.get(name, Kind.LESSON)


def _asks(path: Path) -> bool:
    """Whether a file in a folder of the module holds questions; other files there are data."""
    try:
        return "<!-- q" in read_source(path)
    except CourseError:
        return False


def root_of(path: Path) -> Path:
    """The folder of modules around a path, so that links to other modules can be followed."""
    folder = path if path.is_dir() else path.parent
    return folder.absolute().parent if (folder / "module.md").is_file() else folder


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=_order))


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    place = problem.place
    return (str(place.file), place.line, place.column, problem.code, problem.message)
