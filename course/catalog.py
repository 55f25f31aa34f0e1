"""The modules of a course: found and listed at little cost, opened on demand."""

from __future__ import annotations

import os
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from .contents import Course
from .errors import CourseError, ModuleUnreadable, NotFound
from .file_names import order_number, translation_of
from .manifest import Manifest, list_folder
from .problems import Place, Problem, told
from .source import refuse_escape, stays_inside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .contents import LessonHead, Module
    from .model import Bank, Block, Lesson, Quiz


def shipped_modules() -> Path:
    """The folder of modules that comes with the product."""
    return Path(str(resources.files("course").joinpath("modules")))


def shipped_tour() -> Path:
    """The folder of the tour that comes with the product: a module of its own, apart from the course."""
    return Path(str(resources.files("course").joinpath("tour")))


def load_course(*roots: Path, remembered: Path | None = None) -> Course:
    """Every module under the folders: heads only; a broken module becomes a problem and stops nothing.

    `remembered` is a file that keeps the heads of modules whose files do not change.
    """
    modules: list[Module] = []
    problems: list[Problem] = []
    manifest = Manifest.read(remembered)
    for root in roots:
        try:
            folders = _module_folders(root)
        except OSError as error:
            problems.append(told(_unreadable(error), root))
            continue
        for key, folder in folders:
            try:
                module = _module(manifest, key, folder)
            except CourseError as error:
                problems.append(told(error, folder))
                continue
            except OSError as error:
                problems.append(told(_unreadable(error), folder))
                continue
            if module is None:
                continue
            problems.extend(module.problems)
            modules.append(module)
    manifest.write()
    kept, twice = _without_repeats(modules)
    return Course(tuple(sorted(kept, key=lambda module: module.number)), (*problems, *twice))


def _module(manifest: Manifest, key: str, folder: Path) -> Module | None:
    """The module in a folder, remembered or read anew; None for a folder without a Markdown file."""
    listing = list_folder(key)
    if not listing.has_files:
        return None
    known = manifest.module(key, folder, listing)
    if known is not None:
        return known
    from .heads import load_module  # noqa: PLC0415 - with YAML, needed only where a file has changed

    module = load_module(folder)
    manifest.keep(key, listing, module)
    return module


def _unreadable(error: OSError) -> ModuleUnreadable:
    return ModuleUnreadable(f"This folder cannot be read: {error.strerror or error}.")


def open_lesson(module: Module, head: LessonHead, language: str = "en") -> Lesson:
    """The text of a lesson, in the language wanted when there is a translation."""
    from .parse import parse_lesson  # noqa: PLC0415 - 0.3 s with its Markdown parser, needed only to read

    refuse_escape(head.path, module.path)
    translation = translation_of(head.path, language)
    if translation is None:
        return parse_lesson(head.path, module.id)
    lesson = parse_lesson(translation, module.id, lesson_id=head.id)
    return _of_language(lesson, head, language)


def open_quiz(module: Module, language: str = "en") -> Quiz:
    """The questions that close a module, in the language wanted when there is a translation."""
    from .parse import parse_quiz  # noqa: PLC0415 - 0.3 s with its Markdown parser, needed only to read

    if module.quiz_path is None:
        raise ModuleUnreadable(
            f"The module `{module.id}` has no quiz yet.", Place(module.path / "quiz.md", 1)
        )
    refuse_escape(module.quiz_path, module.path)
    translation = translation_of(module.quiz_path, language)
    quiz = parse_quiz(translation or module.quiz_path, module.id)
    shown = language if translation else "en"
    return replace(quiz, id=module.quiz_id, pass_percent=module.pass_percent, language=shown)


def open_bank(module: Module, name: str, language: str = "en") -> Bank:
    """The questions of a bank such as `bank/partners`; `NotFound` when the module has no such file."""
    from .banks import bank_path  # noqa: PLC0415 - with its parser below
    from .faults import QuestionFault  # noqa: PLC0415
    from .parse import parse_bank  # noqa: PLC0415 - 0.3 s with its Markdown parser, needed only to read

    try:
        path = bank_path(module.path / "quiz.md", name)
    except QuestionFault as fault:
        raise NotFound(fault.message) from fault
    return parse_bank(translation_of(path, language) or path, module.id, name)


def open_introduction(module: Module, language: str = "en") -> tuple[Block, ...]:
    """The text of `module.md`."""
    from .parse import parse_introduction  # noqa: PLC0415 - 0.3 s with its Markdown parser, needed only to read

    path = module.path / "module.md"
    refuse_escape(path, module.path)
    return parse_introduction(translation_of(path, language) or path)[0]


# Folders and files ------------------------------------------------------------------------------


def _module_folders(root: Path) -> list[tuple[str, Path]]:
    """Each folder that may hold a module, with the name by which it is remembered, in order."""
    whole = str(root.absolute())
    if (root / "module.md").is_file():
        return [(whole, root)]
    found = []
    with os.scandir(root) as entries:
        for entry in entries:
            if entry.name.startswith((".", "_")) or not entry.is_dir():
                continue
            if entry.is_symlink() and not stays_inside(root / entry.name, root):
                continue
            key = os.path.join(whole, entry.name)  # noqa: PTH118 - a path object costs more than all the rest
            found.append((order_number(entry.name), entry.name, key))
    return [(key, root / name) for _, name, key in sorted(found)]


def _of_language(lesson: Lesson, head: LessonHead, language: str) -> Lesson:
    """A translation, told when its sections cannot stand for those of its source."""
    problems = lesson.problems
    if len(lesson.sections) != len(head.section_ids):
        counts = f"{len(lesson.sections)} sections, its source {len(head.section_ids)}"
        message = f"This translation has {counts}; translate section by section."
        problems = (*problems, Problem(Place(lesson.path, 1), "T001", message))
    sections = tuple(
        replace(section, id=own_id)
        for section, own_id in zip(lesson.sections, head.section_ids, strict=False)
    )
    rest = lesson.sections[len(sections) :]
    return replace(lesson, sections=sections + rest, language=language, problems=problems)


def _without_repeats(modules: Iterable[Module]) -> tuple[list[Module], list[Problem]]:
    kept: dict[str, Module] = {}
    problems = []
    for module in modules:
        if module.id in kept:
            message = (
                f"The module id `{module.id}` is taken by {kept[module.id].path}; give this one another id."
            )
            problems.append(Problem(Place(module.path / "module.md", 1), "C101", message))
        else:
            kept[module.id] = module
    return list(kept.values()), problems
