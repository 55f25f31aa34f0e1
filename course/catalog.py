"""The modules of a course: found and listed at little cost, opened on demand."""

from __future__ import annotations

import os
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import CourseError, FileUnreadable, ModuleUnreadable, NotFound
from .file_names import bare_name, lesson_paths, order_number, translation_of
from .header import Header, read_header, without_header
from .manifest import Manifest, list_folder
from .model import Course, LessonHead, Module, Place, Problem
from .outline import outline
from .slugs import slug
from .source import read_source, stays_inside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .manifest import Listing
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
            reason = error.strerror or error
            problems.append(_told(ModuleUnreadable(f"This folder cannot be read: {reason}."), root))
            continue
        for key, folder, listing in folders:
            try:
                module = manifest.module(key, folder, listing) or _read_anew(manifest, key, folder, listing)
            except CourseError as error:
                problems.append(_told(error, folder))
                continue
            problems.extend(module.problems)
            modules.append(module)
    manifest.write()
    kept, twice = _without_repeats(modules)
    return Course(tuple(sorted(kept, key=lambda module: module.number)), (*problems, *twice))


def _read_anew(manifest: Manifest, key: str, folder: Path, listing: Listing) -> Module:
    module = load_module(folder)
    manifest.keep(key, listing, module)
    return module


def load_module(folder: Path) -> Module:
    """One module with the heads of its lessons."""
    path = folder / "module.md"
    if not path.is_file() or not stays_inside(path, folder):
        raise ModuleUnreadable("This module has no module.md; write one with a title.", Place(path, 1))
    header = read_header(read_source(path), path)
    own_id = _name(header, "id", folder.name)
    lessons, problems = _lesson_heads(folder, own_id)
    quiz = folder / "quiz.md"
    has_quiz = quiz.is_file() and stays_inside(quiz, folder)
    return Module(
        id=own_id,
        title=_title(header, path),
        number=order_number(folder.name),
        path=folder,
        lessons=lessons,
        summary=_words(header, "summary"),
        level=_words(header, "level"),
        minutes=_whole(header, "minutes") or sum(head.minutes for head in lessons),
        requires=_list(header, "requires"),
        outcomes=_outcomes(header),
        brings_back=_list(header, "brings_back"),
        version=_words(header, "version"),
        pass_percent=_pass_percent(header, quiz if has_quiz else None),
        quiz_path=quiz if has_quiz else None,
        problems=problems,
    )


def open_lesson(module: Module, head: LessonHead, language: str = "en") -> Lesson:
    """The text of a lesson, in the language wanted when there is a translation."""
    from .parse import parse_lesson  # noqa: PLC0415 - 0.3 s with its Markdown parser, needed only to read

    _refuse_escape(head.path, module.path)
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
    _refuse_escape(module.quiz_path, module.path)
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
    _refuse_escape(path, module.path)
    return parse_introduction(translation_of(path, language) or path)[0]


# Folders and files ------------------------------------------------------------------------------


def _module_folders(root: Path) -> list[tuple[str, Path, Listing]]:
    """Each folder of a module with the name by which it is remembered and its files, in order."""
    whole = str(root.absolute())
    if (root / "module.md").is_file():
        return [(whole, root, list_folder(whole))]
    found = []
    with os.scandir(root) as entries:
        for entry in entries:
            if entry.name.startswith((".", "_")) or not entry.is_dir():
                continue
            if entry.is_symlink() and not stays_inside(root / entry.name, root):
                continue
            key = os.path.join(whole, entry.name)  # noqa: PTH118 - a path object costs more than all the rest
            listing = list_folder(key)
            if listing.has_files:
                found.append((order_number(entry.name), entry.name, key, listing))
    return [(key, root / name, listing) for _, name, key, listing in sorted(found)]


def _lesson_heads(folder: Path, module_id: str) -> tuple[tuple[LessonHead, ...], tuple[Problem, ...]]:
    heads: dict[str, LessonHead] = {}
    problems: list[Problem] = []
    for path in lesson_paths(folder):
        try:
            _refuse_escape(path, folder)
            head = _lesson_head(path, module_id)
        except CourseError as error:
            problems.append(_told(error, path))
            continue
        if head.id in heads:
            message = f"Two lessons have the id `{head.id}`; give one an id of its own in its front matter."
            problems.append(Problem(Place(path, 1), "C102", message))
            continue
        heads[head.id] = head
    return tuple(heads.values()), tuple(problems)


def _lesson_head(path: Path, module_id: str) -> LessonHead:
    text = read_source(path)
    header = read_header(text, path)
    title = _title(header, path)
    own_id = f"{module_id}/{_name(header, 'id', path.stem)}"
    sections = outline(without_header(text, header), title)
    return LessonHead(
        id=own_id,
        title=title,
        path=path,
        minutes=_whole(header, "minutes"),
        optional=header.values.get("optional") is True,
        section_ids=tuple(f"{own_id}#{section.slug}" for section in sections),
        section_titles=tuple(section.title for section in sections),
        item_ids=tuple(tuple(f"{own_id}#{item}" for item in section.item_slugs) for section in sections),
    )


def _refuse_escape(path: Path, folder: Path) -> None:
    if not stays_inside(path, folder):
        message = f"{path.name} is a link that leaves its folder; put the file itself into the folder."
        raise FileUnreadable(message, Place(path, 1))


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


def _told(error: CourseError, path: Path) -> Problem:
    code = "C103" if isinstance(error, ModuleUnreadable) else "C104"
    return Problem(error.place or Place(path, 1), code, error.message)


# Front matter, read lightly; `frontmatter` checks it in full when a file is opened ----------------


def _title(header: Header, path: Path) -> str:
    title = _words(header, "title")
    if not title:
        raise FileUnreadable(
            "This file needs a title in its front matter; write `title: …` between the --- lines.",
            Place(path, header.line("title")),
        )
    return title


def _name(header: Header, key: str, file_name: str) -> str:
    given = header.values.get(key)
    return slug(str(given)) if isinstance(given, str | int) and str(given) else bare_name(file_name)


def _words(header: Header, key: str) -> str:
    value = header.values.get(key, "")
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _whole(header: Header, key: str, default: int = 0) -> int:
    value = header.values.get(key, default)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else default


def _list(header: Header, key: str) -> tuple[str, ...]:
    value = header.values.get(key, ())
    return tuple(str(part) for part in (value if isinstance(value, list) else [value] if value else ()))


def _outcomes(header: Header) -> dict[str, str]:
    value = header.values.get("outcomes")
    return {str(key): str(words) for key, words in value.items()} if isinstance(value, dict) else {}


def _pass_percent(header: Header, quiz: Path | None) -> int:
    """The quiz's own pass mark, else the module's, else 70."""
    usual = _whole(header, "pass", 70)
    if quiz is None:
        return usual
    try:
        return _whole(read_header(read_source(quiz), quiz), "pass", usual)
    except CourseError:
        return usual
