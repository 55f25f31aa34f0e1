"""A file of a course read for its author: what a learner would see, and what the checker says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from course.catalog import load_course, shipped_modules
from course.check import Report, check, kind_of, root_of
from course.errors import CourseError, NotFound
from course.file_names import language_of
from course.model import Lesson, Practice, Quiz, Section, plain
from course.parse import parse_bank, parse_introduction, parse_lesson, parse_quiz
from course.record import LearnerRecord
from course.rules.page import Kind
from course.workbook import Workbook

from .drafts import Drafts
from .language import _
from .services import Services

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from course.model import Bank, Course, Module

    from .paths import Paths

_PROMPT = 60
"""Characters of a prompt that name its page."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it stands now."""

    path: Path
    course: Course
    module: Module | None
    """None when its `module.md` cannot be read."""
    lesson: Lesson | None
    """The file as pages; a quiz has a page for each question. None when it cannot be read."""
    report: Report
    """What the checker says of this file."""


class PreviewServices(Services):
    """The user's guides, and a record that goes away with the preview: trying things out leaves no trace."""

    def __init__(self, paths: Paths, course_folders: Sequence[Path] = ()) -> None:
        super().__init__(paths, course_folders)
        self._scratch: TemporaryDirectory[str] | None = None

    @property
    def record(self) -> LearnerRecord:
        """A record in a folder of its own."""
        with self._record_lock:
            if self._record is None:
                self._record = LearnerRecord.open(self._folder() / "learner.sqlite")
            return self._record

    @cached_property
    def workbook(self) -> Workbook:
        """A workbook in the same folder."""
        with self._record_lock:
            return Workbook(self._folder() / "workbook")

    @cached_property
    def drafts(self) -> Drafts:
        """Texts that were typed and not given, in the same folder."""
        with self._record_lock:
            return Drafts(self._folder() / "drafts.json")

    def _folder(self) -> Path:
        if self._scratch is None:
            self._scratch = TemporaryDirectory(prefix="hansa-preview-")
        return Path(self._scratch.name)

    def close(self) -> None:
        """Let go of the record and remove it."""
        super().close()
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None


def first_file(path: Path) -> Path:
    """The file to begin with: the path itself, or the first lesson under a folder."""
    if path.is_file():
        return path
    if not path.is_dir():
        raise NotFound(_("There is no {path}; name a module or one of its files.").format(path=path))
    for module in load_course(root_of(path)):
        if module.path.resolve().is_relative_to(path.resolve()):
            return next(iter(head.path for head in module.lessons), module.path / "module.md")
    raise NotFound(_("There is no module in {path}; make one with `hansa course new`.").format(path=path))


def read_file(path: Path, guides: Collection[str], remembered: Path | None = None) -> Reading:
    """Read a file and check it; what is wrong with it stands in the report."""
    report = check(path, guides, remembered=remembered)
    course = load_course(root_of(path), shipped_modules(), remembered=remembered)
    folder = path.resolve()
    module = next((own for own in course if folder.is_relative_to(own.path.resolve())), None)
    try:
        lesson = _as_lesson(path, module) if module else None
    except CourseError:
        lesson = None
    return Reading(path, course, module, lesson, report)


def _as_lesson(path: Path, module: Module) -> Lesson:
    """The file as a lesson, whatever it is."""
    # Roots may be links: the module is compared by what they lead to.
    inside = module.path / path.resolve().relative_to(module.path.resolve())
    match kind_of(inside, module):
        case Kind.MODULE:
            blocks, problems = parse_introduction(inside)
            section = Section(f"{module.id}/module#start", module.title, blocks, 1)
            return Lesson(f"{module.id}/module", module.title, (section,), inside, problems=problems)
        case Kind.QUIZ:
            return _asked_in_turn(parse_quiz(inside, module.id))
        case Kind.BANK:
            name = inside.with_name(inside.name.partition(".")[0]).relative_to(module.path).as_posix()
            return _asked_in_turn(parse_bank(inside, module.id, name))
        case _:
            lesson = parse_lesson(inside, module.id)
            return replace(lesson, language=language_of(inside) or lesson.language)


def _asked_in_turn(questions: Quiz | Bank) -> Lesson:
    """A page for each question, in the order of the file."""
    pages = [
        Section(
            item.frame.id,
            f"{number}  {_shortened(plain(item.frame.prompt))}",
            (Practice(item, item.frame.place.line),),
            item.frame.place.line,
        )
        for number, item in enumerate(questions.items, 1)
    ]
    introduction = questions.introduction if isinstance(questions, Quiz) else ()
    if introduction:
        pages.insert(0, Section(f"{questions.id}#start", questions.title, introduction, 1))
    return Lesson(questions.id, questions.title, tuple(pages), questions.path, problems=questions.problems)


def _shortened(words: str) -> str:
    return words if len(words) <= _PROMPT else f"{words[: _PROMPT - 1].rstrip()}…"
